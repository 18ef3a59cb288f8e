"""Facts' dates end with Python's calendar; what cells compare them with, and make of them, does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dmn_dli.analysis.proof import prove
from dmn_dli.diagrams.build import build
from dmn_dli.feel import DateValue
from dmn_dli.feel.temporal import parse_date
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, kernel, linked, table
from tests.source.modules import compiled

START = fact("start", "date")
DAYS = (date.min, date(2025, 6, 1), date.max)


def _policy(*cells: str) -> LinkedPolicy:
    rules = [[cell, f"rule {number}"] for number, cell in enumerate(cells, 1)]
    return linked([START], table("Final", "C", ["IF start", "THEN Final"], [None, None], *rules))


@pytest.mark.parametrize(
    ("cells", "fired"),
    [
        (['< @"10000-01-01"', '@"999999999-12-31"', "-"], {1, 3}),
        (['> @"0000-12-31"', '< @"-0001-01-01"', "null"], {1}),
        (['[@"-0002-01-01"..@"12000-01-01"]', 'not(@"10000-01-01")'], {1, 2}),
    ],
)
def test_a_cell_with_a_day_beyond_all_facts_holds_of_all_facts_alike(
    cells: list[str], fired: set[int]
) -> None:
    policy = _policy(*cells)
    module = compiled(kernel(policy))
    for day in DAYS:
        decided = kernel(policy).determine({"start": day})
        assert decided["determination"] == [f"rule {number}" for number in sorted(fired)]
        assert module.determine({"start": day})["determination"] == decided["determination"]
    assert kernel(policy).determine({})["missing_facts"] == []


def test_days_that_no_fact_can_have_are_no_gap_and_no_overlap() -> None:
    rules = (['>= @"0001-01-01"', "a"], ['> @"9999-12-31"', "b"])
    policy = linked([START], table("Final", "U", ["IF start", "THEN Final"], [None, None], *rules))
    diagrams = build(policy)
    (decision,) = diagrams.decisions
    proof, _ = prove(diagrams, decision.logic.table, decision.logic)
    assert (proof.complete, proof.overlap_free) == (True, True)


def test_what_is_made_of_a_date_may_lie_beyond_all_facts() -> None:
    clause = ['IF start + @"P1Y"', "THEN Final"]
    rules = (['> @"9999-12-31"', 'start + @"P8000Y"'], ["-", "start"])
    made = kernel(linked([START], table("Final", "F", clause, [None, "expression"], *rules)))
    assert made.determine({"start": "9999-06-01"})["determination"] == "17999-06-01"
    assert made.determine({"start": "2025-06-01"})["determination"] == "2025-06-01"
    decide = made.decider.function("Final")
    far: Any = decide({"start": date(9999, 6, 1)})
    assert far == parse_date("17999-06-01")
    assert type(far) is DateValue
    near = decide({"start": date(2025, 6, 1)})
    assert near == date(2025, 6, 1)
    assert type(near) is date


def test_durations_and_times_of_outputs_are_their_plain_text() -> None:
    outputs = [["-", '[@"P1DT12H", @"-P14M", @"10:00:00.5@Europe/Paris", @"2025-02-12T00:00:00Z"]']]
    made = kernel(
        linked([START], table("Final", "F", ["IF start", "THEN Final"], [None, "expression"], *outputs))
    )
    texts = ["P1DT12H", "-P1Y2M", "10:00:00.5@Europe/Paris", "2025-02-12T00:00:00Z"]
    assert made.determine({})["determination"] == texts
