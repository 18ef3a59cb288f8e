"""Cases from files of every format: their ids, their payers, and their facts as given."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from dmn_dli.cases.entries import Entry
from dmn_dli.cases.headed_rows import OWN
from dmn_dli.runtime.errors import Problem, problem
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.scalars import is_missing, plain
from dmn_dli.runtime.words import folded

STANDARD_INPUT = "-"
FORMATS = (".json", ".jsonl", ".csv", ".xlsx", ".parquet")
"""The endings of case files; a module of `cases/formats` reads each."""

_PAYER_SEPARATORS = str.maketrans(";", "|")


class Case(NamedTuple):
    """A case to evaluate; `payers` None means all. aside: the values of columns that are no facts."""

    case_id: str
    payers: tuple[str, ...] | None
    facts: Mapping[str, Any]
    written: bool
    problems: tuple[Problem, ...]
    aside: Mapping[str, Any] = {}


def check_case_file(name: str) -> None:
    """Raise InputError for a path that is no file, or whose ending names no format of cases."""
    if name == STANDARD_INPUT:
        return
    path = Path(name)
    if path.is_dir():
        raise InputError(f'"{name}" is a folder; a file of cases is expected.')
    if not path.exists():
        raise InputError(f'There is no file "{name}".')
    if not path.is_file():
        raise InputError(f'"{name}" is no plain file, but a pipe or a device; a file of cases is expected.')
    if path.suffix.lower() not in FORMATS:
        ending = f'ends in "{path.suffix}"' if path.suffix else "has no ending"
        raise InputError(f'"{name}" {ending}; cases are read from {", ".join(FORMATS)}, or - for JSON.')


def read_case_file(name: str, numbers: count[int], aside: Collection[str] = ()) -> Iterator[Case]:
    """The cases of one file, or of standard input where its name is `-`.

    numbers: the positions that cases take, one after the other over all files. aside: keys, letter case
    aside, whose values are no facts and are kept apart. Raises CasesFileError where the file cannot be read.
    """
    apart = _apart(aside)
    for entry in _entries(name):
        yield case_of(entry, next(numbers), apart)


def given_case(values: Mapping[str, Any], position: int, aside: Collection[str] = ()) -> Case:
    """A case that a program gives as a mapping, of Python's, numpy's or pandas' scalars; aside: as above."""
    plainly = {key: plain(value) for key, value in values.items() if not is_missing(value)}
    return case_of(Entry(plainly), position, _apart(aside))


def _apart(aside: Collection[str]) -> Mapping[str, str]:
    return {folded(key): key for key in aside}


def _entries(name: str) -> Iterator[Entry]:
    if name == STANDARD_INPUT:
        from dmn_dli.cases.formats.jsonl import stream_entries

        return stream_entries(sys.stdin.buffer)
    path = Path(name)
    # Only the reader that is needed is loaded: most cases come as JSON, and csv or openpyxl take their time.
    reader = import_module(f"dmn_dli.cases.formats.{path.suffix.lower().removeprefix('.')}")
    found: Iterator[Entry] = reader.entries(path)
    return found


def case_of(entry: Entry, position: int, apart: Mapping[str, str] = MappingProxyType({})) -> Case:
    """The case that an entry of a file holds. apart: folded keys whose values are no facts, to their keys."""
    problems = list(entry.problems)
    named = case_id(entry.values.get("case_id"), position, problems)
    payers = named_payers(entry.values.get("payer"), entry.written, problems)
    facts = {key: value for key, value in entry.values.items() if is_fact(key) and folded(key) not in apart}
    aside = {apart[folded(key)]: value for key, value in entry.values.items() if folded(key) in apart}
    return Case(named, payers, facts, entry.written, tuple(problems), aside)


def is_fact(key: str) -> bool:
    """Whether a key of a case names a fact."""
    return key not in OWN and not key.startswith("_")


def case_id(value: object, position: int, problems: list[Problem]) -> str:
    """The id of a case that gives this value, its position where it gives none.

    problems: one is added where the value is neither text nor a number.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return str(position)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    problems.append(problem("case_id is neither text nor a number.", value=value))
    return str(position)


def text_ids(values: Sequence[Any]) -> list[str] | None:
    """What `case_id` gives for values that are all text, none of it blank; None where one is not."""
    try:
        found = [*map(str.strip, values)]  # what is no text raises
    except TypeError:
        return None
    return found if all(found) else None


def named_payers(value: object, written: bool, problems: list[Problem]) -> tuple[str, ...] | None:
    """The payers that a value names, None where it names none.

    written: it may be text that holds several. problems: one is added where it is neither an id nor ids.
    """
    if written and isinstance(value, str):
        value = [part for part in value.translate(_PAYER_SEPARATORS).split("|") if part.strip()] or None
    if value is None:
        return None
    listed = value if isinstance(value, list) else [value]
    named = [each.strip() for each in listed if isinstance(each, str) and each.strip()]
    if not listed or len(named) < len(listed):
        problems.append(
            problem(
                "payer names no payer: the id of a payer, or a list of ids, is expected; "
                "without it all payers are asked.",
                value=value,
            )
        )
        return None
    return tuple(sorted(set(named)))
