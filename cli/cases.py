"""Cases from files of every format: their ids, their payers, and their facts as given."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from dmn_dli.evaluate.errors import Problem, problem

from .case_entries import CasesFileError, Entry
from .outcome import CommandError, why

STANDARD_INPUT = "-"
FORMATS = (".json", ".jsonl", ".csv", ".xlsx", ".parquet")

_PAYER_SEPARATORS = str.maketrans(";", "|")


class Case(NamedTuple):
    """A case to evaluate; `payers` None means all."""

    case_id: str
    payers: tuple[str, ...] | None
    facts: Mapping[str, Any]
    written: bool
    problems: tuple[Problem, ...]


def read_case_file(name: str, numbers: count[int]) -> Iterator[Case]:
    """The cases of one file, or of standard input where its name is `-`.

    numbers: the positions that cases take, one after the other over all files.
    Raises CasesFileError where the file cannot be read.
    """
    for entry in _entries(name):
        yield _case(entry, next(numbers))


def _entries(name: str) -> Iterator[Entry]:
    if name == STANDARD_INPUT:
        from .json_cases import stream_entries

        return stream_entries(sys.stdin.buffer)
    path = Path(name)
    match path.suffix.lower():
        case ".json":
            from .json_cases import document_entries

            return document_entries(_bytes(path))
        case ".jsonl":
            from .json_cases import line_entries

            return line_entries(path)
        case ".csv":
            from .sheet_cases import csv_entries

            return csv_entries(_bytes(path))
        case ".xlsx":
            from .sheet_cases import worksheet_entries

            return worksheet_entries(path)
        case ".parquet":
            from .parquet_cases import parquet_entries

            return parquet_entries(path)
    raise AssertionError(f"the format of {name} has been checked")


def check_case_file(name: str) -> None:
    """Raise CommandError for a path that is no file, or whose ending names no format of cases."""
    if name == STANDARD_INPUT:
        return
    path = Path(name)
    if path.is_dir():
        raise CommandError(f'"{name}" is a folder; a file of cases is expected.')
    if not path.exists():
        raise CommandError(f'There is no file "{name}".')
    if path.suffix.lower() not in FORMATS:
        ending = f'ends in "{path.suffix}"' if path.suffix else "has no ending"
        raise CommandError(f'"{name}" {ending}; cases are read from {", ".join(FORMATS)}, or - for JSON.')


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CasesFileError(f"It cannot be read: {why(error)}.") from error


def _case(entry: Entry, position: int) -> Case:
    problems = list(entry.problems)
    case_id = _case_id(entry.values.get("case_id"), position, problems)
    payers = _payers(entry.values.get("payer"), entry.written, problems)
    facts = {
        key: value
        for key, value in entry.values.items()
        if key not in ("case_id", "payer") and not key.startswith("_")
    }
    return Case(case_id, payers, facts, entry.written, tuple(problems))


def _case_id(value: object, position: int, problems: list[Problem]) -> str:
    if value is None or (isinstance(value, str) and not value.strip()):
        return str(position)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    problems.append(problem("case_id is neither text nor a number.", value=value))
    return str(position)


def _payers(value: object, written: bool, problems: list[Problem]) -> tuple[str, ...] | None:
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
