"""Expressions and their values, a line each, from the examples of the standard and at each boundary."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dmn_dli.feel import compile_expression, parse_expression, to_feel

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


def test_a_function_without_end_is_null() -> None:
    assert value_of("{f: function(g) g(g), r: f(f)}.r") == "null"
