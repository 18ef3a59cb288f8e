"""Where two trees cross, of which one goes up against the other: by bisection, from a good guess on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Context, Decimal

from dmn_dli.feel import constant_value, feel_compare, is_constant, syntax
from dmn_dli.theories.monotone.bisection import first_where
from dmn_dli.theories.monotone.lines import Line, counted
from dmn_dli.theories.monotone.pieces import Tracer

_GUESSES = 12
_WIDE = Context(prec=60, traps=[])
_HALF = Decimal("0.5")

ROUNDINGS = {
    "floor": Decimal(0),
    "ceiling": Decimal(-1),
    "decimal": -_HALF,
    "round half up": -_HALF,
    "round half down": -_HALF,
    "round up": Decimal(-1),
    "round down": Decimal(0),
}
"""Functions of a number and, most of them, a scale; how many units before a result its numbers begin.

That holds of positive results, and serves to guess.
"""


def compared(
    tracer: Tracer, left: syntax.Node, right: syntax.Node | object, first: int, last: int, trend: int
) -> Iterator[tuple[int, int, int]]:
    """Where the first of two is less (-1), equal (0) or greater (1): runs of numbers, in their order.

    Both are of one type that is ordered; one that is no tree is a value. trend: that of the first
    against the second, not 0.
    """
    other = _against(tracer, right)

    def sign(number: int) -> int:
        found = feel_compare(tracer.value(left, number), other(number))
        assert found is not None
        return found * trend

    start, at_first = first, sign(first)
    for reached in range(at_first + 1, 2):
        if start > last:
            return
        distance = _distance(tracer, left, other, upper=(reached == 1) == (trend == 1))
        guess = _guess(tracer.line, distance, start, last) if start < last else None
        end = first_where(
            lambda number, least=reached: sign(number) >= least,  # type: ignore[misc]
            start,
            last,
            guess,
            tracer.line.middle,
        )
        if end > start:
            yield start, end - 1, (reached - 1) * trend
        start = end
    if start <= last:
        yield start, last, trend


def _against(tracer: Tracer, right: syntax.Node | object) -> Callable[[int], object]:
    """What stands against a tree, by the number of the fact's value."""
    if isinstance(right, syntax.Node):
        return lambda number: tracer.value(right, number)
    return lambda _number: right


def _distance(
    tracer: Tracer, left: syntax.Node, other: Callable[[int], object], *, upper: bool
) -> Callable[[int], Decimal]:
    """How far the left is from where it is expected to cross.

    A rounding is looked through: its argument has no flat stretches on which guesses fail.
    upper: whether that is where the left becomes greater, not where it comes to the other's value from below.
    """
    moved = Decimal(0)
    match left:
        case syntax.Invocation(syntax.Name(name), (argument, *scale)) if name in ROUNDINGS:
            digits = constant_value(scale[0]) if scale and is_constant(scale[0]) else Decimal(0)
            if isinstance(digits, Decimal) and abs(digits) < _WIDE.prec:
                left = argument
                units = ROUNDINGS[name] + upper
                moved = units.scaleb(-int(digits), _WIDE)

    def distance(number: int) -> Decimal:
        there = _WIDE.add(counted(other(number)), moved)
        return _WIDE.subtract(counted(tracer.value(left, number)), there)

    return distance


def _guess(line: Line, distance: Callable[[int], Decimal], first: int, last: int) -> int | None:
    """About where the distance is nothing, by secants; what it costs is repaid by far in most cases."""
    known = [at for at in map(line.at_amount, map(Decimal, (1, 2, -1, -2))) if first <= at <= last]
    older, newer = (*known, first, last)[:2]
    if older == newer:
        return None
    before, now = distance(older), distance(newer)
    for _ in range(_GUESSES):
        slope = _WIDE.subtract(now, before)
        if not slope or not now:
            break
        step = _WIDE.subtract(line.amount(newer), line.amount(older))
        amount = _WIDE.subtract(line.amount(newer), _WIDE.divide(_WIDE.multiply(now, step), slope))
        if not amount.is_finite():
            break
        older, before = newer, now
        newer = min(max(line.at_amount(amount), first), last)
        if newer == older:
            break
        now = distance(newer)
    return newer
