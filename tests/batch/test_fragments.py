"""Rows of JSON joined of fragments are what json.dumps makes of them, whatever columns are made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import numpy as np
import pyarrow as pa

from dmn_dli.batch import fragments, fused_fragments, joined_fragments
from dmn_dli.batch.coded import (
    Coded,
    Concatenated,
    Fields,
    Listed,
    Merged,
    RowColumn,
    Text,
    Where,
    instead,
)
from dmn_dli.batch.fragments import JsonFragments
from dmn_dli.batch.joined_fragments import FragmentStore
from dmn_dli.batch.record_columns import RecordColumns
from dmn_dli.runtime.plain import for_programs
from tests.batch.test_answers import random_cases
from tests.batch.test_record_columns import KEYS, placed
from tests.payers import WORKBOOKS, kernel

INDENTS = pytest.mark.parametrize("indent", [None, 2], ids=["lines", "indented"])


def dumps(indent: int | None) -> Callable[[Any], str]:
    return lambda value: for_programs(json.dumps(value, ensure_ascii=False, indent=indent))


class Joined:
    """Columns under names as rows of JSON, by one object for all batches."""

    def __init__(self, indent: int | None) -> None:
        self.dumps = dumps(indent)
        self.fragments = JsonFragments(self.dumps, indent=indent)
        self.store = FragmentStore()
        self.opening, self.comma, self.closing = ("{\n  ", ",\n  ", "\n}") if indent else ("{", ", ", "}")

    def rows(self, columns: dict[str, RowColumn]) -> list[str]:
        parts: list[str | RowColumn] = []
        for name, column in columns.items():
            parts += [f"{self.comma if parts else self.opening}{json.dumps(name)}: ", column]
        rows = len(next(iter(columns.values())))
        found = self.store.joined(self.fragments.row([*parts, self.closing], rows))
        return [each.decode() for each in found]

    def agrees(self, columns: dict[str, RowColumn]) -> None:
        for row, text in enumerate(self.rows(columns)):
            assert text == self.dumps({name: column.at(row) for name, column in columns.items()})


def numbers(*found: int) -> Any:
    return np.array(found, np.int32)


@INDENTS
@pytest.mark.parametrize("most", [None, 0], ids=["kept", "afresh-in-each-batch"])
def test_every_kind_of_column(indent: int | None, most: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if most is not None:
        monkeypatch.setattr(fragments, "_MOST_LISTS", most)
        monkeypatch.setattr(fused_fragments, "_MOST", most)
        monkeypatch.setattr(joined_fragments, "_MOST", most)
    lasting: list[Any] = ['a"b\n', None, {"x": [1, {"y": ()}]}, "##[é\x1b", []]
    joined = Joined(indent)
    for _ in range(2):  # what was made for the first batch serves the second, whose lists have grown
        plain = Coded(numbers(0, 1, 2, 3, 4), lasting, 5, [1.5])
        texts = Coded(numbers(0, 1, 2, 0, 1), ["", "ä", '"'], 3)
        lists = Coded(numbers(0, 1, 2, 1, 0), [[], [1], ["a", {}]], 3)
        objects = Coded(numbers(0, 1, 2, 1, 0), [{}, {"a": 1}, {"b": [], "c": None}], 3)
        others = Coded(numbers(1, 1, 0, 0, 0), [{}, {"z": "s"}], 2)
        text = Text((texts, Text((texts,), numbers(1, 0, 1, 0, 1) != 0), texts))
        where = Where(numbers(0, 1, 1, 0, 1) != 0, text)
        nothing = Where(numbers(0, 0, 0, 0, 0) != 0, plain)
        joined.agrees(
            {
                "plain": plain,
                "own": Coded(numbers(5, 0, 5, 1, 2), lasting, 5, ["own"]),
                "text": text,
                "null": Text((texts,), numbers(1, 0, 1, 0, 0) != 0),
                "concatenated": Concatenated((lists, where, nothing, lists)),
                "empty": Concatenated((nothing,)),
                "where": where,
                "merged": Merged((objects, others)),
                "listed": Listed((plain, Fields({"a": text, "b": Concatenated((lists,))}))),
                "instead": instead(Listed((plain,)), numbers(-1, 0, -1, 1, -1), [[], {"deep": [1]}]),
            }
        )
        lasting.append("more")


def test_a_column_may_come_late_of_which_fewer_values_are_settled() -> None:
    """Batches are answered before they are rendered: lists have grown since, and other columns with them."""
    left: list[Any] = ["a", "b", "c"]
    right: list[Any] = [1, 2, 3, 4]
    joined = Joined(None)
    for settled in ((2, 3), (3, 4), (2, 4), (3, 3)):
        last = [each - 1 for each in settled]
        joined.agrees(
            {
                "left": Coded(numbers(0, 1, last[0]), left, settled[0]),
                "right": Coded(numbers(0, last[1], 1), right, settled[1]),
            }
        )


@INDENTS
@pytest.mark.parametrize("name", WORKBOOKS)
def test_records_of_the_five_payers(name: str, indent: int | None) -> None:
    policy = kernel(name)
    columns, joined = RecordColumns(policy, KEYS), Joined(indent)
    facts = policy.case_reader.facts
    for seed, unknown in enumerate((0.0, 0.1, 0.5)):
        cases = [each.facts for each in random_cases(30, unknown, seed)]
        batch = pa.RecordBatch.from_pydict(
            {
                key: [case.get(key) for case in cases]
                for key in facts
                if len({type(case.get(key)) for case in cases} - {type(None)}) == 1
            }
        )
        given = placed(batch, policy)
        found, errors = columns.of(given)
        for row, text in enumerate(joined.rows({key: found[key] for key in KEYS})):
            if row not in errors:
                record = policy.determine(given.case(row))
                assert text == joined.dumps({key: record.get(key, found[key].at(row)) for key in KEYS})
