"""Where a tree's values lie among constants, and where two trees cross."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dmn_dli.feel import FeelType, RangeValue, type_of
from dmn_dli.feel.syntax import Node
from dmn_dli.tables.orders import ORDERED
from dmn_dli.theories.monotone.crossing import compared
from dmn_dli.theories.monotone.pieces import Piece, Tracer

Constants = Mapping[FeelType, Sequence[object]]
"""Constants of each type that is ordered, ascending."""


def constants_in(values: Iterable[object]) -> Constants:
    """The constants among values, in lists and of ranges."""
    found: dict[FeelType, set[Any]] = {}
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, RangeValue):
            waiting += (value.low, value.high)
        elif type_of(value) in ORDERED:
            found.setdefault(type_of(value), set()).add(value)
    return {kind: sorted(each) for kind, each in found.items()}


def place_pieces(
    tracer: Tracer, tree: Node, constants: Constants, pieces: Iterable[Piece]
) -> Iterator[Piece]:
    """The pieces of a tree, cut where it passes constants of its type: less than each, equal, or greater."""
    for piece in pieces:
        yield from _cut(tracer, tree, list(constants.get(piece.kind, ())), piece) if piece.trend else [piece]


def _cut(tracer: Tracer, tree: Node, constants: list[object], piece: Piece) -> Iterator[Piece]:
    """By halves, so that what is found for one constant narrows the search for the others."""
    if not constants:
        yield piece
        return
    middle = len(constants) // 2
    lower, upper = constants[:middle], constants[middle + 1 :]
    for first, last, sign in compared(tracer, tree, constants[middle], piece.first, piece.last, piece.trend):
        part = Piece(first, last, piece.kind, piece.trend if sign else 0)
        yield from _cut(tracer, tree, lower if sign < 0 else upper if sign else [], part)


def label(constants: Constants, value: object) -> object:
    """What tells apart the places among constants; of a boolean and a text itself."""
    kind = type_of(value)
    if kind in (FeelType.BOOLEAN, FeelType.STRING):
        return kind, value
    if kind not in ORDERED:
        return kind, None
    known: Sequence[Any] = constants.get(kind, ())
    place = bisect_left(known, value)
    return kind, place, place < len(known) and known[place] == value
