"""Picks: a pick inside an expression is drawn out of it, so that the expression is one of several cases.

    (if pediatric then 2 else 4) * weight       if pediatric then 2 * weight else 4 * weight

A condition that is not true picks the second branch (DMN 1.5, 10.3.2.9), so that both say the same.
"""

from __future__ import annotations

from math import prod

from dmn_dli.feel import children, syntax
from dmn_dli.feel.replacing import replaced
from dmn_dli.feel.syntax import Node
from dmn_dli.tables.constants import NotAnalysable

MOST_BRANCHES = 16
"""How many values an expression may pick from."""

_OPERATIONS = (syntax.Arithmetic, syntax.Negation, syntax.Comparison, syntax.Invocation)


def drawn_out(tree: Node) -> Node | None:
    """The tree as a pick where an operand of its arithmetic or comparison is one; None where none is.

    Raises NotAnalysable beyond MOST_BRANCHES.
    """
    found = _pick(tree)
    if found is None:
        return None
    then, otherwise = (replaced(tree, {id(found): each}) for each in (found.then, found.otherwise))
    if _branches(tree) > MOST_BRANCHES:
        raise NotAnalysable
    return syntax.If(found.condition, then, otherwise)


def _pick(tree: Node) -> syntax.If | None:
    """The first operand that is a pick."""
    for child in children(tree) if isinstance(tree, _OPERATIONS) else ():
        if isinstance(child, syntax.If):
            return child
        found = _pick(child)
        if found is not None:
            return found
    return None


def _branches(tree: Node) -> int:
    """How many values the tree picks from once all of its picks are drawn out."""
    if isinstance(tree, syntax.If):
        return _branches(tree.then) + _branches(tree.otherwise)
    return prod(map(_branches, children(tree))) if isinstance(tree, _OPERATIONS) else 1
