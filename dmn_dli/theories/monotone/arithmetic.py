"""Which way `+ - * / **` and negation go, by which way their operands do (DMN 1.5, section 10.3.2.15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from dmn_dli.feel import FeelType, syntax
from dmn_dli.feel.temporal_values import DaysTimeDuration, YearsMonthsDuration
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.tables.orders import ORDERED
from dmn_dli.theories.monotone.crossing import compared
from dmn_dli.theories.monotone.pieces import Piece, Tracer, common_trend, overlaid

_NUMBER, _DATE = FeelType.NUMBER, FeelType.DATE
_DAYS, _YEARS = FeelType.DAYS_DURATION, FeelType.YEARS_DURATION
_ZEROS: dict[FeelType, object] = {
    _NUMBER: Decimal(0),
    _DAYS: DaysTimeDuration(0),
    _YEARS: YearsMonthsDuration(0),
}
_LARGEST_POWER = 1_000
_SIMPLE = ORDERED | {FeelType.NULL, FeelType.STRING, FeelType.BOOLEAN}

_DEFINED = {
    "+": {(kind, kind) for kind in _ZEROS}
    | {(_DATE, _DAYS), (_DAYS, _DATE), (_DATE, _YEARS), (_YEARS, _DATE)},
    "-": {(kind, kind) for kind in (*_ZEROS, _DATE)} | {(_DATE, _DAYS), (_DATE, _YEARS)},
    "*": {(_NUMBER, kind) for kind in _ZEROS} | {(kind, _NUMBER) for kind in _ZEROS},
    "/": {(kind, kind) for kind in _ZEROS} | {(_DAYS, _NUMBER), (_YEARS, _NUMBER)},
    "**": {(_NUMBER, _NUMBER)},
}


def negation_pieces(tracer: Tracer, tree: syntax.Negation, first: int, last: int) -> Iterator[Piece]:
    """The pieces of `-operand`."""
    for piece in tracer.pieces(tree.operand, first, last):
        trend = -piece.trend if piece.kind in _ZEROS else 0
        yield from tracer.going(tree, piece.first, piece.last, trend)


def arithmetic_pieces(tracer: Tracer, tree: syntax.Arithmetic, first: int, last: int) -> Iterator[Piece]:
    """The pieces of `left operator right`. Raises NotAnalysable where the operands pull it both ways."""
    left, right = tracer.pieces(tree.left, first, last), tracer.pieces(tree.right, first, last)
    for start, end, (a, b) in overlaid(left, right):
        if not a.trend and not b.trend:
            yield tracer.constant(tree, start, end)
        elif (a.kind, b.kind) not in _DEFINED[tree.operator]:
            yield without_value(tracer, tree, start, end, (a.kind, b.kind))
        elif tree.operator == "+":
            yield from tracer.going(tree, start, end, common_trend(a.trend, b.trend))
        elif tree.operator == "-":
            yield from tracer.going(tree, start, end, common_trend(a.trend, -b.trend))
        elif tree.operator == "**":
            yield from _power(tracer, tree, Piece(start, end, a.kind, a.trend), b)
        else:
            yield from _product(
                tracer, tree, Piece(start, end, a.kind, a.trend), Piece(start, end, b.kind, b.trend)
            )


def without_value(
    tracer: Tracer, tree: syntax.Node, first: int, last: int, kinds: Iterable[FeelType]
) -> Piece:
    """The piece of what is null because of the types of its parts. Raises NotAnalysable where it is not.

    kinds: those types; of others than the simplest nothing is said.
    """
    piece = tracer.constant(tree, first, last)
    if piece.kind is not FeelType.NULL or not _SIMPLE.issuperset(kinds):
        raise NotAnalysable
    return piece


def by_sign(tracer: Tracer, tree: syntax.Node, piece: Piece) -> Sequence[tuple[int, int, int]]:
    """Where a piece's values are less than zero (-1), zero (0) and greater (1)."""
    zero = _ZEROS[piece.kind]
    return list(compared(tracer, tree, zero, piece.first, piece.last, piece.trend or 1))


def _product(tracer: Tracer, tree: syntax.Arithmetic, a: Piece, b: Piece) -> Iterator[Piece]:
    """Of `*` and `/`: by their sizes and signs."""
    for first, last, sign in by_sign(tracer, tree.left, a):
        for start, end, other in by_sign(tracer, tree.right, Piece(first, last, b.kind, b.trend)):
            if not sign or not other:
                yield tracer.constant(tree, start, end)  # zero, or null where that is the divisor
                continue
            divides = -1 if tree.operator == "/" else 1
            size = common_trend(a.trend * sign, b.trend * other * divides)
            yield from tracer.going(tree, start, end, size * sign * other)


def _power(tracer: Tracer, tree: syntax.Arithmetic, base: Piece, exponent: Piece) -> Iterator[Piece]:
    """Of `**` with a constant exponent."""
    power = tracer.value(tree.right, exponent.first)
    if exponent.trend or not isinstance(power, Decimal) or abs(power) > _LARGEST_POWER:
        raise NotAnalysable
    whole = power == power.to_integral_value()
    for first, last, sign in by_sign(tracer, tree.left, base):
        if not sign or not power or (sign < 0 and not whole):
            yield tracer.constant(tree, first, last)
            continue
        size = base.trend * sign * (1 if power > 0 else -1)
        yield from tracer.going(tree, first, last, size if sign > 0 or power % 2 == 0 else -size)
