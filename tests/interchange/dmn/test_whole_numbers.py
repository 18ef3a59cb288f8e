"""Whole numbers are known by the test that an item definition makes of them."""

from __future__ import annotations

import pytest

from dmn_dli.feel import parse_unary_tests, syntax
from dmn_dli.feel.unparse import unparse
from dmn_dli.interchange.dmn.whole_numbers import without_whole


@pytest.mark.parametrize(
    ("text", "whole", "rest"),
    [
        ("floor(?) = ?", True, None),
        ("? in (floor(?) = ?) and ? in [0..120]", True, "[0..120]"),
        ("? in [0..120] and ? in (floor(?) = ?)", True, "[0..120]"),
        ("[0..120]", False, "[0..120]"),
        ("? in [0..120] and ? in [1..2]", False, "? in [0..120] and ? in [1..2]"),
        ("not(floor(?) = ?)", False, "not(floor(?) = ?)"),
    ],
)
def test_whole_numbers_are_told_from_what_else_is_asked(text: str, whole: bool, rest: str | None) -> None:
    tests = parse_unary_tests(text).tree
    assert isinstance(tests, syntax.UnaryTests)
    found, left = without_whole(tests)
    assert (found, left and unparse(left)) == (whole, rest)


def test_where_nothing_is_asked_there_is_no_whole_number() -> None:
    assert without_whole(None) == (False, None)
