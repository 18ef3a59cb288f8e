"""A payer's whole policy for one case: every fact known, five unknown, nothing known.

`make bench` prints the times; answers are checked, the times never.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import dmn_dli
from tests.bench.timing import microseconds, slowest_microseconds

pytestmark = pytest.mark.bench

TABLES = Path(__file__).parents[2] / "tables"
WORKBOOKS = sorted(TABLES.glob("*-*.xlsx"))

KNOWN: dict[str, Any] = {
    "date_of_service": "2026-06-01",
    "service": "donor lymphocyte infusion",
    "line_of_business": "commercial",
    "transplant_type": "allogeneic",
    "transplant_determination": "medically necessary",
    "malignancy_type": "hematologic",
    "disease_status": "relapsed",
    "relapse_risk_setting": "t-cell depleted graft",
    "purpose_prevent_relapse": True,
    "purpose_convert_chimerism": True,
    "purpose_promote_engraftment": False,
    "donor_chimerism_percent": 60,
    "lymphocyte_donor": "original donor",
    "lymphocyte_manipulation": "none",
    "acute_gvhd_grade": 0,
}


@pytest.mark.parametrize("workbook", WORKBOOKS, ids=lambda path: path.stem)
def test_a_whole_policy_is_evaluated_and_the_times_are_printed(workbook: Path) -> None:
    policy = dmn_dli.load_policy(workbook)
    chance = random.Random(5)
    five_unknown = []
    for _ in range(40):
        unknown = set(chance.sample(list(KNOWN), 5))
        five_unknown.append({name: value for name, value in KNOWN.items() if name not in unknown})
    assert policy.evaluate(KNOWN).determination == "medically necessary"
    assert policy.evaluate({}).determination == "needs information"
    for facts in five_unknown:
        assert "medically necessary" in policy.evaluate(facts).possible_determinations
    known = microseconds(policy.evaluate, [KNOWN] * 200)
    five = slowest_microseconds(policy.evaluate, five_unknown)
    nothing = microseconds(policy.evaluate, [{}] * 5)
    print(
        f"\n{workbook.stem}: all known {known:.0f} µs, the slowest of 40 with five unknown {five:.0f} µs, "
        f"nothing known {nothing / 1000:.2f} ms"
    )
