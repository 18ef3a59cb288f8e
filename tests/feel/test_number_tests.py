"""Cells of plain numbers are read without the grammar, to the very tree that it reads."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from dmn_dli.feel import STRICT, Environment, FeelSyntaxError, parse_unary_tests
from dmn_dli.feel.grammar import Grammar
from dmn_dli.feel.number_tests import number_tests

_PIECES = st.sampled_from(
    ["1", "0", "17", "2.50", ".5", "1e3", "9E9999", "-", "--", "[", "]", "(", ")", "..", ".", " ", "  ",
     "\t", "<", "<=", ">", ">=", "=", "!=", ",", "x", "//", "?"]
)  # fmt: skip
_NUMBERS = st.sampled_from(["0", "-0", "-7", "12", "1.5", "-.5", "1e3", "- 3", "9e9999"])
_BLANKS = st.sampled_from(["", " ", "  "])
_CELLS = st.one_of(
    st.lists(_PIECES, min_size=1, max_size=8).map("".join),
    st.tuples(
        _BLANKS,
        st.sampled_from("[]("),
        _NUMBERS,
        _BLANKS,
        st.just(".."),
        _NUMBERS,
        st.sampled_from("[])"),
        _BLANKS,
    ).map("".join),
    st.tuples(
        _BLANKS, st.sampled_from(["", "<", "<=", ">", ">=", "=", "!="]), _BLANKS, _NUMBERS, _BLANKS
    ).map("".join),
)


@given(_CELLS)
@example("[1...5]")
@example("-0")
@example("]1..2[")
def test_what_is_read_without_the_grammar_is_the_tree_that_it_reads(text: str) -> None:
    quick = number_tests(text)
    if quick is not None:
        grammar = Grammar(text, STRICT)
        assert repr(quick) == repr(grammar.unary_tests())
        assert grammar.reader.skip() == len(text)


@given(_CELLS)
def test_where_words_look_like_numbers_the_grammar_reads_and_finds_the_same(text: str) -> None:
    both = []
    for words in ({}, {"1 unlikely word": "value"}):
        try:
            both.append(repr(parse_unary_tests(text, Environment.workbook(words=words))))
        except FeelSyntaxError as error:
            both.append(f"{error} {error.span}")
    assert both[0] == both[1]


def test_most_number_cells_need_no_grammar() -> None:
    for text in ("5", "-5", "< 18", ">= 18.5", "[18..65)", "(0..1]", " [ 1 .. 2 ] ", "]-1..2["):
        assert number_tests(text) is not None, text


def test_a_word_of_digits_wins_over_the_number() -> None:
    tree = parse_unary_tests("12", Environment.workbook(words={"12": "12"}))
    assert "StringLiteral" in repr(tree)
