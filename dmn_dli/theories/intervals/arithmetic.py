"""Arithmetic on ranges of values: what `+`, `-`, `*`, `/`, `**` and negation of FEEL may give (10.3.2.15).

Each operator works on the ends with FEEL's own arithmetic. Null comes of a null operand, of operands that do
not fit, of a division by zero, and of what is too large, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, Inexact

from dmn_dli.feel.arithmetic import add as feel_add
from dmn_dli.feel.day_numbers import FIRST_DAY, LAST_DAY, months_later
from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.feel.temporal_values import DAY
from dmn_dli.theories.intervals.values import (
    ANYTHING,
    GREATEST,
    NOTHING,
    ONLY_NULL,
    Kind,
    ValueRange,
    between,
    coarsest,
    exactly,
    texts,
    unit_of,
    united,
    whole_kind,
)

_DAY = Decimal(DAY)
_MOST_TEXTS = 64
_MOST_TIMES = 8
"""Up to this power products keep their unit."""

Operation = Callable[[ValueRange, ValueRange], ValueRange]


def arithmetic(operator: str, a: ValueRange, b: ValueRange) -> ValueRange:
    """What `a operator b` may be."""
    if a.empty or b.empty:
        return NOTHING
    if Kind.NONE in (a.kind, b.kind):
        return ONLY_NULL
    if Kind.ANY in (a.kind, b.kind):
        return ANYTHING
    operation = _OPERATIONS.get((operator, a.kind, b.kind))
    if operation is None:
        return ONLY_NULL
    found = operation(a, b)
    return found.or_null if a.null or b.null else found


def negated(a: ValueRange) -> ValueRange:
    """What `-a` may be."""
    match a.kind:
        case Kind.NUMBER | Kind.DAYS | Kind.MONTHS:
            return ValueRange(a.kind, a.null, a.high.copy_negate(), a.low.copy_negate(), a.unit)
        case Kind.ANY:
            return ANYTHING
    return NOTHING if a.empty else ONLY_NULL


def hull(kind: Kind, ends: Sequence[Decimal], unit: Decimal | None = None) -> ValueRange:
    """From the least of some amounts to the greatest; an amount that is too large, or none, is null."""
    amounts = [GREATEST.copy_sign(end) if end.is_infinite() else end for end in ends if not end.is_nan()]
    null = any(not end.is_finite() for end in ends)
    if not amounts:
        return ONLY_NULL
    low, high = min(amounts), max(amounts)
    if kind is Kind.NUMBER:  # the ends are multiples already, since none was rounded
        return ValueRange(kind, null, low, high, exactly(low, high, unit))
    return between(kind, low, high, unit, null=null)


def _corners(operation: Callable[[Decimal, Decimal], Decimal], a: ValueRange, b: ValueRange) -> list[Decimal]:
    return [operation(x, y) for x in {a.low, a.high} for y in {b.low, b.high}]


def _sum(a: ValueRange, b: ValueRange) -> ValueRange:
    ends = [CONTEXT.add(a.low, b.low), CONTEXT.add(a.high, b.high)]
    return hull(a.kind, ends, coarsest(a.unit, b.unit))


def _difference(a: ValueRange, b: ValueRange) -> ValueRange:
    ends = [CONTEXT.subtract(a.low, b.high), CONTEXT.subtract(a.high, b.low)]
    return hull(a.kind, ends, coarsest(a.unit, b.unit))


def _product(a: ValueRange, b: ValueRange) -> ValueRange:
    unit = None if a.unit is None or b.unit is None else CONTEXT.multiply(a.unit, b.unit)
    return hull(Kind.NUMBER, _corners(CONTEXT.multiply, a, b), unit)


def _quotient(a: ValueRange, b: ValueRange) -> ValueRange:
    """Numbers, and durations of one kind, by each other."""
    found = NOTHING
    for part in parts_beside_zero(b):
        found = united(found, hull(Kind.NUMBER, _corners(CONTEXT.divide, a, part), _shared(a, part)))
    return found if b.low > 0 or b.high < 0 else united(found, ONLY_NULL)


def _shared(a: ValueRange, b: ValueRange) -> Decimal | None:
    """The unit of quotients by one number whose reciprocal FEEL holds exactly."""
    if a.unit is None or b.low != b.high:
        return None
    context = CONTEXT.copy()
    context.clear_flags()
    reciprocal = context.divide(Decimal(1), b.low)
    return None if context.flags[Inexact] else CONTEXT.multiply(a.unit, unit_of(reciprocal))


def parts_beside_zero(b: ValueRange) -> list[ValueRange]:
    """A range of amounts without zero: what is below it, and what is above."""
    least = b.unit or Decimal("1E-6176")
    parts = []
    if b.low < 0:
        parts.append(between(b.kind, b.low, min(b.high, least.copy_negate()), b.unit))
    if b.high > 0:
        parts.append(between(b.kind, max(b.low, least), b.high, b.unit))
    return [part for part in parts if not part.empty]


def _power(a: ValueRange, b: ValueRange) -> ValueRange:
    whole = b.low == b.high and b.low == b.low.to_integral_value()
    if whole and b.low > 0:
        even = int(b.low) % 2 == 0 and a.low < 0 < a.high
        ends = [end for base in (a.low, a.high) for end in _powers(base, b.low)]
        unit = None if a.unit is None or b.low > _MOST_TIMES else CONTEXT.power(a.unit, b.low)
        return hull(Kind.NUMBER, [*ends, Decimal(0)] if even else ends, unit)
    if a.low > 0 or (a.low == 0 and b.low > 0):
        # Of one base it rises or falls in the exponent, of one exponent in the base.
        return hull(
            Kind.NUMBER,
            [end for base in (a.low, a.high) for power in (b.low, b.high) for end in _powers(base, power)],
        )
    return whole_kind(Kind.NUMBER, null=True)


def _powers(base: Decimal, exponent: Decimal) -> list[Decimal]:
    """A power; where it is rounded, its neighbours: it may be wrong by one in the last digit."""
    context = CONTEXT.copy()
    context.clear_flags()
    value = context.power(base, exponent)
    if not context.flags[Inexact] or not value.is_finite():
        return [value]
    return [context.next_minus(value), context.next_plus(value)]


def _days_apart(a: ValueRange, b: ValueRange) -> ValueRange:
    return hull(Kind.DAYS, [_days(a.low, b.high), _days(a.high, b.low)], _DAY)


def _days(later: Decimal, earlier: Decimal) -> Decimal:
    return CONTEXT.multiply(CONTEXT.subtract(later, earlier), _DAY)


def _days_on(date: ValueRange, duration: ValueRange) -> ValueRange:
    ends = [Decimal(int(day) + int(by) // DAY) for day, by in _along(date, duration)]
    return between(Kind.DATE, ends[0], ends[1], None)


def _months_on(date: ValueRange, duration: ValueRange) -> ValueRange:
    ends, null = [], False
    for day, months in _along(date, duration):
        later = months_later(int(day), int(months))
        null = null or later is None
        ends.append(Decimal((LAST_DAY if months > 0 else FIRST_DAY) if later is None else later))
    return between(Kind.DATE, min(ends), max(ends), None, null=null)


def _along(a: ValueRange, b: ValueRange) -> list[tuple[Decimal, Decimal]]:
    return [(a.low, b.low), (a.high, b.high)]


def _scaled(operation: Callable[[Decimal, Decimal], Decimal]) -> Operation:
    def scaled(duration: ValueRange, factor: ValueRange) -> ValueRange:
        ends = [
            end.to_integral_value("ROUND_DOWN") if end.is_finite() else end
            for end in _corners(operation, duration, factor)
        ]
        return hull(duration.kind, ends)

    return scaled


def _shared_out(duration: ValueRange, divisor: ValueRange) -> ValueRange:
    if divisor.low <= 0 <= divisor.high:
        return whole_kind(duration.kind, null=True)
    return _scaled(CONTEXT.divide)(duration, divisor)


def _joined(a: ValueRange, b: ValueRange) -> ValueRange:
    if a.among is None or b.among is None or len(a.among) * len(b.among) > _MOST_TEXTS:
        return whole_kind(Kind.TEXT)
    return texts(frozenset(feel_add(x, y) for x in a.among for y in b.among))


def _turned(operation: Operation) -> Operation:
    return lambda a, b: operation(b, a)


_OPERATIONS: dict[tuple[str, Kind, Kind], Operation] = {
    ("+", Kind.NUMBER, Kind.NUMBER): _sum,
    ("-", Kind.NUMBER, Kind.NUMBER): _difference,
    ("*", Kind.NUMBER, Kind.NUMBER): _product,
    ("/", Kind.NUMBER, Kind.NUMBER): _quotient,
    ("**", Kind.NUMBER, Kind.NUMBER): _power,
    ("+", Kind.TEXT, Kind.TEXT): _joined,
    ("-", Kind.DATE, Kind.DATE): _days_apart,
    ("+", Kind.DATE, Kind.DAYS): _days_on,
    ("+", Kind.DAYS, Kind.DATE): _turned(_days_on),
    ("-", Kind.DATE, Kind.DAYS): lambda a, b: _days_on(a, negated(b)),
    ("+", Kind.DATE, Kind.MONTHS): _months_on,
    ("+", Kind.MONTHS, Kind.DATE): _turned(_months_on),
    ("-", Kind.DATE, Kind.MONTHS): lambda a, b: _months_on(a, negated(b)),
}
for _kind in (Kind.DAYS, Kind.MONTHS):
    _OPERATIONS |= {
        ("+", _kind, _kind): _sum,
        ("-", _kind, _kind): _difference,
        ("/", _kind, _kind): _quotient,
        ("*", _kind, Kind.NUMBER): _scaled(CONTEXT.multiply),
        ("*", Kind.NUMBER, _kind): _turned(_scaled(CONTEXT.multiply)),
        ("/", _kind, Kind.NUMBER): _shared_out,
    }
