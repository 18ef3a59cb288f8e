"""Agreement: when the rules of an A table that compute their outputs agree (DMN 1.5, 8.2.8)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.tables.linked import Constant, LinkedTable

MOST_PAIRS = 30
"""How many pairs of entries of a table are asked whether they agree."""


@frozen
class EntryPair:
    """When two entries of an output agree: `first` and `second` are the masks of their rules."""

    first: int
    second: int
    condition: Node


def entry_pairs(
    table: LinkedTable, put_in: Callable[[Node], Node], of_tree: Callable[[Node], Node]
) -> tuple[EntryPair, ...] | None:
    """When the different entries of a table agree two by two; None where that cannot be traced.

    put_in: gives a tree with what stands behind names of decisions. of_tree: takes a condition apart, and
    raises NotAnalysable where that cannot be done.
    """
    found: list[EntryPair] = []
    for output in table.outputs:
        rules: dict[Node, int] = {}
        for rule, entry in enumerate(output.entries):
            tree = syntax.Known(entry.value) if isinstance(entry, Constant) else put_in(entry.tree)
            try:
                rules[tree] = rules.get(tree, 0) | 1 << rule
            except TypeError:
                return None  # lists and contexts, which no theory compares
        for (first, of_first), (second, of_second) in combinations(rules.items(), 2):
            if len(found) == MOST_PAIRS:
                return None
            try:
                same = of_tree(syntax.Comparison("=", first, second))
            except NotAnalysable:
                return None
            found.append(EntryPair(of_first, of_second, same))
    return tuple(found)
