"""DT601: the final decision has no value for some cases, though a rule may answer for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.columns import FEASIBILITY_STEPS, TableView
from dmn_dli.analysis.place import TablePlace
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.diagrams.cases import where
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.tables.linked import Constant

CODE = Code(
    "DT601",
    Kind.GAP,
    Severity.ERROR,
    "The final decision has no value for some cases.",
    "Give the result a value in every rule that decides such a case.",
)


def _find(subject: TableSubject) -> Findings:
    place, proof = subject.place, subject.proof
    # A number of rules is a value, 0 among them.
    if not subject.final or subject.hit_policy.counts:
        return
    # A table that must answer has its gaps reported as such.
    if not subject.hit_policy.one_answer and proof.complete is False:
        facts: Mapping[str, Any] = proof.gaps[0].witness if proof.gaps else {}
        message = f"The final decision has no value for some cases, since no rule answers.{place.case(facts)}"
        yield place.finding(CODE, f"A{place.next_row}", message, witness=facts)
    if subject.seen is not None:
        yield from _null_results(place, subject.seen)


def _null_results(place: TablePlace, seen: TableView) -> Findings:
    """Rules that decide a case and give no value. Raises TooLarge."""
    entries = place.table.outputs[0].entries
    null = [rule for rule, entry in enumerate(entries) if entry == Constant(None)]
    if not null or place.table.computed:
        return
    store = seen.diagrams.store
    fired = seen.firing
    for rule in null:
        store.allow(FEASIBILITY_STEPS)
        if fired is None:
            witness = seen.witness(seen.grid.rules[rule])
        else:
            masks = {mask for mask in fired.masks if seen.logic.outcome(mask).rules[:1] == (rule,)}
            witness = seen.witness_of(where(store, fired.root, masks.__contains__))
        if witness is not None:
            cell = place.rule(rule).outputs[0]
            message = f"The final decision has no value where {place.named([rule])} decides."
            message += place.case(witness.facts)
            yield place.finding(CODE, cell, message, rules=[rule], witness=witness.facts)


CHECK = TableCheck(CODE, Question.DETERMINATION, _find)
