"""How a case's values are read: letter case, blanks, numbers, dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
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


_EAST = timezone(timedelta(hours=13))
_ALL_DIGITS = Decimal("0.1000000000000000055511151231257827021181583404541015625")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("percent", [0.1, _ALL_DIGITS]),
        ("percent", [_ALL_DIGITS, 0.1]),
        ("day", [datetime(2025, 2, 12, tzinfo=_EAST), datetime(2025, 2, 11, 11, tzinfo=UTC)]),
        ("day", [datetime(2025, 2, 11, 11, tzinfo=UTC), datetime(2025, 2, 12, tzinfo=_EAST)]),
    ],
)
def test_what_python_holds_for_equal_is_read_for_itself(name: str, values: list[Any]) -> None:
    assert values[0] == values[1]
    tests = table("Tests", "C", [f"IF {name}", "THEN Test"], None, *[[test, test] for test in CLAUSES[name]])
    final = table("Final", "F", [f"IF {name}", "THEN Final"], [None, "done"], ["-", "done"])
    asked = kernel(linked(FACTS, tests, final))

    def answer(value: Any) -> list[str] | str:
        try:
            found = asked.determine({name: value})["decisions"]["Tests"]
        except CaseError as error:
            return error.message
        assert isinstance(found, list)
        return found

    alone: list[list[str] | str] = []
    for value in values:
        try:
            alone.append(passed(name, value))
        except CaseError as error:
            alone.append(error.message)
    assert alone[0] != alone[1]
    assert [answer(value) for value in (*values, *values)] == [*alone, *alone]
