"""Which findings are waived, and when they come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from dmn_dli.analysis.findings import same_day
from dmn_dli.excel import accepted, read_workbook_bytes
from dmn_dli.excel import codes as layout
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.workbook import Workbook
from dmn_dli.waivers import as_it_stands, waive
from tests.excel.build import CRITERIA, DETERMINATION, GOOD, GOOD_NAME, make_workbook

TODAY = date(2026, 1, 15)
M_1 = (
    "M-1 | IF Scope: addressed | THEN Determination: medically necessary | THEN Reason: The criteria are met."
)
M_3 = "M-3 | THEN Determination: not addressed | THEN Reason: The policy is silent."
WARNING = layout.EMPTY_SHEET
"""Any code that does not keep a workbook from being evaluated."""


def book(*rows: Sequence[Any], wording: str = "The criteria are met.") -> Workbook:
    """The good workbook with these rows accepted, and the reason that the rule M-1 gives."""
    table = [list(row) for row in DETERMINATION]
    table[4][4] = wording
    headings = ["code", "where", "why", "who", "until", "as it stood"]
    data = make_workbook({**GOOD, "Determination": table, "Accepted": [headings, *rows]})
    read = read_workbook_bytes(data, GOOD_NAME, GOOD_NAME)
    assert len(read.accepted) == len(rows)
    return read


def row(where: str, until: date | None = None, stood: str | None = None, code: Code = WARNING) -> list[Any]:
    return [code.code, where, "It is meant so.", "A. Nurse", until, stood]


def about(cell: str, *rules: str, sheet: str = "Determination", code: Code = WARNING) -> Finding:
    return Finding(code, f"Something about {cell}.", "Mend it.", GOOD_NAME, sheet, cell, sheet, rules)


def outcome(workbook: Workbook, *findings: Finding, today: date = TODAY) -> tuple[list[bool], list[str]]:
    """For each finding whether it is waived, and the codes of what is said of the Accepted sheet."""
    came = waive(findings, workbook, (), today)
    assert [each.message for each in came[: len(findings)]] == [each.message for each in findings]
    said = came[len(findings) :]
    assert all(each.sheet == "Accepted" and not each.waived for each in said)
    return [each.waived for each in came[: len(findings)]], [each.code.code for each in said]


@pytest.mark.parametrize("where", ["Criteria!F7", "Criteria criterion 2", "Criteria rule 2"])
def test_a_finding_about_a_criterion_is_waived_until_the_criterion_is_edited(where: str) -> None:
    stood = "2 | GROUP Part of: DLI | IF Acute GVHD grade: < 2 | THEN Requirement: GVHD is absent or mild"
    headings = ["code", "where", "why", "who", "until", "as it stood"]
    for grade, waived in (("< 2", True), ("< 3", False)):
        rows = [list(row) for row in CRITERIA]
        rows[6][5] = grade
        sheets = {**GOOD, "Criteria": rows, "Accepted": [headings, row(where, stood=stood)]}
        read = read_workbook_bytes(make_workbook(sheets), GOOD_NAME, GOOD_NAME)
        flags, _ = outcome(read, about("F7", "2", sheet="Criteria"))
        assert flags == [waived]


@pytest.mark.parametrize("where", ["Determination!B5", "Determination", "Determination rule M-1"])
def test_a_finding_is_waived_by_its_cell_its_sheet_or_its_rule(where: str) -> None:
    assert outcome(book(row(where, stood=M_1)), about("B5")) == ([True], [])


@pytest.mark.parametrize("where", ["Determination!C5", "Scope", "Determination rule M-3", "workbook"])
def test_a_finding_elsewhere_counts_and_the_idle_row_is_told(where: str) -> None:
    assert outcome(book(row(where, stood=M_1)), about("B5")) == ([False], ["DT188"])


def test_a_finding_with_another_code_counts() -> None:
    assert outcome(book(row("Determination!B5", stood=M_1, code=layout.CHART_SHEET)), about("B5")) == (
        [False],
        ["DT188"],
    )


def test_a_finding_about_several_rules_is_met_by_each_of_them() -> None:
    finding = about("A7", "M-1", "M-3")
    workbook = book(row("Determination rule M-1", stood=f"{M_1} / {M_3}"))
    assert as_it_stands(finding, workbook) == f"{M_1} / {M_3}"
    assert outcome(workbook, finding) == ([True], [])


def test_a_finding_about_the_file_is_accepted_for_the_workbook() -> None:
    finding = about("", sheet="", code=layout.FILE_NAME)
    assert outcome(book(row("workbook", stood=finding.message, code=layout.FILE_NAME)), finding) == (
        [True],
        [],
    )


def test_a_waiver_holds_through_its_last_day() -> None:
    workbook = book(row("Determination!B5", until=date(2026, 1, 15), stood=M_1))
    assert outcome(workbook, about("B5"), today=date(2026, 1, 15)) == ([True], [])
    assert outcome(workbook, about("B5"), today=date(2026, 1, 16)) == ([False], ["DT188"])


def test_a_finding_comes_back_when_its_rule_is_edited() -> None:
    accepted = row("Determination!B5", stood=M_1)
    assert outcome(book(accepted), about("B5")) == ([True], [])
    edited = book(accepted, wording="Both criteria are met.")
    assert outcome(edited, about("B5")) == ([False], ["DT188"])
    (message,) = [
        each.message for each in waive([about("B5")], edited, (), TODAY) if each.sheet == "Accepted"
    ]
    assert f'It stood as "{M_1}"' in message
    assert 'it stands as "M-1 | IF Scope: addressed | ' in message


def test_a_rule_cut_short_is_another_rule_than_the_accepted_one() -> None:
    accepted = row("Determination!B5", stood=M_1)
    assert outcome(book(accepted, wording="The criteria are"), about("B5")) == ([False], ["DT188"])


def test_a_finding_without_rules_is_bound_to_its_message() -> None:
    finding = about("A2")
    assert outcome(book(row("Determination!A2", stood=finding.message)), finding) == ([True], [])
    assert outcome(book(row("Determination!A2", stood="Something else.")), finding) == ([False], ["DT188"])


def test_a_waiver_of_a_whole_sheet_does_not_cover_what_is_new_there() -> None:
    for stood in (f"{M_1}\n{M_3}", f"{M_1} // {M_3}"):
        workbook = book(row("Determination", stood=stood))
        assert outcome(workbook, about("B5"), about("B7")) == ([True, True], [])
        assert outcome(workbook, about("B5"), about("A2"), about("B7")) == ([True, False, True], ["DT188"])


def test_what_excel_does_to_pasted_text_makes_no_difference() -> None:
    pasted = f"  {M_1.replace(' | ', chr(0xA0) + '|  ')} ".replace("criteria", "CRITERIA")
    assert outcome(book(row("Determination!B5", stood=pasted)), about("B5")) == ([True], [])


def test_a_waiver_that_remembers_nothing_holds_and_offers_what_to_remember() -> None:
    workbook = book(row("Determination!B5"))
    assert outcome(workbook, about("B5")) == ([True], ["DT187"])
    *_, said = waive([about("B5")], workbook, (), TODAY)
    offered = said.message.split('"')[1]
    assert outcome(book(row("Determination!B5", stood=offered)), about("B5")) == ([True], [])


def test_the_offer_of_a_waiver_for_several_findings_covers_them_all() -> None:
    *_, said = waive([about("B5"), about("B7")], book(row("Determination")), (), TODAY)
    offered = said.message.split('"')[1]
    assert outcome(book(row("Determination", stood=offered)), about("B5"), about("B7")) == ([True, True], [])


def test_nobody_can_accept_what_keeps_a_workbook_from_being_evaluated() -> None:
    finding = about("B5", code=layout.FORMULA)
    workbook = book(row("Determination!B5", stood=M_1, code=layout.FORMULA))
    kept, said = waive([finding], workbook, [finding], TODAY)
    assert (kept.waived, kept.is_error, said.code) == (False, True, accepted.REFUSED_WAIVER)


def test_an_error_that_forbids_no_evaluation_can_be_accepted() -> None:
    finding = Finding(same_day.CODE, "Two.", "Mend it.", GOOD_NAME, "Policy", "B6")
    workbook = book(row("Policy!B6", stood="Two.", code=same_day.CODE))
    (kept,) = waive([finding], workbook, (), TODAY)
    assert (kept.waived, kept.is_error) == (True, False)


def test_a_code_that_is_none_accepts_nothing_and_is_told_with_all_else_that_is_wrong_in_its_row() -> None:
    for where, read in (("Determination!B5", 0), ("Determnation!B5", 1)):
        headings = ["code", "where", "why", "who", "until"]
        rows: list[list[Any]] = [headings, ["DT156x", where, "It is meant so.", "A. Nurse", None]]
        workbook = read_workbook_bytes(make_workbook({**GOOD, "Accepted": rows}), GOOD_NAME, GOOD_NAME)
        said = [each for each in workbook.findings if each.sheet == "Accepted"]
        assert [(each.code.code, each.cell) for each in said] == [("DT186", "B2")] * read
        waived, told = waive([about("B5")], workbook, (), TODAY)
        assert (waived.waived, told.code, told.place) == (False, accepted.ACCEPTED_ROW, "Accepted!A2")
        assert told.message == 'The code is "DT156x", and no finding has it. Did you mean "DT156"?'
        assert told.remedy == "Correct the cell; until then the finding is not accepted."
