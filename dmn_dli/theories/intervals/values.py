"""What values an expression may have, as far as reasoning by ranges keeps them apart.

Numbers, dates and durations are held as amounts (decimals: of a date its day, of a duration its nanoseconds
or months) between two ends that may both be reached. An open end is the next amount inside instead, so that
there is one kind of end, and FEEL's own arithmetic on the ends bounds FEEL's arithmetic within: it rounds to
the nearest number, and what is less is never rounded to more.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, Inexact
from enum import Enum

from attrs import evolve, frozen

from dmn_dli.feel import DateValue, DaysTimeDuration, FeelType, YearsMonthsDuration
from dmn_dli.feel.day_numbers import FIRST_DAY, LAST_DAY
from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.tables.orders import amount_of

EXACT = Context(prec=600, Emin=-99999, Emax=99999, traps=[Inexact])
"""Works without rounding; raises decimal.Inexact where that is not possible."""

GREATEST = Decimal("9.999999999999999999999999999999999E+6144")
"""The greatest number of FEEL."""

_ONE = Decimal(1)
_ROUNDED = {way: Context(CONTEXT.prec, way, traps=[]) for way in (ROUND_CEILING, ROUND_FLOOR)}
_DIGITS = Decimal(10) ** CONTEXT.prec


class Kind(Enum):
    """What the values are; NONE: there is none but null, ANY: nothing is known of them."""

    NONE = "null"
    NUMBER = "number"
    DATE = "date"
    DAYS = "days and time duration"
    MONTHS = "years and months duration"
    BOOLEAN = "boolean"
    TEXT = "string"
    ANY = "Any"


ORDERED = frozenset({Kind.NUMBER, Kind.DATE, Kind.DAYS, Kind.MONTHS})
"""The kinds whose values lie between two ends."""


@frozen
class ValueRange:
    """What an expression may be, null or not.

    null: whether it may be null. low, high: the ends of an ordered kind. unit: all amounts are multiples of
    it, and no rounding made them so; None where that is not known. among: of booleans and texts those that
    may be; None: any text but `besides`.
    """

    kind: Kind
    null: bool = False
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: Decimal | None = None
    among: frozenset[object] | None = None
    besides: frozenset[object] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether no value is left, not even null."""
        return self.kind is Kind.NONE and not self.null

    @property
    def single(self) -> bool:
        """Whether it is one value, and not null."""
        if self.null or self.kind is Kind.ANY:
            return False
        if self.kind in ORDERED:
            return self.low == self.high
        return self.among is not None and len(self.among) == 1

    def with_null(self, *, null: bool) -> ValueRange:
        """The same values, and null as is said."""
        return self if self.null is null else evolve(self, null=null)

    @property
    def without_null(self) -> ValueRange:
        """The same values but null."""
        return self.with_null(null=False)

    @property
    def or_null(self) -> ValueRange:
        """The same values, or null."""
        return self.with_null(null=True)


NOTHING = ValueRange(Kind.NONE)
ONLY_NULL = ValueRange(Kind.NONE, null=True)
ANYTHING = ValueRange(Kind.ANY, null=True)
_ENDS = {
    Kind.NUMBER: (GREATEST.copy_negate(), GREATEST),
    Kind.DATE: (Decimal(FIRST_DAY), Decimal(LAST_DAY)),
    Kind.DAYS: (Decimal(1 - 10**34), Decimal(10**34 - 1)),
    Kind.MONTHS: (Decimal(1 - 10**20), Decimal(10**20 - 1)),
}
_OF_TYPE = {
    FeelType.NUMBER: Kind.NUMBER,
    FeelType.DATE: Kind.DATE,
    FeelType.DAYS_DURATION: Kind.DAYS,
    FeelType.YEARS_DURATION: Kind.MONTHS,
    FeelType.BOOLEAN: Kind.BOOLEAN,
    FeelType.STRING: Kind.TEXT,
}
_TRUTHS = frozenset[object]({True, False})


def kind_of(type_: FeelType) -> Kind:
    """The kind of a type's values."""
    return _OF_TYPE.get(type_, Kind.ANY)


def whole_kind(kind: Kind, *, null: bool = False) -> ValueRange:
    """All values of a kind."""
    if kind in _ENDS:
        low, high = _ENDS[kind]
        return ValueRange(kind, null, low, high, None if kind is Kind.NUMBER else _ONE)
    return ValueRange(kind, null, among=_TRUTHS if kind is Kind.BOOLEAN else None)


def truths(*answers: bool, null: bool = False) -> ValueRange:
    """Some of true and false, and null as is said."""
    return _of_items(Kind.BOOLEAN, frozenset(answers), null) if answers else (ONLY_NULL if null else NOTHING)


def texts(items: frozenset[object], *, null: bool = False) -> ValueRange:
    """Some texts."""
    return _of_items(Kind.TEXT, items, null)


def between(
    kind: Kind, low: Decimal, high: Decimal, unit: Decimal | None, *, null: bool = False
) -> ValueRange:
    """The multiples of the unit from one amount to the other; what is beyond the kind's ends is null."""
    first, last = _ENDS[kind]
    if low < first or high > last:
        null = True
        low, high = min(max(low, first), last), max(min(high, last), first)
    if kind is not Kind.NUMBER and unit is None:
        unit = _ONE
    if unit is not None:
        low, high = upward(low, unit), downward(high, unit)
    if low > high:
        return ONLY_NULL if null else NOTHING
    return ValueRange(kind, null, low, high, unit)


def upward(amount: Decimal, unit: Decimal) -> Decimal:
    """The least multiple of the unit from an amount on that is a number of FEEL's."""
    return _multiple(amount, unit, ROUND_CEILING)


def downward(amount: Decimal, unit: Decimal) -> Decimal:
    """The greatest multiple of the unit up to an amount that is a number of FEEL's."""
    return _multiple(amount, unit, ROUND_FLOOR)


def _multiple(amount: Decimal, unit: Decimal, rounding: str) -> Decimal:
    distance = amount.adjusted() - unit.adjusted()
    if distance > CONTEXT.prec or (distance >= 0 and not EXACT.remainder(amount, unit)):
        return amount
    count = EXACT.divide_int(amount, unit)
    exact = EXACT.multiply(count, unit)
    if exact < amount and rounding == ROUND_CEILING:
        exact = EXACT.add(exact, unit)
    elif exact > amount and rounding == ROUND_FLOOR:
        exact = EXACT.subtract(exact, unit)
    return exact if len(exact.as_tuple().digits) <= CONTEXT.prec else _ROUNDED[rounding].plus(exact)


def unit_of(number: Decimal) -> Decimal:
    """The power of ten of a number's last digit that is not zero."""
    normal = number.normalize(CONTEXT)
    return _ONE.scaleb(int(normal.as_tuple().exponent)) if normal else _ONE


def exactly(low: Decimal, high: Decimal, unit: Decimal | None) -> Decimal | None:
    """The unit, if FEEL holds all its multiples between two ends without rounding."""
    if unit is None:
        return None
    last = unit_of(unit)
    if last.adjusted() < -6000 or max(low.copy_abs(), high.copy_abs()) >= EXACT.multiply(last, _DIGITS):
        return None
    return unit


_KINDS: dict[type, Kind] = {
    Decimal: Kind.NUMBER,
    DateValue: Kind.DATE,
    DaysTimeDuration: Kind.DAYS,
    YearsMonthsDuration: Kind.MONTHS,
    bool: Kind.BOOLEAN,
    str: Kind.TEXT,
    type(None): Kind.NONE,
}


def only(value: object) -> ValueRange:
    """One value and no other; of lists and the like, all values that are not null."""
    kind = _KINDS.get(type(value), Kind.ANY)
    amount = amount_of(value)
    if amount is not None:
        unit = unit_of(amount) if kind is Kind.NUMBER else _ONE
        return ValueRange(kind, low=amount, high=amount, unit=unit)
    if kind is Kind.NONE:
        return ONLY_NULL
    return ValueRange(kind, among=None if kind is Kind.ANY else frozenset({value}))


def united(a: ValueRange, b: ValueRange) -> ValueRange:
    """What either may be."""
    null = a.null or b.null
    if a.kind is Kind.NONE or b.kind is Kind.NONE:
        return (b if a.kind is Kind.NONE else a).with_null(null=null)
    if a.kind is not b.kind:
        return ValueRange(Kind.ANY, null)
    if a.kind in ORDERED:
        unit = coarsest(a.unit, b.unit)
        return ValueRange(a.kind, null, min(a.low, b.low), max(a.high, b.high), unit)
    if a.among is not None and b.among is not None:
        return ValueRange(a.kind, null, among=a.among | b.among)
    if a.among is None and b.among is None:
        return ValueRange(a.kind, null, besides=a.besides & b.besides)
    besides = a.besides - b.among if b.among is not None else b.besides - (a.among or frozenset())
    return ValueRange(a.kind, null, besides=besides)


def met(a: ValueRange, b: ValueRange) -> ValueRange:
    """What both may be."""
    null = a.null and b.null
    if a.kind is Kind.ANY or b.kind is Kind.ANY:
        return (b if a.kind is Kind.ANY else a).with_null(null=null)
    if a.kind is not b.kind or a.kind is Kind.NONE:
        return ONLY_NULL if null else NOTHING
    if a.kind in ORDERED:
        low, high = max(a.low, b.low), min(a.high, b.high)
        if a.unit == b.unit and low <= high:  # then the ends are multiples already
            return ValueRange(a.kind, null, low, high, a.unit)
        return between(a.kind, low, high, _finest(a.unit, b.unit), null=null)
    if a.among is None and b.among is None:
        return ValueRange(a.kind, null, besides=a.besides | b.besides)
    if a.among is None or b.among is None:
        listed = (a.among or frozenset()) | (b.among or frozenset())
        return _of_items(a.kind, listed - a.besides - b.besides, null)
    return _of_items(a.kind, a.among & b.among, null)


def coarsest(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    """The unit of sums of multiples of one and of the other; None where there is none at hand."""
    if a is None or b is None:
        return None
    if a == b or not EXACT.remainder(a, b):
        return b
    return a if not EXACT.remainder(b, a) else None


def _finest(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    """A unit of what is a multiple of both."""
    if a is None or b is None:
        return b if a is None else a
    return max(a, b)


def _of_items(kind: Kind, items: frozenset[object], null: bool) -> ValueRange:
    if items:
        return ValueRange(kind, null, among=items)
    return ONLY_NULL if null else NOTHING
