"""What payers answer to a batch is what they answer to each of its cases."""

from __future__ import annotations

import random
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

from dmn_dli.batch.answers import PayersAnswers
from dmn_dli.batch.cases import CaseBatch, side_by_side
from dmn_dli.cases.asking import Record, ask, payers_of
from dmn_dli.cases.files import Case, given_case
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.record import FORMAT_VERSION
from tests import payers

KERNELS = [payers.kernel(name) for name in payers.WORKBOOKS]
SERIES = {kernel.payer: KernelSeries(kernel.payer, [kernel]) for kernel in KERNELS}


def by_row(batch: CaseBatch, answers: PayersAnswers) -> dict[tuple[int, str], Record]:
    """The records of a batch, put together from the columns."""
    found = {}
    for each in answers.of(batch):
        for place, row in enumerate(each.rows.tolist()):
            record: dict[str, Any] = each.errors.get(place) or {
                "format_version": FORMAT_VERSION,
                "case_id": batch.case(row).case_id,
                "payer": each.payer,
                **{key: column.at(place) for key, column in each.columns.items()},
            }
            assert (row, each.payer) not in found
            found[row, each.payer] = record
    return found


def random_cases(count: int, unknown: float, seed: int) -> list[Case]:
    chance = random.Random(seed)
    facts = next(iter(SERIES.values())).facts
    values: dict[str, list[Any]] = {
        each.name: ["2026-06-01", "2019-01-01"]
        if each.type == "date"
        else [0, 1, 2.5, 4]
        if each.slots
        else [*each.values]
        for each in facts.values()
    }
    cases = []
    for position in range(1, count + 1):
        given = {
            name: chance.choice(each) for name, each in values.items() if each and chance.random() >= unknown
        }
        if chance.random() < 0.05:
            given["transplant_type"] = "no such type"
        cases.append(given_case(given, position))
    return cases


@pytest.mark.parametrize("unknown", [0.0, 0.1, 0.5])
def test_the_five_payers(unknown: float) -> None:
    cases = random_cases(60, unknown, 5)
    found = by_row(side_by_side(cases), PayersAnswers(SERIES, None))
    want = {
        (row, payer): ask(case, payer, SERIES)
        for row, case in enumerate(cases)
        for payer in payers_of(case, None, SERIES)
    }
    assert found == want
