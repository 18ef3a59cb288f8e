"""How a case's values are read: letter case, blanks, numbers, dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dmn_dli import CaseError
from tests.linking.books import fact, kernel, linked, table

FACTS = (
    fact("service", "string", "donor lymphocyte infusion, other"),
    fact("remark", "string"),
    fact("percent", "number", "[0..100]"),
    fact("grade", "integer"),
    fact("day", "date", "[2025-01-01..2025-12-31]"),
    fact("unread", "string", "a, b"),
)
CLAUSES = {
    "service": ["donor lymphocyte infusion"],
    "remark": ['"odd"', '"ODD"'],
    "percent": ["0.1", "> 0.1"],
    "grade": ["2", "> 2"],
    "day": ["< 2025-02-12", "2025-02-12"],
}


def passed(name: str, value: Any) -> list[str]:
    """The tests that a fact's value passes."""
    tests = table("Tests", "C", [f"IF {name}", "THEN Test"], None, *[[test, test] for test in CLAUSES[name]])
    final = table("Final", "F", [f"IF {name}", "THEN Final"], [None, "done"], ["-", "done"])
    found = kernel(linked(FACTS, tests, final)).determine({name: value})["decisions"]["Tests"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("service", "  Donor  Lymphocyte INFUSION ", ["donor lymphocyte infusion"]),
        ("service", "other", []),
        ("remark", "odd", ["odd"]),
        ("remark", "ODD", ["ODD"]),
        ("remark", "never heard of", []),
        ("percent", 0.1, ["0.1"]),
        ("percent", Decimal("0.1"), ["0.1"]),
        ("percent", 100, ["> 0.1"]),
        ("grade", 2, ["2"]),
        ("grade", 2.0, ["2"]),
        ("grade", 10**30, ["> 2"]),
        ("day", "2025-02-11", ["< 2025-02-12"]),
        ("day", date(2025, 2, 12), ["2025-02-12"]),
        ("day", datetime(2025, 2, 12, tzinfo=UTC), ["2025-02-12"]),
        ("day", " 2025-02-13 ", []),
    ],
)
def test_values_are_trimmed_and_matched_by_meaning(name: str, value: Any, expected: list[str]) -> None:
    assert [each.strip('"') for each in passed(name, value)] == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("percent", -0.001),
        ("percent", 100.001),
        ("percent", "50"),
        ("percent", True),
        ("grade", 2.5),
        ("grade", False),
        ("day", "2024-12-31"),
        ("day", datetime(2025, 2, 12, 23, 59, tzinfo=UTC)),
        ("day", "20250212"),
        ("day", "2025-W07-3"),
        ("service", "donor"),
        ("service", ""),
        ("unread", "c"),
        ("Service", "other"),
    ],
)
def test_values_that_a_fact_cannot_have_are_refused_even_where_no_table_reads_it(
    name: str, value: Any
) -> None:
    tests = table("Final", "F", ["IF service", "THEN Final"], [None, "done"], ["-", "done"])
    compiled = kernel(linked(FACTS, tests))
    with pytest.raises(CaseError) as caught:
        compiled.determine({name: value})
    assert [each["fact"] for each in caught.value.problems] == [name]


def test_a_key_that_starts_with_an_underscore_is_a_remark() -> None:
    tests = table("Final", "F", ["IF service", "THEN Final"], [None, "done"], ["-", "done"])
    assert kernel(linked(FACTS, tests)).determine({"_seen by": "B. Ray"})["determination"] == "done"
