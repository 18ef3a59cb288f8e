"""Expressions and their values, a line each, from the examples of the standard and at each boundary."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from dmn_dli.feel import FeelLimit, compile_expression, parse_expression, to_feel
from dmn_dli.feel.budget import constant

HERE = Path(__file__).parent


def lines() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted((HERE / "expressions").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                expression, _, value = line.rpartition(" => ")
                found.append((path.stem, expression, value))
    return found


def value_of(expression: str) -> str:
    return to_feel(compile_expression(parse_expression(expression).tree)({}))


@pytest.mark.parametrize(("subject", "expression", "value"), lines())
def test_expression_has_the_value_that_the_standard_gives(subject: str, expression: str, value: str) -> None:
    assert value_of(expression) == value, subject


@pytest.mark.parametrize(
    "row", list(csv.DictReader((HERE / "truth_table.csv").read_text(encoding="utf-8").splitlines()))
)
def test_and_and_or_follow_the_truth_table(row: dict[str, str]) -> None:
    assert value_of(f"{row['left']} and {row['right']}") == row["and"]
    assert value_of(f"{row['left']} or {row['right']}") == row["or"]


@pytest.mark.parametrize(
    ("operand", "value"), [("true", "false"), ("false", "true"), ("null", "null"), ("1", "null")]
)
def test_not_of_what_is_no_boolean_is_null(operand: str, value: str) -> None:
    assert value_of(f"not({operand})") == value


def test_a_variable_that_is_absent_is_null() -> None:
    assert compile_expression(parse_expression("x = null").tree)({}) is True


def test_a_function_that_calls_itself_ends_where_and_decides() -> None:
    source = "{f: function(g, n) if n > 0 and g(g, n - 1) then true else n = 0, r: f(f, 5)}.r"
    assert value_of(source) == "true"


LIMITS = [
    ("for i in 1..1e9 return i", "more than 100,000 items"),
    ("for a in 1..5000, b in 1..5000 return 1", "more than 100,000 items"),
    ('for d in @"0001-01-01"..@"9999-12-31" return d', "more than 100,000 items"),
    ("for i in 1..60 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])", "items"),
    ('for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]', "1,000,000 characters"),
    ('{a: for i in 1..90000 return "abcdefghijklmnop", r: string join(a)}.r', "1,000,000 characters"),
    ('for i in 1..12 return if i = 1 then "a" else replace(partial[-1], "a", "aaaa")', "characters"),
    ("string(for i in 1..3000 return [partial[-1]])", "more than 100 deep"),
    ("flatten(for i in 1..3000 return [partial[-1]])", "more than 100 deep"),
    ("{a: for i in 1..3000 return [partial[-1]], r: a = a}.r", "more than 100 deep"),
    ("{a: for i in 1..3000 return [partial[-1]], r: distinct values(a)}.r", "more than 100 deep"),
    ("{a: for i in 1..3000 return [partial[-1]], r: a.b}.r", "more than 100 deep"),
    ("for i in 1..3000 return {a: partial[-1]}", "more than 100 deep"),
    ("string(for i in 1..60 return [partial[-1], partial[-1]])", "too many items|1,000,000 steps"),
    ("for i in 1..60 return [partial[-1], partial[-1]]", "too many items|1,000,000 steps"),
    ("{f: function(g) g(g), r: f(f)}.r", "without end"),
    (r'matches(string join(for i in 1..500 return "a"), "(a*)(a*)(a*)\\1b")', "1,000,000 steps"),
    ('matches("aaa", "a{99999}")', "too large"),
]


@pytest.mark.parametrize(("expression", "words"), LIMITS)
def test_what_takes_more_than_the_budget_is_no_null_but_says_so(expression: str, words: str) -> None:
    with pytest.raises(FeelLimit, match=words):
        value_of(expression)


ENDLESS = [
    "some a in 1..5000, b in 1..5000 satisfies a + b < 0",
    "every a in 1..1e9 satisfies a > 0",
    "count(for a in 1..1e9, b in [] return 1)",
    "{f: function(g, n) if n < 2 then n else g(g, n - 1) + g(g, n - 2), r: f(f, 40)}.r",
    "{a: for i in 1..9000 return i, r: a[count(a[item > 0]) > 0]}.r",
    "{a: for i in 1..9000 return i, r: sort(a, function(x, y) count(a) > 0)}.r",
]
"""What takes more steps than an evaluation may."""


@pytest.mark.parametrize("expression", ENDLESS)
def test_what_takes_more_steps_than_its_budget_is_no_null_but_says_so(expression: str) -> None:
    """Here with the budget of a constant, a tenth of what a case may take; the long run takes that."""
    with constant(), pytest.raises(FeelLimit, match="takes more than 100,000 steps"):
        value_of(expression)


@pytest.mark.parametrize(
    "expression",
    [pytest.param(each, marks=pytest.mark.slow if each != ENDLESS[1] else ()) for each in ENDLESS],
)
def test_a_case_may_take_a_million_steps(expression: str) -> None:
    with pytest.raises(FeelLimit, match="takes more than 1,000,000 steps"):
        value_of(expression)


def test_each_evaluation_has_a_budget_of_its_own() -> None:
    with constant():
        function = compile_expression(parse_expression("count(for i in 1..9000 return i)").tree)
        assert {function({}) for _ in range(15)} == {Decimal(9_000)}


def test_after_an_evaluation_that_came_to_no_end_the_next_one_works() -> None:
    with pytest.raises(FeelLimit):
        value_of("{f: function(g) g(g), r: f(f)}.r")
    assert value_of("count(for i in 1..1000 return i)") == "1000"
