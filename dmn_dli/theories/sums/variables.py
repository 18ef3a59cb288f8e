"""What is no sum of its operands, such as a product, stands in linear forms as a variable of its own."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction

from attrs import frozen

from dmn_dli.feel import DateValue, YearsMonthsDuration
from dmn_dli.feel.builtins.dates import months_between
from dmn_dli.feel.day_numbers import FIRST_DAY, LAST_DAY, months_later, year_month_day
from dmn_dli.theories.sums.calendar import YEAR, YEAR_STARTS, days_later
from dmn_dli.theories.sums.forms import AtMostZero, Form, between, constant, variable

_SMALL = Fraction(1, 10**15)
"""More than decimal128 loses in a product or a quotient that is below 1E18."""


class Operation(Enum):
    """Operations that give no sum of their operands."""

    MONTHS_LATER = "a date plus some months"
    MONTHS_BETWEEN = "the whole months between two dates"
    YEAR = "the year of a date"
    PRODUCT = "a product of two forms"
    QUOTIENT = "a quotient of two forms"
    DOWN = "the next whole number below"
    UP = "the next whole number above"
    NEAREST = "a whole number at most a half away"
    NEAR = "a whole number less than one away"


_HALF = Fraction(1, 2)

_TO_WHOLE = {
    Operation.DOWN: (Fraction(-1), Fraction(0), (False, True)),
    Operation.UP: (Fraction(0), Fraction(1), (True, False)),
    Operation.NEAREST: (-_HALF, _HALF, (True, True)),
    Operation.NEAR: (Fraction(-1), Fraction(1), (False, False)),
}
"""From where to where the whole number lies as seen from the operand, and whether it may be there itself."""

_Bounds = tuple[AtMostZero, ...]


@frozen
class Outcome:
    """The result of an operation.

    months: how many a date is moved by. by: of several functions of one operation, which are not alike where
    a number lies in the middle, which one. exact: whether a product has so few digits that it is not rounded.
    """

    operation: Operation
    operands: tuple[Form, ...]
    months: int = 0
    by: str = ""
    exact: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is a whole number whatever the operands are."""
        return self.operation not in (Operation.PRODUCT, Operation.QUOTIENT)

    def always(self, number: int) -> _Bounds:
        """What holds of the outcome, whose variable is `number`, and its operands in every case."""
        result, first = variable(number), self.operands[0]
        if self.operation in _TO_WHOLE:
            low, high, reached = _TO_WHOLE[self.operation]
            return between(result.plus(first, -1), low, high, reached)
        if self.operation is Operation.MONTHS_LATER:
            fewest, most = days_later(self.months)
            return between(result.plus(first, -1), Fraction(fewest), Fraction(most))
        if self.operation is Operation.YEAR:
            return between(first.plus(result, -YEAR), *YEAR_STARTS)
        divisor = self.operands[1].known if self.operation is Operation.QUOTIENT else None
        return between(result.plus(first, -1 / divisor), -_SMALL, _SMALL) if divisor else ()

    def given(self, number: int, values: tuple[Fraction | None, ...]) -> _Bounds:
        """What holds besides where some operands have these values."""
        result, first = variable(number), values[0]
        second = values[-1]
        match self.operation:
            case Operation.MONTHS_LATER if first is not None:
                later = months_later(int(first), self.months)
                return () if later is None else _equal(result, constant(later))
            case Operation.MONTHS_BETWEEN if first is not None and second is not None:
                if min(first, second) < FIRST_DAY or max(first, second) > LAST_DAY:
                    return ()
                apart = months_between(DateValue(int(first)), DateValue(int(second)))
                assert isinstance(apart, YearsMonthsDuration)
                return _equal(result, constant(apart.months))
            case Operation.YEAR if first is not None:
                return _equal(result, constant(year_month_day(int(first))[0]))
            case Operation.PRODUCT if first is not None:
                return self._product(result, self.operands[1].times(first))
            case Operation.PRODUCT if second is not None:
                return self._product(result, self.operands[0].times(second))
            case Operation.QUOTIENT if second:
                return between(result.plus(self.operands[0], -1 / second), -_SMALL, _SMALL)
        return ()

    def _product(self, result: Form, product: Form) -> _Bounds:
        slack = Fraction(0) if self.exact else _SMALL
        return between(result.plus(product, -1), -slack, slack)


def _equal(form: Form, other: Form) -> _Bounds:
    return between(form.plus(other, -1), Fraction(0), Fraction(0))


class Variables:
    """All variables of a group: the facts from 1 on, then outcomes as they are met."""

    def __init__(self, facts: Iterable[tuple[bool, Fraction | None]]) -> None:
        """facts: of each whether its values are whole, and how far they are from zero at most."""
        known = list(facts)
        self.whole: list[bool] = [True, *[whole for whole, _ in known]]
        self._most = [most for _, most in known]
        self.outcomes: dict[Outcome, int] = {}

    def of(self, outcome: Outcome) -> Form:
        """The variable of an outcome, as a form; the same for the same outcome."""
        if outcome not in self.outcomes:
            self.outcomes[outcome] = len(self.whole)
            self.whole.append(outcome.whole)
        return variable(self.outcomes[outcome])

    def of_facts(self, form: Form) -> bool:
        """Whether facts alone are in a form."""
        return all(each <= len(self._most) for each, _ in form.factors)

    def takes_whole(self, form: Form) -> bool:
        """Whether a form has whole values alone."""
        return form.constant.denominator == 1 and all(
            self.whole[each] and factor.denominator == 1 for each, factor in form.factors
        )

    def near(self, form: Form, most: int) -> bool:
        """Whether a form is surely no further from zero than this."""
        size = abs(form.constant)
        for each, factor in form.factors:
            far = self._most[each - 1] if each <= len(self._most) else None
            if far is None:
                return False
            size += far * abs(factor)
        return size <= most
