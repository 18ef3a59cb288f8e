"""Why a clause or an output of a case came to null: for the notes of its record.

A null that a fact gives is a value like any other. But where an expression has no value for what it is given
(a division by zero, text where a number is due), nobody would learn of it from the record: no rule fires, or
another one does. Only what is known of the case is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from attrs import frozen

from dmn_dli.evaluate.decide import Decider
from dmn_dli.evaluate.table_function import HitPolicyError
from dmn_dli.feel import FeelLimit, compile_expression, from_python
from dmn_dli.feel.reasons import gathered
from dmn_dli.feel.syntax import Node
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.tables.admission import named_value
from dmn_dli.tables.linked import Computed, ExpressionSource, LinkedPolicy, LinkedTable

_Scope = Mapping[str, object]


@frozen(eq=False)
class _Expression:
    """An expression in a cell, and how it is worked out."""

    place: str
    value: Callable[[_Scope], object]


class NullNotes:
    """The expressions of a policy, each asked why it is null where it is."""

    def __init__(self, policy: LinkedPolicy, decider: Decider) -> None:
        """Take a policy, and its tables as functions; each expression is compiled when it is first asked."""
        self.policy = policy
        self.decider = decider
        self.tables = [table for table in policy.tables if table.computed or any(_clauses(table))]
        self._expression = cache(_expression)

    def of(self, facts: Mapping[str, object]) -> list[str]:
        """The notes for a case, `Determination!C7: 1 is divided by zero`, in the order of the tables.

        facts: the value of each fact that is given, null where that is a value.
        """
        known = {name: from_python(value) for name, value in facts.items()}
        notes: list[str] = []
        values: dict[str, object] = {}
        for table in self.tables:
            for cell, tree, names in _clauses(table):
                scope = self._scope(names, known, values)
                if scope is not None:
                    notes += self._why(table, cell, tree, scope)
            if table.computed and (scope := self._scope(table.reads, known, values)) is not None:
                for cell, tree in self._deciding(table, scope):
                    notes += self._why(table, cell, tree, scope)
        return list(dict.fromkeys(notes))

    def _why(self, table: LinkedTable, cell: Cell, tree: Node, scope: _Scope) -> list[str]:
        expression = self._expression(table.table.sheet, cell, tree)
        with gathered() as reasons:
            try:
                value = expression.value(scope)
            except FeelLimit:
                return []  # an error record says so
        return [f"{expression.place}: {reasons.text}"] if value is None and reasons.errors else []

    def _scope(self, names: Iterable[str], known: _Scope, values: dict[str, object]) -> _Scope | None:
        """The values of the names; None where one hangs on a fact that is not given, or has none."""
        scope: dict[str, object] = {}
        for name in names:
            decision = self.policy.decision_names.get(name)
            if decision is None:
                if name not in known:
                    return None
                scope[name] = known[name]
                continue
            if decision not in values:
                if not self.policy.facts_read([name]) <= known.keys():
                    return None
                try:
                    values[decision] = from_python(self.decider.function(decision)(known))
                except (HitPolicyError, EvaluationError):
                    return None
            scope[name] = named_value(name, decision, values[decision])
        return scope

    def _deciding(self, table: LinkedTable, scope: _Scope) -> Iterator[tuple[Cell, Node]]:
        """The computed entries of the rules that make the table's value."""
        try:
            outcome = self.decider.table(table.name).outcome(scope)
        except FeelLimit:
            return
        for rule in outcome.rules:
            for output, cell in zip(table.outputs, table.rules[rule].outputs, strict=True):
                entry = output.entries[rule]
                if isinstance(entry, Computed):
                    yield cell, entry.tree


def _clauses(table: LinkedTable) -> Iterator[tuple[Cell, Node, frozenset[str]]]:
    """The input clauses that are expressions."""
    for column in table.columns:
        if isinstance(column.source, ExpressionSource):
            yield column.clause, column.source.tree, column.source.names


def _expression(sheet: str, cell: Cell, tree: Node) -> _Expression:
    return _Expression(cell_name(sheet, cell.reference), compile_expression(tree))
