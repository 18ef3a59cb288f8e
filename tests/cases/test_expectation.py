"""Expected and actual values, against a naive comparison."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.cases.expectation import Unsettled, agrees, facts_named, shown

_ITEM = st.text("abc ,;|", min_size=1, max_size=6).filter(lambda text: bool(text.strip()))
_ITEMS = st.lists(_ITEM, max_size=5)


def _key(text: str) -> str:
    return " ".join(text.split())


@given(_ITEMS.filter(bool), _ITEMS)
def test_a_set_agrees_where_each_holds_what_the_other_does(expected: list[str], actual: list[Any]) -> None:
    same = {_key(item) for item in expected} == {_key(item) for item in actual}
    assert agrees("\n".join(expected), actual, ordered=False) is same


@given(_ITEMS.filter(bool), _ITEMS)
def test_a_list_agrees_in_order_with_or_without_repeats(expected: list[str], actual: list[Any]) -> None:
    keys, came = [_key(item) for item in expected], [_key(item) for item in actual]
    lines = [item.strip() for item in actual]
    once = [_key(line) for index, line in enumerate(lines) if line not in lines[:index]]
    assert agrees("\n".join(expected), actual, ordered=True) is (keys in (came, once))


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("none", [], True),
        ("None ", None, True),
        ("none", ["x"], False),
        ("none", "none", True),
        ("none", "x", False),
        ("x", None, False),
        ("x", [], False),
        ("7.50", 7.5, True),
        ("7", 7.5, False),
        ("1e1", 10, True),
        ("Yes", True, True),
        ("no", False, True),
        ("1", True, False),
        ("Medically  Necessary", "medically necessary", True),
        ("2025-01-01", "2025-01-01", True),
        ("one\ntwo", ["one\ntwo"], True),
        ("one\ntwo", "one\ntwo", True),
        ("00123", "123", False),
        ("99.9", "99.90", False),
        ("yes", "true", False),
        ("NaN", 1, False),
        ("7\n8.0", [7, 8], True),
        ("true", [1], False),
    ],
)
def test_a_cell_agrees_with_a_value(expected: str, actual: Any, same: bool) -> None:
    assert agrees(expected, actual, ordered=True) is same


@pytest.mark.parametrize(
    "expected", ["none", "x", "not settled: it depends on facts that the case does not give"]
)
def test_nothing_agrees_with_what_is_not_settled(expected: str) -> None:
    assert not agrees(expected, Unsettled(), ordered=False)


@given(st.one_of(st.integers(), st.booleans(), st.none(), _ITEMS))
def test_a_value_agrees_with_itself_as_shown(value: Any) -> None:
    assert agrees(shown(value), value, ordered=True)


def test_facts_are_named_by_lines_or_commas_and_a_label_may_hold_a_comma() -> None:
    names = {"grade": "grade", "cells, donor": "donor_cells", "service": "service"}
    assert facts_named("Cells, donor\nGrade ; service", names) == (["donor_cells", "grade", "service"], [])
    assert facts_named("grade, griade", names) == (["grade"], ["griade"])
