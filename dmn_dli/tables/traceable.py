"""What can be traced to atoms of facts: comparisons with constants, and nothing beyond them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dmn_dli.feel import FeelType, children, syntax
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.constants import NotAnalysable, expression_constants
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.linked import Column, ExpressionSource, FactSource


def is_name(name: str) -> Callable[[syntax.Node], bool]:
    """Whether a node is the name."""
    return lambda node: isinstance(node, syntax.Name) and node.name == name


def tabulable(tree: syntax.Node, names: Iterable[str], domains: Mapping[str, Domain]) -> bool:
    """Whether an expression is the same on all values of each atom of the facts among `names`."""
    for name in names:
        domain = domains.get(name)
        if domain is None or domain.finite:
            continue
        if domain.whole:
            return False
        try:
            expression_constants(tree, is_name(name))
        except NotAnalysable:
            return False
        if domain.type is FeelType.STRING and orders_strings(tree):
            return False
    return True


def column_tabulable(column: Column, domains: Mapping[str, Domain]) -> bool:
    """Whether a column's masks follow from atoms of facts and values of decisions."""
    match column.source:
        case FactSource(fact) if not column.reads:
            return domains[fact.name].finite or (not domains[fact.name].whole and _plain(column, fact))
        case FactSource(fact):
            names = {*column.reads, fact.name}
            return all(domains[name].finite for name in names if name in domains)
        case ExpressionSource(tree, names):
            clause = tabulable(tree, names, domains)
            return clause and all(tabulable(test, column.reads, domains) for test in column.tests)
    return all(tabulable(test, column.reads, domains) for test in column.tests)


def _plain(column: Column, fact: Fact) -> bool:
    if None in column.constants:
        return False
    return fact.type is not FactType.STRING or not any(orders_strings(test) for test in column.tests)


def orders_strings(tree: syntax.Node) -> bool:
    """Whether a tree compares by order, which the class "any other text" does not answer alike."""
    match tree:
        case syntax.ComparisonTest(operator) | syntax.Comparison(operator) if operator not in ("=", "!="):
            return True
        case syntax.Range() | syntax.Between():
            return True
    return any(orders_strings(child) for child in children(tree))
