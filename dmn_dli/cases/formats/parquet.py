"""Cases in a Parquet file: a column for each fact, by name."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from dmn_dli.cases.entries import CasesFileError, Entry
from dmn_dli.cases.headed_rows import refuse_repeated
from dmn_dli.runtime.input_error import further_package
from dmn_dli.runtime.scalars import is_missing

NARROW = {"halffloat": "e", "float": "f"}
"""Floating-point types of less than double precision, and how `struct` writes them."""


_OF_CODES = "dictionary<values="


def narrow_code(kind: str) -> str | None:
    """How `struct` writes the numbers of a type, by its name, where it is one of NARROW, also under codes."""
    return NARROW.get(kind.removeprefix(_OF_CODES).partition(",")[0] if kind.startswith(_OF_CODES) else kind)


def entries(path: Path) -> Iterator[Entry]:
    """The cases of a Parquet file, read in batches; null and not-a-number are an unknown fact.

    Raises CasesFileError where pyarrow is not installed, where the file is no Parquet, and for repeated
    columns.
    """
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise CasesFileError(f"Parquet {further_package('parquet')}.") from error
    try:
        with parquet.ParquetFile(path) as table:
            refuse_repeated(table.schema_arrow.names)
            for batch in table.iter_batches():
                yield from batch_entries(batch)
    except (arrow.ArrowException, OSError) as error:
        raise unreadable(error) from error


def unreadable(error: Exception) -> CasesFileError:
    """Why a file cannot be read, in the words of pyarrow or of the system."""
    return CasesFileError(f"It cannot be read as Parquet: {error}.")


def batch_entries(batch: Any) -> Iterator[Entry]:
    """The cases in the rows of a record batch. A moment finer than Python's is text, which no fact takes."""
    types = {field.name: str(field.type) for field in batch.schema}
    narrow = {name: code for name, kind in types.items() if (code := narrow_code(kind))}
    columns = [python_values(batch.column(position)) for position in range(len(types))]
    for values in zip(*columns, strict=True):
        yield Entry(_given(dict(zip(types, values, strict=True)), narrow))


def python_values(column: Any) -> Sequence[Any]:
    """The values of an Arrow array; moments finer than Python's, and days beyond its years, as text.

    No fact takes such text. Raises pyarrow's error where it cannot word an object that holds such values.
    """
    kind = str(column.type)
    if kind.startswith("dictionary<values=timestamp[ns"):
        return _moments(column.dictionary_decode())
    if kind.startswith("timestamp[ns"):
        return _moments(column)
    try:
        found: Sequence[Any] = column.to_pylist()
    except (ValueError, OverflowError):  # of nanoseconds in lists, days beyond the year 9999, no UTF-8
        found = [_worded(each) for each in column]
    return found


def _worded(scalar: Any) -> Any:
    """A value of Python's; the text of what Python cannot hold, the bytes of what is no UTF-8."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        if hasattr(scalar, "dictionary"):
            return _worded(scalar.value)
        if hasattr(scalar, "as_buffer"):
            return scalar.as_buffer().to_pybytes()
        if isinstance(scalar, import_module("pyarrow").ListScalar):
            return [_worded(each) for each in scalar.values]
        return scalar.cast("string").as_py()


def _moments(column: Any) -> Sequence[Any]:
    """Moments counted in nanoseconds, of which pyarrow alone makes an error, and with pandas its own kind."""
    whole = column.cast(import_module("pyarrow").timestamp("us", column.type.tz), safe=False)
    finer = import_module("pyarrow.compute").not_equal(whole.cast(column.type, safe=False), column)
    if not any(finer.to_pylist()):
        moments: Sequence[Any] = whole.to_pylist()
        return moments
    texts = zip(whole.to_pylist(), finer.to_pylist(), column.cast("string").to_pylist(), strict=True)
    return [text if fine else moment for moment, fine, text in texts]


def _given(row: Mapping[str, Any], narrow: Mapping[str, str]) -> dict[str, Any]:
    """The values that a row gives; narrow: the columns of such types."""
    given = {key: value for key, value in row.items() if value is not None and not is_missing(value)}
    for key in narrow.keys() & given.keys():
        given[key] = shortest(given[key], narrow[key])
    return given


def shortest(value: float, code: str) -> Decimal:
    """The shortest decimal to which a number of a narrow type, as `struct` calls it, is the nearest."""
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        try:
            if struct.unpack(code, struct.pack(code, float(text)))[0] == value:
                break
        except OverflowError:
            continue
    return Decimal(text)
