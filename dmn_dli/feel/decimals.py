"""FEEL's numbers: IEEE 754-2008 decimal128, 34 digits, half-even (DMN 1.5, section 10.3.2.3)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

# Explicit, since the thread's own context may be anybody's; no traps, since a failed operation is null.
CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, capitals=1, clamp=0, traps=[])


def finite(value: Decimal) -> Decimal | None:
    """The value, or null where an operation had no finite result."""
    return value if value.is_finite() else None


def rounded(value: Decimal) -> Decimal | None:
    """The value at FEEL's precision, or null where it is no finite number."""
    return finite(CONTEXT.plus(value))


def read_number(digits: str) -> Decimal | None:
    """The number that the digits write, at FEEL's precision; null where it is too large.

    One too small to be told from zero is zero. The exponent may have any number of digits itself.
    """
    return finite(CONTEXT.create_decimal(digits))


def number_between(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """A number of FEEL's that lies between, neither end included; null where there is none.

    Without an end it is one beyond the other; without both it is zero.
    """
    if low is None and high is None:
        return Decimal(0)
    if low is None or high is None:
        return _beyond(low, high)
    middle = CONTEXT.divide(CONTEXT.add(low, high), Decimal(2))
    return middle if low < middle < high else None


def _beyond(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """One more or one less; of numbers too large for that the next that there is."""
    if low is not None:
        above = CONTEXT.add(low, Decimal(1))
        return finite(above if above > low else CONTEXT.next_plus(low))
    if high is None:
        return None
    below = CONTEXT.subtract(high, Decimal(1))
    return finite(below if below < high else CONTEXT.next_minus(high))


def whole(value: Decimal) -> int | None:
    """The value as an int, or None where it has a fractional part."""
    return int(value) if value == value.to_integral_value() else None
