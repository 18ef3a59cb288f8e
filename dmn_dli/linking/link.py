"""Link a workbook: parse every cell, resolve every name, check every type, order the decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError

from attrs import evolve

from dmn_dli.feel.budget import together
from dmn_dli.linking import codes
from dmn_dli.linking.assumptions import link_assumptions, untraceable
from dmn_dli.linking.clauses import names_nothing
from dmn_dli.linking.columns import link_column
from dmn_dli.linking.criteria import link_criteria
from dmn_dli.linking.determinations import judge_determinations
from dmn_dli.linking.dictionary import fact_values
from dmn_dli.linking.former_labels import FormerLabel, Heading, former_labels
from dmn_dli.linking.graph import cycle, decision_order
from dmn_dli.linking.mistaken import judge_kinds, judge_lists
from dmn_dli.linking.names import Names, gather_names
from dmn_dli.linking.outputs import OutputContext, check_aggregation, output_context, read_output
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Dictionary, Fact
from dmn_dli.model.finding import Finding, errors
from dmn_dli.model.table import DecisionTable
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.words import folded
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable, OutputColumn, value_names
from dmn_dli.theories.lowering import lower


@together()
def link(workbook: Workbook, dictionary: Dictionary) -> LinkedPolicy:
    """Link all tables and sheets of criteria of a workbook with the facts of a dictionary.

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
    names = gather_names(
        dictionary, workbook.tables, output_types, workbook.unread, allowed, workbook.criteria
    )
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
    sheets = [Reporter(workbook.file, sheet.sheet, sheet.name) for sheet in workbook.criteria]
    final = next(iter(outputs.get(workbook.policy.final_decision or "", ())), None)
    decisions = [
        *tables,
        *(
            decision
            for sheet, reporter in zip(workbook.criteria, sheets, strict=True)
            for decision in link_criteria(sheet, final, outputs, names, former, reporter)
        ),
    ]
    order, circles = _order(decisions, workbook)
    findings = (
        *workbook.findings,
        *unreadable,
        *(finding for reporter in (*reporters, *sheets) for finding in reporter.findings),
        *(circle for circle in circles if not _known_circle(circle, sheets)),
    )
    by_name = {decision.name: decision for decision in decisions}
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
    traced = lower(policy).assumptions
    untraced = (
        *untraceable(first, traced[: len(first)], dictionary.file),
        *untraceable(second, traced[len(first) :], workbook.file),
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
    sheets: list[DecisionTable | CriteriaSheet] = [*workbook.tables, *workbook.criteria]
    headings = [(sheet, position, clause) for sheet in sheets for position, clause in enumerate(sheet.inputs)]
    unknown = [each for each in headings if names_nothing(each[2], names)]
    if not unknown:
        return {}

    def fits(heading: Heading, fact: Fact) -> bool:
        table, position, clause = heading
        trial = Reporter("", "")
        named = evolve(clause, cell=evolve(clause.cell, text=fact.name))
        link_column(named, position, table.in_force, {}, names, {}, trial)
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
        link_column(clause, position, rules, outputs, names, former, reporter)
        for position, clause in enumerate(table.inputs)
    ]
    indexes = tuple(index for index, rule in enumerate(table.rules) if not rule.retired)
    linked = tuple(column for column in columns if column is not None)
    return LinkedTable(table, linked, outputs[table.name], indexes)


def _known_circle(circle: Finding, sheets: Sequence[Reporter]) -> bool:
    """Whether a circle of decisions is one of groups of criteria that was told as such."""
    told = [each for reporter in sheets for each in reporter.findings if each.code is codes.GROUP_CIRCLE]
    return any(each.sheet == circle.sheet for each in told)


def _order(
    decisions: Sequence[LinkedTable], workbook: Workbook
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    produced = value_names(decisions)
    requires = {
        table.name: sorted({produced[name] for name in table.reads if name in produced})
        for table in decisions
    }
    try:
        return decision_order(requires), ()
    except CycleError as error:
        circle = cycle(error)
        sheet = next(table.table.sheet for table in decisions if table.name == circle[0])
        reporter = Reporter(workbook.file, sheet, circle[0])
        reporter.add(codes.CYCLE, None, f"These decisions require each other: {' → '.join(circle)}.")
        return (), tuple(reporter.findings)
