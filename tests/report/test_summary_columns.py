"""What is counted of columns is what is counted of their records."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy", reason="columns of batches need the extra batch: numpy and pyarrow")
pytest.importorskip("pyarrow", reason="columns of batches need the extra batch: numpy and pyarrow")

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.batch.answers import Answers, PayersAnswers
from dmn_dli.batch.cases import side_by_side
from dmn_dli.batch.coded import RowColumn
from dmn_dli.cases.asking import ask, payers_of
from dmn_dli.cases.files import given_case
from dmn_dli.report.summary import Summary
from dmn_dli.report.summary_columns import KEYS, count
from dmn_dli.report.summary_words import summary_json
from tests.batch.test_answers import SERIES, random_cases
from tests.report.test_record_rows import ROWS, coded, list_columns, texts

PAYER = next(iter(SERIES))


@settings(max_examples=60, deadline=None)
@given(coded(st.none() | texts | st.integers(-3, 3)), list_columns, st.sets(st.integers(0, ROWS - 1)))
def test_any_column_is_counted_as_its_values_are(
    determination: RowColumn, unmet: RowColumn, wrong: set[int]
) -> None:
    columns = {"determination": determination, "unmet_criteria": unmet}
    error = {"case_id": "1", "payer": PAYER, "error": {"kind": "case", "message": "", "problems": []}}
    found, want = Summary(SERIES), Summary(SERIES)
    count(found, Answers(PAYER, np.arange(ROWS), columns, dict.fromkeys(wrong, error)))
    for row in range(ROWS):
        record = {"payer": PAYER, **{key: column.at(row) for key, column in columns.items()}}
        want.case([error if row in wrong else record])
    found.cases = want.cases
    assert summary_json(found) == summary_json(want)


def test_the_five_payers() -> None:
    cases = [*random_cases(60, 0.3, 1), given_case({"payer": "molna"}, 61)]
    found, want = Summary(SERIES, None), Summary(SERIES)
    for each in PayersAnswers(SERIES, None, KEYS).of(side_by_side(cases)):
        count(found, each)
    found.cases = len(cases)
    for case in cases:
        want.case([ask(case, payer, SERIES) for payer in payers_of(case, None, SERIES)])
    whole = Summary(SERIES)
    whole.merge(found)
    assert summary_json(whole) == summary_json(want)
