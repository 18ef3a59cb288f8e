"""Findings about a policy as a whole: a determination for every case, values that arrive, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dmn_dli.analysis.columns import FEASIBILITY_STEPS, TableView
from dmn_dli.analysis.place import HIT_POLICY_CELL, TablePlace
from dmn_dli.analysis.proof import Proof
from dmn_dli.diagrams.cases import where
from dmn_dli.diagrams.composition import Arrival
from dmn_dli.model.cell import column_letters
from dmn_dli.model.codes import analysis as codes
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import Workbook
from dmn_dli.tables.linked import Constant

_VALUES_ROW = 4


def arrival_findings(place: TablePlace, seen: TableView) -> Iterator[Finding]:
    """Values that some case surely brings to an input whose row 4 does not list them.

    Raises TooLarge. What may only perhaps arrive is not told: row 4 says what to expect there.
    """
    store = seen.diagrams.store
    store.allow(FEASIBILITY_STEPS)
    for column, linked in zip(seen.columns, seen.table.columns, strict=True):
        arrivals = {each for each in store.reached(column.root) if isinstance(each, Arrival)}
        for arrival in sorted(arrivals, key=lambda each: each.value):
            witness = seen.witness_of(where(store, column.root, {arrival}.__contains__))
            if witness is None or not witness.certain:
                continue
            expected = linked.allowed.text if linked.allowed else ""
            message = f'The value {arrival.value} arrives at "{linked.label}", but row 4 lists {expected}.'
            message += place.case(witness.facts)
            cell = f"{column_letters(linked.clause.column)}{_VALUES_ROW}"
            yield place.finding(codes.ARRIVAL, cell, message, witness=witness.facts)


def final_findings(place: TablePlace, seen: TableView | None, proof: Proof) -> Iterator[Finding]:
    """Whether the final decision has a value for every case: what its own table's gaps do not tell yet."""
    one_answer = place.table.hit_policy.one_answer
    if not one_answer and proof.complete is not True:
        if proof.complete is None:
            message = f"Whether the final decision always has a value cannot be decided: {proof.reason}."
            yield place.finding(codes.POLICY_UNKNOWN, HIT_POLICY_CELL, message)
        else:
            facts: Mapping[str, Any] = proof.gaps[0].witness if proof.gaps else {}
            message = "The final decision has no value for some cases, since no rule answers."
            message += place.case(facts)
            yield place.finding(codes.NO_VALUE, f"A{place.next_row}", message, witness=facts)
    if seen is not None:
        yield from _null_results(place, seen)


def _null_results(place: TablePlace, seen: TableView) -> Iterator[Finding]:
    """Rules of the final decision that decide a case and give no value."""
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
            yield place.finding(codes.NO_VALUE, cell, message, rules=[rule], witness=witness.facts)


def history_findings(workbook: Workbook) -> Iterator[Finding]:
    """What the Change History of a payer's workbook lacks."""
    if workbook.generic:
        return
    if not workbook.changes:
        message = "The workbook has no Change History, or nothing stands in it."
        yield Finding(codes.NO_CHANGE_HISTORY, message, codes.NO_CHANGE_HISTORY.remedy, workbook.file)
        return
    dates = [change.date for change in workbook.changes if change.date is not None]
    review = workbook.policy.last_review
    if dates and review is not None and max(dates) < review:
        place = workbook.policy.places.get("Last review")
        code = codes.OLD_CHANGE_HISTORY
        message = (
            f"The newest entry of the Change History is of {max(dates).isoformat()}, but the policy was last "
            f"reviewed on {review.isoformat()}."
        )
        cell = place.reference if place else ""
        yield Finding(code, message, code.remedy, workbook.file, "Policy" if cell else "", cell)
