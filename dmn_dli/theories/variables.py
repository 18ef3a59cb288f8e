"""The variables of linear forms: the facts of a group, and what stands for a part of a term that is no sum."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property

from attrs import frozen

from dmn_dli.feel import DateValue, FeelType
from dmn_dli.feel.arithmetic import add
from dmn_dli.feel.builtins.dates import months_between
from dmn_dli.feel.temporal_values import YearsMonthsDuration
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.domain import Atom, Domain
from dmn_dli.theories.calendar import days_later
from dmn_dli.theories.linear_forms import AtMostZero, Form, amount, constant, variable

_KINDS = {
    FactType.NUMBER: FeelType.NUMBER,
    FactType.INTEGER: FeelType.NUMBER,
    FactType.DATE: FeelType.DATE,
    FactType.DAYS_DURATION: FeelType.DAYS_DURATION,
    FactType.YEARS_DURATION: FeelType.YEARS_DURATION,
}

_WHOLE = (FactType.INTEGER, FactType.DATE, FactType.YEARS_DURATION)

_SMALL = Fraction(1, 10**15)
"""More than decimal128 loses in one step, of numbers that are no larger than 1E15."""


class Operation(Enum):
    """Operations that give no sum of their operands."""

    MONTHS_LATER = "a date plus some months"
    MONTHS_BETWEEN = "the whole months between two dates"
    PRODUCT = "a product of two forms"
    QUOTIENT = "a quotient of two forms"
    DOWN = "the next whole number below"
    UP = "the next whole number above"
    NEAREST = "a whole number at most a half away"
    NEAR = "a whole number less than one away"


_TO_WHOLE = {
    Operation.DOWN: (-1, False, 0, True),
    Operation.UP: (0, True, 1, False),
    Operation.NEAREST: (Fraction(-1, 2), True, Fraction(1, 2), True),
    Operation.NEAR: (-1, False, 1, False),
}
"""How far the whole number may lie from the operand: from (reached or not) to (reached or not)."""


@frozen
class Outcome:
    """The result of an operation, a variable of its own; months: how many a date is moved by."""

    operation: Operation
    operands: tuple[Form, ...]
    months: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is a whole number whatever the operands are."""
        return self.operation not in (Operation.PRODUCT, Operation.QUOTIENT)

    def bounds(self, number: int) -> tuple[AtMostZero, ...]:
        """What is always true of the outcome, whose variable is `number`."""
        result = variable(number)
        first = self.operands[0]
        if self.operation in _TO_WHOLE:
            low, reaches_low, high, reaches_high = _TO_WHOLE[self.operation]
            apart = result.plus(first, -1)
            return _between(apart, Fraction(low), Fraction(high), (reaches_low, reaches_high))
        if self.operation is Operation.MONTHS_LATER:
            fewest, most = days_later(self.months)
            return _between(result.plus(first, -1), Fraction(fewest), Fraction(most))
        divisor = self.operands[1].known if self.operation is Operation.QUOTIENT else None
        if divisor:
            return _between(result.plus(first, -1 / divisor), -_SMALL, _SMALL)
        return ()

    def given(self, number: int, values: tuple[Fraction | None, ...]) -> tuple[AtMostZero, ...]:
        """What is true of the outcome besides, some operands having values."""
        result = variable(number)
        first = values[0]
        match self.operation:
            case Operation.MONTHS_LATER if first is not None:
                later = add(DateValue(int(first)), YearsMonthsDuration(self.months))
                return _equal(result, constant(later.day)) if isinstance(later, DateValue) else ()
            case Operation.MONTHS_BETWEEN if first is not None and values[1] is not None:
                apart = months_between(DateValue(int(first)), DateValue(int(values[1])))
                return _equal(result, constant(apart.months))
            case Operation.PRODUCT:
                for known, other in ((first, self.operands[1]), (values[1], self.operands[0])):
                    if known is not None:
                        return _equal(result, other.times(known))
            case Operation.QUOTIENT if values[1] and not self.operands[1].factors == ():
                quotient = result.plus(self.operands[0], -1 / values[1])
                return _between(quotient, -_SMALL, _SMALL)
        return ()


def _between(
    form: Form, low: Fraction, high: Fraction, reached: tuple[bool, bool] = (True, True)
) -> tuple[AtMostZero, ...]:
    return (
        AtMostZero(form.times(-1).moved(low), reached[0]),
        AtMostZero(form.moved(-high), reached[1]),
    )


def _equal(form: Form, other: Form) -> tuple[AtMostZero, ...]:
    return _between(form.plus(other, -1), Fraction(0), Fraction(0))


@frozen(slots=False)
class FactAmount:
    """A fact whose values are amounts: numbers, dates, durations.

    place: which fact of the group it is. number: its variable.
    """

    fact: Fact
    domain: Domain
    place: int
    number: int

    @property
    def kind(self) -> FeelType:
        """What its amounts stand for."""
        return _KINDS[self.fact.type]

    @property
    def whole(self) -> bool:
        """Whether it has whole values alone."""
        return self.fact.type in _WHOLE

    @cached_property
    def calendar(self) -> tuple[Fraction | None, Fraction | None]:
        """The first and the last day that a date may be."""
        if self.fact.type is not FactType.DATE:
            return None, None
        from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE

        return Fraction(FIRST_DATE.day), Fraction(LAST_DATE.day)


def is_amount(fact: Fact, domain: Domain) -> bool:
    """Whether the values of a fact are amounts."""
    known = [atom.representative for atom in domain.atoms if atom.representative is not None]
    return fact.type in _KINDS and all(amount(each) is not None for each in known)


def span(atom: Atom) -> tuple[Fraction | None, Fraction | None, bool]:
    """The bounds of an atom of amounts, None where there is none, and whether they are reached."""
    if atom.single:
        value = _number(atom.representative)
        return value, value, True
    low, high = (None if end is None else _number(end) for end in (atom.low, atom.high))
    return low, high, False


def _number(value: object) -> Fraction:
    found = amount(value)
    assert found is not None
    return found[1]


__all__ = ["Decimal", "FactAmount", "Mapping", "Operation", "Outcome", "is_amount", "span"]
