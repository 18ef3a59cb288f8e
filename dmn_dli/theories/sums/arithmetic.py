"""Arithmetic on pieces' values (DMN 1.5, section 10.3.2.15): what is a sum again, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from dmn_dli.feel import FeelType
from dmn_dli.feel.temporal_values import DAY
from dmn_dli.theories.sums.forms import ZERO, AtMostZero, Form, between, decimal_places
from dmn_dli.theories.sums.guarded import (
    NULL,
    UNKNOWN,
    CutOff,
    Piece,
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
    yield from nulls(left, right) or everywhere(_total(left, right, 1, variables))


def subtracted(left: Value, right: Value, variables: Variables) -> _Found:
    """`left - right`."""
    yield from nulls(left, right) or everywhere(_total(left, right, -1, variables))


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
            yield from nulls(value) or everywhere(UNKNOWN)


def nulls(*values: Value) -> tuple[Piece, ...]:
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
        case CutOff(form, unit):
            return Sum(
                variables.of(Outcome(Operation.NEAR, (form.times(Fraction(1, unit)),), by="cut off")), _NUMBER
            )
        case Quotient(upper, lower, times, plus):
            quotient = variables.of(Outcome(Operation.QUOTIENT, (upper, lower)))
            return Sum(quotient.times(times).moved(plus), _NUMBER)
    return None


def product(left: Value, right: Value, variables: Variables) -> _Found:
    """`left * right`."""
    yield from nulls(left, right) or everywhere(_product(left, right, variables))


def _product(left: Value, right: Value, variables: Variables) -> Value:
    for value, other in ((left, right), (right, left)):
        if isinstance(other, Sum) and other.type is _NUMBER and other.form.known is not None:
            return _multiple(value, other.form.known, variables)
    first, second = as_sum(left, variables), as_sum(right, variables)
    if first is None or second is None:
        return UNKNOWN
    if first.type is second.type is _NUMBER:
        operands = sorted((first.form, second.form), key=repr)
        exact = all(map(variables.of_facts, operands))
        return Sum(variables.of(Outcome(Operation.PRODUCT, tuple(operands), exact=exact)), _NUMBER)
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
    if nulls(left, right):
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
        elif divisor and isinstance(left, Quotient) and not left.plus:
            sign = -1 if divisor < 0 else 1
            lower = left.lower.times(divisor * sign)
            yield from everywhere(Quotient(left.upper, lower, left.times * sign))
        else:
            yield from _quotients(first.form, second.form)
    else:
        yield from everywhere(UNKNOWN)


def _number(value: Value, sum_: Sum) -> Value:
    """The amount as a number."""
    return value if isinstance(value, Quotient) else Sum(sum_.form, _NUMBER)


def _quotients(upper: Form, lower: Form) -> _Found:
    yield from where(Quotient(upper, lower), AtMostZero(lower.times(-1), closed=False))
    yield from where(Quotient(upper.times(-1), lower.times(-1)), AtMostZero(lower, closed=False))
    yield from where(NULL, *between(lower, ZERO, ZERO))


OPERATIONS: Mapping[str, Callable[[Value, Value, Variables], _Found]] = {
    "+": summed,
    "-": subtracted,
    "*": product,
    "/": divided,
}
