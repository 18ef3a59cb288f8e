"""What parts the determinations of a case: the criteria that make the difference, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dmn_dli.diff.case_causes import Answer, partings
from dmn_dli.diff.case_changes import case_changes
from dmn_dli.diff.placed_cases import placed_cases
from tests.diff.criteria_books import BOOK, edited, edition

_TREE = {
    "DLI": (None, "all", "medically necessary"),
    "1": ("DLI", None, None),
    "2": ("DLI", "any", None),
    "2.a": ("2", None, None),
    "2.b": ("2", None, None),
    "E": ("DLI", "none", None),
    "E.1": ("E", None, None),
    "E.2": ("E", None, None),
}


def _answer(standing: Mapping[str, str]) -> Answer:
    """A record whose rows are met unless something else is said."""
    rows = [
        {"sheet": "C", "id": name, "part_of": part_of, "needs": needs, "means": means}
        | {"status": standing.get(name, "met")}
        for name, (part_of, needs, means) in _TREE.items()
    ]
    return Answer(None, {"criteria": rows})


def _parted(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    rows = {f"C.{name}": f"C.{name}" for name in _TREE}
    found: Any = partings(_answer(old), _answer(new), rows)
    return [name.removeprefix("C.") for name, _, _ in found]


FAILED, OPEN, ASIDE = "not met", "unknown", "does not apply"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({}, {"DLI": FAILED, "1": FAILED}, ["1"], id="a criterion"),
        pytest.param(
            {"2.b": FAILED},
            {"DLI": FAILED, "2": FAILED, "2.a": FAILED, "2.b": FAILED},
            ["2.a"],
            id="a member of a member",
        ),
        pytest.param(
            {"1": FAILED},
            {"DLI": FAILED, "2": FAILED, "2.a": FAILED, "2.b": FAILED},
            ["2.a", "2.b"],
            id="not what got better",
        ),
        pytest.param(
            {"E.1": FAILED, "E.2": FAILED, "1": OPEN},
            {"DLI": FAILED, "E": FAILED, "E.2": FAILED},
            ["E.1"],
            id="what is excluded is met",
        ),
        pytest.param({"DLI": OPEN, "1": OPEN}, {}, ["1"], id="what was open"),
        pytest.param({}, {"DLI": ASIDE, "1": ASIDE, "2": ASIDE}, ["1", "2"], id="no longer applies"),
        pytest.param({}, {"DLI": FAILED}, ["DLI"], id="the group itself"),
        pytest.param({}, {"1": FAILED}, ["1"], id="a table reads the criterion"),
        pytest.param({}, {"2": FAILED, "2.a": FAILED}, ["2.a"], id="a table reads a group"),
        pytest.param({}, {"2": FAILED}, ["2"], id="a table reads a group that was edited"),
    ],
)
def test_the_criteria_that_make_the_difference_are_named_and_no_others(
    old: Mapping[str, str], new: Mapping[str, str], expected: list[str]
) -> None:
    assert _parted(old, new) == expected


def test_a_case_names_the_criterion_that_was_edited() -> None:
    case = {"service": "donor lymphocyte infusion", "acute_gvhd_grade": 1}
    sides = (edition(BOOK),), (edition(edited({(7, 6): "< 1"})),)
    (each,) = case_changes(*sides, placed_cases([case], ())).payers[0].changed
    assert [(cause.subject, cause.old, cause.new, cause.cases) for cause in each.causes] == [
        ("Criteria.2", "met", "not met", 1)
    ]
