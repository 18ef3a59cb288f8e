"""Built-in functions and properties of pieces' values (DMN 1.5, sections 10.3.2.3 and 10.3.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce

from dmn_dli.feel import FeelType
from dmn_dli.theories.sums.arithmetic import nulls
from dmn_dli.theories.sums.forms import AtMostZero, Form, constant
from dmn_dli.theories.sums.guarded import UNKNOWN, CutOff, Piece, Quotient, Sum, Value, everywhere, where
from dmn_dli.theories.sums.variables import Operation, Outcome, Variables

_NUMBER, _DATE = FeelType.NUMBER, FeelType.DATE

_Found = Iterator[Piece]


def member(value: Value, name: str, variables: Variables) -> _Found:
    """`value.name` of a duration or a date."""
    match value, name:
        case (Sum(form, FeelType.YEARS_DURATION), "years"):
            yield from everywhere(CutOff(form, 12))
        case (Sum(form, FeelType.DAYS_DURATION), "days") if variables.takes_whole(form):
            yield from everywhere(Sum(form, _NUMBER))
        case (Sum(form, FeelType.DAYS_DURATION), "days"):
            yield from everywhere(CutOff(form, 1))
        case (Sum(form, FeelType.DATE), "year"):
            yield from everywhere(Sum(variables.of(Outcome(Operation.YEAR, (form,))), _NUMBER))
        case _:
            yield from nulls(value) or everywhere(UNKNOWN)


def absolute(value: Value) -> _Found:
    """`abs(value)`."""
    match value:
        case Sum(form, type_) if type_ is not _DATE:
            yield from where(value, AtMostZero(form.times(-1), closed=True))
            yield from where(Sum(form.times(-1), type_), AtMostZero(form, closed=False))
        case _:
            yield from nulls(value) or everywhere(UNKNOWN)


def date(value: Value) -> _Found:
    """`date(value)` of a date."""
    match value:
        case Sum(_, FeelType.DATE):
            yield from everywhere(value)
        case _:
            yield from nulls(value) or everywhere(UNKNOWN)


def months_between(start: Value, end: Value, variables: Variables) -> _Found:
    """`years and months duration(start, end)`."""
    match start, end:
        case (Sum(first, FeelType.DATE), Sum(last, FeelType.DATE)):
            months = variables.of(Outcome(Operation.MONTHS_BETWEEN, (first, last)))
            yield from everywhere(Sum(months, FeelType.YEARS_DURATION))
        case _:
            yield from nulls(start, end) or everywhere(UNKNOWN)


def least(values: Sequence[Value]) -> _Found:
    """`min(…)`."""
    yield from _extreme(values, 1)


def greatest(values: Sequence[Value]) -> _Found:
    """`max(…)`."""
    yield from _extreme(values, -1)


def _extreme(values: Sequence[Value], sign: int) -> _Found:
    amounts = [value for value in values if isinstance(value, Sum)]
    if len(amounts) < len(values) or len({each.type for each in amounts}) > 1:
        yield from nulls(*values) or everywhere(UNKNOWN)
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
        yield from nulls(*values) or everywhere(UNKNOWN)


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
                yield from nulls(*values) or everywhere(UNKNOWN)
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
            yield from nulls(*values) or everywhere(UNKNOWN)
            return
    rounded = variables.of(Outcome(ROUNDING[name], (operand.times(unit),), by=name))
    yield from everywhere(Sum(rounded.times(1 / unit), _NUMBER))
