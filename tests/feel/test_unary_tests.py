"""Which values pass the tests of an input cell: true, false or null."""

from __future__ import annotations

import pytest

from dmn_dli.feel import compile_expression, compile_unary_tests, parse_expression, parse_unary_tests

CELLS = [
    # cell, input, answer: below, at and above each boundary
    ("-", "null", True),
    ("-", "1", True),
    ("< 100", "99.9", True),
    ("< 100", "100", False),
    ("< 100", "100.1", False),
    ("<= 100", "100", True),
    ("> 100", "100", False),
    (">= 100", "100", True),
    (">= 100", "99.9", False),
    ("= 1", "1.0", True),
    ("!= 1", "1", False),
    ("!= 1", "2", True),
    ("(0..100)", "0", False),
    ("(0..100)", "0.001", True),
    ("(0..100)", "99.999", True),
    ("(0..100)", "100", False),
    ("[0..100]", "0", True),
    ("[0..100]", "100", True),
    ("[0..100]", "-0.001", False),
    ("[0..100]", "100.001", False),
    ("1, 3, [5..7]", "3", True),
    ("1, 3, [5..7]", "4", False),
    ("1, 3, [5..7]", "6", True),
    ('"a", "b"', '"b"', True),
    ('"a", "b"', '"c"', False),
    ('not("a", "b")', '"c"', True),
    ('not("a", "b")', '"b"', False),
    ("not(< 5)", "5", True),
    ("not(null)", "1", True),
    ("true", "true", True),
    ("true", "false", False),
    ("true", "null", False),
    ("true", "1", None),
    ("false", "null", False),
    ("null", "null", True),
    ("null", "1", False),
    ("[1, 2]", "2", True),
    ("[1, 2]", "3", False),
    ('@"2025-02-12"', '@"2025-02-12"', True),
    ('>= @"2025-02-12"', '@"2025-02-11"', False),
    ('>= @"2025-02-12"', '@"2025-02-12"', True),
    # An unknown input answers nothing but whether it is null
    ("< 100", "null", None),
    ("(0..100)", "null", None),
    ('"a"', "null", False),
    ("not(< 100)", "null", None),
    ("< 1, null", "null", True),
    # A condition over the input passes null where it is true, and only there
    ("? < 5", "null", None),
    ("? < 5", "3", True),
    ("abs(?) <= 3", "null", None),
    ("abs(?)", "null", None),
    ("abs(?)", "3", True),
    ("= abs(?)", "null", None),
    ("not(!= abs(?))", "null", None),
    ('starts with(?, "a")', "null", None),
    ("? in (< 5)", "null", None),
    ("? in (abs(?) <= 3)", "null", None),
    ("? in (? < 5)", "null", None),
    ("? in (? < 5)", "3", True),
    ("? between 1 and 5", "null", None),
    ("[1..?]", "null", None),
    ("[?, 5]", "null", None),
    ("[?, 5]", "5", True),
    ("? + 1", "null", None),
    ("not(? < 5)", "null", None),
    ("? < 5, null", "null", True),
    ("? = null", "null", True),
    ("? != 5", "null", True),
    ("? = null or ? < 5", "null", True),
    ("if ? < 5 then true else null", "null", None),
    ("[null, 5]", "null", True),
    ('not(? < "a")', "3", None),
    # So does a condition over other facts alone
    ("missing < 5", "null", None),
    ("not(missing < 5)", "3", None),
    ("missing", "null", True),
    # What reaches a value is a value, also where it can only be a boolean
    ("[{k: false, n: 0}][n = 1][1].k", "null", True),
    ("[true, false][3]", "null", True),
    ("(function(x) x > 3)(missing)", "null", True),
    ('contains(missing, "a")', "null", None),
    ('if missing < 5 then contains(missing, "a") else null', "null", None),
    # And a condition over a boolean input is not compared with it
    ("? = true", "false", False),
    ("? = false", "false", True),
    ("? = true", "null", False),
    ("? and flag", "null", None),
    # Types never mix
    ("< 100", '"a"', None),
    ("1", '"1"', None),
    ("1", "true", None),
    ("true", "true", True),
    ("true", "false", False),
    ("not(true)", "false", True),
    # A boolean expression answers for itself
    ("? > 3 and ? < 5", "4", True),
    ("? > 3 and ? < 5", "5", False),
    ("? + 1 = limit", "9", True),
    ("? = limit or flag", "1", True),
    ("flag", "1", True),
    ("not(flag)", "1", False),
    ("limit", "10", True),
    ("< limit", "9", True),
    ("< limit", "10", False),
    ("[1..limit]", "10", True),
    ("[1..missing]", "10", None),
    ('contains(?, "am")', '"gamma"', True),
    ("? in [1..3]", "2", True),
    ("some x in [1, 2] satisfies x = ?", "2", True),
]


@pytest.mark.parametrize(("cell", "given", "answer"), CELLS)
def test_a_value_passes_a_cell(cell: str, given: str, answer: bool | None) -> None:
    scope = {"limit": compile_expression(parse_expression("10").tree)({}), "flag": True}
    value = compile_expression(parse_expression(given).tree)({})
    assert compile_unary_tests(parse_unary_tests(cell).tree)(value, scope) is answer


def test_a_tree_of_an_expression_serves_as_one_test() -> None:
    test = compile_unary_tests(parse_expression("[1..3]").tree)
    three = compile_expression(parse_expression("3").tree)({})
    assert test(three, {}) is True
