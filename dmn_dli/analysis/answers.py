"""Findings about a table's answers: gaps, overlaps, conflicts, and what cannot be decided."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.analysis.place import HIT_POLICY_CELL, TablePlace, listed, when
from dmn_dli.analysis.proof import Gap, Proof, Shared
from dmn_dli.model.cell import column_letters
from dmn_dli.model.codes import analysis as codes
from dmn_dli.model.finding import Finding

TOLD = 10
"""How many gaps or overlaps of one table are told one by one."""


def answer_findings(place: TablePlace, proof: Proof) -> Iterator[Finding]:
    """What a proof has to object to, by the table's hit policy."""
    hit_policy = place.table.hit_policy
    if hit_policy.one_answer:
        yield from _gaps(place, proof)
    if hit_policy.forbids_overlap or hit_policy.must_agree:
        yield from _overlaps(place, proof)


def _gaps(place: TablePlace, proof: Proof) -> Iterator[Finding]:
    if proof.complete is None:
        message = f"Whether a rule answers for every case cannot be decided: {proof.reason}."
        if proof.gaps:
            message += f" Perhaps none does{when(proof.gaps[0].words)}."
        witness = proof.gaps[0].witness if proof.gaps else {}
        yield place.finding(codes.COMPLETE_UNKNOWN, HIT_POLICY_CELL, message, witness=witness)
    if proof.complete is not False:
        return
    told = proof.gaps[:TOLD]
    for number, gap in enumerate(told, 1):
        message = f"No rule answers{when(gap.words) or ' for some cases'}{_share(gap.share)}."
        message += place.case(gap.witness, gap.words)
        if number == len(told) < proof.gap_count:
            message += f" There are {proof.gap_count - number} more gaps like this in the table."
        # The row where the missing rule would be written.
        yield place.finding(
            codes.GAP, f"A{place.next_row}", message, _new_rule(place, gap), witness=gap.witness
        )


def _share(share: float | None) -> str:
    if share is None:
        return ""
    percent = 100 * share
    if percent >= 100:
        return " (whatever the case)"
    text = f"{percent:.0f}" if percent >= 10 else f"{percent:.2g}" if percent >= 0.01 else "less than 0.01"
    return f" ({text} % of all combinations)"


def _new_rule(place: TablePlace, gap: Gap) -> str:
    row = place.next_row
    table = place.table.table
    cells = [
        f"{text} in {column_letters(clause.cell.column)}{row}"
        for clause, text in zip(table.inputs, gap.cells, strict=True)
        if text not in ("-", "") and "cells read" not in text
    ]
    conditions = f"{listed(cells)}, - in its other conditions" if cells else "- in its conditions"
    if len(cells) == len(table.inputs):
        conditions = listed(cells)
    output = f"{column_letters(table.outputs[0].cell.column)}{row}"
    return (
        f"Add a rule in row {row}: {conditions}, and what should follow from {output} on; "
        "or widen a rule that should answer."
    )


def _overlaps(place: TablePlace, proof: Proof) -> Iterator[Finding]:
    unique = place.table.hit_policy.forbids_overlap
    if proof.overlap_free is None or (not unique and any(each.agree is None for each in proof.overlaps)):
        yield _undecided(place, proof)
    told = [
        each for each in proof.overlaps if proof.overlap_free is False and (unique or each.agree is False)
    ]
    count = proof.overlap_count if unique else len(told)
    for number, shared in enumerate(told[:TOLD], 1):
        more = ""
        if number == TOLD < count:
            more = f" {count - number} more pairs of rules meet in the table."
        yield _overlap(place, shared, more)


def _undecided(place: TablePlace, proof: Proof) -> Finding:
    reason = proof.reason or "results are computed"
    message = f"Whether two rules answer for the same case cannot be decided: {reason}."
    if not proof.overlaps:
        return place.finding(codes.OVERLAP_UNKNOWN, HIT_POLICY_CELL, message)
    shared = proof.overlaps[0]
    pair = (shared.first, shared.second)
    message += f" Perhaps {place.named(pair)} do{when(shared.words)}."
    cell = place.rule(shared.second).cell
    return place.finding(codes.OVERLAP_UNKNOWN, cell, message, rules=pair, witness=shared.witness)


def _overlap(place: TablePlace, shared: Shared, more: str) -> Finding:
    pair = (shared.first, shared.second)
    both = f"The rules {place.named(pair)} both answer{when(shared.words) or ' for every case'}"
    cell = place.rule(shared.second).cell
    case = place.case(shared.witness, shared.words)
    if place.table.hit_policy.must_agree:
        message = f"{both}, and their results differ.{case}{more}"
        return place.finding(codes.CONFLICT, cell, message, rules=pair, witness=shared.witness)
    message = f"{both}; with hit policy U one alone may.{case}{more}"
    remedy = ""
    if shared.agree:
        remedy = (
            "Narrow a condition of one of the two rules, delete one of them, or write A in A2, "
            "since their results are the same."
        )
    return place.finding(codes.OVERLAP, cell, message, remedy, pair, shared.witness)
