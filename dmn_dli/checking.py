"""Every finding in a number of workbooks: what is read, linked, proven and accepted, put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from dmn_dli.analysis.check import Analysis, analyse, version_findings
from dmn_dli.cases.sheet import case_findings, findings_without_tables
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.excel import read_dictionary, read_workbook
from dmn_dli.linking.dictionary import fact_values
from dmn_dli.model.finding import Finding, Severity, errors
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.store.compile import fact_readers, link_file
from dmn_dli.store.folder import dictionary_objection, named_versions
from dmn_dli.store.given import Given, dictionary_of
from dmn_dli.store.load import load_version
from dmn_dli.store.shared import SharedDictionary
from dmn_dli.store.shared_facts import borrowed, read_shared_dictionary
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.waivers import waive

COMPLETE, OVERLAP_FREE = "complete", "free of overlaps"
"""What a hit policy may ask of a table, in words."""


@frozen
class TableProof:
    """What is proven of a table: its number of rules, and whether it is complete and free of overlaps.

    complete, overlap_free: None where that is not known.
    """

    file: str
    decision: str
    hit_policy: str
    rules: int
    complete: bool | None = None
    overlap_free: bool | None = None

    @property
    def due(self) -> Mapping[str, bool | None]:
        """What the hit policy asks of the table (`COMPLETE`, `OVERLAP_FREE`), and whether it is proven."""
        hit_policy = HitPolicy(self.hit_policy)
        complete = {COMPLETE: self.complete} if hit_policy.one_answer else {}
        return complete | ({OVERLAP_FREE: self.overlap_free} if hit_policy.forbids_overlap else {})


@frozen
class ClaimProof:
    """What is proven of a claim: that a group of criteria means a determination; holds: None: not known.

    sheet: the name of the sheet of criteria in A1.
    """

    file: str
    sheet: str
    id: str
    means: Any
    holds: bool | None = None


@frozen
class CheckResult:
    """All findings, tables and claims, and how many files were looked at; `strict` makes warnings errors.

    workbooks: the files as they were read, the shared dictionary left out.
    linked: the same with their names looked up, in the order of `workbooks`.
    forbidding: the findings that keep a workbook from being evaluated, which nobody can accept.
    """

    findings: tuple[Finding, ...]
    tables: tuple[TableProof, ...]
    files: int
    strict: bool = False
    workbooks: tuple[Workbook, ...] = ()
    forbidding: tuple[Finding, ...] = ()
    claims: tuple[ClaimProof, ...] = ()
    linked: tuple[LinkedPolicy, ...] = ()

    def severity(self, finding: Finding) -> Severity:
        """How bad a finding is here."""
        raised = self.strict and finding.code.severity is Severity.WARNING
        return Severity.ERROR if raised else finding.code.severity

    def without_notes(self) -> CheckResult:
        """The same without the findings that are for information only."""
        kept = (each for each in self.findings if self.severity(each) is not Severity.INFO)
        return evolve(self, findings=tuple(kept))

    def number(self, severity: Severity) -> int:
        """How many findings that nobody waived are as bad as this."""
        return sum(self.severity(finding) is severity and not finding.waived for finding in self.findings)


@frozen
class FileCheck:
    """What one file shows by itself, before it is seen together with the others.

    linked: None for a dictionary. The rest as in `CheckResult`, of this file.
    """

    findings: tuple[Finding, ...]
    linked: LinkedPolicy | None = None
    tables: tuple[TableProof, ...] = ()
    claims: tuple[ClaimProof, ...] = ()
    forbidding: tuple[Finding, ...] = ()


def check(workbooks: Sequence[Given], today: date, *, strict: bool) -> CheckResult:
    """Every finding in these files, each once, in the files' order."""
    folders = dict.fromkeys(
        given.path.parent for given in workbooks if not (given.is_dictionary or given.is_model)
    )
    shared = {folder: SharedDictionary(folder) for folder in folders}
    files = [check_file(given, shared.get(given.path.parent)) for given in workbooks]
    return together(workbooks, files, today, strict=strict)


def check_file(given: Given, shared: SharedDictionary | None) -> FileCheck:
    """What is found in one file; shared: the dictionary of its folder, which a dictionary does without."""
    if given.is_dictionary:
        return FileCheck(_dictionary_findings(given))
    if given.is_model:
        return _check_model(given)
    assert shared is not None, "every folder with workbooks has one, if only the bundled one"
    linked = link_file(given.path, given.shown, shared=shared)
    wrong = errors(linked.findings)
    analysis = Analysis() if wrong else analyse(linked)
    found = [
        *_renamed(linked.findings, given, dictionary_of(given).shown),
        *_case_findings(given, linked, shared, broken=bool(wrong)),
        *analysis.findings,
    ]
    return FileCheck(
        tuple(found), linked, tuple(_tables(linked, analysis)), tuple(_claims(linked, analysis)), tuple(wrong)
    )


def _check_model(given: Given) -> FileCheck:
    """What is found in a DMN model, which has neither cases nor criteria.

    Its decisions that are no tables are proven as tables of one rule, and are not counted as tables.
    """
    from dmn_dli.store.models import link_model

    linked = link_model(given.path, given.shown)
    wrong = errors(linked.findings)
    analysis = Analysis() if wrong else analyse(linked)
    found = (*linked.findings, *analysis.findings)
    real = [each for each in _tables(linked, analysis) if linked.by_name[each.decision].columns]
    return FileCheck(found, linked, tuple(real), (), tuple(wrong))


def together(
    workbooks: Sequence[Given], files: Sequence[FileCheck], today: date, *, strict: bool
) -> CheckResult:
    """What was found in each of the files, and what only all of them together show."""
    found = [finding for each in files for finding in each.findings]
    forbidding = [finding for each in files for finding in each.forbidding]
    policies = [each.linked for each in files if each.linked is not None]
    read = [linked.workbook for linked in policies]
    found += version_findings(read, today, _before(workbooks, read))
    found += _borrowed(workbooks, read)
    accepted = [each for workbook in read for each in _accepted(workbook, found, forbidding, today)]
    others = {workbook.file for workbook in read if workbook.accepted_codes}
    found = [each for each in found if each.file not in others] + accepted
    return CheckResult(
        tuple(_arranged(found, [given.shown for given in workbooks], read)),
        tuple(table for each in files for table in each.tables),
        len(workbooks),
        strict,
        tuple(read),
        tuple(forbidding),
        tuple(claim for each in files for claim in each.claims),
        tuple(policies),
    )


def _accepted(
    workbook: Workbook, found: Iterable[Finding], forbidding: Iterable[Finding], today: date
) -> tuple[Finding, ...]:
    """The findings of a workbook that accepts some; nothing of the others."""
    if not workbook.accepted_codes:
        return ()
    own = [finding for finding in found if finding.file == workbook.file]
    firm = [finding for finding in forbidding if finding.file == workbook.file]
    return waive(own, workbook, firm, today)


def _before(given: Iterable[Given], read: Sequence[Workbook]) -> tuple[Workbook, ...]:
    """Of payers' versions that are looked at without the one before them, that one, from beside the file.

    So a draft can be held to its predecessor where its file alone is named.
    """
    seen = {each.path.resolve() for each in given}
    found: dict[Path, Workbook] = {}
    for place, workbook in zip((each for each in given if not each.is_dictionary), read, strict=True):
        payer, start = workbook.policy.payer, workbook.policy.effective_from
        if payer is None or start is None:
            continue
        earlier = [path for day, path in named_versions(place.path.parent, payer) if day < start]
        if earlier and earlier[-1].resolve() not in seen:
            found.setdefault(earlier[-1], read_workbook(earlier[-1]))
    return tuple(found.values())


def _borrowed(workbooks: Iterable[Given], read: Iterable[Workbook]) -> Iterator[Finding]:
    """Once for each folder, that its workbooks without facts of their own use the bundled dictionary."""
    own = {workbook.file for workbook in read if workbook.dictionary is not None}
    folders: dict[Path, str] = {}
    for given in workbooks:
        if not given.is_dictionary and given.shown not in own:
            folders.setdefault(given.path.parent, given.shown)
    yield from (found for each in folders.items() if (found := borrowed(*each)) is not None)


def _dictionary_findings(given: Given) -> tuple[Finding, ...]:
    if dictionary_objection(given.path.parent) is not None:
        found = read_shared_dictionary(given.path.parent)[1]
        return tuple(evolve(finding, file=given.shown) for finding in found)
    dictionary, findings = read_dictionary(given.path, given.shown)
    return findings if dictionary is None else (*findings, *fact_values(dictionary, given.shown)[1])


def _renamed(findings: Iterable[Finding], given: Given, dictionary: str) -> Iterable[Finding]:
    """The findings with the shared dictionary's file as it would be given on the command line."""
    return [
        finding if finding.file == given.shown else evolve(finding, file=dictionary) for finding in findings
    ]


def _case_findings(
    given: Given, linked: LinkedPolicy, shared: SharedDictionary, *, broken: bool
) -> Iterable[Finding]:
    """What is wrong on the Cases sheet; where tables have errors, with its headings and its facts' values."""
    workbook = linked.workbook
    if workbook.cases is None:
        return ()
    version = None if broken else load_version(given.path, shared, linked=linked)
    if isinstance(version, PolicyKernel):
        return case_findings(workbook, version)
    if not linked.dictionary.facts:
        return ()
    decisions = [*[table.name for table in workbook.tables], *workbook.unread]
    return findings_without_tables(workbook, fact_readers(linked), decisions)


def _tables(linked: LinkedPolicy, analysis: Analysis) -> Iterator[TableProof]:
    """What is proven of each table; nothing where errors kept the workbook from being looked into."""
    proofs = {proof.decision: proof for proof in analysis.proofs}
    for table in linked.workbook.tables:
        proof = proofs.get(table.name)
        yield TableProof(
            linked.workbook.file,
            table.name,
            table.hit_policy.value,
            len(table.in_force),
            proof.complete if proof else None,
            proof.overlap_free if proof else None,
        )


def _claims(linked: LinkedPolicy, analysis: Analysis) -> Iterator[ClaimProof]:
    """What is proven of each claim; nothing where errors kept the workbook from being looked into."""
    proven = {(claim.sheet, claim.id): claim for claim in analysis.claims}
    for sheet in linked.workbook.criteria:
        for row in sheet.in_force:
            claim = proven.get((sheet.name, row.id))
            if claim is not None:
                yield ClaimProof(linked.workbook.file, sheet.name, row.id, claim.means, claim.holds)
            elif not row.means.blank:
                yield ClaimProof(linked.workbook.file, sheet.name, row.id, row.means.text)


def _arranged(
    findings: Iterable[Finding], files: Sequence[str], workbooks: Iterable[Workbook]
) -> list[Finding]:
    """Each finding once: by file as given, then by sheet as the tabs stand, then by row and column."""
    once = {(each.code.code, each.file, each.sheet, each.cell, each.message): each for each in findings}
    sheets: dict[tuple[str, str], int] = {}
    for workbook in workbooks:
        for sheet in ("", *workbook.tabs):
            sheets.setdefault((workbook.file, sheet), len(sheets))
    for each in once.values():
        sheets.setdefault((each.file, each.sheet), len(sheets))
    order = {file: position for position, file in enumerate(files)}

    def place(finding: Finding) -> tuple[int, int, int, int, str]:
        letters = finding.cell.rstrip("0123456789")
        row = int(finding.cell[len(letters) :] or 0)
        file = order.get(finding.file, len(order))
        return file, sheets[finding.file, finding.sheet], row, len(letters), letters

    return sorted(once.values(), key=place)
