"""Shares in words: counted where they are few, a ratio where they are many, and never rounded to nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.diff.share import Share
from dmn_dli.report.share_words import combinations, fraction, large


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (12, 4_608, "12 of 4,608"),
        (4_608, 4_608, "all"),
        (4_320, 1_658_880, "1 in 384"),
        (84, 414_720, "about 1 in 4,940"),
        (55 * 8, 41_472, "55 in 5,184"),
        (999_999, 8_294_400, "about 12 in 100"),
        (1, 10**7, "1 in 10 million"),
        (3, 7_000_003, "about 1 in 2.33 million"),
        (7, 10**40, "about 1 in 10^39"),
        (8_294_399, 8_294_400, "all but 1 in 8.29 million"),
    ],
)
def test_a_share_is_told_as_combinations(part: int, whole: int, told: str) -> None:
    assert fraction(Share(part, whole)) == told


def test_a_share_ends_a_sentence() -> None:
    assert combinations(Share(12, 4_608)) == "in 12 of 4,608 combinations of facts"
    assert combinations(Share(2, 2)) == "in every combination of facts"


def test_large_numbers_are_rounded_to_three_digits() -> None:
    assert [large(number) for number in (384, 999_999, 1_000_000, 2_345_678, 1_299_999_999)] == [
        "384",
        "999,999",
        "1 million",
        "2.35 million",
        "1.3 billion",
    ]


@given(st.integers(1, 10**30), st.integers(0, 10**30))
def test_a_share_is_neither_none_nor_all_unless_it_is(part: int, rest: int) -> None:
    told = fraction(Share(part, part + rest))
    assert (told == "all") is (rest == 0)
    assert not told.startswith(("0 ", "about 0 ", "about 100 "))
