"""A policy's diagrams as plain data: all that `evaluate` needs, written once, read quickly.

The format is this module's; `dmn_dli.evaluate.kernel` reads it. Atoms and
children count from 1 behind the variable's number, so that a node read back is
`(variable, child of atom 1, child of atom 2, …)` and atom 0 means unknown.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from datetime import date
from typing import Any

from dmn_dli.diagrams.build import DecisionDiagram, PolicyDiagrams
from dmn_dli.diagrams.composition import Arrival, Impossible, OpenOutcome
from dmn_dli.diagrams.variables import DerivedVariable
from dmn_dli.linking.portable import encode
from dmn_dli.model.cell import cell_name
from dmn_dli.model.facts import Fact
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.linked import Computed, Constant, LinkedAssumption, LinkedPolicy, LinkedTable
from dmn_dli.tables.logic import Outcome
from dmn_dli.tables.traceable import fact_domain

TEXT_COLUMNS = ("payer wording", "reason", "citation", "refer to", "note")
"""The final decision's columns that fill the record's texts, in the order of each rule's `texts`."""


def payload(diagrams: PolicyDiagrams) -> dict[str, Any]:
    """All data of a compiled policy, as dicts, tuples, strings, numbers and bytes."""
    policy = diagrams.policy
    workbook = policy.workbook
    variables = {variable.fact.name: variable for variable in diagrams.facts}
    return {
        "workbook": workbook.name,
        "sha256": workbook.sha256,
        "facts_sha256": policy.dictionary.sha256,
        "policy": _policy_fields(policy),
        "final": workbook.policy.final_decision or "",
        "facts": tuple(
            _fact(fact, variables[fact.name].domain, variables[fact.name].number)
            if fact.name in variables
            else _fact(fact, fact_domain(fact, policy), 0)
            for fact in policy.dictionary.facts
        ),
        "variables": diagrams.columns.variables,
        "derived": derived_data(diagrams),
        "decisions": decision_data(diagrams),
        "assumptions": tuple(
            _assumption(assumption, root, diagrams)
            for assumption, root in zip(policy.assumptions, diagrams.assumptions, strict=True)
        ),
        "linked": marshal.dumps(encode(policy), 2),
    }


def decision_data(diagrams: PolicyDiagrams) -> tuple[dict[str, Any], ...]:
    """The decisions' part of the payload, in the order of the linked tables."""
    policy = diagrams.policy
    final = policy.workbook.policy.final_decision or ""
    required = policy.requires(final) if final in policy.by_name else frozenset()
    in_sheet_order = {table.name: index for index, table in enumerate(policy.workbook.tables)}
    return tuple(
        _decision(decision, diagrams, in_sheet_order[decision.name], decision.name in required)
        for decision in diagrams.decisions
    )


def derived_data(diagrams: PolicyDiagrams) -> tuple[dict[str, Any], ...]:
    """The derived variables' part of the payload, by number."""
    return tuple(_derived(variable, diagrams.policy) for variable in diagrams.derived)


def _policy_fields(policy: LinkedPolicy) -> dict[str, Any]:
    fields = policy.workbook.policy
    return {
        "payer": fields.payer or policy.workbook.name.rpartition(".")[0],
        "payer_name": fields.payer_name,
        "number": fields.policy_number,
        "title": fields.title,
        "effective_from": _iso(fields.effective_from),
        "effective_to": _iso(fields.effective_to),
        "generic": policy.workbook.generic,
        "draft": fields.draft,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _fact(fact: Fact, domain: Domain, variable: int) -> dict[str, Any]:
    values = tuple((encode(value), atom + 1) for value, atom in domain.by_value.items())
    return {
        "name": fact.name,
        "label": fact.label,
        "type": fact.type.value,
        "question": fact.question,
        "unit": fact.unit,
        "allowed": fact.allowed.text if fact.allowed else None,
        "listed": _listed(fact, domain),
        "variable": variable,
        "atoms": len(domain.atoms),
        "values": values,
        "cuts": tuple(encode(cut) for cut in domain.cuts),
        "slots": tuple(atom + 1 for atom in domain.slots),
        "null": domain.null + 1,
        "other": domain.other + 1,
        "nullable": fact.nullable,
    }


def _listed(fact: Fact, domain: Domain) -> tuple[Any, ...] | None:
    """The allowed values one by one, or a range as text; None where any value goes."""
    if fact.allowed is not None and not domain.finite:
        return (fact.allowed.text,)
    if not domain.finite:
        return None
    return tuple(encode(atom.representative) for atom in domain.atoms if atom.representative is not None)


def _derived(variable: DerivedVariable, policy: LinkedPolicy) -> dict[str, Any]:
    table = policy.by_name[variable.decision]
    column = table.columns[variable.column]
    return {
        "number": variable.number,
        "decision": variable.decision,
        "column": variable.column,
        "test": variable.test,
        "atoms": len(variable.domain.atoms),
        "facts": tuple(sorted(facts_read(policy, variable.reads))),
        "place": cell_name(table.table.sheet, column.clause.reference),
    }


def facts_read(policy: LinkedPolicy, names: frozenset[str]) -> frozenset[str]:
    """The facts among `names`, and those that the decisions among them read, all the way up."""
    facts: set[str] = set()
    for name in names:
        if name in policy.dictionary.by_name:
            facts.add(name)
        else:
            for decision in policy.requires(policy.decision_names[name]):
                reads = policy.by_name[decision].reads
                facts |= {read for read in reads if read in policy.dictionary.by_name}
    return frozenset(facts)


def _decision(
    decision: DecisionDiagram, diagrams: PolicyDiagrams, position: int, required: bool
) -> dict[str, Any]:
    linked = decision.logic.table
    table = linked.table
    nodes, root, outcomes = _flatten(decision.root, diagrams)
    rules = [table.rules[index] for index in linked.rule_indexes]
    reads = facts_read(diagrams.policy, linked.reads)
    open_facts = facts_read(diagrams.policy, linked.computed_names)
    return {
        "name": table.name,
        "position": position,
        "required": required,
        "first": table.outputs[0].name if len(table.outputs) > 1 else "",
        "rules": tuple((rule.id, cell_name(table.sheet, rule.cell.reference)) for rule in rules),
        "texts": tuple(_texts(linked, index) for index in range(len(rules))),
        "default_texts": _default_texts(linked),
        "computed_texts": _computed_texts(linked),
        "nodes": nodes,
        "root": root,
        "outcomes": tuple(_outcome(outcome, table.sheet) for outcome in outcomes),
        "facts": tuple(sorted(reads)),
        "open_facts": tuple(sorted(open_facts)),
        "sheet": table.sheet,
    }


def _assumption(assumption: LinkedAssumption, root: int, diagrams: PolicyDiagrams) -> dict[str, Any]:
    nodes, flat, results = _flatten(root, diagrams)
    return {
        "text": assumption.cell.text,
        "place": assumption.place,
        "reason": assumption.reason,
        "nodes": nodes,
        "root": flat,
        "possible": tuple(results),
        "facts": tuple(sorted(assumption.names)),
    }


def _flatten(
    number: int | None, diagrams: PolicyDiagrams
) -> tuple[tuple[tuple[int, ...], ...], int | None, list[Any]]:
    """The nodes below a root, children before parents, and the outcomes that its terminals number.

    A child (and the root) is the number of an earlier node, or `~number` of an outcome.
    """
    if number is None:
        return (), None, []
    store = diagrams.store
    nodes: list[tuple[int, ...]] = []
    outcomes: list[Any] = []
    numbers: dict[int, int] = {}

    def visit(number: int) -> int:
        if number in numbers:
            return numbers[number]
        if number < 0:
            outcomes.append(store.results[~number])
            found = ~(len(outcomes) - 1)
        else:
            variable, children = store.nodes[number]
            nodes.append((variable, *[visit(child) for child in children]))
            found = len(nodes) - 1
        numbers[number] = found
        return found

    root = visit(number)
    return tuple(nodes), root, outcomes


def _outcome(outcome: Any, sheet: str) -> tuple[Any, ...]:
    """`(rules, value, problem)`; the problem is None or its kind with what belongs to it."""
    match outcome:
        case Outcome(rules, value, None):
            return (rules, encode(value), None)
        case Outcome(rules, _, ""):
            return (rules, None, ("upstream",))
        case Outcome(rules, _, conflict):
            return (rules, None, ("conflict", conflict))
        case Arrival(_, clause, value):
            return ((), None, ("arrival", value, cell_name(sheet, clause)))
        case OpenOutcome(mask):
            return ((), None, ("open", mask))
        case Impossible():
            return ((), None, ("impossible",))
    raise TypeError(f"no outcome: {outcome!r}")


def _texts(table: LinkedTable, rule: int) -> tuple[str | None, ...]:
    """What the columns named as TEXT_COLUMNS say in a rule, outputs before notes."""
    found: dict[str, Any] = {}
    source = table.table.rules[table.rule_indexes[rule]]
    for annotation, cell in zip(table.table.annotations, source.annotations, strict=True):
        found[annotation.name.strip().casefold()] = cell.text.strip() or None
    for output in table.outputs:
        entry = output.entries[rule]
        if isinstance(entry, Constant):
            found[output.name.strip().casefold()] = entry.value
    return _as_texts(found)


def _default_texts(table: LinkedTable) -> tuple[str | None, ...]:
    found = {
        output.name.strip().casefold(): output.default.value
        for output in table.outputs
        if isinstance(output.default, Constant)
    }
    return _as_texts(found)


def _computed_texts(table: LinkedTable) -> tuple[str, ...]:
    """For each of TEXT_COLUMNS the output that computes it, "" where none does."""
    computed = {
        output.name.strip().casefold(): output.name
        for output in table.outputs
        if any(isinstance(entry, Computed) for entry in (*output.entries, output.default))
    }
    return tuple(computed.get(name, "") for name in TEXT_COLUMNS)


def _as_texts(found: Mapping[str, object]) -> tuple[str | None, ...]:
    values = [found.get(name) for name in TEXT_COLUMNS]
    return tuple(None if value is None else str(value) for value in values)
