"""A result is as expected where type and value are the same, numbers but for the kit's tolerance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmn_dli.feel.builtins import REGISTRY
from dmn_dli.interchange.tck.comparison import as_expected

N = Decimal
DATE, MOMENT = REGISTRY["date"], REGISTRY["date and time"]


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (None, None),
        (N("1.414213562373095"), N("1.41421356")),
        ([N(1), "a"], [N("1.0"), "a"]),
        ({"a": N(1), "b": [None]}, {"b": [None], "a": N(1)}),
        (DATE("2025-02-12"), DATE("2025-02-12")),
        (MOMENT("2025-02-12T10:00:00Z"), MOMENT("2025-02-12T11:00:00+01:00")),
    ],
)
def test_as_expected(got: object, expected: object) -> None:
    assert as_expected(got, expected)
    assert as_expected(expected, got)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (None, False),
        (N("1.00000001"), N(1)),
        (True, N(1)),
        ("1", N(1)),
        ([N(1)], N(1)),
        ([N(1), N(2)], [N(2), N(1)]),
        ([N(1)], [N(1), N(1)]),
        ({"a": N(1)}, {"a": N(1), "b": None}),
        (DATE("2025-02-12"), MOMENT("2025-02-12T00:00:00")),
    ],
)
def test_otherwise_than_expected(got: object, expected: object) -> None:
    assert not as_expected(got, expected)
    assert not as_expected(expected, got)
