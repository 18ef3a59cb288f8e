"""A policy's diagrams as a compiled policy, which decides by what `runtime` holds alone."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import evolve

from dmn_dli.diagrams.build import DecisionDiagram, PolicyDiagrams
from dmn_dli.diagrams.composition import Arrival, Gap, Impossible, OpenOutcome
from dmn_dli.diagrams.criteria import compiled_criteria
from dmn_dli.diagrams.parts import parts_of
from dmn_dli.diagrams.transfer import compiled_diagram
from dmn_dli.diagrams.variables import DerivedVariable
from dmn_dli.feel.json_values import feel_json
from dmn_dli.feel.python_dates import python_fact
from dmn_dli.linking.portable import encode
from dmn_dli.model.cell import cell_name
from dmn_dli.model.facts import Fact
from dmn_dli.runtime import policy as compiled
from dmn_dli.runtime.compiled import CompiledPolicy, DerivedClause
from dmn_dli.runtime.record import QUOTED, quoted_outputs
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.linked import Computed, Constant, LinkedAssumption, LinkedPolicy, LinkedTable
from dmn_dli.tables.logic import Outcome
from dmn_dli.tables.open_values import holds_open, told
from dmn_dli.theories.lowering import fact_domain


def compile_policy(diagrams: PolicyDiagrams, *, portable: bool = True) -> CompiledPolicy:
    """The compiled policy, with all that deciding any case may need.

    portable: whether it holds the linked policy and the outcomes' values as plain data, so that it can be
    kept. Else the linked policy is for the caller to keep, and values, of which some have no plain form, are
    themselves.
    """
    derived = derived_clauses(diagrams, portable=portable)
    decisions = compiled_decisions(diagrams)
    regular = not derived and all(
        each.diagram is not None
        and not any(
            found.trouble[:1] == ("open",) or compiled.names_two(found.trouble) for found in each.outcomes
        )
        for each in decisions
    )
    values = {} if regular else outcome_values(diagrams)
    return CompiledPolicy(
        _policy(diagrams, decisions),
        marshal.dumps(encode(diagrams.policy), 2) if portable else b"",
        derived,
        {
            name: tuple(encode(value) if portable else value for value in found)
            for name, found in values.items()
        },
    )


def dictionary_facts(policy: LinkedPolicy) -> tuple[compiled.Fact, ...]:
    """The facts as the dictionary alone gives them, whatever is wrong with the tables."""
    bare = evolve(policy, decisions=(), assumptions=())
    return tuple(_fact(fact, fact_domain(fact, bare), 0) for fact in policy.dictionary.facts)


def _policy(diagrams: PolicyDiagrams, decisions: tuple[compiled.Decision, ...]) -> compiled.Policy:
    policy = diagrams.policy
    workbook = policy.workbook
    fields = workbook.policy
    variables = {variable.fact.name: variable for variable in diagrams.facts}
    reference = {
        "number": fields.policy_number,
        "title": fields.title,
        "effective_from": _iso(fields.effective_from),
        "last_review": _iso(fields.last_review),
        "next_review": _iso(fields.next_review),
        "source_document": fields.source_document,
        "workbook": workbook.name,
        "sha256": workbook.sha256,
        "facts_sha256": policy.dictionary.sha256,
    }
    return compiled.Policy(
        payer=fields.payer or workbook.name.rpartition(".")[0],
        payer_name=fields.payer_name,
        reference=reference,
        effective_to=_iso(fields.effective_to),
        variables=diagrams.columns.variables,
        facts=tuple(
            _fact(fact, variables[fact.name].domain, variables[fact.name].number)
            if fact.name in variables
            else _fact(fact, fact_domain(fact, policy), 0)
            for fact in policy.dictionary.facts
        ),
        decisions=decisions,
        final=fields.final_decision or "",
        assumptions=tuple(
            _assumption(assumption, root, diagrams)
            for assumption, root in zip(policy.assumptions, diagrams.assumptions, strict=True)
        ),
        generic=workbook.generic,
        draft=fields.draft,
        criteria=compiled_criteria(policy),
    )


def compiled_decisions(diagrams: PolicyDiagrams) -> tuple[compiled.Decision, ...]:
    """The decisions, in the order of the linked tables."""
    policy = diagrams.policy
    final = policy.workbook.policy.final_decision or ""
    required = policy.requires(final) if final in policy.by_name else frozenset()
    in_sheet_order = {table.name: index for index, table in enumerate(policy.workbook.tables)}
    return tuple(
        compiled_decision(each, diagrams, in_sheet_order.get(each.name, 0), required=each.name in required)
        for each in diagrams.decisions
    )


def derived_clauses(diagrams: PolicyDiagrams, *, portable: bool) -> tuple[DerivedClause, ...]:
    """The clauses and tests that no fact's atoms settle, by variable; portable: their terms as plain data."""
    return tuple(_derived(variable, diagrams.policy, portable=portable) for variable in diagrams.derived)


def outcome_values(diagrams: PolicyDiagrams) -> dict[str, tuple[object, ...]]:
    """For each decision the FEEL values of its outcomes, null where one has none."""
    return {
        each.name: tuple(
            found.value if isinstance(found, Outcome) else None for found in _flatten(each.root, diagrams)[1]
        )
        for each in diagrams.decisions
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _fact(fact: Fact, domain: Domain, variable: int) -> compiled.Fact:
    return compiled.Fact(
        fact.name,
        fact.label,
        fact.type.value,
        fact.question,
        fact.unit,
        fact.allowed.text if fact.allowed else None,
        tuple([python_fact(value) for value in domain.by_value]),
        tuple([python_fact(cut) for cut in domain.cuts]),
        tuple(atom + 1 for atom in domain.slots),
        domain.other + 1,
        domain.null + 1,
        fact.nullable,
        variable,
        domain.marks,
        {answers: atom + 1 for answers, atom in domain.classes.items()},
    )


def _derived(variable: DerivedVariable, policy: LinkedPolicy, *, portable: bool) -> DerivedClause:
    return DerivedClause(
        variable.number,
        variable.decisions,
        variable.column,
        variable.test,
        tuple(sorted(policy.facts_read(variable.reads))),
        variable.place,
        encode(variable.term) if portable and variable.term is not None else variable.term,
    )


def compiled_decision(
    decision: DecisionDiagram, diagrams: PolicyDiagrams, position: int, *, required: bool
) -> compiled.Decision:
    """A decision; its outcomes are those of its diagram, in the order in which `compiled_diagram` has them.

    position: of its sheet; required: whether the final decision needs it.
    """
    linked = decision.logic.table
    table = linked.table
    final = table.name == diagrams.policy.workbook.policy.final_decision
    diagram, outcomes = _flatten(decision.root, diagrams)
    several = len(table.outputs) > 1
    computed = computed_texts(linked)
    return compiled.Decision(
        name=table.name,
        sheet=table.sheet,
        position=position,
        required=required,
        facts=tuple(sorted(diagrams.policy.facts_read(linked.reads))),
        rules=dict(_rule(linked, rule, computed, final=final) for rule in range(len(linked.rule_indexes))),
        diagram=diagram,
        outcomes=tuple(_outcome(outcome, linked, two=decision.two) for outcome in outcomes),
        first=table.outputs[0].name if several else "",
        only=table.outputs[0].name if final and not several and computed & set(QUOTED) else "",
        default=compiled.Rule("", None, *_default_texts(linked)) if final else compiled.Rule(""),
        whole=final and diagrams.policy.workbook.generic,
        criterion=linked.criterion is not None,
        **parts_of(decision, diagrams),
    )


def with_diagram(
    decision: compiled.Decision, made: DecisionDiagram, diagrams: PolicyDiagrams
) -> compiled.Decision:
    """A compiled decision with another diagram, such as one over the unknown facts of a case."""
    diagram, outcomes = _flatten(made.root, diagrams)
    found = tuple(_outcome(each, made.logic.table, two=made.two) for each in outcomes)
    parts = {"parts": {}, "items": (), "nothing": None} | parts_of(made, diagrams)
    return decision._replace(diagram=diagram, outcomes=found, **parts)


def _assumption(assumption: LinkedAssumption, root: int, diagrams: PolicyDiagrams) -> compiled.Assumption:
    diagram, results = compiled_diagram(diagrams.store, root)
    return compiled.Assumption(
        assumption.cell.text, assumption.place, assumption.reason, diagram, tuple(results)
    )


def _flatten(root: int | None, diagrams: PolicyDiagrams) -> tuple[compiled.Diagram | None, list[Any]]:
    return (None, []) if root is None else compiled_diagram(diagrams.store, root)


def compiled_outcome(outcome: Outcome, table: LinkedTable) -> compiled.Outcome:
    """What a table results in, with rules by id and the value as JSON."""
    rules = tuple(table.rules[rule].id for rule in outcome.rules)
    if outcome.conflict is None:
        return compiled.Outcome(rules, feel_json(outcome.value))
    return compiled.Outcome(
        rules, None, ("conflict", outcome.conflict) if outcome.conflict else ("upstream",)
    )


def _outcome(outcome: Any, table: LinkedTable, *, two: bool) -> compiled.Outcome:
    """two: whether a conflict names two of the rules that fire, and there may be more."""
    match outcome:
        case Outcome() if two and outcome.conflict:
            found = compiled_outcome(outcome, table)
            return found._replace(trouble=(*found.trouble, compiled.TWO))
        case Outcome():
            return compiled_outcome(outcome, table)
        case Arrival(_, clause, value):
            return compiled.Outcome((), None, ("arrival", value, cell_name(table.table.sheet, clause)))
        case OpenOutcome():
            return _open_outcome(outcome, table)
        case Gap():
            return compiled.Outcome((), None, ("gap",))
        case Impossible():
            return compiled.Outcome((), None, ("impossible",))
    raise TypeError(f"no outcome: {outcome!r}")


def _open_outcome(outcome: OpenOutcome, table: LinkedTable) -> compiled.Outcome:
    """An outcome with outputs that are not known yet; what is told of them all the same is null for these.

    Its trouble is `("open", mask, whether the first output is told)`, of a list that of all entries.
    """
    value = outcome.value
    first = [
        next(iter(entry.values()), None) if isinstance(entry, dict) else entry
        for entry in (value if table.hit_policy.gives_list and isinstance(value, list) else [value])
    ]
    return compiled.Outcome(
        tuple(table.rules[rule].id for rule in outcome.rules),
        feel_json(told(value)),
        ("open", outcome.mask, not holds_open(first)),
    )


def _rule(table: LinkedTable, position: int, computed: set[str], *, final: bool) -> tuple[str, compiled.Rule]:
    """A rule by its id; the final decision's with the texts that its outputs do not say.

    computed: the outputs that are computed, as `computed_texts` names them.
    """
    source = table.rules[position]
    cell = cell_name(table.table.sheet, source.cell.reference)
    entries = {output.name: output.entries[position] for output in table.outputs}
    values = {
        name: feel_json(entry.value) if isinstance(entry, Constant) else None
        for name, entry in entries.items()
    }
    value = values if len(values) > 1 else next(iter(values.values()), None)
    if not final:
        return source.id, compiled.Rule(cell, value)
    found: dict[str, Any] = {}
    for annotation, note in zip(table.table.annotations, source.annotations, strict=True):
        found[_key(annotation.name)] = note.text.strip() or None
    for name, entry in entries.items():
        if isinstance(entry, Constant):
            found[_key(name)] = entry.value
    hit_policy = table.hit_policy
    said = quoted_outputs(None if hit_policy.aggregates or hit_policy.counts else value)
    texts = [
        None if text is None or text == output or name in computed else text
        for name, text, output in zip(QUOTED, _as_texts(found), said, strict=True)
    ]
    return source.id, compiled.Rule(cell, value, *texts)


def _default_texts(table: LinkedTable) -> tuple[str | None, ...]:
    defaults = {_key(output.name): output.default for output in table.outputs}
    return _as_texts({name: each.value for name, each in defaults.items() if isinstance(each, Constant)})


def computed_texts(table: LinkedTable) -> set[str]:
    """The names of outputs that are computed, as QUOTED spells them."""
    return {
        _key(output.name)
        for output in table.outputs
        if any(isinstance(entry, Computed) for entry in (*output.entries, output.default))
    }


def _key(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def _as_texts(found: Mapping[str, object]) -> tuple[str | None, ...]:
    values = [found.get(name) for name in QUOTED]
    return tuple(None if value is None else str(value) for value in values)
