"""What is meant by notations that mean something else in FEEL."""

from __future__ import annotations

import pytest

from dmn_dli.feel import Environment, parse_unary_tests, syntax
from dmn_dli.linking.pitfall_numbers import comparison_in_words
from dmn_dli.linking.pitfalls import comma_means_or, looks_like_range


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("2-4", "[2..4]"),
        ("2 - 4", "[2..4]"),
        ("2–4", "[2..4]"),
        ("0.5-1.5", "[0.5..1.5]"),
        ("-2-4", "[-2..4]"),
        ("10-2", "[2..10]"),
        ("2/12/2025", "2025-02-12 or 2025-12-02"),
        ("13/2/2025", "2025-02-13"),
        ("2/2/2025", "2025-02-02"),
        ("31.12.2025", "2025-12-31"),
        ("12-31-2025", "2025-12-31"),
        ("40/41/2025", "the date as YYYY-MM-DD"),
        ("1/2", "the quotient itself, or a date as YYYY-MM-DD"),
        ("2025-02-12", None),
        ("[2..4]", None),
        ("-2", None),
        ("< 100", None),
    ],
)
def test_dashes_and_slashes_between_numbers_are_told_from_honest_tests(text: str, offer: str | None) -> None:
    assert looks_like_range(text) == offer


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        (">= 2, < 4", "[2..4)"),
        ("< 4, >= 2", "[2..4)"),
        ("> 2, <= 2", "- for any value"),
        (">= 2, <= 2", "2, or - for any value"),
        ("> 0.5, < 1", "(0.5..1)"),
        (">= 2025-01-01, < 2026-01-01", "[2025-01-01..2026-01-01)"),
        (">= 2, < 4, 7", "each range by itself, such as [2..4), and nothing that it holds already"),
        ("< 2, > 4", None),
        ("< 2, > 2", None),
        ("< 2, >= 4, 3", None),
        ("not(>= 2, < 4)", None),
        ("[2..4), 7", None),
    ],
)
def test_two_bounds_that_let_everything_pass_are_told_from_those_that_do_not(
    text: str, offer: str | None
) -> None:
    tree = parse_unary_tests(text, Environment.workbook(bare_dates=True)).tree
    assert isinstance(tree, syntax.UnaryTests)
    assert comma_means_or(tree) == offer


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("2 or more", ">= 2"),
        ("At least 2", ">= 2"),
        ("90 or less", "<= 90"),
        ("up to 90", "<= 90"),
        ("more than 2.5", "> 2.5"),
        ("below  10", "< 10"),
        ("10 to 90", "[10..90]"),
        ("between 10 and 90", "[10..90]"),
        ("2 or 3", None),
        ("grade 2", None),
        ("2", None),
    ],
)
def test_comparisons_in_words_are_offered_in_signs(text: str, offer: str | None) -> None:
    assert comparison_in_words(text) == offer
