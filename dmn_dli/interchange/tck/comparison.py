"""Whether a result is the one that a case expects."""

from __future__ import annotations

from decimal import Decimal

from dmn_dli.feel.comparison import feel_equal
from dmn_dli.feel.decimals import CONTEXT

TOLERANCE = Decimal("0.00000001")
"""How far a number may be from the one expected, as the kit's own runners have it.

Its cases are written with eight or so decimals of `sqrt(2)`, `cos(123)` and the like.
"""


def as_expected(got: object, expected: object) -> bool:
    """Whether the result is the expected one: of the same type and equal, numbers up to `TOLERANCE`.

    Lists in their order; contexts with the same entries and no others.
    """
    if got is None or expected is None:
        return got is expected
    if isinstance(got, list) and isinstance(expected, list):
        return len(got) == len(expected) and all(map(as_expected, got, expected))
    if isinstance(got, dict) and isinstance(expected, dict):
        return got.keys() == expected.keys() and all(as_expected(got[key], expected[key]) for key in expected)
    if type(got) is not type(expected):
        return False
    if isinstance(got, Decimal) and isinstance(expected, Decimal):
        return abs(CONTEXT.subtract(got, expected)) < TOLERANCE
    return feel_equal(got, expected) is True
