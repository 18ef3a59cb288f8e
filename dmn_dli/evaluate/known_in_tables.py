"""Tables with what is known of a case put in, as if they said it: what is left asks of the unknown alone.

    IF (baseline - current) / baseline     baseline is 80     IF (80 - current) / 80

So a condition over several facts becomes one over fewer; over a single fact it is exact.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve

from dmn_dli.feel import free_names, syntax
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.tables.linked import (
    Column,
    Computed,
    Constant,
    DecisionSource,
    Entry,
    ExpressionSource,
    FactSource,
    LinkedAssumption,
    LinkedPolicy,
    LinkedTable,
    OutputColumn,
)
from dmn_dli.theories.effort import runs_long
from dmn_dli.theories.lowering import lower

Known: TypeAlias = Mapping[str, syntax.Node]
"""For names of facts and decisions a node that is their value."""


def known_nodes(values: Mapping[str, object]) -> dict[str, syntax.Node]:
    """Nodes for FEEL values by name; lists, contexts and the like cannot be put in and are left out."""
    return {
        name: syntax.NullLiteral() if value is None else syntax.Known(value)
        for name, value in values.items()
        if not isinstance(value, list | dict)
    }


def put_in(policy: LinkedPolicy, wanted: Iterable[str], known: Known) -> LinkedPolicy:
    """The policy with the known values in some decisions, and in all that these still require.

    Columns that are nothing but a name keep it, and so do assumptions that single facts settle. What may run
    long stays as it is: with all values known it would be a constant, of which less work is allowed. Tables
    in which nothing is put in are themselves; a policy of such tables alone is the same for all cases, so
    that what is found of it serves them all.
    """
    needed: dict[str, LinkedTable] = {}
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            table = needed[name] = _table(policy.by_name[name], known)
            waiting += [policy.decision_names[each] for each in table.reads if each in policy.decision_names]
    decisions = tuple(needed[each.name] for each in policy.decisions if each.name in needed)
    lowered = lower(policy)
    assumptions = tuple(
        _assumption(each, known) if lowered.over_terms(position) else each
        for position, each in enumerate(policy.assumptions)
    )
    as_they_were = _same(assumptions, policy.assumptions) and all(
        each is policy.by_name[each.name] for each in decisions
    )
    if not as_they_were:
        return evolve(policy, decisions=decisions, assumptions=assumptions)
    made: dict[frozenset[str], LinkedPolicy] = policy.known.setdefault(put_in, {})
    found = made.get(frozenset(needed))
    if found is None:
        found = made[frozenset(needed)] = evolve(policy, decisions=decisions)
    return found


def _same(some: Sequence[object], others: Sequence[object]) -> bool:
    return all(map(operator.is_, some, others))


def _assumption(assumption: LinkedAssumption, known: Known) -> LinkedAssumption:
    if known.keys().isdisjoint(assumption.names) or runs_long(assumption.tree):
        return assumption
    tree = with_nodes(assumption.tree, known)
    return evolve(assumption, tree=tree, names=free_names(tree))


def _table(table: LinkedTable, known: Known) -> LinkedTable:
    if known.keys().isdisjoint(table.reads):
        return table
    columns = tuple(_column(column, known) for column in table.columns)
    outputs = tuple(_output(output, known) for output in table.outputs)
    same = _same((*columns, *outputs), (*table.columns, *table.outputs))
    return table if same else evolve(table, columns=columns, outputs=outputs)


def _column(column: Column, known: Known) -> Column:
    source, allowed = column.source, column.allowed
    if known.keys().isdisjoint(column.names) or (isinstance(source, FactSource) and not column.reads):
        return column
    if any(map(runs_long, column.tests)):
        return column
    match source:
        case FactSource(fact):
            if fact.name in known:
                # Row 4 of a fact's clause refuses nothing, and of an expression's it would.
                source, allowed = ExpressionSource(known[fact.name], frozenset()), None
        case DecisionSource() if source.name in known:
            source = ExpressionSource(known[source.name], frozenset())
        case ExpressionSource(tree) if runs_long(tree):
            return column
        case ExpressionSource(tree):
            tree = with_nodes(tree, known)
            source = ExpressionSource(tree, free_names(tree))
    if known.keys().isdisjoint(column.reads):
        return evolve(column, source=source, allowed=allowed)
    tests = tuple(_tests(each, known) for each in column.tests)
    return evolve(column, source=source, allowed=allowed, tests=tests, reads=column.reads - known.keys())


def _tests(tests: syntax.UnaryTests, known: Known) -> syntax.UnaryTests:
    found = with_nodes(tests, known)
    assert isinstance(found, syntax.UnaryTests)
    return found


def _output(output: OutputColumn, known: Known) -> OutputColumn:
    if not any(
        isinstance(each, Computed) and not known.keys().isdisjoint(each.names) for each in output.all_entries
    ):
        return output
    default = None if output.default is None else _entry(output.default, known)
    return evolve(output, entries=tuple(_entry(each, known) for each in output.entries), default=default)


def _entry(entry: Entry, known: Known) -> Entry:
    if isinstance(entry, Constant) or known.keys().isdisjoint(entry.names) or runs_long(entry.tree):
        return entry
    tree = with_nodes(entry.tree, known)
    return Computed(tree, free_names(tree))
