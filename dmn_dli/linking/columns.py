"""Input clauses with their cells: each parsed once, whatever many rows say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from attrs import frozen

from dmn_dli.feel import FeelType, free_names, syntax
from dmn_dli.linking.cells import CellContext, bare_words, cell_environment, parse_input_cell
from dmn_dli.linking.clauses import clause_values, resolve_clause
from dmn_dli.linking.former_labels import FormerLabel
from dmn_dli.linking.names import Names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.table import InputClause
from dmn_dli.tables.linked import (
    AllowedValues,
    Column,
    Constant,
    DecisionSource,
    FactSource,
    OutputColumn,
    Source,
)


class Row(Protocol):
    """A row with a cell for each input clause: a rule, or a criterion."""

    @property
    def inputs(self) -> tuple[Cell, ...]:
        """The cells, in the order of the clauses."""


@frozen
class ResolvedColumn:
    """What an input clause stands for, the values that can arrive, and how its cells are read."""

    source: Source
    allowed: AllowedValues | None
    context: CellContext


def link_column(
    clause: InputClause,
    position: int,
    rows: Sequence[Row],
    outputs: Mapping[str, tuple[OutputColumn, ...]],
    names: Names,
    former: Mapping[str, FormerLabel],
    reporter: Reporter,
) -> Column | None:
    """The column of an input clause with the cell of each row; None where a finding says why there is none.

    position: of the clause among its sheet's. outputs: of the decisions that are tables, by name. former:
    headings that were the labels of facts.
    """
    resolved = resolve_column(clause, outputs, names, former, reporter)
    if resolved is None:
        return None
    context, source = resolved.context, resolved.source
    tests: dict[syntax.UnaryTests, int] = {}
    indexes = []
    cells = tuple(row.inputs[position] for row in rows)
    parsed: dict[tuple[CellKind, str], int] = {}
    for cell in cells:
        before = len(reporter.findings)
        known = parsed.get((cell.kind, cell.text))
        if known is None:
            tree = parse_input_cell(cell, context, names, reporter) or syntax.UnaryTests(())
            known = tests.setdefault(tree, len(tests))
            if len(reporter.findings) == before:
                parsed[cell.kind, cell.text] = known
        indexes.append(known)
    reads = frozenset(name for tree in tests for name in free_names(tree))
    return Column(
        clause.cell,
        context.label,
        source,
        context.type,
        resolved.allowed,
        tuple(tests),
        tuple(indexes),
        cells,
        reads,
    )


def resolve_column(
    clause: InputClause,
    outputs: Mapping[str, tuple[OutputColumn, ...]],
    names: Names,
    former: Mapping[str, FormerLabel],
    reporter: Reporter,
) -> ResolvedColumn | None:
    """The column of a clause without its cells; None where a finding says why. The rest as `link_column`."""
    resolved = resolve_clause(clause, names, reporter, former)
    if resolved is None:
        return None
    source, type_ = resolved
    type_, allowed = clause_values(clause, source, type_, names, reporter)
    words = bare_words(type_, allowed)
    listed = allowed
    if isinstance(source, DecisionSource) and allowed is None:
        if not names.hit_policies[source.decision].own_values:
            listed = _produced(outputs.get(source.decision, ()), source.output)
        words = bare_words(FeelType.STRING if type_ is FeelType.LIST else type_, listed)
    label = source.fact.label if isinstance(source, FactSource) else clause.cell.text
    nullable = isinstance(source, FactSource) and source.fact.nullable
    context = CellContext(label, type_, cell_environment(type_, words, names), listed, nullable)
    return ResolvedColumn(source, allowed, context)


def _produced(outputs: tuple[OutputColumn, ...], name: str | None) -> AllowedValues | None:
    """The strings that a decision's output can be, where row 4 does not list them."""
    output = next((output for output in outputs if name in (None, output.name)), None)
    if output is None:
        return None
    if output.allowed is not None:
        return output.allowed
    if output.type is not FeelType.STRING:
        return None
    values: dict[object, None] = {}
    for entry in output.all_entries:
        if not isinstance(entry, Constant):
            return None
        if entry.value is not None:
            values[entry.value] = None
    tests = tuple(syntax.ValueTest(syntax.StringLiteral(str(value))) for value in values)
    shown = ", ".join(str(value) for value in values)
    return AllowedValues(shown, syntax.UnaryTests(tests), tuple(values))
