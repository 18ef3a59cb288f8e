"""Arithmetic on pieces' values (DMN 1.5, section 10.3.2.15): what is a sum again, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from dmn_dli.feel import FeelType
from dmn_dli.feel.temporal_values import DAY
from dmn_dli.theories.sums.forms import AtMostZero, Form, constant, decimal_places
from dmn_dli.theories.sums.pieces import (
    NULL,
    UNKNOWN,
    CutOff,
    Piece,
    Plain,
    Quotient,
    Sum,
    Value,
    everywhere,
    where,
)
from dmn_dli.theories.sums.variables import Operation, Outcome, Variables

TWO = Decimal(2)

_NUMBER, _DATE = FeelType.NUMBER, FeelType.DATE
_DAYS, _MONTHS = FeelType.DAYS_DURATION, FeelType.YEARS_DURATION

_FEW_DECIMALS = 10
"""A factor with no more decimals than this leaves products exact."""

_Found = Iterator[Piece]


def summed(left: Value, right: Value, variables: Variables) -> _Found:
    """`left + right`."""
    yield from _nulls(left, right) or everywhere(_total(left, right, 1, variables))


def subtracted(left: Value, right: Value, variables: Variables) -> _Found:
    """`left - right`."""
    yield from _nulls(left, right) or everywhere(_total(left, right, -1, variables))


def negated(value: Value) -> _Found:
    """`-value`."""
    match value:
        case Sum(form, type_) if type_ is not _DATE:
            yield from everywhere(Sum(form.times(-1), type_))
        case Quotient(upper, lower, times, plus):
            yield from everywhere(Quotient(upper, lower, -times, -plus))
        case CutOff(form, unit):
            yield from everywhere(CutOff(form.times(-1), unit))
        case _:
            yield from _nulls(value) or everywhere(UNKNOWN)


def _nulls(*values: Value) -> tuple[Piece, ...]:
    """Null where an operand is null."""
    return tuple(everywhere(NULL)) if NULL in values else ()


def _total(left: Value, right: Value, sign: int, variables: Variables) -> Value:
    match left, right:
        case (Quotient(upper, lower, times, plus), Sum(Form((), by), FeelType.NUMBER)):
            return Quotient(upper, lower, times, plus + sign * by)
        case (Sum(Form((), by), FeelType.NUMBER), Quotient(upper, lower, times, plus)):
            return Quotient(upper, lower, sign * times, by + sign * plus)
    first, second = as_sum(left, variables), as_sum(right, variables)
    if first is None or second is None:
        return UNKNOWN
    total = first.form.plus(second.form, sign)
    match first.type, second.type, sign:
        case (FeelType.NUMBER | FeelType.DAYS_DURATION | FeelType.YEARS_DURATION, same, _) if (
            same is first.type
        ):
            return Sum(total, first.type)
        case (FeelType.DATE, FeelType.DATE, -1):
            return Sum(total, _DAYS)
        case (FeelType.DATE, _, _):
            return _moved(first.form, Sum(second.form.times(sign), second.type), variables)
        case (_, FeelType.DATE, 1):
            return _moved(second.form, first, variables)
    return UNKNOWN


_CALENDAR = 10**8
"""So many days from a date of a fact lead nowhere near the ends of the calendar."""


def _moved(date: Form, by: Sum, variables: Variables) -> Value:
    """A date some days or months on."""
    known = by.form.known
    if by.type is _DAYS and known is not None and abs(known) <= _CALENDAR:
        return Sum(date.moved(known.__floor__()), _DATE)
    if by.type is _DAYS and variables.near(by.form, _CALENDAR) and variables.takes_whole(by.form):
        return Sum(date.plus(by.form), _DATE)
    if by.type is _MONTHS and known is not None and abs(known) <= _CALENDAR // 100:
        return Sum(variables.of(Outcome(Operation.MONTHS_LATER, (date,), int(known))), _DATE)
    return UNKNOWN


def as_sum(value: Value, variables: Variables) -> Sum | None:
    """An amount as a linear form, a variable of its own in it where need be; None for what is no amount."""
    match value:
        case Sum():
            return value
        case Quotient(upper, lower, times, plus):
            quotient = variables.of(Outcome(Operation.QUOTIENT, (upper, lower)))
            return Sum(quotient.times(times).moved(plus), _NUMBER)
    return None


def product(left: Value, right: Value, variables: Variables) -> _Found:
    """`left * right`."""
    yield from _nulls(left, right) or everywhere(_product(left, right, variables))


def _product(left: Value, right: Value, variables: Variables) -> Value:
    for value, other in ((left, right), (right, left)):
        if isinstance(other, Sum) and other.type is _NUMBER and other.form.known is not None:
            return _multiple(value, other.form.known, variables)
    first, second = as_sum(left, variables), as_sum(right, variables)
    if first is None or second is None:
        return UNKNOWN
    if first.type is second.type is _NUMBER:
        operands = sorted((first.form, second.form), key=repr)
        return Sum(variables.of(Outcome(Operation.PRODUCT, tuple(operands))), _NUMBER)
    for duration, number in ((first, second), (second, first)):
        length = duration.form.known
        if duration.type in (_DAYS, _MONTHS) and number.type is _NUMBER and length is not None:
            return _whole_duration(Sum(number.form.times(length), duration.type), variables)
    return UNKNOWN


def _multiple(value: Value, factor: Fraction, variables: Variables) -> Value:
    match value:
        case Sum(form, FeelType.NUMBER):
            return Sum(form.times(factor), _NUMBER)
        case Sum(form, FeelType.DAYS_DURATION | FeelType.YEARS_DURATION as type_):
            return _whole_duration(Sum(form.times(factor), type_), variables)
        case Quotient(upper, lower, times, plus) if factor:
            return Quotient(upper, lower, times * factor, plus * factor)
    return UNKNOWN


def _whole_duration(duration: Sum, variables: Variables) -> Value:
    """A duration from which nothing is cut off, being whole in nanoseconds or months."""
    unit = DAY if duration.type is _DAYS else 1
    return duration if variables.takes_whole(duration.form.times(unit)) else UNKNOWN


def divided(left: Value, right: Value, variables: Variables) -> _Found:
    """`left / right`; null where that is zero."""
    if _nulls(left, right):
        yield from everywhere(NULL)
        return
    first, second = as_sum(left, variables), as_sum(right, variables)
    durations = (_DAYS, _MONTHS)
    if first is None or second is None:
        yield from everywhere(UNKNOWN)
    elif second.type is first.type and first.type in (_NUMBER, *durations):
        divisor = second.form.known
        if divisor and decimal_places(1 / divisor, _FEW_DECIMALS) is not None:
            yield from everywhere(_multiple(_number(left, first), 1 / divisor, variables))
        elif divisor and isinstance(left, Quotient):
            yield from everywhere(
                Quotient(
                    left.upper,
                    left.lower.times(divisor * _sign(divisor)),
                    left.times * _sign(divisor),
                    left.plus / divisor,
                )
                if not left.plus
                else UNKNOWN
            )
        else:
            yield from _quotients(first.form, second.form)
    else:
        yield from everywhere(UNKNOWN)


def _sign(number: Fraction) -> int:
    return -1 if number < 0 else 1


def _number(value: Value, sum_: Sum) -> Value:
    """The amount as a number."""
    return value if isinstance(value, Quotient) else Sum(sum_.form, _NUMBER)


def _quotients(upper: Form, lower: Form) -> _Found:
    zero = constant(0)
    yield from where(Quotient(upper, lower), AtMostZero(lower.times(-1), closed=False))
    yield from where(Quotient(upper.times(-1), lower.times(-1)), AtMostZero(lower, closed=False))
    yield from where(
        NULL, AtMostZero(lower.plus(zero), closed=True), AtMostZero(lower.times(-1), closed=True)
    )


OPERATIONS: Mapping[str, Callable[[Value, Value, Variables], _Found]] = {
    "+": summed,
    "-": subtracted,
    "*": product,
    "/": divided,
}


def member(value: Value, name: str) -> _Found:
    """`value.name` of a duration."""
    match value, name:
        case (Sum(form, FeelType.YEARS_DURATION), "years"):
            yield from everywhere(CutOff(form, 12))
        case (Sum(form, FeelType.DAYS_DURATION), "days"):
            yield from everywhere(CutOff(form, 1))
        case _:
            yield from _nulls(value) or everywhere(UNKNOWN)


def absolute(value: Value) -> _Found:
    """`abs(value)`."""
    match value:
        case Sum(form, type_) if type_ is not _DATE:
            yield from where(value, AtMostZero(form.times(-1), closed=True))
            yield from where(Sum(form.times(-1), type_), AtMostZero(form, closed=False))
        case _:
            yield from _nulls(value) or everywhere(UNKNOWN)


def months_between(start: Value, end: Value, variables: Variables) -> _Found:
    """`years and months duration(start, end)`."""
    match start, end:
        case (Sum(first, FeelType.DATE), Sum(last, FeelType.DATE)):
            months = variables.of(Outcome(Operation.MONTHS_BETWEEN, (first, last)))
            yield from everywhere(Sum(months, _MONTHS))
        case _:
            yield from _nulls(start, end) or everywhere(UNKNOWN)


def least(values: Sequence[Value]) -> _Found:
    """`min(…)`."""
    yield from _extreme(values, 1)


def greatest(values: Sequence[Value]) -> _Found:
    """`max(…)`."""
    yield from _extreme(values, -1)


def _extreme(values: Sequence[Value], sign: int) -> _Found:
    amounts = [value for value in values if isinstance(value, Sum)]
    if len(amounts) < len(values) or len({each.type for each in amounts}) > 1:
        yield from _nulls(*values) or everywhere(UNKNOWN)
        return
    for best in amounts:
        others = [best.form.plus(each.form, -1).times(sign) for each in amounts if each is not best]
        yield from where(best, *[AtMostZero(apart, closed=True) for apart in others])


def total(values: Sequence[Value]) -> _Found:
    """`sum(…)`."""
    amounts = [value for value in values if isinstance(value, Sum)]
    alike = len({each.type for each in amounts}) == 1 and amounts[0].type is not _DATE
    if len(amounts) == len(values) and alike:
        whole = reduce(lambda form, each: form.plus(each.form), amounts, constant(0))
        yield from everywhere(Sum(whole, amounts[0].type))
    else:
        yield from _nulls(*values) or everywhere(UNKNOWN)


AGGREGATES: Mapping[str, Callable[[Sequence[Value]], _Found]] = {"min": least, "max": greatest, "sum": total}

ROUNDING = {
    "floor": Operation.DOWN,
    "ceiling": Operation.UP,
    "decimal": Operation.NEAREST,
    "round half up": Operation.NEAREST,
    "round half down": Operation.NEAREST,
    "round up": Operation.NEAR,
    "round down": Operation.NEAR,
}

_MOST_SCALE = 15


def to_scale(name: str, values: Sequence[Value], variables: Variables) -> _Found:
    """`floor(n)`, `round half up(n, scale)` and their like."""
    scale = Fraction(0)
    if len(values) == 2:
        match values[1]:
            case Sum(Form((), known), FeelType.NUMBER) if (
                abs(known) <= _MOST_SCALE and known.denominator == 1
            ):
                scale = known
            case _:
                yield from _nulls(*values) or everywhere(UNKNOWN)
                return
    elif name not in ("floor", "ceiling"):
        yield from everywhere(UNKNOWN)
        return
    unit = Fraction(10) ** int(scale)
    match values[0]:
        case Sum(form, FeelType.NUMBER):
            operand = form
        case Quotient(upper, Form((), divisor), times, plus):
            operand = upper.times(times / divisor).moved(plus)
        case _:
            yield from _nulls(*values) or everywhere(UNKNOWN)
            return
    rounded = variables.of(Outcome(ROUNDING[name], (operand.times(unit),)))
    yield from everywhere(Sum(rounded.times(1 / unit), _NUMBER))


_ = Plain
