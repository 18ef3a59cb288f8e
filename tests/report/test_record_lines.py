"""Records as JSON from columns: whatever the kind of a column, the bytes are those of the record itself."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numpy", reason="columns of batches need the extra batch")
pytest.importorskip("pyarrow", reason="as above")

import numpy as np

from dmn_dli.batch.answers import Answers
from dmn_dli.batch.coded import (
    ITSELF,
    Coded,
    Concatenated,
    Fields,
    Instead,
    Listed,
    Merged,
    RowColumn,
    Text,
    Where,
)
from dmn_dli.evaluate.record_fields import KEYS, ChosenColumns
from dmn_dli.report.record_lines import RecordLines
from dmn_dli.report.records import plain
from dmn_dli.runtime.plain import for_programs

TEXTS = ("", "a", 'say "x"', "::w", "##", "#a", "b[c]", "\u202e", "\ud800", "é ", "line\nbreak", "\\")
SCALARS: tuple[Any, ...] = (*TEXTS, None, True, 3, Decimal("2.50"), Decimal(7), 1.5, {"k": [1, {}]}, [], {})


class Made:
    """Random columns over the same lasting lists, as a run of batches has them."""

    def __init__(self, chance: random.Random, rows: int) -> None:
        self.chance = chance
        self.rows = rows

    def coded(self, values: tuple[Any, ...], lasting: list[Any]) -> Coded:
        lasting += self.chance.sample(values, self.chance.randrange(3))
        settled = len(lasting)
        own = [self.chance.choice(values) for _ in range(self.chance.randrange(3) + (settled == 0))]
        numbers = np.array([self.chance.randrange(settled + len(own)) for _ in range(self.rows)], np.intp)
        return Coded(numbers, lasting, settled, own)

    def mask(self) -> Any:
        return np.array([self.chance.random() < 0.5 for _ in range(self.rows)], bool)

    def lists(self, lasting: dict[str, list[Any]]) -> Coded:
        some: tuple[Any, ...] = ([], ["x"], ["y", 'z"'], [["p", 1]], [{"a": 1}])
        return self.coded(some, lasting.setdefault("lists", []))

    def objects(self, name: str, lasting: dict[str, list[Any]]) -> Coded:
        return self.coded(({}, {name: "v"}, {name: [1]}), lasting.setdefault(name, []))

    def part(self, depth: int, lasting: dict[str, list[Any]]) -> Coded | Where:
        if self.chance.random() < 0.5:
            return self.lists(lasting)
        return Where(self.mask(), self.column(depth - 1, lasting))

    def column(self, depth: int, lasting: dict[str, list[Any]]) -> RowColumn:
        kind = self.chance.randrange(8 if depth else 2)
        if kind == 0:
            return self.coded(SCALARS, lasting.setdefault("scalars", []))
        if kind == 1:
            texts = [self.coded(TEXTS, lasting.setdefault("texts", [])) for _ in range(3)]
            return Text(tuple(texts), self.mask() if self.chance.random() < 0.5 else None)
        if kind == 2:
            return Where(self.mask(), self.column(depth - 1, lasting))
        if kind == 3:
            return Listed(tuple([self.column(depth - 1, lasting) for _ in range(self.chance.randint(1, 3))]))
        if kind == 4:
            return Merged(tuple([self.objects(f"part {each}", lasting) for each in range(3)]))
        if kind == 5:
            return Fields({f"field {each}": self.column(depth - 1, lasting) for each in range(2)})
        if kind == 6:
            which = np.where(self.mask(), ITSELF, 0) + np.array(0)
            return Instead(self.column(depth - 1, lasting), which, [self.chance.choice(SCALARS)])
        parts: list[Coded | Where] = [self.part(depth, lasting) for _ in range(3)]
        return Concatenated(tuple(parts))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9), indented=st.booleans())
def test_the_bytes_of_each_record(seed: int, indented: bool) -> None:
    chance = random.Random(seed)
    lines = RecordLines(indented=indented)
    lasting: dict[str, dict[str, list[Any]]] = {key: {} for key in KEYS}
    for _ in range(3):  # batches
        rows = chance.randint(1, 6)
        made = Made(chance, rows)
        columns = {key: made.column(3, lasting[key]) for key in KEYS[3:]}
        ids = [f"{row}\u2028#" for row in range(rows + 2)]
        places = np.array(sorted(chance.sample(range(rows + 2), rows)), np.intp)
        errors = {0: {"error": "##["}} if chance.random() < 0.3 else {}
        found = lines.records(ids, Answers("p", places, columns, errors))
        for row in range(rows):
            record = {"format_version": 1, "case_id": ids[places[row]], "payer": "p"}
            record |= {key: column.at(row) for key, column in columns.items()}
            indent = 2 if indented else None
            text = json.dumps(errors.get(row, record), ensure_ascii=False, indent=indent, default=plain)
            want = f",\n{text}" if indented else f"{text}\n"
            assert bytes(found[row]).decode() == for_programs(want)


def test_chosen_columns_are_the_keys() -> None:
    policies = [{"number": "N", "title": "T"}, None]
    policy = Coded(np.array([0, 1]), policies, 2)
    answers = Answers("p", np.array([0, 1]), {"policy": policy}, {})
    lines = RecordLines(ChosenColumns(("policy.title", "case_id", "error.kind", "payer"), {}))
    assert b"".join(lines.records(["a", "b"], answers)).decode() == (
        '{"policy.title": "T", "case_id": "a", "error.kind": null, "payer": "p"}\n'
        '{"policy.title": null, "case_id": "b", "error.kind": null, "payer": "p"}\n'
    )
