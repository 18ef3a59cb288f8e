"""List functions that sum up (DMN 1.5, section 10.3.4.4): of a list, or of the arguments themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import reduce

from dmn_dli.feel.arithmetic import add
from dmn_dli.feel.builtins.registry import builtin
from dmn_dli.feel.comparison import feel_greater, feel_less
from dmn_dli.feel.decimals import CONTEXT, finite
from dmn_dli.feel.temporal_values import DaysTimeDuration, YearsMonthsDuration
from dmn_dli.runtime.hit_policy import exact_sum, rounded_sum

_SUMMABLE = frozenset({Decimal, DaysTimeDuration, YearsMonthsDuration})


def _aggregate(name: str, gives: str) -> Callable[[Callable[[list[object]], object]], Callable[..., object]]:
    """Declares the function of a list also as one of any number of arguments."""

    def register(body: Callable[[list[object]], object]) -> Callable[..., object]:
        builtin(name, "list: list", gives)(body)
        parameter = "c" if name in ("min", "max") else "n"
        builtin(name, f"{parameter}...: Any", gives)(lambda *items: body(list(items)))
        return body

    return register


def _numbers(items: list[object]) -> list[Decimal] | None:
    """The items where all are numbers and there are any."""
    numbers = [item for item in items if type(item) is Decimal]
    return numbers if numbers and len(numbers) == len(items) else None


def _extreme(items: list[object], better: Callable[[object, object], bool | None]) -> object:
    best = items[0] if items else None
    for item in items:
        if better(item, item) is None:
            return None
        answer = better(item, best)
        if answer is None:
            return None
        best = item if answer else best
    return best


@builtin("count", "list: list", "number")
def count(items: list[object]) -> Decimal:
    """How many items there are."""
    return Decimal(len(items))


@_aggregate("min", "Any")
def minimum(items: list[object]) -> object:
    """The least item; null where there is none, or two have no order."""
    return _extreme(items, feel_less)


@_aggregate("max", "Any")
def maximum(items: list[object]) -> object:
    """The greatest item; null where there is none, or two have no order."""
    return _extreme(items, feel_greater)


@_aggregate("sum", "Any")
def total(items: list[object]) -> object:
    """The sum of numbers, or of durations of one kind; null for no item."""
    kinds = {type(item) for item in items}
    if len(kinds) != 1 or not kinds <= _SUMMABLE:
        return None
    if kinds == {Decimal}:
        return rounded_sum(exact_sum(items))  # type: ignore[arg-type]
    return reduce(add, items)


@_aggregate("mean", "number")
def mean(items: list[object]) -> Decimal | None:
    """The arithmetic mean; null for no number."""
    numbers = _numbers(items)
    return None if numbers is None else finite(CONTEXT.divide(exact_sum(numbers), Decimal(len(numbers))))


def _sum(numbers: list[Decimal]) -> Decimal:
    return reduce(CONTEXT.add, numbers, Decimal(0))


@_aggregate("product", "number")
def product(items: list[object]) -> Decimal | None:
    """The product of numbers; null for none."""
    numbers = _numbers(items)
    return None if numbers is None else finite(reduce(CONTEXT.multiply, numbers, Decimal(1)))


@_aggregate("median", "number")
def median(items: list[object]) -> Decimal | None:
    """The number in the middle, or the mean of the two there; null for none."""
    numbers = _numbers(items)
    if numbers is None:
        return None
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return finite(CONTEXT.divide(CONTEXT.add(ordered[middle - 1], ordered[middle]), Decimal(2)))


@_aggregate("stddev", "number")
def standard_deviation(items: list[object]) -> Decimal | None:
    """The sample's standard deviation; null for fewer than two numbers."""
    numbers = _numbers(items)
    if numbers is None or len(numbers) < 2:
        return None
    average = CONTEXT.divide(_sum(numbers), Decimal(len(numbers)))
    deviations = [CONTEXT.subtract(number, average) for number in numbers]
    squares = _sum([CONTEXT.multiply(deviation, deviation) for deviation in deviations])
    return finite(CONTEXT.sqrt(CONTEXT.divide(squares, Decimal(len(numbers) - 1))))


@_aggregate("mode", "list")
def mode(items: list[object]) -> list[object] | None:
    """The numbers that come most often, in ascending order; none of an empty list."""
    numbers = _numbers(items)
    if numbers is None:
        return None if items else []
    counts = Counter(numbers)
    often = max(counts.values())
    return sorted(number for number, times in counts.items() if times == often)  # type: ignore[return-value]
