"""Where conditions over one fact turn: comparisons, `in`, `and` and their like (DMN 1.5, section 10.3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dmn_dli.feel import FeelType, children, is_constant, mentions_input, syntax
from dmn_dli.tables.constants import NotAnalysable, test_constants
from dmn_dli.tables.orders import ORDERED
from dmn_dli.theories.monotone.apart import apart
from dmn_dli.theories.monotone.crossing import compared
from dmn_dli.theories.monotone.pieces import Piece, Tracer, overlaid
from dmn_dli.theories.monotone.places import constants_in, place_pieces


def comparison_pieces(tracer: Tracer, tree: syntax.Comparison, first: int, last: int) -> Iterator[Piece]:
    """The pieces of `left operator right`."""
    for start, end in crossings(tracer, tree.left, tree.right, first, last):
        yield tracer.constant(tree, start, end)


def between_pieces(tracer: Tracer, tree: syntax.Between, first: int, last: int) -> Iterator[Piece]:
    """The pieces of `value between low and high`."""
    runs = [_runs(tracer, tree.value, bound, first, last) for bound in (tree.low, tree.high)]
    for start, end, _ in overlaid(*runs):
        yield tracer.constant(tree, start, end)


def membership_pieces(tracer: Tracer, tree: syntax.In, first: int, last: int) -> Iterator[Piece]:
    """The pieces of `value in tests`."""
    plain: set[object] = set()
    runs: list[Sequence[Piece]] = []
    for test in tree.tests.tests:
        inner = test.operand if isinstance(test, syntax.ComparisonTest) else test.expression
        if is_constant(inner) or mentions_input(inner):
            plain |= test_constants(syntax.UnaryTests((test,)))
            continue
        bounds = [inner.low, inner.high] if isinstance(inner, syntax.Range) else [inner]
        for bound in bounds:
            if bound is not None:
                runs.append(_runs(tracer, tree.value, bound, first, last))
                if not ORDERED.issuperset(piece.kind for piece in tracer.pieces(bound, first, last)):
                    raise NotAnalysable
    value = tracer.pieces(tree.value, first, last)
    runs.append(list(place_pieces(tracer, tree.value, constants_in(plain), value)))
    for start, end, _ in overlaid(*runs):
        yield tracer.constant(tree, start, end)


def joined_pieces(
    tracer: Tracer, tree: syntax.Conjunction | syntax.Disjunction, first: int, last: int
) -> Iterator[Piece]:
    """The pieces of `left and right`, `left or right`: the second where the first decides not."""
    decides = isinstance(tree, syntax.Disjunction)
    for one in tracer.pieces(tree.left, first, last):
        if not one.trend and tracer.value(tree.left, one.first) is decides:
            yield tracer.constant(tree, one.first, one.last)
            continue
        for other in tracer.pieces(tree.right, one.first, one.last):
            yield tracer.constant(tree, other.first, other.last)


def choice_pieces(tracer: Tracer, tree: syntax.If, first: int, last: int) -> Iterator[Piece]:
    """The pieces of `if`: each branch is looked at where it is taken."""
    for piece in tracer.pieces(tree.condition, first, last):
        holds = not piece.trend and tracer.value(tree.condition, piece.first) is True
        yield from tracer.pieces(tree.then if holds else tree.otherwise, piece.first, piece.last)


def crossings(
    tracer: Tracer, left: syntax.Node, right: syntax.Node, first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The runs on which one tree is less than the other throughout, equal, greater, or of another type.

    Raises NotAnalysable where that is not known.
    """
    try:
        yield from _crossed(tracer, left, right, first, last)
    except NotAnalysable:
        starts = {first, *_turns(tracer, left, first, last), *_turns(tracer, right, first, last)}
        for start, end in pairwise([*sorted(starts), last + 1]):
            try:
                runs = list(_crossed(tracer, left, right, start, end - 1))
            except NotAnalysable:
                runs = list(apart(tracer, left, right, start, end - 1))
            yield from runs


def _turns(tracer: Tracer, tree: syntax.Node, first: int, last: int) -> Iterator[int]:
    """Where the parts of a tree turn, as far as that is known."""
    try:
        yield from (piece.first for piece in tracer.pieces(tree, first, last))
    except NotAnalysable:
        for child in children(tree):
            yield from _turns(tracer, child, first, last)


def _crossed(
    tracer: Tracer, left: syntax.Node, right: syntax.Node, first: int, last: int
) -> Sequence[tuple[int, int]]:
    """As `crossings`, where all is known from which way the two go."""
    found: list[tuple[int, int]] = []
    for start, end, (a, b) in overlaid(tracer.pieces(left, first, last), tracer.pieces(right, first, last)):
        if a.kind is not b.kind or (not a.trend and not b.trend):
            found.append((start, end))
        elif a.trend == b.trend:
            found += apart(tracer, left, right, start, end)
        else:
            runs = compared(tracer, left, right, start, end, a.trend or -b.trend)
            found += [(low, high) for low, high, _ in runs]
    return found


def _runs(tracer: Tracer, left: syntax.Node, right: syntax.Node, first: int, last: int) -> Sequence[Piece]:
    return [Piece(*run, FeelType.BOOLEAN, 0) for run in crossings(tracer, left, right, first, last)]
