"""Lines: the values that a fact may have in their order, each with its number, so that they can be bisected.

Two neighbours have no other value between them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from decimal import ROUND_FLOOR, Context, Decimal
from functools import cached_property, lru_cache
from struct import pack, unpack
from sys import float_info
from typing import Any

from attrs import evolve, frozen

from dmn_dli.feel import DateValue, FeelSyntaxError, compile_unary_tests, type_of
from dmn_dli.feel.day_numbers import FIRST_DAY, LAST_DAY
from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.feel.python_dates import FIRST_DATE, LAST_DATE
from dmn_dli.feel.temporal_values import (
    DaysTimeDuration,
    YearsMonthsDuration,
    duration_of_months,
    duration_of_nanoseconds,
)
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.runtime.scalars import LARGEST_EXPONENT
from dmn_dli.tables.allowed_values import FEEL_TYPES, parse_allowed
from dmn_dli.tables.constants import NotAnalysable, test_constants
from dmn_dli.tables.orders import amount_of
from dmn_dli.theories.monotone.bisection import first_where

_WIDE = Context(prec=100, traps=[])
_FEW_DIGITS = tuple(Context(prec=digits, traps=[]) for digits in range(1, 7))

_WHOLE_DIGITS = 20
"""More than whole numbers of 64 bits have."""

_LARGEST_DOUBLE = int.from_bytes(pack(">d", float_info.max))


class Line(ABC):
    """The values from number `first` to number `last`, ascending."""

    first: int
    last: int

    @abstractmethod
    def value(self, number: int) -> Any:
        """The value of that number."""

    @abstractmethod
    def number(self, value: Any) -> int:
        """The number of the greatest value that is not greater, be it on the line or beyond its ends."""

    @abstractmethod
    def amount(self, number: int) -> Decimal:
        """The value as a number, for guesses: evenly spaced where the values are."""

    @abstractmethod
    def at_amount(self, amount: Decimal) -> int:
        """About the inverse of `amount`."""

    def middle(self, low: int, high: int) -> int:
        """A number well between the two, that of a value that is short to write if there is such."""
        return (low + high) // 2

    @abstractmethod
    def length(self, value: Any) -> int:
        """How much there is to write of a value: people cut at 25.4 and the first of a month."""


class NumericLine(Line):
    """Numbers."""

    @abstractmethod
    def value(self, number: int) -> Decimal:
        """The number with that place; equal ones have one place."""

    @abstractmethod
    def parts(self, number: int) -> tuple[int, int]:
        """The value with that place as a whole number and the power of ten that it is multiplied by."""

    def number(self, value: Decimal) -> int:
        """Rounded down to a value of the line."""
        found = self.at_amount(value)
        return found if self.value(found) <= value else found - 1

    def amount(self, number: int) -> Decimal:
        """The value itself."""
        return self.value(number)

    def middle(self, low: int, high: int) -> int:
        """A number in the middle half, its value with as few digits as can be."""
        half, quarter = (low + high) // 2, (high - low) // 4
        value = self.value(half)
        for context in _FEW_DIGITS:
            found = self.at_amount(context.plus(value))
            if abs(found - half) < quarter:
                return found
        return half

    def length(self, value: Decimal) -> int:
        """How many digits it has, zeros at its ends left out; none for zero."""
        return len(value.normalize(CONTEXT).as_tuple().digits) if value else 0


@frozen
class DoubleLine(NumericLine):
    """Numbers as floating point numbers of 64 bits are written, among them all of up to 15 digits.

    So each can be told in JSON and in Excel without becoming another. Their order is that of their bits.
    """

    first: int
    last: int

    def value(self, number: int) -> Decimal:
        """The shortest decimal that is read as the floating point number of these bits."""
        (found,) = unpack(">d", abs(number).to_bytes(8))
        return Decimal(repr(found if number >= 0 else -found).removesuffix(".0"))

    def parts(self, number: int) -> tuple[int, int]:
        """Digits and exponent of the decimal."""
        sign, digits, exponent = self.value(number).as_tuple()
        size = int("".join(map(str, digits)))
        return (-size if sign else size), int(exponent)

    def at_amount(self, amount: Decimal) -> int:
        """The place of the floating point number that is nearest."""
        bits = min(int.from_bytes(pack(">d", abs(float(amount)))), _LARGEST_DOUBLE)
        return bits if amount > 0 else -bits


@frozen(slots=False)
class NumberLine(NumericLine):
    """Numbers of so many significant digits, the last of them worth ten to the power `least` or more."""

    first: int
    last: int
    least: int
    digits: int

    def value(self, number: int) -> Decimal:
        """The number with that place; equal ones have one place."""
        digits, exponent = self.parts(number)
        return Decimal(digits).scaleb(exponent, CONTEXT)

    def parts(self, number: int) -> tuple[int, int]:
        """Its digits, as many as there are where it is not among the smallest."""
        size, full = abs(number), self._full
        exponent = self.least
        if size >= full:
            steps, size = divmod(size - full, full - full // 10)
            exponent, size = exponent + steps + 1, size + full // 10
        return (size if number >= 0 else -size), exponent

    @cached_property
    def _full(self) -> int:
        """The number of the first value that has one more digit than there are."""
        return 10**self.digits  # type: ignore[no-any-return]

    def at_amount(self, amount: Decimal) -> int:
        """The place of the amount, or of the value before or behind, towards zero."""
        if not amount:
            return 0
        exponent = max(amount.adjusted() - self.digits + 1, self.least)
        size = int(amount.copy_abs().scaleb(-exponent, _WIDE))
        if exponent > self.least:
            size += (exponent - self.least) * (self._full - self._full // 10)
        return size if amount > 0 else -size


@frozen
class CountedLine(Line):
    """Dates or durations, each with its days, nanoseconds or months, which make it again."""

    first: int
    last: int
    make: Callable[[int], Any]

    def value(self, number: int) -> Any:
        """The date or duration of so many."""
        return self.make(number)

    def number(self, value: Any) -> int:
        """How many it has."""
        return int(counted(value))

    def amount(self, number: int) -> Decimal:
        """The same as a number."""
        return Decimal(number)

    def at_amount(self, amount: Decimal) -> int:
        """The one of that number, or the one before."""
        return int(amount.to_integral_value(ROUND_FLOOR))

    def length(self, value: Any) -> int:
        """1 for the first of a year, 2 of a month, else 3; of a duration how long its text is."""
        if not isinstance(value, DateValue):
            return len(str(value))
        _, month, day = value.year_month_day
        return 3 if day != 1 else 2 if month != 1 else 1


def counted(value: object) -> Decimal:
    """The amount of a value that has one."""
    amount = amount_of(value)
    assert amount is not None
    return amount


def line_of(fact: Fact, *, computed: bool) -> Line | None:
    """The values of a fact; None where each is an atom of its own: those of a list, and booleans.

    computed: whether the values are worked out, so that they lie wherever FEEL's do.

    Raises NotAnalysable for types whose values are on no line.
    """
    return _line(fact.type, "" if fact.allowed is None or computed else fact.allowed.text, computed)


@lru_cache(maxsize=1024)
def _line(type_: FactType, allowed: str, computed: bool) -> Line | None:
    if type_ is FactType.BOOLEAN:
        return None
    line = _whole_line(type_, computed=computed)
    if not allowed:
        return _held(line)
    try:
        parsed = parse_allowed(allowed, FEEL_TYPES[type_])
    except FeelSyntaxError:
        return _held(line)
    if parsed.values is not None:
        return None
    if line is None:
        raise NotAnalysable
    admits = compile_unary_tests(parsed.tests)
    kind = FEEL_TYPES[type_]
    constants: Iterable[Any] = (each for each in test_constants(parsed.tests) if type_of(each) is kind)
    bounds = sorted(map(line.number, constants))
    first, last = line.first, line.last
    if bounds and admits(line.value(first), {}) is not True:
        first = min(max(first, bounds[0]), last)
    if bounds and admits(line.value(last), {}) is not True:
        last = max(min(last, bounds[-1]), first)
    return evolve(line, first=first, last=last)


def _held(line: Line | None) -> Line:
    if line is None:
        raise NotAnalysable
    return line


def _whole_line(type_: FactType, *, computed: bool) -> DoubleLine | NumberLine | CountedLine | None:
    """All values of a type that may be facts, or that FEEL has; None where they are on no line."""
    if type_ in _COUNTED:
        return _ALL_DATES if computed and type_ is FactType.DATE else _COUNTED[type_]
    if type_ not in (FactType.NUMBER, FactType.INTEGER):
        return None
    if type_ is FactType.NUMBER and not computed:
        return DoubleLine(-_LARGEST_DOUBLE, _LARGEST_DOUBLE)
    widest, digits = (CONTEXT.Emax, CONTEXT.prec) if computed else (LARGEST_EXPONENT, _WHOLE_DIGITS)
    least = 0 if type_ is FactType.INTEGER else CONTEXT.Etiny()
    last = NumberLine(0, 0, least, digits).at_amount(Decimal((0, (9,) * digits, widest - digits + 1)))
    return NumberLine(-last, last, least, digits)


def _of_durations(make: Callable[[int], object], known: Callable[[int], object]) -> CountedLine:
    """From the longest negative duration that there is to the longest."""
    last = first_where(lambda count: known(count) is None, 0, _NO_DURATION) - 1
    return CountedLine(-last, last, make)


_NO_DURATION = 10**40
_ALL_DATES = CountedLine(FIRST_DAY, LAST_DAY, DateValue)
_COUNTED = {
    FactType.DATE: CountedLine(FIRST_DATE.day, LAST_DATE.day, DateValue),
    FactType.DAYS_DURATION: _of_durations(DaysTimeDuration, duration_of_nanoseconds),
    FactType.YEARS_DURATION: _of_durations(YearsMonthsDuration, duration_of_months),
}
"""The facts of each type that is no number."""
