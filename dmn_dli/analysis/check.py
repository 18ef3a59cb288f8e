"""All questions put to a policy: what is proven of each table, and every finding in sheet order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from attrs import frozen

from dmn_dli.analysis.findings.policy_unknown import too_many_steps
from dmn_dli.analysis.place import TablePlace, capped
from dmn_dli.analysis.proof import Proof, prove
from dmn_dli.analysis.registry import POLICY_CHECKS, SERIES_CHECKS, TABLE_CHECKS
from dmn_dli.analysis.subject import Series, TableSubject
from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.feel.budget import together
from dmn_dli.linking.codes import UNSUPPORTED
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import Workbook
from dmn_dli.tables.limits import CellLimit
from dmn_dli.tables.linked import LinkedPolicy


@frozen
class Analysis:
    """What is found in a policy; proofs: one for each table, in the order of the workbook's sheets."""

    findings: tuple[Finding, ...]
    proofs: tuple[Proof, ...]


@together()
def analyse(policy: LinkedPolicy) -> Analysis:
    """Prove every table of a policy whose findings hold no error, and the policy as a whole."""
    diagrams = build(policy)
    final = policy.workbook.policy.final_decision
    labels = {fact.name: fact.label for fact in policy.dictionary.facts}
    proofs: dict[str, Proof] = {}
    found: dict[str, list[Finding]] = {}
    for decision in diagrams.tables:
        table = decision.logic.table
        place = TablePlace(policy.workbook.file, table, labels)
        try:
            if table.name in diagrams.limits:
                raise diagrams.limits[table.name]
            proof, seen = prove(diagrams, table, decision.logic)
            subject = TableSubject(
                place, seen, proof, table.name == final, policy.workbook.generic, policy.by_name
            )
            findings = capped(_table_findings(subject))
        except CellLimit as limit:
            proof = Proof(table.name, None, None, reason=limit.message)
            findings = [
                place.finding(
                    UNSUPPORTED,
                    limit.cell,
                    f'The cell reads "{limit.cell.text}". For some cases: {limit.message}.',
                )
            ]
        proofs[table.name], found[table.name] = proof, findings
    names = [table.name for table in policy.workbook.tables if table.name in proofs]
    all_findings = [finding for name in names for finding in found[name]]
    all_findings += [finding for check in POLICY_CHECKS for finding in check.find(policy)]
    return Analysis(tuple(all_findings), tuple(proofs[name] for name in names))


def version_findings(workbooks: Iterable[Workbook], today: date) -> Iterator[Finding]:
    """What is wrong with the days on which versions are in force; drafts are left out, for they are not."""
    series = Series(tuple(each for each in workbooks if not each.policy.draft), today)
    for check in SERIES_CHECKS:
        yield from check.find(series)


def _table_findings(subject: TableSubject) -> Iterator[Finding]:
    for _, checks in groupby(TABLE_CHECKS, key=lambda check: check.question):
        try:
            for check in checks:
                yield from check.find(subject)
        except TooLarge:
            yield too_many_steps(subject)
