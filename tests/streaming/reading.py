"""Case files read in blocks and one by one, both as plain data."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import count
from typing import Any

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import Case, read_case_file
from dmn_dli.runtime.facts import ABSENT
from dmn_dli.streaming.block import Block
from dmn_dli.streaming.blocks import blocks

Read = tuple[list[Any], str]
"""Cases, and why there are no more of them."""


def as_text(value: Any) -> Any:
    """A value such that values of two types, or numbers written in two ways, are not equal."""
    if isinstance(value, dict):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_text(each) for each in value]
    return (value.__class__.__name__, str(value))


def as_data(case: Case) -> Any:
    return (
        case.case_id,
        case.payers,
        [(key, as_text(value)) for key, value in case.facts.items()],
        case.written,
        case.problems,
    )


def one_by_one(name: str) -> Read:
    return read(as_data(case) for case in read_case_file(name, count(7)))


def read(cases: Iterator[Any]) -> Read:
    found: list[Any] = []
    try:
        found.extend(cases)
    except CasesFileError as error:
        return found, str(error)
    return found, ""


def in_blocks(name: str, cases: int) -> Read:
    return read(as_data(case) for block in blocks(name, 7, cases) for case in cases_of(block))


def given_before_an_error(name: str, cases: int) -> Iterator[Block]:
    try:
        yield from blocks(name, 1, cases)
    except CasesFileError:
        return


def cases_of(block: Block) -> Iterator[Case]:
    """The cases of a block that has been to another process; what its columns say of each is held to it."""
    batch = pickle.loads(pickle.dumps(block)).batch()  # noqa: S301 - our own
    assert batch.rows == block.cases
    for row in range(batch.rows):
        case = batch.case(row)
        assert (row in batch.odd) or not case.problems
        assert str(batch.case_ids[row]) == case.case_id
        if row not in batch.odd:
            assert batch.payers.at(row) == case.payers
            facts = facts_of(batch, row)
            assert {key: as_text(value) for key, value in facts.items()} == {
                key: as_text(value) for key, value in case.facts.items()
            }
            assert batch.written == case.written
        yield case


def facts_of(batch: CaseBatch, row: int) -> dict[str, Any]:
    given = {name: column.value(row) for name, column in batch.facts.items()}
    return {name: value for name, value in given.items() if value is not ABSENT}
