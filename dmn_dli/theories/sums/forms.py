"""Linear forms: sums of variables times constants, what values they stand for, and bounds of them.

Numbers count as they are, dates by their days, days and time durations in days, years and months durations in
months; so that `date - date` and `date + duration` are sums, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from dmn_dli.feel import DateValue, DaysTimeDuration, FeelType, YearsMonthsDuration
from dmn_dli.feel.temporal_values import DAY

ZERO = Fraction(0)


@frozen
class Form:
    """`2 * x1 - x2 + 5`: factors other than 0 by the numbers of variables, in their order, and a constant."""

    factors: tuple[tuple[int, Fraction], ...]
    constant: Fraction

    @property
    def known(self) -> Fraction | None:
        """Its value where no variable is in it."""
        return None if self.factors else self.constant

    def plus(self, other: Form, times: Fraction | int = 1) -> Form:
        """The sum with another form, which is first multiplied."""
        sums = dict(self.factors)
        for variable, factor in other.factors:
            sums[variable] = sums.get(variable, ZERO) + factor * times
        return _form(sums, self.constant + other.constant * times)

    def times(self, factor: Fraction | int) -> Form:
        """The product with a constant."""
        return constant(0).plus(self, factor)

    def moved(self, by: Fraction | int) -> Form:
        """The sum with a constant."""
        return Form(self.factors, self.constant + by)


def _form(factors: Mapping[int, Fraction], constant: Fraction) -> Form:
    return Form(tuple(sorted((each, factor) for each, factor in factors.items() if factor)), constant)


def constant(value: Fraction | int) -> Form:
    """A form without variables."""
    return Form((), Fraction(value))


def variable(number: int) -> Form:
    """A variable alone."""
    return Form(((number, Fraction(1)),), ZERO)


@frozen
class AtMostZero:
    """`form <= 0`, or `form < 0` where it is not closed."""

    form: Form
    closed: bool

    @property
    def known(self) -> bool | None:
        """Whether it holds, where that hangs on no variable."""
        value = self.form.known
        return None if value is None else value < 0 or (self.closed and not value)


def between(
    form: Form, low: Fraction, high: Fraction, reached: tuple[bool, bool] = (True, True)
) -> tuple[AtMostZero, ...]:
    """That a form lies between two numbers; reached: whether it may be the one, or the other, itself."""
    return (
        AtMostZero(form.times(-1).moved(low), reached[0]),
        AtMostZero(form.moved(-high), reached[1]),
    )


def amount(value: object) -> tuple[FeelType, Fraction] | None:
    """A FEEL value as a number, and of what type; None for values that are no linear amount."""
    match value:
        case Decimal():
            return FeelType.NUMBER, Fraction(value)
        case DateValue(day=day):
            return FeelType.DATE, Fraction(day)
        case DaysTimeDuration(nanoseconds):
            return FeelType.DAYS_DURATION, Fraction(nanoseconds, DAY)
        case YearsMonthsDuration(months):
            return FeelType.YEARS_DURATION, Fraction(months)
    return None


def feel_value(kind: FeelType, number: Fraction) -> object:
    """The FEEL value that a number stands for; it must be one of the type (whole for a date)."""
    if kind is FeelType.NUMBER:
        return _decimal(number)
    if kind is FeelType.DATE:
        return DateValue(int(number))
    if kind is FeelType.DAYS_DURATION:
        return DaysTimeDuration(int(number * DAY))
    return YearsMonthsDuration(int(number))


def _decimal(number: Fraction) -> Decimal:
    places = decimal_places(number)
    assert places is not None
    return Decimal(int(number * 10**places)).scaleb(-places)


def decimal_places(number: Fraction, most: int = 40) -> int | None:
    """How many decimals write a number, None where more than `most` or no number of them do."""
    rest, twos, fives = number.denominator, 0, 0
    while not rest % 2:
        rest, twos = rest // 2, twos + 1
    while not rest % 5:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 and max(twos, fives) <= most else None
