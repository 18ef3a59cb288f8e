"""Answers as record batches say what the records of single cases say, in one schema, in their order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

from dmn_dli.batch.answers import PayersAnswers
from dmn_dli.batch.arrow_columns import ArrowAnswers, schema
from dmn_dli.batch.arrow_lists import list_array
from dmn_dli.batch.cases import side_by_side
from dmn_dli.cases.asking import ask, payers_of
from dmn_dli.cases.files import given_case
from dmn_dli.evaluate.record_fields import CHOICES, COLUMNS, LISTED, field, finals_of, keys_of, texts_of
from tests.batch.test_answers import SERIES, random_cases


def said(record: Mapping[str, Any], column: str) -> Any:
    """What a column is to hold of a record."""
    value = field(record, column, finals_of(SERIES))
    if column == "format_version" or value is None:
        return value
    if column == "criteria":
        return texts_of(column, value)
    if column in LISTED:
        return [each if isinstance(each, str) else _json(each) for each in value]
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


@pytest.mark.parametrize("columns", [COLUMNS, CHOICES, ("rule", "case_id", "citation", "missing_facts")])
def test_every_column_of_the_five_payers(columns: Sequence[str]) -> None:
    maker = ArrowAnswers(columns)
    answers = PayersAnswers(SERIES, None, keys_of(columns))
    for seed in (1, 2):
        cases = [*random_cases(20, 0.3, seed), given_case({"payer": ["nobody", "molina"]}, 21)]
        batch = side_by_side(cases)
        records = [ask(case, payer, SERIES) for case in cases for payer in payers_of(case, None, SERIES)]
        table = maker.table(batch, answers.of(batch))
        table.validate(full=True)
        assert table.schema == schema(columns)
        want = [{column: said(record, column) for column in columns} for record in records]
        assert table.to_pylist() == want
        again = ArrowAnswers(columns).table(batch, answers.of(batch))
        assert again.equals(table)


def test_no_rows_have_the_same_schema() -> None:
    batch = side_by_side([])
    table = ArrowAnswers().table(batch, PayersAnswers(SERIES, None).of(batch))
    assert (table.num_rows, table.schema) == (0, schema())


def test_the_bytes_of_a_batch_do_not_depend_on_those_before_it() -> None:
    columns = ("determination", "citation", "possible_determinations")
    maker = ArrowAnswers(columns)
    answers = PayersAnswers(SERIES, ["molina"], keys_of(columns))
    first, second = [side_by_side(random_cases(30, 0.2, seed)) for seed in (3, 4)]
    maker.table(first, answers.of(first))
    later = maker.table(second, answers.of(second))
    alone = ArrowAnswers(columns).table(
        second, PayersAnswers(SERIES, ["molina"], keys_of(columns)).of(second)
    )
    for name in columns:
        found, want = later.column(name), alone.column(name)
        if name in LISTED:
            assert found.equals(want)
        else:
            assert found.dictionary.equals(want.dictionary)
            assert found.indices.equals(want.indices)


_TEXT = st.text(alphabet="aé漢 \n", max_size=4)


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.lists(_TEXT, max_size=3).map(tuple)), min_size=1, max_size=6),
    st.integers(1, 3),
    st.data(),
)
def test_lists_are_gathered(lists: list[Any], width: int, data: st.DataObject) -> None:
    number = st.integers(0, len(lists) - 1)
    rows = data.draw(st.lists(st.lists(number, min_size=width, max_size=width), max_size=8))
    found = list_array(lists, np.array(rows, np.int32).reshape(-1, width))
    found.validate(full=True)
    assert found.to_pylist() == [
        None if lists[row[0]] is None else [item for each in row for item in lists[each] or ()]
        for row in rows
    ]
