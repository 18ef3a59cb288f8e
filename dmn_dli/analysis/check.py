"""All questions put to a policy: what is proven of each table, and every finding in sheet order."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from dmn_dli.analysis.advice import advice_findings
from dmn_dli.analysis.alike import alike_findings
from dmn_dli.analysis.answers import answer_findings
from dmn_dli.analysis.columns import TableView
from dmn_dli.analysis.place import HIT_POLICY_CELL, TablePlace, capped
from dmn_dli.analysis.proof import Proof, prove
from dmn_dli.analysis.whole import arrival_findings, final_findings, history_findings
from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.model.codes import analysis as codes
from dmn_dli.model.finding import Finding
from dmn_dli.tables.linked import LinkedPolicy


@frozen
class Analysis:
    """What is found in a policy; proofs: one for each table, in the order of the workbook's sheets."""

    findings: tuple[Finding, ...]
    proofs: tuple[Proof, ...]


def analyse(policy: LinkedPolicy) -> Analysis:
    """Prove every table of a policy whose findings hold no error, and the policy as a whole."""
    diagrams = build(policy)
    final = policy.workbook.policy.final_decision
    labels = {fact.name: fact.label for fact in policy.dictionary.facts}
    proofs: dict[str, Proof] = {}
    found: dict[str, list[Finding]] = {}
    for decision in diagrams.decisions:
        table = decision.logic.table
        place = TablePlace(policy.workbook.file, table, labels)
        proof, seen = prove(diagrams, table, decision.logic)
        proofs[table.name] = proof
        found[table.name] = capped(_table_findings(place, seen, proof, final=table.name == final))
    names = [table.name for table in policy.workbook.tables if table.name in proofs]
    findings = [
        *history_findings(policy.workbook),
        *(finding for name in names for finding in found[name]),
        *alike_findings(policy),
    ]
    return Analysis(tuple(findings), tuple(proofs[name] for name in names))


def _table_findings(
    place: TablePlace, seen: TableView | None, proof: Proof, *, final: bool
) -> Iterator[Finding]:
    yield from answer_findings(place, proof)
    try:
        if final:
            yield from final_findings(place, seen, proof)
        if seen is not None:
            yield from arrival_findings(place, seen)
    except TooLarge:
        message = "Which cases lead where takes too many steps to tell."
        yield place.finding(codes.POLICY_UNKNOWN, HIT_POLICY_CELL, message)
    if seen is not None:
        yield from advice_findings(place, seen, proof, final=final)
