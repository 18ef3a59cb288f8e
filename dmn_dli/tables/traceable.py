"""What can be traced to atoms of facts: comparisons with constants, and nothing beyond them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dmn_dli.feel import FeelType, children, syntax
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.allowed_values import FEEL_TYPES
from dmn_dli.tables.constants import NotAnalysable, expression_constants
from dmn_dli.tables.domain import Domain, fact_domain_of
from dmn_dli.tables.linked import Column, ExpressionSource, FactSource, LinkedPolicy, LinkedTable


def fact_domains(policy: LinkedPolicy) -> dict[str, Domain]:
    """The domain of each fact that some table reads, in the order in which tables first read them."""
    names: dict[str, None] = {}
    for table in policy.decisions:
        for column in table.columns:
            if isinstance(column.source, FactSource):
                names.setdefault(column.source.fact.name)
            elif isinstance(column.source, ExpressionSource):
                names.update(dict.fromkeys(sorted(column.source.names)))
            names.update(dict.fromkeys(sorted(column.reads)))
        names.update(dict.fromkeys(sorted(table.reads)))
    for assumption in policy.assumptions:
        names.update(dict.fromkeys(sorted(assumption.names)))
    return {
        name: fact_domain(policy.dictionary.by_name[name], policy)
        for name in names
        if name in policy.dictionary.by_name
    }


def fact_domain(fact: Fact, policy: LinkedPolicy) -> Domain:
    """A fact's domain, cut at every constant with which a table or an assumption compares it."""
    return fact_domain_of(
        FEEL_TYPES[fact.type],
        policy.allowed.get(fact.name),
        fact_constants(fact.name, policy),
        integer=fact.type is FactType.INTEGER,
        nullable=fact.nullable,
    )


def fact_constants(name: str, policy: LinkedPolicy) -> frozenset[object]:
    """The constants with which the tables and assumptions of a policy compare a fact."""
    constants: set[object] = set()
    for assumption in policy.assumptions:
        if name in assumption.names:
            constants |= _analysed(assumption.tree, name)
    for table in policy.decisions:
        for compared in _uses(name, table):
            constants |= compared
    return frozenset(constants)


def _uses(name: str, table: LinkedTable) -> Iterable[frozenset[object]]:
    """The constants of each place of a table that compares the fact, as far as they can be analysed."""
    for column in table.columns:
        if isinstance(column.source, FactSource) and column.source.fact.name == name:
            for compared in column.constants:
                yield compared or frozenset()
        elif isinstance(column.source, ExpressionSource) and name in column.source.names:
            yield _analysed(column.source.tree, name)
        if name in column.reads:
            for test in column.tests:
                yield _analysed(test, name)
    for entry in table.computed_entries:
        if name in entry.names:
            yield _analysed(entry.tree, name)


def _analysed(tree: syntax.Node, name: str) -> frozenset[object]:
    try:
        return expression_constants(tree, _is_name(name))
    except NotAnalysable:
        return frozenset()


def _is_name(name: str) -> Callable[[syntax.Node], bool]:
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
            expression_constants(tree, _is_name(name))
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
