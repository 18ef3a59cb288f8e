"""One fact: where the answer of a condition over a single fact changes.

`height / 2.54 >= 10` changes at 25.4. Which way the tree goes is worked out piece by piece (`monotone`);
where it passes a constant is found by bisection with the compiled tree: the cut is what evaluation says.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from dmn_dli.feel import FeelType, children, free_names, syntax
from dmn_dli.feel.temporal_values import TEMPORAL_CLASSES
from dmn_dli.model.facts import Fact
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.monotone.conditions import crossings
from dmn_dli.theories.monotone.lines import Line, line_of
from dmn_dli.theories.monotone.places import Constants, constants_in, label, place_pieces
from dmn_dli.theories.monotone.tracing import FactTracer

_FEW = 256
"""So few values are looked at one by one."""

_MANY = 4_096
"""And so many where nothing else helps."""

_MOST_CUTS = 400

_SCALARS = (Decimal, str, bool, type(None), *TEMPORAL_CLASSES)


def cuts(
    subject: syntax.Node, fact: Fact, constants: Iterable[object], *, computed: bool = False
) -> frozenset[object]:
    """The values of a fact at which the place of `subject` among `constants` can change.

    subject: reads the fact and nothing else. Between two neighbouring cuts, and at each of them, all values
    of the fact make it alike: less than a constant, equal to it, greater, or null; where it is a condition
    (constants are empty) true, false, or null.
    computed: whether values lie beyond those that a fact may have.

    Raises NotAnalysable where that is not known.
    """
    if isinstance(subject, syntax.Name) and subject.name == fact.name:
        return frozenset(constants)
    if not free_names(subject) <= {fact.name}:
        raise NotAnalysable
    line = line_of(fact, computed=computed)
    if line is None:
        return frozenset()
    return _cuts(subject, _known_types(subject), fact.name, line, frozenset(constants))


def _known_types(tree: syntax.Node) -> tuple[type, ...]:
    """The types of what stands in a tree as a value: true and 1 are equal to Python, and are no equal trees.

    Raises NotAnalysable where one is no scalar: a function may read anything.
    """
    found: list[type] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        waiting += children(node)
        if isinstance(node, syntax.Known):
            if not isinstance(node.value, _SCALARS):
                raise NotAnalysable
            found.append(type(node.value))
    return tuple(found)


@lru_cache(maxsize=1024)
def _cuts(
    subject: syntax.Node, types: tuple[type, ...], name: str, line: Line, constants: frozenset[object]
) -> frozenset[object]:
    known = constants_in(constants)
    tracer, tree = _traced(subject, types, name, line)
    found: set[object] = set()
    before: tuple[int, object] | None = None
    for first, last in _runs(tracer, tree, known):
        place = label(known, tracer.value(tree, first))
        if before is not None and before[1] != place:
            found.add(_between(line, found, before[0], first, single=first == last))
            if len(found) > _MOST_CUTS:
                raise NotAnalysable
        before = last, place
    return frozenset(found)


@lru_cache(maxsize=256)
def _traced(
    subject: syntax.Node,
    types: tuple[type, ...],  # noqa: ARG001 - what tells the subject from one that seems equal
    name: str,
    line: Line,
) -> tuple[FactTracer, syntax.Node]:
    """The tracer, which knows the tree by its identity, with the tree."""
    return FactTracer(name, line), subject


def _runs(tracer: FactTracer, tree: syntax.Node, constants: Constants) -> Iterable[tuple[int, int]]:
    """Runs of numbers of the line on each of which the tree has one place among the constants."""
    first, last = tracer.line.first, tracer.line.last
    one_by_one = ((number, number) for number in range(first, last + 1))
    if last - first < _FEW:
        return one_by_one
    try:
        pieces = tracer.pieces(tree, first, last)
        return [(each.first, each.last) for each in place_pieces(tracer, tree, constants, pieces)]
    except NotAnalysable:
        if last - first < _MANY:
            return one_by_one
    if set(constants) != {FeelType.NUMBER}:
        raise NotAnalysable
    return _crossing(tracer, tree, constants[FeelType.NUMBER])


def _crossing(tracer: FactTracer, tree: syntax.Node, constants: Iterable[object]) -> list[tuple[int, int]]:
    """The runs of a polynomial, though rounding may take it back and forth: `n - n * 0.1`."""
    first, last = tracer.line.first, tracer.line.last
    starts = {first}
    for constant in constants:
        assert isinstance(constant, Decimal)
        starts |= {start for start, _ in crossings(tracer, tree, syntax.NumberLiteral(constant), first, last)}
    return [(start, end - 1) for start, end in pairwise([*sorted(starts), last + 1])]


def _between(line: Line, known: set[object], last: int, first: int, *, single: bool) -> object:
    """The cut between two neighbours: one that is there already, or the one that is shorter to write.

    single: whether the second one differs from what comes behind it, too.
    """
    before, behind = line.value(last), line.value(first)
    if before in known:
        return before
    if single or line.length(behind) <= line.length(before):
        return behind
    return before
