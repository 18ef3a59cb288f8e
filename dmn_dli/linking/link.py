"""Link a workbook: parse every cell, resolve every name, check every type, order the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError

from attrs import evolve

from dmn_dli.feel import FeelType, free_names, syntax
from dmn_dli.feel.budget import together
from dmn_dli.linking import codes
from dmn_dli.linking.assumptions import link_assumptions, untraceable
from dmn_dli.linking.cells import CellContext, cell_vocabulary, parse_input_cell, word_vocabulary
from dmn_dli.linking.clauses import clause_values, resolve_clause
from dmn_dli.linking.dictionary import fact_values
from dmn_dli.linking.graph import cycle, decision_order
from dmn_dli.linking.names import Names, gather_names
from dmn_dli.linking.outputs import OutputContext, check_aggregation, output_context, read_output
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import CellKind
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.finding import Finding, errors
from dmn_dli.model.table import DecisionTable, InputClause, Rule
from dmn_dli.model.workbook import Workbook
from dmn_dli.tables.linked import (
    AllowedValues,
    Column,
    Constant,
    DecisionSource,
    FactSource,
    LinkedPolicy,
    LinkedTable,
    OutputColumn,
    value_names,
)
from dmn_dli.tables.traceable import fact_domains


@together()
def link(workbook: Workbook, dictionary: Dictionary) -> LinkedPolicy:
    """Link all tables of a workbook with the facts of a dictionary.

    Never raises for what the workbook says: every problem is a finding of the result.
    """
    reporters = [Reporter(workbook.file, table.sheet, table.name) for table in workbook.tables]
    contexts = [
        tuple(output_context(clause, reporter) for clause in table.outputs)
        for table, reporter in zip(workbook.tables, reporters, strict=True)
    ]
    output_types = {
        (table.name, context.clause.name): context.type
        for table, outputs in zip(workbook.tables, contexts, strict=True)
        for context in outputs
    }
    file = workbook.file if dictionary.file == workbook.name else dictionary.file
    allowed, unreadable = fact_values(dictionary, file)
    names = gather_names(dictionary, workbook.tables, output_types, workbook.unread, allowed)
    outputs = {
        table.name: _link_outputs(table, context, names, reporter)
        for table, context, reporter in zip(workbook.tables, contexts, reporters, strict=True)
    }
    tables = [
        _link_table(table, outputs, names, reporter)
        for table, reporter in zip(workbook.tables, reporters, strict=True)
    ]
    order, circles = _order(tables, workbook)
    findings = (
        *workbook.findings,
        *unreadable,
        *(finding for reporter in reporters for finding in reporter.findings),
        *circles,
    )
    by_name = {table.name: table for table in tables}
    ordered = tuple(by_name[name] for name in order)
    return _assume(LinkedPolicy(workbook, dictionary, ordered, findings, allowed=allowed))


def _assume(policy: LinkedPolicy) -> LinkedPolicy:
    """The policy with the assumptions of its dictionary and of its workbook."""
    workbook, dictionary = policy.workbook, policy.dictionary
    own = dictionary.file == workbook.name
    shared = () if own else dictionary.assumptions
    first, wrong = link_assumptions(shared, dictionary, dictionary.file)
    second, also_wrong = link_assumptions(workbook.assumptions, dictionary, workbook.file)
    policy = evolve(policy, assumptions=(*first, *second), findings=(*policy.findings, *wrong, *also_wrong))
    if errors(policy.findings) or not policy.assumptions:
        return policy
    domains = fact_domains(policy)
    untraced = (
        *untraceable(first, domains, dictionary.file),
        *untraceable(second, domains, workbook.file),
    )
    return evolve(policy, findings=(*policy.findings, *untraced))


def _link_outputs(
    table: DecisionTable, contexts: Sequence[OutputContext], names: Names, reporter: Reporter
) -> tuple[OutputColumn, ...]:
    check_aggregation(table.hit_policy, contexts, reporter)
    rules = table.in_force
    return tuple(
        read_output(context, position, rules, names, reporter) for position, context in enumerate(contexts)
    )


def _link_table(
    table: DecisionTable,
    outputs: dict[str, tuple[OutputColumn, ...]],
    names: Names,
    reporter: Reporter,
) -> LinkedTable:
    rules = table.in_force
    columns = [
        _link_column(clause, position, rules, outputs, names, reporter)
        for position, clause in enumerate(table.inputs)
    ]
    indexes = tuple(index for index, rule in enumerate(table.rules) if not rule.retired)
    linked = tuple(column for column in columns if column is not None)
    return LinkedTable(table, linked, outputs[table.name], indexes)


def _link_column(
    clause: InputClause,
    position: int,
    rules: Sequence[Rule],
    outputs: dict[str, tuple[OutputColumn, ...]],
    names: Names,
    reporter: Reporter,
) -> Column | None:
    resolved = resolve_clause(clause, names, reporter)
    if resolved is None:
        return None
    source, type_ = resolved
    type_, allowed = clause_values(clause, source, type_, names, reporter)
    words = word_vocabulary(type_, allowed)
    listed = allowed
    if isinstance(source, DecisionSource) and allowed is None:
        if not names.hit_policies[source.decision].own_values:
            listed = _produced(outputs[source.decision], source.output)
        words = word_vocabulary(FeelType.STRING if type_ is FeelType.LIST else type_, listed)
    label = source.fact.label if isinstance(source, FactSource) else clause.cell.text
    context = CellContext(label, type_, cell_vocabulary(type_, words, names), listed)
    tests: dict[syntax.UnaryTests, int] = {}
    indexes = []
    cells = tuple(rule.inputs[position] for rule in rules)
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
    return Column(clause.cell, label, source, type_, allowed, tuple(tests), tuple(indexes), cells, reads)


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


def _order(tables: Sequence[LinkedTable], workbook: Workbook) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    produced = value_names(tables)
    requires = {
        table.name: sorted({produced[name] for name in table.reads if name in produced}) for table in tables
    }
    try:
        return decision_order(requires), ()
    except CycleError as error:
        circle = cycle(error)
        sheet = next(table.table.sheet for table in tables if table.name == circle[0])
        reporter = Reporter(workbook.file, sheet, circle[0])
        reporter.add(codes.CYCLE, None, f"These decisions require each other: {' → '.join(circle)}.")
        return (), tuple(reporter.findings)
