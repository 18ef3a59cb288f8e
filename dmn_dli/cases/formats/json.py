"""Cases in JSON: one document with an object or a list of objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from dmn_dli.cases.entries import CasesFileError, Entry, decode, read_bytes
from dmn_dli.runtime.errors import problem
from dmn_dli.runtime.scalars import LARGEST_EXPONENT, in_bounds

DEEPEST = 200
"""How deep lists and objects may be nested in a case: what walks through them calls itself for each."""


_TOO_DEEP = "lists or objects are nested too deeply"


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its keys stood there twice."""

    repeated: tuple[str, ...] = ()


def entries(path: Path) -> Iterator[Entry]:
    """The cases of a file with one JSON document. Raises CasesFileError."""
    return document_entries(read_bytes(path))


def document_entries(data: bytes) -> Iterator[Entry]:
    """The cases of one JSON document. Raises CasesFileError where it is none."""
    text = decode(data)
    if not text.strip():
        raise CasesFileError("It is empty; a JSON object or a list of objects is expected.")
    try:
        value = parse(text)
    except ValueError as error:
        raise CasesFileError(f"It is not JSON: {reason_of(error, text)}") from error
    values = value if isinstance(value, list) else [value]
    return iter([entry_of(each, f"Case {number}") for number, each in enumerate(values, 1)])


def entry_of(value: object, place: str) -> Entry:
    """The case in a JSON value; one with a problem where it is no object, or holds a key twice."""
    if not isinstance(value, _Object):
        shown = "a list" if isinstance(value, list) else f"the value {json.dumps(value, default=str)}"
        return Entry({}, problems=(problem(f"{place} is {shown}; a JSON object is expected."),))
    repeated = tuple(problem(f'{place} holds the key "{key}" twice.', fact=key) for key in value.repeated)
    return Entry(value, problems=repeated)


def parse(text: str) -> Any:
    """A JSON value with decimals as they are written. Raises ValueError."""
    try:
        found = json.loads(
            text, parse_float=number, parse_int=whole, parse_constant=_refuse, object_pairs_hook=_object
        )
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    if text.count("[") + text.count("{") > DEEPEST and _is_too_deep(found):
        raise ValueError(_TOO_DEEP)
    return found


def _is_too_deep(value: Any) -> bool:
    level = [value] if isinstance(value, list | dict) else []
    for _ in range(DEEPEST + 1):
        level = [
            each
            for held in level
            for each in (held.values() if isinstance(held, dict) else held)
            if isinstance(each, list | dict)
        ]
        if not level:
            return False
    return True


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


def number(text: str) -> Decimal | str:
    """The decimal that JSON writes so; text where it is out of all bounds, for the fact's type to refuse."""
    try:
        found = Decimal(text)
    except InvalidOperation:  # an exponent beyond what the module computes with
        return text
    return found if in_bounds(found) else text


def whole(text: str) -> int | str:
    """The whole number that JSON writes so; text where it is out of all bounds."""
    return text if len(text) > LARGEST_EXPONENT else int(text)


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no JSON value")


def reason_of(error: ValueError, document: str | None) -> str:
    """What is wrong and where; the place in a document by line, in a line by column alone."""
    if not isinstance(error, json.JSONDecodeError):
        return f"{error}."
    if document is None:
        return f"{error.msg}, in column {error.colno}."
    hint = ""
    if error.msg == "Extra data" and document.lstrip().startswith("{"):
        hint = " A file with a JSON object on each line is named .jsonl."
    return f"{error.msg}, in line {error.lineno}, column {error.colno}.{hint}"
