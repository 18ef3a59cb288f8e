"""Cases in JSON: one document with an object or a list of objects, or an object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from dmn_dli.cases.entries import LARGEST_EXPONENT, CasesFileError, Entry, decode, why
from dmn_dli.runtime.errors import problem


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its keys stood there twice."""

    repeated: tuple[str, ...] = ()


def document_entries(data: bytes) -> Iterator[Entry]:
    """The cases of one JSON document. Raises CasesFileError where it is none."""
    text = decode(data)
    if not text.strip():
        raise CasesFileError("It is empty; a JSON object or a list of objects is expected.")
    try:
        value = _parse(text)
    except ValueError as error:
        raise CasesFileError(f"It is not JSON: {_reason(error, text)}") from error
    values = value if isinstance(value, list) else [value]
    return iter([_entry(each, f"Case {number}") for number, each in enumerate(values, 1)])


def line_entries(path: Path) -> Iterator[Entry]:
    """The cases of a file with a JSON object on each line, read as they are asked for.

    A line that is no JSON object is a case with a problem. Raises CasesFileError.
    """
    try:
        with path.open("rb") as stream:
            found = False
            for entry in _lines(enumerate(stream, 1)):
                found = True
                yield entry
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error
    if not found:
        raise CasesFileError("It is empty; a JSON object on each line is expected.")


def stream_entries(stream: BinaryIO) -> Iterator[Entry]:
    """The cases of a stream that holds one JSON document, or JSON lines; lines are read one at a time.

    Raises CasesFileError where it holds neither.
    """
    number = 0
    for line in stream:
        number += 1
        if not line.strip():
            continue
        if _is_object(line):
            yield from _lines([(number, line)])
            yield from _lines(enumerate(stream, number + 1))
        else:
            yield from document_entries(b"\n" * (number - 1) + line + stream.read())
        return
    raise CasesFileError("It is empty; a JSON object, a list of objects, or JSON lines are expected.")


def _is_object(line: bytes) -> bool:
    """Whether a line is a whole JSON object, so that what follows are further lines of the kind."""
    try:
        return isinstance(_parse(decode(line)), dict)
    except (ValueError, CasesFileError):
        return False


def _lines(lines: Iterable[tuple[int, bytes]]) -> Iterator[Entry]:
    for number, line in lines:
        if not line.strip():
            continue
        try:
            text = decode(line)
            yield _entry(_parse(text), f"Line {number}")
        except CasesFileError:
            yield Entry({}, problems=(problem(f"Line {number} is not UTF-8 text."),))
        except ValueError as error:
            reason = f"Line {number} is not JSON: {_reason(error, None)}"
            yield Entry({}, problems=(problem(reason),))


def _entry(value: object, place: str) -> Entry:
    if not isinstance(value, _Object):
        shown = "a list" if isinstance(value, list) else f"the value {json.dumps(value, default=str)}"
        return Entry({}, problems=(problem(f"{place} is {shown}; a JSON object is expected."),))
    repeated = tuple(problem(f'{place} holds the key "{key}" twice.', fact=key) for key in value.repeated)
    return Entry(value, problems=repeated)


def _parse(text: str) -> Any:
    """A JSON value with decimals as they are written. Raises ValueError."""
    try:
        return json.loads(
            text, parse_float=_number, parse_int=_whole, parse_constant=_refuse, object_pairs_hook=_object
        )
    except RecursionError as error:
        raise ValueError("lists or objects are nested too deeply") from error


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        once: set[str] = set()
        repeated: dict[str, None] = {}
        for key, _ in pairs:
            if key in once:
                repeated[key] = None
            once.add(key)
        found.repeated = tuple(repeated)
    return found


def _number(text: str) -> Decimal | str:
    """A decimal; text where it is out of all bounds, for the fact's type to refuse."""
    number = Decimal(text)
    return text if number and abs(number.adjusted()) > LARGEST_EXPONENT else number


def _whole(text: str) -> int | str:
    return text if len(text) > LARGEST_EXPONENT else int(text)


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON value")


def _reason(error: ValueError, document: str | None) -> str:
    """What is wrong and where; the place in a document by line, in a line by column alone."""
    if not isinstance(error, json.JSONDecodeError):
        return f"{error}."
    if document is None:
        return f"{error.msg}, in column {error.colno}."
    hint = ""
    if error.msg == "Extra data" and document.lstrip().startswith("{"):
        hint = " A file with a JSON object on each line is named .jsonl."
    return f"{error.msg}, in line {error.lineno}, column {error.colno}.{hint}"
