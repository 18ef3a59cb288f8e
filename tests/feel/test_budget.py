"""Every evaluation ends with its value or in words, wherever in a program it begins."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Context, Decimal, DecimalException, getcontext, localcontext, setcontext
from typing import Any

import pytest

from dmn_dli.feel import FeelLimit, compile_expression, infer, parse_expression
from dmn_dli.feel.budget import MAXIMUM_CALLS
from dmn_dli.feel.fresh_stack import deep, on_fresh_stack
from dmn_dli.feel.reasons import gathered, note
from dmn_dli.runtime.hit_policy import HitPolicy, result
from tests.feel.test_expressions import lines, value_of

_COUNT = "{F: function(f, n) if n = 0 then 0 else 1 + f(f, n - 1), r: (F)(F, %s)}.r"
_NESTED = "{F: function(f, n) if n <= 0 then 0 else 1 + (" + "{a: " * 20 + "f(f, n - 1)" + "}.a" * 20
_NESTED += "), r: F(F, %s)}.r"


def value(text: str) -> object:
    tree = parse_expression(text).tree
    infer(tree, {})
    return compile_expression(tree)({})


def below(depth: int, function: Callable[[], Any]) -> Any:
    """The function's value, called so many calls deep."""
    return function() if depth <= 0 else below(depth - 1, function)


@pytest.mark.parametrize("calls", [1, 39, 40, 41, 247, 300, 1_000, MAXIMUM_CALLS - 1])
def test_a_function_calls_itself_thousands_of_times(calls: int) -> None:
    assert value(_COUNT % calls) == Decimal(calls)


@pytest.mark.parametrize("calls", [MAXIMUM_CALLS, 10 * MAXIMUM_CALLS, -1])
def test_what_calls_itself_more_often_has_no_value(calls: int) -> None:
    with pytest.raises(FeelLimit, match="a function calls itself more than 5,000 times over"):
        value(_COUNT % calls)


def test_what_does_much_between_its_calls_takes_more_stacks() -> None:
    assert value(_NESTED % 100) == Decimal(100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_COUNT % 300, Decimal(300)),
        ("(" * 60 + "1" + ")" * 60 + " + 1", Decimal(2)),
        (" + ".join(["1"] * 150), Decimal(150)),
        ("if true then " * 80 + "7" + " else 0" * 80, Decimal(7)),
        ("[" * 60 + "5" + "]" * 60 + "[1]" * 60, Decimal(5)),
    ],
    ids=["calls", "parentheses", "sums", "conditions", "lists"],
)
def test_how_deep_the_caller_stands_changes_no_value(text: str, expected: object) -> None:
    assert {below(depth, lambda: value(text)) for depth in range(0, 800, 100)} == {expected}


def test_a_thread_with_a_small_stack_has_the_same_values() -> None:
    before = threading.stack_size(256 * 1024)
    try:
        found: list[object] = []
        thread = threading.Thread(target=lambda: found.append(value(_COUNT % 2_000)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert found == [Decimal(2_000)]


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..10**9 return i",
        "some a in 1..1e9, b in 1..1e9 satisfies a + b = 0",
        "for i in 1..100000 return [" + ", ".join(["1"] * 1_000) + "]",
        'for i in 1..1000 return "' + "x" * 30_000 + '" + string(i)',
        '{s: string join(for i in 1..90000 return "xxxxxxxxxx"), r: replace(s, "x", s)}.r',
        "for i in 1..1000 return for j in 1..1000 return {a: i, b: j}",
        "for i in 1..100000 return " + "+".join(["i"] * 150),
        "{f: function(f, l, n) if n = 0 then l else f(f, concatenate(l, l), n - 1), r: f(f, [1], 40)}.r",
        '{f: function(f, s, n) if n = 0 then s else f(f, s + s, n - 1), r: f(f, "a", 40)}.r',
        "{f: function(f, l, n) if n = 0 then l else f(f, [l, l], n - 1), r: f(f, [1], 90)}.r",
        "for i in 1..100000 return string(1e6144)",
    ],
)
def test_what_would_fill_the_memory_or_take_for_ever_ends_in_words(text: str) -> None:
    with pytest.raises(FeelLimit, match="more than"):
        value(text)


def test_what_a_thread_knows_goes_with_the_work_and_its_errors_come_back() -> None:
    def fails() -> None:
        note("said on the other stack")
        raise ValueError("as it is")

    with gathered() as reasons, pytest.raises(ValueError, match="as it is"):
        on_fresh_stack(fails)
    assert reasons.text == "said on the other stack"


def test_what_no_stack_holds_says_so() -> None:
    @deep
    def endless(number: int) -> int:
        return endless.__wrapped__(number + 1)  # type: ignore[attr-defined, no-any-return]

    with pytest.raises(RecursionError):
        endless(0)


_HOSTILE = Context(prec=5, Emax=9, Emin=-9, traps=list(getcontext().traps))


@pytest.fixture
def hostile() -> Any:
    """The caller's decimal context: few digits, small exponents, every trap set."""
    before = getcontext()
    setcontext(_HOSTILE.copy())
    yield
    setcontext(before)


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("file", ["arithmetic", "numeric", "lists", "comparison"])
def test_numbers_have_34_digits_whatever_the_callers_context(file: str) -> None:
    found = [(text, value_of(text)) for name, text, _ in lines() if name == file]
    with localcontext(Context()):
        assert found == [(text, value_of(text)) for text, _ in found]


@pytest.mark.usefixtures("hostile")
def test_sums_of_rules_have_34_digits_and_no_order() -> None:
    with pytest.raises(DecimalException):
        Decimal("123456.7") + 1
    numbers = [Decimal("1e33"), Decimal("0.4"), Decimal("0.4"), Decimal("-1e33")]
    for order in (numbers, numbers[::-1], [numbers[1], numbers[0], numbers[3], numbers[2]]):
        values = {rule: (number,) for rule, number in enumerate(order)}
        assert result(HitPolicy.COLLECT_SUM, ["D"], range(4), values, None) == Decimal("0.8")
    many = {0: (Decimal("9e6144"),), 1: (Decimal("9e6144"),)}
    assert result(HitPolicy.COLLECT_SUM, ["D"], (0, 1), many, None) is None
    assert value("sum([1e33, 0.4, 0.4, -1e33])") == Decimal("0.8")
    assert value("mean([1e33, 0.4, 0.4, -1e33])") == Decimal("0.2")
    digits = {0: (Decimal("123456789012345678901234567890.1234"),), 1: (Decimal("0.00005"),)}
    total = result(HitPolicy.COLLECT_SUM, ["D"], (0, 1), digits, None)
    assert str(total) == "123456789012345678901234567890.1234"
    assert result(HitPolicy.COLLECT_MAX, ["D"], (0, 1), digits, None) == digits[0][0]
    assert result(HitPolicy.COLLECT_MIN, ["D"], (0, 1), digits, None) == digits[1][0]
