"""Link a workbook: parse every cell, resolve every name, check every type, order the decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError

from attrs import evolve

from dmn_dli.feel import FeelType, free_names, syntax
from dmn_dli.feel.budget import together
from dmn_dli.linking import codes
from dmn_dli.linking.assumptions import link_assumptions, untraceable
from dmn_dli.linking.cells import CellContext, cell_vocabulary, parse_input_cell, word_vocabulary
from dmn_dli.linking.clauses import clause_values, names_nothing, resolve_clause
from dmn_dli.linking.determinations import judge_determinations
from dmn_dli.linking.dictionary import fact_values
from dmn_dli.linking.former_labels import FormerLabel, Heading, former_labels
from dmn_dli.linking.graph import cycle, decision_order
from dmn_dli.linking.mistaken import judge_kinds, judge_lists
from dmn_dli.linking.names import Names, gather_names
from dmn_dli.linking.outputs import OutputContext, check_aggregation, output_context, read_output
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import CellKind
from dmn_dli.model.facts import Dictionary, Fact
from dmn_dli.model.finding import Finding, errors
from dmn_dli.model.table import DecisionTable, InputClause, Rule
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.words import folded
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
    for table, own, reporter in zip(workbook.tables, contexts, reporters, strict=True):
        if own and table.name == workbook.policy.final_decision and not workbook.generic:
            judge_determinations(own[0], reporter)
    file = workbook.file if dictionary.file == workbook.name else dictionary.file
    allowed, unreadable = fact_values(dictionary, file)
    names = gather_names(dictionary, workbook.tables, output_types, workbook.unread, allowed)
    outputs = {
        table.name: _link_outputs(table, context, names, reporter)
        for table, context, reporter in zip(workbook.tables, contexts, reporters, strict=True)
    }
    former = _former(workbook, names)
    tables = [
        _link_table(table, outputs, names, former, reporter)
        for table, reporter in zip(workbook.tables, reporters, strict=True)
    ]
    for table, reporter in zip(workbook.tables, reporters, strict=True):
        judge_kinds(table, names, reporter)
    judge_lists(tables, reporters)
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


def _former(workbook: Workbook, names: Names) -> Mapping[str, FormerLabel]:
    """The headings that were the labels of facts until these were renamed in the dictionary."""
    headings = [
        (table, position, clause) for table in workbook.tables for position, clause in enumerate(table.inputs)
    ]
    unknown = [each for each in headings if names_nothing(each[2], names)]
    if not unknown:
        return {}

    def fits(heading: Heading, fact: Fact) -> bool:
        table, position, clause = heading
        trial = Reporter("", "")
        named = evolve(clause, cell=evolve(clause.cell, text=fact.name))
        _link_column(named, position, table.in_force, {}, names, {}, trial)
        return not errors(trial.findings)

    known = [clause.cell.text for _, _, clause in headings]
    used = {names.canonical[folded(text)] for text in known if folded(text) in names.canonical}
    return former_labels(unknown, used, names, fits)


def _link_table(
    table: DecisionTable,
    outputs: dict[str, tuple[OutputColumn, ...]],
    names: Names,
    former: Mapping[str, FormerLabel],
    reporter: Reporter,
) -> LinkedTable:
    rules = table.in_force
    columns = [
        _link_column(clause, position, rules, outputs, names, former, reporter)
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
    former: Mapping[str, FormerLabel],
    reporter: Reporter,
) -> Column | None:
    resolved = resolve_clause(clause, names, reporter, former)
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
    nullable = isinstance(source, FactSource) and source.fact.nullable
    context = CellContext(label, type_, cell_vocabulary(type_, words, names), listed, nullable)
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
