"""Marks settle what a clause asks of a text: texts that answer them alike make it alike, as FEEL has it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.feel import compile_expression, parse_expression, to_feel
from dmn_dli.runtime.marks import Mark, answers
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.text import affordable, marks_of

_LETTERS = "aAb"
_WORDS = st.text(_LETTERS, max_size=3)
_TEXTS = st.text("aAbßSx", max_size=6)
_READ = st.sampled_from(["s", "s", "s", "upper case(s)", "lower case(s)"])
_PATTERNS = st.sampled_from(
    [
        *(
            "^a",
            "b$",
            "^ab$",
            "ab",
            "^a[bA]",
            "(a|b)A",
            "^(a|bb)",
            "a?b",
            "^a{2}",
            "a.*",
            ".*b",
            "^$",
            "A|^b",
        ),
        *(r"\.", "["),
    ]
)
_CONDITIONS = st.one_of(
    st.builds(
        "{}({}, {})".format,
        st.sampled_from(["starts with", "ends with", "contains"]),
        _READ,
        _WORDS.map(to_feel),
    ),
    st.builds("matches({}, {})".format, _READ, _PATTERNS.map(to_feel)),
    st.builds("list contains([{}, 1, null], {})".format, _WORDS.map(to_feel), _READ),
    st.builds("string length(s) {} {}".format, st.sampled_from(["=", "!="]), st.integers(-1, 4)),
    st.builds("{} = {}".format, _READ, _WORDS.map(to_feel)),
)
_JOINED = st.one_of(
    _CONDITIONS,
    st.builds("{} and not({})".format, _CONDITIONS, _CONDITIONS),
    st.builds("if {} then {} else null = s".format, _CONDITIONS, _CONDITIONS),
)
_VALUES = st.one_of(
    st.builds("substring({}, {})".format, _READ, st.integers(-3, 3)),
    st.builds("substring({}, {}, {})".format, _READ, st.integers(-3, 3), st.integers(0, 3)),
    st.builds("substring before({}, {})".format, _READ, _WORDS.map(to_feel)),
    _READ,
)


def _marks(text: str, constants: frozenset[object] = frozenset()) -> frozenset[Mark]:
    return marks_of(parse_expression(text).tree, "s", constants)


def _found(text: str, value: str, constants: frozenset[object]) -> object:
    """What a clause makes of a value: its answer, or the constant that it is."""
    found = compile_expression(parse_expression(text).tree)({"s": value})
    return found if not constants or found is None or found in constants else "another"


@settings(deadline=None, max_examples=200)
@given(_JOINED, _TEXTS, _TEXTS)
def test_texts_with_the_same_marks_answer_a_condition_alike(condition: str, one: str, other: str) -> None:
    try:
        marks = _marks(condition)
    except NotAnalysable:
        return
    if answers(marks, one) == answers(marks, other):
        assert _found(condition, one, frozenset()) is _found(condition, other, frozenset())


@settings(deadline=None, max_examples=200)
@given(_VALUES, st.frozensets(_WORDS, min_size=1, max_size=3), _TEXTS, _TEXTS)
def test_texts_with_the_same_marks_make_a_value_alike(
    value: str, constants: frozenset[str], one: str, other: str
) -> None:
    try:
        marks = _marks(value, frozenset[object](constants))
    except NotAnalysable:
        return
    if answers(marks, one) == answers(marks, other):
        assert _found(value, one, frozenset(constants)) == _found(value, other, frozenset(constants))


@pytest.mark.parametrize(
    ("condition", "marks"),
    [
        ('starts with(s, "E11")', {Mark("starts", "E11")}),
        ('contains(lower case(s), "acute")', {Mark("contains", "acute", case="lower")}),
        ('ends with(match: "x", string: s)', {Mark("ends", "x")}),
        ('contains(s, "")', set()),
        ("contains(s, null)", set()),
        ('matches(s, "^E1[01]")', {Mark("starts", "E10"), Mark("starts", "E11")}),
        ('matches(s, "^C50\\\\.")', {Mark("starts", "C50.")}),
        ('matches(s, "e1", "i")', {Mark("contains", "e1"), Mark("contains", "E1")}),
        ('starts with(s, "a") or ends with(s, "b")', {Mark("starts", "a"), Mark("ends", "b")}),
        ('substring(s, 1, 3) = "E11"', {Mark("length", number=1), Mark("starts", "E11")}),
        ('upper case(s) != "X"', {Mark("is", "X", case="upper")}),
    ],
)
def test_a_condition_asks_for_marks(condition: str, marks: set[Mark]) -> None:
    assert _marks(condition) == marks


@pytest.mark.parametrize(
    ("value", "constants", "marks"),
    [
        ("string length(s)", {Decimal(5)}, {Mark("length", number=5), Mark("length", number=6)}),
        ("string length(s)", {Decimal("2.5"), None}, {Mark("length", number=3)}),
        ("string length(s)", {Decimal(0), Decimal(-7)}, {Mark("length", number=1)}),
        ("substring(s, 3, 2)", {"ab"}, {Mark("length", number=3), Mark("starts", "ab", 2)}),
        ("substring(s, 3, 2)", {"a"}, {Mark("length", number=3), Mark("is", "a", 2)}),
        ("substring(s, -2)", {"ab", "c"}, {Mark("length", number=2), Mark("ends", "ab")}),
        ('substring before(s, ".")', {"E11"}, {Mark("starts", "E11.")}),
        ('substring before(s, ".")', {"", "a.b"}, {Mark("starts", "."), Mark("contains", ".")}),
        ('starts with(s, "a")', {True}, {Mark("starts", "a")}),
    ],
)
def test_a_value_asks_for_marks(value: str, constants: set[object], marks: set[Mark]) -> None:
    assert _marks(value, frozenset(constants)) == marks


@pytest.mark.parametrize(
    "asked",
    [
        's < "m"',
        "contains(s, s)",
        "starts with(s, other)",
        'contains("abc", s)',
        'contains(substring(s, 1, 3), "x")',
        'matches(s, "^[A-Z]+$")',
        'matches(s, "a", "m")',
        'matches(s, "(a)\\\\1")',
        'lower case(s) = "σ"',
        "string length(s) = 5000",
        'if starts with(s, "a") then string length(s) = 2 else s > "b"',
        "some x in [s] satisfies x = 1",
        'substring(s, -3, 1) = "a"',
        'substring(upper case(s), 2) = "A"',
        'substring after(s, "a") = "b"',
    ],
)
def test_what_asks_for_more_cannot_be_analysed(asked: str) -> None:
    with pytest.raises(NotAnalysable):
        _marks(asked)


def test_a_value_that_is_compared_with_nothing_is_not_settled() -> None:
    for value in ("s", "string length(s)", "substring(s, 1)", "upper case(s)"):
        with pytest.raises(NotAnalysable):
            _marks(value)


def test_many_beginnings_are_affordable_and_many_parts_are_not() -> None:
    assert affordable([Mark("starts", f"E{number}") for number in range(100, 300)])
    assert not affordable([Mark("contains", letter) for letter in "abcdefghi"])
