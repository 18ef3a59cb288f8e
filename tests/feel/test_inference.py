"""What static types find before any case runs, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmn_dli.feel import Environment, FeelType, infer, parse_expression, parse_unary_tests

GOLDEN = (Path(__file__).parent / "type_problems.txt").read_text(encoding="utf-8").splitlines()
TYPES = {
    "n": FeelType.NUMBER,
    "s": FeelType.STRING,
    "d": FeelType.DATE,
    "b": FeelType.BOOLEAN,
    "open": FeelType.ANY,
}


@pytest.mark.parametrize("line", [line for line in GOLDEN if not line.startswith("#")])
def test_what_can_never_work_is_said_in_plain_words(line: str) -> None:
    text, message = line.split(" | ")
    found = infer(parse_expression(text).tree, TYPES)
    assert [problem.message for problem in found.problems] == [message]
    assert found.unknown_names == ()


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("n + 1", FeelType.NUMBER),
        ("s + s", FeelType.STRING),
        ("d - d", FeelType.DAYS_DURATION),
        ('d + duration("P1Y")', FeelType.DATE),
        ("n < 3", FeelType.BOOLEAN),
        ("d.year", FeelType.NUMBER),
        ("[1, s]", FeelType.LIST),
        ("{a: 1}", FeelType.CONTEXT),
        ("[1..n]", FeelType.RANGE),
        ("if b then 1 else null", FeelType.NUMBER),
        ("if b then 1 else s", FeelType.ANY),
        ("upper case(s)", FeelType.STRING),
        ("open + 1", FeelType.NUMBER),
        ("open * 1", FeelType.ANY),
        ("[{k: 1}][k > 1]", FeelType.LIST),
        ("[{n: 2}][n = 1]", FeelType.LIST),
        ("[{s: 2}, {n: 3}][s = 1]", FeelType.LIST),
        ("[{k: 1}][1].k", FeelType.NUMBER),
        ("n = null", FeelType.BOOLEAN),
        ("null < 1", FeelType.BOOLEAN),
        ("count(n)", FeelType.NUMBER),
        ("string length([s])", FeelType.NUMBER),
        ("some x in open satisfies x > 1", FeelType.BOOLEAN),
        ("function(x) x", FeelType.FUNCTION),
        ("(function(x) x)(1)", FeelType.ANY),
        ("for x in [1] return partial", FeelType.LIST),
    ],
)
def test_what_may_work_is_no_problem(text: str, type_: FeelType) -> None:
    found = infer(parse_expression(text).tree, TYPES)
    assert (found.type, found.problems, found.unknown_names) == (type_, (), ())


def test_an_unknown_name_is_told_with_its_place() -> None:
    found = infer(parse_expression("n + relapsd disease").tree, TYPES)
    assert [(unknown.span.start, unknown.name) for unknown in found.unknown_names] == [(4, "relapsd disease")]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("cell", "input_type", "message"),
    [
        ("< 5", FeelType.STRING, "text cannot be compared with a number"),
        ('"a"', FeelType.NUMBER, "a number never equals text"),
        ("true", FeelType.STRING, "text never equals true or false (yes or no)"),
        ("not(1)", FeelType.STRING, "text never equals a number"),
        ("[1..3]", FeelType.DATE, "a date cannot lie in a range of a number"),
        ("> true", FeelType.BOOLEAN, "true or false (yes or no) is not greater or less than another"),
        (
            "2025-02-30",
            FeelType.DATE,
            "`2025-02-30` is no date, time or duration; write 2025-02-12, for example",
        ),
        ("? > s", FeelType.NUMBER, "a number cannot be compared with text"),
    ],
)
def test_a_cell_that_does_not_fit_its_column_is_told(cell: str, input_type: FeelType, message: str) -> None:
    tree = parse_unary_tests(cell, Environment.workbook(bare_dates=True)).tree
    assert [problem.message for problem in infer(tree, TYPES, input_type).problems] == [message]


@pytest.mark.parametrize(
    ("cell", "input_type"),
    [
        ("-", FeelType.NUMBER),
        ("1, [2..3], null", FeelType.NUMBER),
        ("not(null)", FeelType.STRING),
        ("? > 3", FeelType.NUMBER),
        ("b", FeelType.NUMBER),
        ("open", FeelType.NUMBER),
        ("[1, 2]", FeelType.NUMBER),
        ("2025-02-12", FeelType.DATE),
        ("(< n)", FeelType.NUMBER),
    ],
)
def test_a_cell_that_fits_its_column_is_left_alone(cell: str, input_type: FeelType) -> None:
    tree = parse_unary_tests(cell, Environment.workbook(bare_dates=True)).tree
    assert infer(tree, TYPES, input_type).problems == ()
