"""Every broken thing that the tests make, with what is said about it, for the pages that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from attrs import evolve, frozen

from dmn_dli.analysis.check import analyse, version_findings
from dmn_dli.analysis.findings import (
    days_uncovered,
    never_wins,
    review_passed,
    same_day,
    version_untouched,
    versions_overlap,
    winners_unknown,
)
from dmn_dli.cases.sheet import case_findings
from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.excel import accepted, assumptions, read_workbook, read_workbook_bytes
from dmn_dli.excel import codes as layout
from dmn_dli.linking import codes as link_codes
from dmn_dli.linking.link import link
from dmn_dli.model.finding import Code, Finding, errors
from dmn_dli.store.shared_facts import (
    borrowed,
    read_shared_dictionary,
)
from dmn_dli.waivers import waive
from tests.analysis import examples as proofs
from tests.analysis.criteria_examples import CRITERIA_EXAMPLES
from tests.docs.pages import ROOT
from tests.excel import broken as workbooks
from tests.excel.broken_criteria import CRITERIA_SHEETS
from tests.excel.build import GOOD, GOOD_NAME, Rows, make_workbook, put
from tests.interchange.dmn.broken_logic import said_of_logic
from tests.interchange.dmn.broken_models import said_of_models
from tests.interchange.dmn.policy.remarked import said_of_policies
from tests.linking import broken as cells
from tests.linking.broken_criteria import CRITERIA

_GROUPS = {
    "The file": workbooks.FILES,
    "Excel's ways": workbooks.CELLS,
    "The sheets": workbooks.SHEETS,
    "The Policy sheet": workbooks.POLICY_SHEET,
    "The head of a table": workbooks.HEADS,
    "The rules": workbooks.RULES,
    "A sheet of criteria": CRITERIA_SHEETS,
    "The Cases sheet and the facts": workbooks.CASES_AND_FACTS,
}
_CELL_GROUPS = {
    "Cells that seem to say something else": cells.PITFALLS,
    "What Excel has stored": cells.STORED,
    "Values": cells.VALUES,
    "Expressions": cells.EXPRESSIONS,
    "Names": cells.NAMES,
    "Sheets of criteria": CRITERIA,
}


@frozen
class Said:
    """Something broken: its group, what is wrong in a reader's words, its code, and all that is said."""

    group: str
    what: str
    code: Code
    findings: tuple[Finding, ...]

    @property
    def text(self) -> str:
        """The messages as the page shows them: severity, code and place, what was read, how to mend it."""
        return "\n\n".join(
            f"{each.code.severity.value} {each.code.code} {each.place or 'the whole file'}\n"
            f"{each.message}\n{each.remedy}".rstrip()
            for each in self.findings
        )


@cache
def said_of_workbooks() -> tuple[Said, ...]:
    """All broken workbooks and what is said of each."""
    return (
        *_said_by_the_reader(),
        *_said_of_cells(),
        *_said_of_cases(),
        *_said_of_versions(),
        *_said_of_lists(),
        *_said_of_proofs(),
        *(Said("DMN models", what, code, found) for what, code, found in said_of_models()),
        *(Said("The logic of DMN models", what, code, found) for what, code, found in said_of_logic()),
        *(Said("DMN models as policies", what, code, found) for what, code, found in said_of_policies()),
    )


def _said_by_the_reader() -> Iterator[Said]:
    for group, members in _GROUPS.items():
        for broken in members:
            book = read_workbook_bytes(broken.make(), broken.name, broken.name)
            # The sample's own retired rule is no breakage.
            findings = [
                found
                for found in book.findings
                if found.code is not layout.RETIRED or broken.code is layout.RETIRED
            ]
            yield Said(group, broken.what, broken.code, tuple(findings))
        if group == "The file":
            yield from _said_of_folders()
            yield Said(group, "a workbook that another program holds", layout.BUSY, _busy())


def _said_of_folders() -> Iterator[Said]:
    """What bears the dictionary's name and is none, and a folder without dictionary."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "facts.xlsx").mkdir()
        found = [evolve(each, file="facts.xlsx") for each in read_shared_dictionary(Path(folder))[1]]
        yield Said("The file", "a folder named facts.xlsx", layout.NO_PLAIN_DICTIONARY, tuple(found))
    with TemporaryDirectory() as folder:
        (Path(folder) / "Facts (1).xlsx").touch()
        lacking = borrowed(Path(folder), GOOD_NAME)
        assert lacking is not None
        what = "a folder whose dictionary has another name"
        yield Said("The file", what, layout.BORROWED_DICTIONARY, (lacking,))


def _said_of_cells() -> Iterator[Said]:
    for group, members in _CELL_GROUPS.items():
        for broken in members:
            yield Said(group, broken.what, broken.code, broken.make().findings)


def _said_of_cases() -> Iterator[Said]:
    """A heading and a value of the Cases sheet that only the tables and the facts can judge."""
    group = "Cases and facts that do not fit"
    misspelt = _case_findings(B1="Servise")
    yield Said(group, "a misspelt heading of cases", link_codes.CASE_HEADING, misspelt)
    outside = _case_findings(C2=7)
    yield Said(group, "a case with a value outside its range", link_codes.CASE_VALUE, outside)


def _case_findings(**changed: object) -> tuple[Finding, ...]:
    data = put("Cases", workbooks.WITH_FACTS, **changed)
    book = read_workbook_bytes(data, GOOD_NAME, GOOD_NAME)
    assert book.dictionary is not None
    kernel = PolicyKernel(compile_policy(build(link(book, book.dictionary))))
    return case_findings(book, kernel)


def _said_of_versions() -> Iterator[Said]:
    """A policy whose review is overdue, and two workbooks for one day; the sample is due in February 2026."""
    book = read_workbook_bytes(make_workbook(), GOOD_NAME, GOOD_NAME)
    copy = evolve(book, name=f"copy of {GOOD_NAME}", file=f"copy of {GOOD_NAME}")
    overdue = tuple(version_findings([book], date(2026, 3, 1)))
    twice = tuple(version_findings([book, copy], date(2025, 3, 1)))
    yield Said("Versions", "a review date that has passed", review_passed.CODE, overdue)
    yield Said("Versions", "two workbooks for one day", same_day.CODE, twice)
    for what, code, end in (
        ("a version that ends after the next one begins", versions_overlap.CODE, date(2026, 3, 31)),
        ("days between two versions", days_uncovered.CODE, date(2026, 2, 14)),
    ):
        ends = evolve(book, policy=evolve(book.policy, effective_to=end))
        follows = evolve(copy, policy=evolve(book.policy, effective_from=date(2026, 3, 1)))
        found = version_findings([ends, follows], date(2025, 3, 1))
        yield Said("Versions", what, code, tuple(each for each in found if each.code is code))
    kept = evolve(copy, policy=evolve(book.policy, effective_from=date(2026, 3, 1), status="draft"))
    what = "a new version with the history of the one before it, and no source"
    found = version_findings([book, kept], date(2025, 3, 1))
    yield Said("Versions", what, version_untouched.CODE, tuple(found))


def _said_of_lists() -> Iterator[Said]:
    """Assumptions and Accepted; that the sample's rule M-2 is retired is a finding that may be accepted."""
    group = "The sheets Assumptions and Accepted"
    for what, code, sheet, rows in _LISTS:
        book = read_workbook_bytes(make_workbook({**GOOD, sheet: rows}), GOOD_NAME, GOOD_NAME)
        own = [found for found in book.findings if found.sheet == sheet]
        forbidding = errors(book.findings)
        waived = waive(book.findings, book, forbidding, date(2025, 6, 1))[len(book.findings) :]
        yield Said(group, what, code, (*own, *waived))
    data = put("Determination", {**GOOD, "Accepted": _accepted("DT153", "Determination!C5")}, C5=None)
    book = read_workbook_bytes(data, GOOD_NAME, GOOD_NAME)
    refused = waive(book.findings, book, errors(book.findings), date(2025, 6, 1))[len(book.findings) :]
    yield Said(group, "an error that somebody accepts", accepted.REFUSED_WAIVER, refused)


def _accepted(code: str, where: str, until: str | None = None) -> Rows:
    headings = ["code", "where", "why", "who", "until", "as it stood"]
    return [headings, [code, where, "known", "B. Ray", until, None]]


_LISTS: tuple[tuple[str, Code, str, Rows], ...] = (
    ("assumptions without reasons", assumptions.ASSUMPTION_COLUMN, "Assumptions", [["condition"], ["true"]]),
    (
        "an assumption without its reason",
        assumptions.ASSUMPTION_INCOMPLETE,
        "Assumptions",
        [["condition", "reason"], ["acute_gvhd_grade < 5", None]],
    ),
    (
        "accepted findings without places",
        accepted.ACCEPTED_COLUMN,
        "Accepted",
        [["code", "why", "who", "until"]],
    ),
    (
        "an accepted finding of a code that there is not",
        accepted.ACCEPTED_ROW,
        "Accepted",
        _accepted("DT999", "Determination!A6"),
    ),
    (
        "a finding that is accepted whatever becomes of it",
        accepted.UNTIED_WAIVER,
        "Accepted",
        _accepted("DT156", "Determination!A6"),
    ),
    (
        "an acceptance that has run out",
        accepted.IDLE_WAIVER,
        "Accepted",
        _accepted("DT156", "Determination!A6", "2025-01-31"),
    ),
)


def _said_of_proofs() -> Iterator[Said]:
    """Tables and policies that are well formed and do not decide every case as they should."""
    for group, examples in (
        ("What the proof of a table shows", proofs.TABLE_EXAMPLES),
        ("What the proof of a policy shows", proofs.POLICY_EXAMPLES),
        ("What the proof of sheets of criteria shows", CRITERIA_EXAMPLES),
    ):
        for example in examples:
            findings = analyse(example.policy).findings
            yield Said(group, example.what, example.code, _about(example.code, findings))
    beaten = next(each for each in proofs.TABLE_EXAMPLES if each.code is never_wins.CODE)
    with patch("dmn_dli.analysis.winners.PARTS", 1):
        findings = analyse(beaten.policy).findings
    what = "a table of more parts than can be looked at"
    yield Said(
        "What the proof of a table shows",
        what,
        winners_unknown.CODE,
        _about(winners_unknown.CODE, findings),
    )


def _about(code: Code, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.code is code)


def _busy() -> tuple[Finding, ...]:
    held = PermissionError(13, "Permission denied")
    with patch("pathlib.Path.open", side_effect=held), patch("time.sleep"):
        return read_workbook(ROOT / "tables" / "facts.xlsx", "facts.xlsx").findings
