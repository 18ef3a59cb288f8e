"""Which way built-in functions and members go (DMN 1.5, sections 10.3.2.3, 10.3.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from dmn_dli.feel import FeelType, constant_value, is_constant, syntax, type_of
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.tables.orders import ORDERED
from dmn_dli.theories.arguments import in_places
from dmn_dli.theories.monotone.arithmetic import by_sign, without_value
from dmn_dli.theories.monotone.crossing import ROUNDINGS, compared
from dmn_dli.theories.monotone.pieces import Piece, Tracer, common_trend, overlaid
from dmn_dli.theories.monotone.places import constants_in, place_pieces
from dmn_dli.theories.monotone.steps import (
    CALENDAR_STARTS,
    MEMBER_STARTS,
    RISING_MEMBERS,
    multiples,
    stepwise,
)

_NUMBER, _DATE = FeelType.NUMBER, FeelType.DATE
_WITH_SIGN = ORDERED - {_DATE}
_WITH_DAY = frozenset({_DATE, FeelType.DATE_TIME})

_UNDEFINED_AT: dict[str, frozenset[int]] = {
    "sqrt": frozenset({-1}),
    "log": frozenset({-1, 0}),
    "exp": frozenset(),
}
"""Functions that rise, with the signs of the numbers that they do not take."""

_RISING_IN_ALL: dict[str, frozenset[FeelType]] = {
    "min": ORDERED,
    "max": ORDERED,
    "sum": _WITH_SIGN,
    "mean": frozenset({_NUMBER}),
    "median": frozenset({_NUMBER}),
}
"""Functions of a list, or of any number of arguments, that rise with each, and the types that they take."""

_PLACING = frozenset(
    {
        *("before", "after", "during", "includes", "starts", "started by", "finishes", "finished by"),
        *("coincides", "list contains", "is"),
    }
)
"""Functions of one value and constants that say how it lies to these."""


def invocation_pieces(tracer: Tracer, tree: syntax.Invocation, first: int, last: int) -> Iterator[Piece]:
    """The pieces of a call of a built-in. Raises NotAnalysable for others, and where nothing is known."""
    arguments = in_places(tree)
    if arguments is None:
        raise NotAnalysable
    assert isinstance(tree.function, syntax.Name), "arguments have places in built-ins alone"
    name = tree.function.name
    if len(arguments) == 1 and isinstance(arguments[0], syntax.ListLiteral) and name in _RISING_IN_ALL:
        arguments = arguments[0].items
    if not arguments:
        yield tracer.constant(tree, first, last)
        return
    for start, end, pieces in overlaid(*(tracer.pieces(each, first, last) for each in arguments)):
        moving = [place for place, piece in enumerate(pieces) if piece.trend]
        if not moving:
            yield tracer.constant(tree, start, end)
        elif name in _RISING_IN_ALL:
            yield from _rising_in_all(tracer, tree, arguments, pieces, (start, end))
        elif name == "years and months duration":
            yield from _months_between(tracer, tree, pieces, (start, end))
        elif len(moving) == 1:
            (place,) = moving
            piece = Piece(start, end, pieces[place].kind, pieces[place].trend)
            yield from _of_one(name, tracer, tree, arguments, place, piece)
        else:
            raise NotAnalysable


def member_pieces(tracer: Tracer, tree: syntax.Path, first: int, last: int) -> Iterator[Piece]:
    """The pieces of `source.name`."""
    for piece in tracer.pieces(tree.source, first, last):
        starts = MEMBER_STARTS.get((piece.kind, tree.name))
        if not piece.trend:
            yield tracer.constant(tree, piece.first, piece.last)
        elif RISING_MEMBERS.get(piece.kind) == tree.name:
            yield from tracer.going(tree, piece.first, piece.last, piece.trend)
        elif starts is not None:
            for start, end, _ in stepwise(tracer, tree.source, piece, starts):
                yield from tracer.going(tree, start, end, piece.trend)
        else:
            yield without_value(tracer, tree, piece.first, piece.last, [piece.kind])


def _months_between(
    tracer: Tracer, tree: syntax.Invocation, pieces: Sequence[Piece], ends: tuple[int, int]
) -> Iterator[Piece]:
    """Of `years and months duration(from, to)`."""
    if len(pieces) == 2 and all(piece.kind in _WITH_DAY for piece in pieces):
        yield from tracer.going(tree, *ends, common_trend(-pieces[0].trend, pieces[1].trend))
    else:
        yield without_value(tracer, tree, *ends, [piece.kind for piece in pieces])


def _rising_in_all(
    tracer: Tracer,
    tree: syntax.Invocation,
    arguments: Sequence[syntax.Node],
    pieces: Sequence[Piece],
    ends: tuple[int, int],
) -> Iterator[Piece]:
    assert isinstance(tree.function, syntax.Name)
    name = tree.function.name
    kinds = {piece.kind for piece in pieces}
    if len(kinds) > 1 or not kinds <= _RISING_IN_ALL[name]:
        yield without_value(tracer, tree, *ends, kinds)
        return
    trends = {piece.trend for piece in pieces} - {0}
    if len(trends) == 1:
        yield from tracer.going(tree, *ends, *trends)
        return
    if name not in ("min", "max") or len(pieces) != 2:
        raise NotAnalysable
    left, right = arguments
    for start, end, sign in compared(tracer, left, right, *ends, pieces[0].trend):
        taken = 0 if (sign < 0) == (name == "min") else 1
        yield from tracer.going(tree, start, end, pieces[taken].trend)


def _of_one(
    name: str,
    tracer: Tracer,
    tree: syntax.Invocation,
    arguments: Sequence[syntax.Node],
    place: int,
    piece: Piece,
) -> Iterator[Piece]:
    """Of a function of which one argument goes up or down, all others staying what they are."""
    start, end, argument = piece.first, piece.last, arguments[place]
    if name in _PLACING and all(is_constant(each) for each in arguments if each is not argument):
        constants = constants_in(constant_value(each) for each in arguments if each is not argument)
        for one in place_pieces(tracer, argument, constants, [piece]):
            yield tracer.constant(tree, one.first, one.last)
        return
    rule = _RULES.get(name)
    if rule is None or place != 0 or (name == "date" and len(arguments) > 1):
        raise NotAnalysable
    types, take = rule
    if piece.kind not in types:
        yield without_value(tracer, tree, start, end, [piece.kind])
    else:
        yield from take(tracer, tree, arguments, piece)


_Rule = Callable[[Tracer, syntax.Invocation, Sequence[syntax.Node], Piece], Iterator[Piece]]


def _risen(
    tracer: Tracer, tree: syntax.Invocation, _arguments: Sequence[syntax.Node], piece: Piece
) -> Iterator[Piece]:
    return tracer.going(tree, piece.first, piece.last, piece.trend)


def _size(
    tracer: Tracer, tree: syntax.Invocation, arguments: Sequence[syntax.Node], piece: Piece
) -> Iterator[Piece]:
    for start, end, sign in by_sign(tracer, arguments[0], piece):
        yield from tracer.going(tree, start, end, piece.trend * sign)


def _partly_defined(
    tracer: Tracer, tree: syntax.Invocation, arguments: Sequence[syntax.Node], piece: Piece
) -> Iterator[Piece]:
    assert isinstance(tree.function, syntax.Name)
    without = _UNDEFINED_AT[tree.function.name]
    for start, end, sign in by_sign(tracer, arguments[0], piece):
        yield from tracer.going(tree, start, end, 0 if sign in without else piece.trend)


def _modulo(
    tracer: Tracer, tree: syntax.Invocation, arguments: Sequence[syntax.Node], piece: Piece
) -> Iterator[Piece]:
    divisor = tracer.value(arguments[1], piece.first)
    if not isinstance(divisor, Decimal) or not divisor:
        yield without_value(tracer, tree, piece.first, piece.last, [type_of(divisor)])
        return
    for start, end, at in stepwise(tracer, arguments[0], piece, multiples(divisor)):
        yield from tracer.going(tree, start, end, piece.trend if at else 0)


def _parity(
    tracer: Tracer, tree: syntax.Invocation, arguments: Sequence[syntax.Node], piece: Piece
) -> Iterator[Piece]:
    """Between whole numbers null."""
    for start, end, _ in stepwise(tracer, arguments[0], piece, multiples(Decimal(1))):
        yield tracer.constant(tree, start, end)


def _calendar(
    tracer: Tracer, tree: syntax.Invocation, arguments: Sequence[syntax.Node], piece: Piece
) -> Iterator[Piece]:
    assert isinstance(tree.function, syntax.Name)
    name = tree.function.name
    trend = piece.trend if name == "day of year" else 0
    for start, end, _ in stepwise(tracer, arguments[0], piece, CALENDAR_STARTS[name]):
        yield from tracer.going(tree, start, end, trend)


_RULES: dict[str, tuple[frozenset[FeelType], _Rule]] = {
    **{name: (frozenset({_NUMBER}), _risen) for name in ROUNDINGS},
    **{name: (frozenset({_NUMBER}), _partly_defined) for name in _UNDEFINED_AT},
    **{name: (frozenset({_DATE}), _calendar) for name in CALENDAR_STARTS},
    **{name: (frozenset({_NUMBER}), _parity) for name in ("even", "odd")},
    "abs": (_WITH_SIGN, _size),
    "modulo": (frozenset({_NUMBER}), _modulo),
    "date": (frozenset({_DATE}), _risen),
}
"""By the function: the types of its first argument, and what it does with a piece of it."""
