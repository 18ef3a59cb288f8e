"""What the parser says of texts that are no FEEL, and that it never fails in another way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.feel import Environment, FeelSyntaxError, Parsed, parse_expression, parse_unary_tests
from dmn_dli.feel.syntax import Span

GOLDEN = (Path(__file__).parent / "syntax_errors.txt").read_text(encoding="utf-8").splitlines()
PIECES = [
    "not(", "(", ")", "[", "]", "{", "}", ",", "..", ".", "-", "+", "**", "<", ">=", "!=", "=", "?", "@", ":",
    '"', '"a"', "\\", "1", ".5", "1e9", "2025-02-12", "relapsed", "car-t", "x", "date", "and", "or", "in",
    "if", "then", "else", "for", "some", "return", "satisfies", "function", "instance", "of", "list<", "null",
    "true", "between", "external", "/*", "*/", "//", "\n", "\u00a0", "ß", "≥", "item", "%",
]  # fmt: skip
SPREADSHEET = Environment.workbook(
    names={"x": "x", "t-x y": "t_x_y"},
    words={"relapsed": "relapsed", "car-t": "car-t"},
    bare_dates=True,
    fold_case=True,
)


@pytest.mark.parametrize("line", [line for line in GOLDEN if not line.startswith("#")])
def test_a_syntax_error_says_what_was_found_where_and_what_is_expected(line: str) -> None:
    text, offset, message = line.split(" | ")
    with pytest.raises(FeelSyntaxError) as caught:
        parse_expression(text)
    assert (caught.value.span.start, caught.value.message) == (int(offset), message)


@pytest.mark.parametrize("text", ["", "  \u00a0 ", "/* nothing */"])
def test_an_empty_text_is_said_to_be_empty(text: str) -> None:
    with pytest.raises(FeelSyntaxError, match="there is nothing here"):
        parse_unary_tests(text)


def test_nothing_may_follow_a_negated_cell() -> None:
    with pytest.raises(FeelSyntaxError, match="it negates the whole cell"):
        parse_unary_tests("not(1), 2")


@pytest.mark.parametrize(
    "text", ["(" * 5000, "-(" * 5000, "[" * 5000, "{a:" * 5000, "f(" * 5000, "if " * 5000]
)
def test_deep_nesting_is_refused_in_words(text: str) -> None:
    with pytest.raises(FeelSyntaxError, match="nested too deeply"):
        parse_expression(text)


@pytest.mark.parametrize("text", ["1" + "+1" * 5000, "-" * 5000 + "x", "x" + ".y" * 5000, "x" + "[1]" * 5000])
def test_endless_chains_are_refused_in_words(text: str) -> None:
    with pytest.raises(FeelSyntaxError, match="nested too deeply"):
        parse_expression(text)


def test_a_long_list_is_no_deep_nesting() -> None:
    cell = ", ".join(f'"{code}"' for code in range(5000))
    assert len(parse_unary_tests(cell).tree.tests) == 5000  # type: ignore[attr-defined]


def _span_of(parse: Callable[[str, Environment], Parsed], text: str, environment: Environment) -> Span:
    """Of the whole tree, or of the syntax error."""
    try:
        return parse(text, environment).tree.span
    except FeelSyntaxError as error:
        return error.span


def _parses_or_says_why(text: str, environment: Environment) -> None:
    for parse in (parse_expression, parse_unary_tests):
        span = _span_of(parse, text, environment)
        assert 0 <= span.start <= span.end <= len(text)


@given(st.text())
def test_any_text_gives_a_tree_or_a_syntax_error(text: str) -> None:
    _parses_or_says_why(text, SPREADSHEET)


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["", " "]), st.booleans())
def test_any_sequence_of_tokens_gives_a_tree_or_a_syntax_error(
    pieces: list[str], between: str, strict: bool
) -> None:
    _parses_or_says_why(between.join(pieces), Environment() if strict else SPREADSHEET)
