"""Cases from files of every format: their ids, their payers, and their facts as given."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from dmn_dli.cases.entries import CasesFileError, Entry, why
from dmn_dli.runtime.errors import Problem, problem

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
        from dmn_dli.cases.json_files import stream_entries

        return stream_entries(sys.stdin.buffer)
    path = Path(name)
    match path.suffix.lower():
        case ".json":
            from dmn_dli.cases.json_files import document_entries

            return document_entries(_bytes(path))
        case ".jsonl":
            from dmn_dli.cases.json_files import line_entries

            return line_entries(path)
        case ".csv":
            from dmn_dli.cases.table_files import csv_entries

            return csv_entries(_bytes(path))
        case ".xlsx":
            from dmn_dli.cases.table_files import worksheet_entries

            return worksheet_entries(path)
        case ".parquet":
            from dmn_dli.cases.parquet_files import parquet_entries

            return parquet_entries(path)
    raise AssertionError(f"the format of {name} has been checked")


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
