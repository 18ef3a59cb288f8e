"""All questions put to a policy: what is proven of each table, and every finding in sheet order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from attrs import frozen

from dmn_dli.analysis.column_views import Untraceable
from dmn_dli.analysis.columns import view
from dmn_dli.analysis.criteria_subject import Claim, CriteriaSubject
from dmn_dli.analysis.criteria_view import Row
from dmn_dli.analysis.findings import arrival
from dmn_dli.analysis.findings.policy_unknown import too_many_steps
from dmn_dli.analysis.place import TablePlace, capped
from dmn_dli.analysis.proof import Proof, prove
from dmn_dli.analysis.registry import CRITERIA_CHECKS, POLICY_CHECKS, SERIES_CHECKS, TABLE_CHECKS
from dmn_dli.analysis.subject import Series, TableSubject
from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.feel.budget import together
from dmn_dli.linking.codes import UNSUPPORTED
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import Workbook
from dmn_dli.tables.limits import CellLimit
from dmn_dli.tables.linked import FactSource, LinkedPolicy


@frozen
class Analysis:
    """What is found in a policy; proofs: one for each table, in the order of the workbook's sheets.

    claims: one for each group of criteria that claims a determination, in the order of the sheets.
    """

    findings: tuple[Finding, ...] = ()
    proofs: tuple[Proof, ...] = ()
    claims: tuple[Claim, ...] = ()


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
            findings = [_limit(place, limit)]
        proofs[table.name], found[table.name] = proof, findings
    names = [table.name for table in policy.workbook.tables if table.name in proofs]
    all_findings = [finding for name in names for finding in found[name]]
    criteria = CriteriaSubject(diagrams, labels)
    all_findings += _criteria_findings(criteria)
    all_findings += [finding for check in POLICY_CHECKS for finding in check.find(policy)]
    return Analysis(tuple(all_findings), tuple(proofs[name] for name in names), criteria.claims)


def version_findings(
    workbooks: Iterable[Workbook], today: date, beside: Iterable[Workbook] = ()
) -> Iterator[Finding]:
    """What is wrong with the versions of payers' policies, side by side.

    Of drafts it is asked only what they have kept of the version before: no day is theirs yet.
    beside: versions before these, which are not asked about.
    """
    given = tuple(workbooks)
    in_force = tuple(each for each in given if not each.policy.draft)
    earlier = tuple(each for each in beside if not each.policy.withdrawn)
    drafts = tuple(each for each in given if each.policy.draft and not each.policy.withdrawn)
    series = Series(in_force, today, drafts, earlier)
    for check in SERIES_CHECKS:
        yield from check.find(series)


def _criteria_findings(subject: CriteriaSubject) -> Iterator[Finding]:
    """What is found in the sheets of criteria, each once: members ask their groups' cells too."""
    once: dict[tuple[str, str, str], Finding] = {}
    for row in subject.view.rows:
        limit = subject.diagrams.limits.get(row.criterion.decision)
        found = capped(_arrivals(subject, row)) if limit is None else [_limit(row.place, limit)]
        for each in found:
            once.setdefault((each.code.code, each.place, each.message), each)
    yield from once.values()
    for check in CRITERIA_CHECKS:
        yield from capped(check.find(subject))


def _arrivals(subject: CriteriaSubject, row: Row) -> Iterator[Finding]:
    """Values that arrive at a row's IF cells and that row 4 does not list."""
    table = row.place.table
    if any(column.allowed and not isinstance(column.source, FactSource) for column in table.columns):
        proof = Proof(table.name, None, None)
        try:
            seen = view(subject.diagrams, table, row.decision.logic)
        except (TooLarge, Untraceable):
            return
        yield from arrival.CHECK.find(TableSubject(row.place, seen, proof, final=False))


def _limit(place: TablePlace, limit: CellLimit) -> Finding:
    message = f'The cell reads "{limit.cell.text}". For some cases: {limit.message}.'
    return place.finding(UNSUPPORTED, limit.cell, message)


def _table_findings(subject: TableSubject) -> Iterator[Finding]:
    for _, checks in groupby(TABLE_CHECKS, key=lambda check: check.question):
        try:
            for check in checks:
                yield from check.find(subject)
        except TooLarge:
            yield too_many_steps(subject)
