"""Diagrams of what expressions come to: tabulated over their names, or made of the diagrams of their parts.

A pick over many entries reads more facts than can be gone through together; each entry reads few.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.composition import Composition
from dmn_dli.feel import children, compile_expression, free_names, syntax
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.feel.replacing import replaced
from dmn_dli.feel.syntax import Node
from dmn_dli.model.cell import Cell
from dmn_dli.tables.limits import placed


@frozen
class Expressions:
    """The expressions of a policy over the names of a composition."""

    composition: Composition

    def affords(self, tree: Node) -> bool:
        """Whether an expression can be tabulated: by its names together, or its parts by theirs."""
        if self.composition.affordable(sorted(free_names(tree))):
            return True
        parts = _parts(tree)
        return bool(parts) and all(map(self.affords, parts))

    def results(self, tree: Node, cell: Cell | None = None) -> int:
        """The diagram of an expression's values, as tuples of one; a problem upstream as itself.

        cell: where the expression stands, for an error that says so.
        """
        if isinstance(tree, syntax.Name):
            return self.composition.values(tree.name)
        names = sorted(free_names(tree))
        parts = () if self.composition.affordable(names) else _parts(tree)
        if not parts:
            value = compile_expression(tree)
            return self._worked_out(
                value if cell is None else placed(tree, value, cell), names, self.composition.tuples(names)
            )
        if isinstance(tree, syntax.If):
            return self._picked(*(self.results(part, cell) for part in parts))
        return self._together(tree, parts, cell)

    def _worked_out(
        self, value: Callable[[Mapping[str, object]], object], names: Collection[str], root: int
    ) -> int:
        """What an expression comes to of the values of its names, for which the diagram holds tuples."""
        store = self.composition.store

        def result(values: Any) -> int:
            if not isinstance(values, tuple):
                return store.terminal(values)
            found = (value(dict(zip(names, values, strict=True))),)
            return store.terminal(found, freeze(found))

        return store.map(root, result)

    def _picked(self, condition: int, then: int, otherwise: int) -> int:
        """The results of a pick; a problem of any part comes first, as where all are asked together."""
        store = self.composition.store

        def side(wanted: bool) -> Callable[[Any, Any], int]:
            def kept(holds: Any, result: Any) -> int:
                for each in (holds, result):
                    if not isinstance(each, tuple):
                        return store.terminal(each)
                return store.terminal(result, freeze(result)) if (holds[0] is True) is wanted else nothing

            return kept

        def either(left: Any, right: Any) -> int:
            for each in (left, right):
                if each is not None and not isinstance(each, tuple):
                    return store.terminal(each)
            found = right if left is None else left
            return store.terminal(found, freeze(found))

        nothing = store.terminal(None)
        return store.apply(
            store.apply(condition, then, side(wanted=True)),
            store.apply(condition, otherwise, side(wanted=False)),
            either,
        )

    def _together(self, tree: Node, parts: Sequence[Node], cell: Cell | None) -> int:
        """The results of an expression from those of its parts."""
        names = {f"#part {number}": part for number, part in enumerate(parts)}
        whole = replaced(tree, {id(part): syntax.Name(name) for name, part in names.items()})
        paired = self.composition.paired([self.results(part, cell) for part in parts])
        return self._worked_out(compile_expression(whole), names, paired)


def _parts(tree: Node) -> tuple[Node, ...]:
    """Expressions from whose results that of the whole follows; none where it has to be asked as a whole."""
    match tree:
        case syntax.If(condition, then, otherwise):
            return condition, then, otherwise
        case syntax.Conjunction(left, right) | syntax.Disjunction(left, right):
            return left, right
        case (
            syntax.Comparison() | syntax.In() | syntax.Invocation() | syntax.Arithmetic() | syntax.Negation()
        ):
            names = free_names(tree)
            reading = [child for child in children(tree) if not free_names(child).isdisjoint(names)]
            if len(reading) == 1 and not isinstance(reading[0], syntax.Name):
                return tuple(reading)
    return ()
