"""Every null says why, where somebody gathers; and no value depends on whether somebody does."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest

from dmn_dli.feel import compile_expression, parse_expression
from dmn_dli.feel.reasons import (
    MAXIMUM_REASONS,
    Reason,
    Verbatim,
    Watched,
    gathered,
    gathering,
    note,
    shown,
    times_noted,
    unheard,
)

_ADDS = "it takes two numbers, two strings, two durations of one kind, or a date or time and a duration"
_ABS = "the parameter `n` of `abs` takes a number, a days and time duration or a years and months duration"
_TWO = "is a function of two parameters"

_WHY = {
    '1 + "a"': f'`+` has no value for 1 and "a" ({_ADDS})',
    'true - "a"': '`-` has no value for true and "a" (it takes two numbers, two durations of one kind, '
    "two dates or times, or a date or time and a duration)",
    "1 / 0": "1 is divided by zero",
    "10 ** 7000": "10 ** 7000 is no number, or one that is too large",
    '-"a"': '`-` takes a number or a duration, not "a"',
    '1 < "a"': '`<` compares two values of one type that has an order, not 1 and "a"',
    'true >= "a"': '`>=` compares two values of one type that has an order, not true and "a"',
    '1 = "a"': '`=` and `!=` compare values of one type, not 1 and "a"',
    'true and "a"': '`and` joins conditions, which are true or false, not true and "a"',
    "false or 1": "`or` joins conditions, which are true or false, not false and 1",
    "not(1)": "`not` turns a condition, which is true or false, not 1",
    "[1, 2, 3][7]": "there is no item 7 in [1, 2, 3]",
    "[][1]": "there is no item 1 in []",
    "{a: 1, b: 2}.c": "the context has no entry `c`; it has `a`, `b`",
    "{}.c": "the context has no entry `c`; it is empty",
    '"a".year': '"a" has no `year`',
    '[1.."a"]': '`<` compares two values of one type that has an order, not 1 and "a"; '
    'a range has two ends of one type that has an order, not 1 and "a"',
    'for i in 1.."a" return i': 'an iteration runs over whole numbers or dates, not from 1 to "a"',
    "{f: 3, r: f(2)}.r": "3 is no function that could be called",
    "(function(a, b) a)(1)": "the function takes (a, b), which is another number of arguments than 1",
    "(function(a) a)(b: 1)": "the function takes (a), not (b)",
    '(function(a: number) a)("x")': '"x" is no number, the type of the function\'s parameter `a`',
    'abs("x")': f'{_ABS}, not "x"',
    'abs(n: "x")': f'{_ABS}, not "x"',
    "abs(m: 1)": "`abs` has no parameters of these names: m",
    "abs(1, 2)": "`abs` does not take 2 arguments",
    "sqrt(-1)": "`sqrt` has no value for -1",
    'sum([1, "a"])': '`sum` has no value for [1, "a"]',
    "modulo(5, 0)": "5 is divided by zero",
    "decimal(1.5, 9999)": "the parameter `scale` lies between -6111 and 6176, not at 9999",
    'substring("abc", 9)': 'there is no character 9 in "abc"',
    'substring("abc", 1, 0)': "the parameter `length` of `substring` is at least 1, not 0",
    "remove([1], 2)": "there is no item 2 in [1]",
    "sort([2, 1], function(x) x)": f"the parameter `precedes` of `sort` {_TWO}, not of 1",
    'matches("a", "(")': '"(" is no regular expression of XPath: `(` is not closed; write \\( where the '
    "character itself is meant",
    'replace("a", "a*", "b")': '"a*" finds the empty text everywhere',
    'replace("a", "a", "$")': '"$" replaces nothing: write \\$ for a dollar sign, \\\\ for a '
    "backslash, $1 for a group",
    'date("2025-13-01")': '`date` has no value for "2025-13-01"',
    '@"x"': '"x" is no date, no time, no date and time, and no duration',
}


def _reasons(text: str, **scope: object) -> tuple[object, list[Reason]]:
    function = compile_expression(parse_expression(text).tree)
    with gathered() as reasons:
        value = function(Watched(scope))
    return value, list(reasons)


@pytest.mark.parametrize("text", _WHY)
def test_a_null_says_why_in_words_of_feel(text: str) -> None:
    function = compile_expression(parse_expression(text).tree)
    assert function({}) is None
    with gathered() as reasons:
        assert function({}) is None
    assert reasons.text == _WHY[text]


@pytest.mark.parametrize("text", _WHY)
def test_what_has_no_value_is_told_apart_from_a_null_handed_on(text: str) -> None:
    value, reasons = _reasons(f"1 + ({text})")
    assert value is None
    assert [reason.error for reason in reasons][-1] is False
    assert any(reason.error for reason in reasons)


@pytest.mark.parametrize("text", ["null + 1", "abs(null)", "sum([1, null])", "null[1]", "not(null)", "-null"])
def test_a_null_operand_is_no_error(text: str) -> None:
    value, reasons = _reasons(text)
    assert value is None
    assert reasons
    assert not any(reason.error for reason in reasons)


def test_a_name_that_is_not_given_is_told_and_no_error() -> None:
    value, reasons = _reasons("dose * 2")
    assert value is None
    assert [(reason.text, reason.error) for reason in reasons] == [
        ("`dose` is not given", False),
        ("`*` has no value for null and 2", False),
    ]
    assert _reasons("dose * 2", dose=Decimal(3)) == (Decimal(6), [])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('2 + 3 * (4 - "x")', '4 - "x"'),
        ("{a: 1 / 0, b: 2}.a", "1 / 0"),
        ("for i in [1] return i / 0", "i / 0"),
        ('if matches("a", "(") then 1 else 2', 'matches("a", "(")'),
        ('"é" + 1', '"é" + 1'),
    ],
)
def test_a_reason_knows_where_in_the_text_the_null_arose(text: str, part: str) -> None:
    _, reasons = _reasons(text)
    assert reasons[0].span is not None
    assert text[slice(*reasons[0].span)] == part


def test_a_place_in_another_expression_is_none_of_this_text() -> None:
    function = compile_expression(parse_expression("function(x) x / 0").tree)({})
    _, reasons = _reasons("f(1)", f=function)
    assert [(reason.text, reason.span) for reason in reasons] == [("1 is divided by zero", None)]


def test_reasons_are_kept_once_and_not_without_end() -> None:
    _, reasons = _reasons("for i in 1..50 return 1 / 0")
    assert len(reasons) == 1
    function = compile_expression(parse_expression("for i in 1..50 return i / 0").tree)
    with gathered() as many:
        function({})
    assert (len(many), many.times) == (MAXIMUM_REASONS, 50)


def test_nobody_gathers_outside_and_each_thread_for_itself() -> None:
    note("nobody hears this")
    assert not gathering()
    assert times_noted() == 0
    with gathered() as reasons:
        other = threading.Thread(target=lambda: note("said elsewhere"))
        other.start()
        other.join()
        with unheard():
            note("tried in vain")
        with gathered() as inner:
            note("heard by both")
    assert not gathering()
    assert [reason.text for reason in reasons] == ["heard by both"] == [reason.text for reason in inner]


def test_names_in_a_note_are_no_patterns() -> None:
    with gathered() as reasons:
        note("{} has no `{}`", Decimal(1), Verbatim("a{}b"))
        note("as it {stands}")
    assert [reason.text for reason in reasons] == ["1 has no `a{}b`", "as it {stands}"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1, 2]", "[1, 2]"),
        ("[[1]]", "a list of 1 item"),
        ("for i in 1..9 return i", "a list of 9 items"),
        ("{a: 1}", "a context"),
        ("function(x) x", "a function"),
        ("[1..2)", "a range from 1 to 2"),
        ("(> 1)", "a range from 1"),
        ("(< 1)", "a range to 1"),
        ("1e6000", "1e+6000"),
        ('@"P1D"', '@"P1D"'),
        ('"' + "a" * 99 + '"', '"' + "a" * 40 + '…"'),
    ],
)
def test_values_are_shown_shortly(text: str, words: str) -> None:
    value = compile_expression(parse_expression(text).tree)({})
    assert shown(value) == words
