"""Built-in functions and properties on ranges of values (DMN 1.5, 10.3.4 and 10.3.2.3).

A function that rises, or falls, with each of its arguments is asked of the ends. Of one that is not among
these nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial, reduce

from dmn_dli.feel.builtins import REGISTRY
from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.feel.members import path
from dmn_dli.feel.temporal_values import DateValue, DaysTimeDuration, YearsMonthsDuration
from dmn_dli.tables.orders import amount_of
from dmn_dli.theories.intervals.arithmetic import arithmetic, hull, parts_beside_zero
from dmn_dli.theories.intervals.values import (
    ANYTHING,
    NOTHING,
    ONLY_NULL,
    Kind,
    ValueRange,
    between,
    coarsest,
    exactly,
    only,
    united,
    whole_kind,
)

Arguments = tuple[ValueRange, ...]

_ONE = Decimal(1)
_MOST_CHOICES = 64


def called(name: str, arguments: Arguments) -> ValueRange:
    """What the built-in function of that name may give."""
    if any(argument.empty for argument in arguments):
        return NOTHING
    if any(argument.kind is Kind.ANY for argument in arguments):
        return ANYTHING
    function = _FUNCTIONS.get((name, *(argument.kind for argument in arguments)))
    if function is not None:
        found = function(*arguments)
        return found.or_null if any(argument.null for argument in arguments) else found
    if name in _OF_ANY_NUMBER and arguments:
        return _OF_ANY_NUMBER[name](arguments)
    return ANYTHING


def _of_amount(kind: Kind, amount: Decimal) -> object:
    if kind is Kind.NUMBER:
        return amount
    return _MAKERS[kind](int(amount))


_MAKERS: dict[Kind, Callable[[int], object]] = {
    Kind.DATE: DateValue,
    Kind.DAYS: DaysTimeDuration,
    Kind.MONTHS: YearsMonthsDuration,
}


def _ends(gives: Kind, answers: list[object]) -> ValueRange:
    """From the least of some answers to the greatest."""
    amounts = [amount_of(answer) for answer in answers]
    unit = _ONE if gives is not Kind.NUMBER else None
    found = hull(gives, [amount for amount in amounts if amount is not None], unit)
    return found.or_null if None in amounts else found


def _rising(name: str, gives: Kind) -> Callable[..., ValueRange]:
    """A function of one argument that never falls as that rises."""
    function = REGISTRY[name]

    def rising(argument: ValueRange) -> ValueRange:
        return _ends(
            gives, [function(_of_amount(argument.kind, end)) for end in (argument.low, argument.high)]
        )

    return rising


def _rounded(name: str) -> Callable[..., ValueRange]:
    """A function that rounds to a number of digits behind the point."""
    function = REGISTRY[name]

    def rounded(number: ValueRange, scale: ValueRange | None = None) -> ValueRange:
        if scale is not None and scale.low != scale.high:
            return whole_kind(Kind.NUMBER, null=True)
        digits = () if scale is None else (scale.low,)
        found = [function(end, *digits) for end in (number.low, number.high)]
        places = int(digits[0]) if digits else 0
        if None in found or not -100 < places < 100:
            return whole_kind(Kind.NUMBER, null=True)
        unit = max(_ONE.scaleb(-places), number.unit or Decimal(0))
        return _with_unit(_ends(Kind.NUMBER, found), unit)

    return rounded


def _with_unit(found: ValueRange, unit: Decimal | None) -> ValueRange:
    return between(found.kind, found.low, found.high, unit, null=found.null)


def _absolute(argument: ValueRange) -> ValueRange:
    ends = [argument.low.copy_abs(), argument.high.copy_abs()]
    if argument.low < 0 < argument.high:
        ends.append(Decimal(0))
    return _with_unit(hull(argument.kind, ends), argument.unit)


def _root(number: ValueRange) -> ValueRange:
    if number.high < 0:
        return ONLY_NULL
    ends = [CONTEXT.sqrt(max(end, Decimal(0))) for end in (number.low, number.high)]
    return hull(Kind.NUMBER, ends).with_null(null=number.low < 0)


def _logarithm(number: ValueRange) -> ValueRange:
    positive = [part for part in parts_beside_zero(number) if part.low > 0]
    if not positive:
        return ONLY_NULL
    found = hull(Kind.NUMBER, [CONTEXT.ln(end) for end in (positive[0].low, positive[0].high)])
    return found.with_null(null=number.low <= 0)


def _exponential(number: ValueRange) -> ValueRange:
    return hull(Kind.NUMBER, [CONTEXT.exp(end) for end in (number.low, number.high)])


def _modulo(dividend: ValueRange, divisor: ValueRange) -> ValueRange:
    """The divisor's sign, and less than it in size; the dividend itself where that holds of it."""
    null = divisor.low <= 0 <= divisor.high
    if divisor.low > 0 and dividend.low >= 0 and dividend.high < divisor.low:
        return dividend.without_null
    least, most = min(divisor.low, Decimal(0)), max(divisor.high, Decimal(0))
    unit = exactly(least, most, coarsest(dividend.unit, divisor.unit))
    # decimal128 has no remainder where the quotient has more than 34 digits.
    null = null or unit is None or exactly(dividend.low, dividend.high, divisor.unit) is None
    return between(Kind.NUMBER, least, most, unit, null=null)


def _months_between(start: ValueRange, end: ValueRange) -> ValueRange:
    """It falls as the first day rises, and rises with the second."""
    function = REGISTRY["years and months duration"]
    days = [(start.high, end.low), (start.low, end.high)]
    return _ends(Kind.MONTHS, [function(DateValue(int(a)), DateValue(int(b))) for a, b in days])


def _text_length(text: ValueRange) -> ValueRange:
    if text.among is None:
        return between(Kind.NUMBER, Decimal(0), Decimal("1E15"), _ONE)
    return reduce(united, (only(REGISTRY["string length"](each)) for each in text.among), NOTHING)


def _of_texts(name: str, otherwise: ValueRange) -> Callable[..., ValueRange]:
    """A function of few texts, asked of each; otherwise: what it may give for any text."""
    function = REGISTRY[name]

    def asked(*arguments: ValueRange) -> ValueRange:
        found = NOTHING
        choices: list[tuple[object, ...]] = [()]
        for argument in arguments:
            if argument.among is None or len(choices) * len(argument.among) > _MOST_CHOICES:
                return otherwise
            choices = [(*chosen, each) for chosen in choices for each in sorted(argument.among, key=repr)]
        for chosen in choices:
            found = united(found, only(function(*chosen)))
        return found

    return asked


def _extreme(name: str, arguments: Arguments) -> ValueRange:
    """`min` or `max` of values of one kind; null where one is."""
    kinds = {argument.kind for argument in arguments}
    if len(kinds) != 1 or not kinds <= {Kind.NUMBER, Kind.DATE, Kind.DAYS, Kind.MONTHS}:
        return ANYTHING
    best = min if name == "min" else max
    low = best(argument.low for argument in arguments)
    high = best(argument.high for argument in arguments)
    unit = reduce(coarsest, [argument.unit for argument in arguments])
    null = any(argument.null for argument in arguments)
    return between(arguments[0].kind, low, high, unit, null=null)


def _total(arguments: Arguments) -> ValueRange:
    """The sum of numbers, rounded once; null where one is."""
    if any(argument.kind is not Kind.NUMBER for argument in arguments):
        return ANYTHING
    found = reduce(partial(arithmetic, "+"), arguments)
    return found if found.unit is not None else whole_kind(Kind.NUMBER, null=True)


_OF_ANY_NUMBER: dict[str, Callable[[Arguments], ValueRange]] = {
    "min": partial(_extreme, "min"),
    "max": partial(_extreme, "max"),
    "sum": _total,
}
_FUNCTIONS: dict[tuple[object, ...], Callable[..., ValueRange]] = {
    ("sqrt", Kind.NUMBER): _root,
    ("log", Kind.NUMBER): _logarithm,
    ("exp", Kind.NUMBER): _exponential,
    ("modulo", Kind.NUMBER, Kind.NUMBER): _modulo,
    ("years and months duration", Kind.DATE, Kind.DATE): _months_between,
    ("string length", Kind.TEXT): _text_length,
    ("date", Kind.DATE): lambda date: date,
}
for _kind in (Kind.NUMBER, Kind.DAYS, Kind.MONTHS):
    _FUNCTIONS["abs", _kind] = _absolute
for _name in ("floor", "ceiling"):
    _FUNCTIONS[_name, Kind.NUMBER] = _rounded(_name)
for _name in (
    *("floor", "ceiling", "decimal"),
    *(f"round {way}" for way in ("up", "down", "half up", "half down")),
):
    _FUNCTIONS[_name, Kind.NUMBER, Kind.NUMBER] = _rounded(_name)
for _name in ("upper case", "lower case"):
    _FUNCTIONS[_name, Kind.TEXT] = _of_texts(_name, whole_kind(Kind.TEXT))
for _name in ("date", "duration"):
    _FUNCTIONS[_name, Kind.TEXT] = _of_texts(_name, ANYTHING)
for _name in ("starts with", "ends with", "contains"):
    _FUNCTIONS[_name, Kind.TEXT, Kind.TEXT] = _of_texts(_name, whole_kind(Kind.BOOLEAN))


def property_of(source: ValueRange, name: str) -> ValueRange:
    """What `source.name` may be."""
    if source.empty:
        return NOTHING
    if source.kind in (Kind.NONE, Kind.NUMBER, Kind.BOOLEAN, Kind.TEXT):
        return ONLY_NULL
    ends = (
        [path(_of_amount(source.kind, end), name) for end in (source.low, source.high)]
        if (source.kind in _MAKERS)
        else []
    )
    if (source.kind, name) in _RISING or (source.kind in _MAKERS and source.low == source.high):
        return _with_unit(_ends(Kind.NUMBER, ends), _ONE).with_null(null=source.null)
    bounds = _PARTS.get((source.kind, name))
    if bounds is None:
        return ANYTHING
    low, high = bounds
    if name == "month" and property_of(source, "year").single:
        low, high = (int(amount) for end in ends if (amount := amount_of(end)) is not None)
    return between(Kind.NUMBER, Decimal(low), Decimal(high), _ONE, null=source.null)


_RISING = {(Kind.DATE, "year"), (Kind.DAYS, "days"), (Kind.MONTHS, "years")}
_PARTS: dict[tuple[Kind, str], tuple[int, int]] = {
    (Kind.DATE, "month"): (1, 12),
    (Kind.DATE, "day"): (1, 31),
    (Kind.DATE, "weekday"): (1, 7),
    (Kind.MONTHS, "months"): (-11, 11),
    (Kind.DAYS, "hours"): (-23, 23),
    (Kind.DAYS, "minutes"): (-59, 59),
    (Kind.DAYS, "seconds"): (-59, 59),
}
