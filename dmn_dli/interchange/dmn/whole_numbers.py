"""Integers, which FEEL does not know: numbers that are their own floor.

An item definition says so with one unary test. Who knows it can tell a fact of whole numbers from one of any.
"""

from __future__ import annotations

from typing import Final

from dmn_dli.feel import parse_unary_tests, syntax

WHOLE_NUMBER: Final = "floor(?) = ?"

_TESTS: Final = parse_unary_tests(WHOLE_NUMBER).tree


def without_whole(tests: syntax.UnaryTests | None) -> tuple[bool, syntax.UnaryTests | None]:
    """Whether tests ask for a whole number, and what they ask for besides; None where that is nothing.

    A type that is built on another asks for both: `? in (first) and ? in (second)`.
    """
    if tests is None:
        return False, None
    if tests == _TESTS:
        return True, None
    match tests.tests:
        case (
            syntax.ValueTest(
                syntax.Conjunction(
                    syntax.In(syntax.InputValue(), first), syntax.In(syntax.InputValue(), second)
                )
            ),
        ) if not tests.negated:
            for one, other in ((first, second), (second, first)):
                if one == _TESTS:
                    return True, other
    return False, tests
