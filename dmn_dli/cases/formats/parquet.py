"""Cases in a Parquet file: a column for each fact, by name."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from dmn_dli.cases.entries import CasesFileError, Entry


def entries(path: Path) -> Iterator[Entry]:
    """The cases of a Parquet file, read in batches; a null is an unknown fact.

    Raises CasesFileError where pyarrow is not installed, or the file is no Parquet.
    """
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise CasesFileError('Parquet needs a further package: pip install "dmn-dli[parquet]".') from error
    try:
        with parquet.ParquetFile(path) as table:
            for batch in table.iter_batches():
                for row in batch.to_pylist():
                    yield Entry({key: value for key, value in row.items() if value is not None})
    except (arrow.ArrowException, OSError) as error:
        raise CasesFileError(f"It cannot be read as Parquet: {error}.") from error
