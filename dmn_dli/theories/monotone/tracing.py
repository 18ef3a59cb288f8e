"""Trees over one fact, taken apart into pieces: which rule each construct of FEEL has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import define, field

from dmn_dli.feel import (
    FeelLimit,
    FeelType,
    FeelUnsupported,
    compile_expression,
    is_constant,
    syntax,
    type_of,
)
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.feel.walk import BINDING, any_node
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.theories.monotone.arithmetic import arithmetic_pieces, negation_pieces
from dmn_dli.theories.monotone.conditions import (
    between_pieces,
    choice_pieces,
    comparison_pieces,
    joined_pieces,
    membership_pieces,
)
from dmn_dli.theories.monotone.functions import invocation_pieces, member_pieces
from dmn_dli.theories.monotone.lines import Line
from dmn_dli.theories.monotone.pieces import MOST_PIECES, Piece, Tracer, overlaid

_MOST = 10 * MOST_PIECES


@define
class FactTracer(Tracer):
    """Trees over the fact of that name, along its line; what is compiled once is remembered."""

    name: str
    line: Line
    _functions: dict[int, tuple[syntax.Node, Callable[[Mapping[str, object]], object]]] = field(factory=dict)
    _pieces: dict[tuple[int, int, int], Sequence[Piece]] = field(factory=dict)

    def value(self, tree: syntax.Node, number: int) -> object:
        """The tree's value where the fact has the value of that number. Raises NotAnalysable."""
        known = self._functions.get(id(tree))
        if known is None:
            try:
                known = tree, compile_expression(tree)
            except FeelUnsupported:
                raise NotAnalysable from None
            self._functions[id(tree)] = known
        try:
            return known[1]({self.name: self.line.value(number)})
        except FeelLimit:
            raise NotAnalysable from None

    def pieces(self, tree: syntax.Node, first: int, last: int) -> Sequence[Piece]:
        """How a tree goes from one number to another, without a gap. Raises NotAnalysable."""
        key = id(tree), first, last
        known = self._pieces.get(key)
        if known is None:
            self.value(tree, first)  # the tree is kept, so that no other can have its place in memory
            known = self._pieces[key] = list(self._merged(tree, self._of(tree, first, last)))
            if len(known) > _MOST:
                raise NotAnalysable
        return known

    def _merged(self, tree: syntax.Node, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The pieces, those of one constant value taken together."""
        last: Piece | None = None
        for piece in pieces:
            if last is not None and self._alike(tree, last, piece):
                last = Piece(last.first, piece.last, last.kind, 0)
                continue
            if last is not None:
                yield last
            last = piece
        if last is not None:
            yield last

    def _alike(self, tree: syntax.Node, one: Piece, other: Piece) -> bool:
        if one.trend or other.trend or one.kind is not other.kind:
            return False
        if one.kind is FeelType.NULL:
            return True
        return one.kind is FeelType.BOOLEAN and self.value(tree, one.first) is self.value(tree, other.first)

    def _of(self, tree: syntax.Node, first: int, last: int) -> Iterable[Piece]:
        if first == last or is_constant(tree):
            return [self.constant(tree, first, last)]
        match tree:
            case syntax.Name(name) if name == self.name:
                return [Piece(first, last, type_of(self.line.value(first)), 1)]
            case syntax.Negation():
                return negation_pieces(self, tree, first, last)
            case syntax.Arithmetic():
                return arithmetic_pieces(self, tree, first, last)
            case syntax.Path():
                return member_pieces(self, tree, first, last)
            case syntax.Invocation():
                return invocation_pieces(self, tree, first, last)
            case syntax.If():
                return choice_pieces(self, tree, first, last)
            case syntax.Comparison():
                return comparison_pieces(self, tree, first, last)
            case syntax.Between():
                return between_pieces(self, tree, first, last)
            case syntax.In():
                return membership_pieces(self, tree, first, last)
            case syntax.Conjunction() | syntax.Disjunction():
                return joined_pieces(self, tree, first, last)
            case syntax.Quantified(_, (syntax.Iterator(name, syntax.ListLiteral(items), None),), condition):
                if not items or any_node(condition, lambda node: isinstance(node, BINDING)):
                    raise NotAnalysable
                turns = [with_nodes(condition, {name: item}) for item in items]
                return self._constants(tree, turns, first, last)
            case syntax.InstanceOf(value):
                return self._constants(tree, [value], first, last)
            case syntax.ListLiteral(items):
                return self._constants(tree, items, first, last)
        raise NotAnalysable

    def _constants(
        self, tree: syntax.Node, parts: Sequence[syntax.Node], first: int, last: int
    ) -> Iterator[Piece]:
        """Of what is the same as long as its parts are, and asks of a value in motion its type alone."""
        for start, end, pieces in overlaid(*(self.pieces(part, first, last) for part in parts)):
            if not isinstance(tree, syntax.InstanceOf) and any(piece.trend for piece in pieces):
                raise NotAnalysable
            yield self.constant(tree, start, end)
