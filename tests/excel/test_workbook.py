"""A whole workbook: what each sheet is read as."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from dmn_dli.excel import read_dictionary_bytes, read_workbook_bytes
from dmn_dli.model.facts import FactType
from dmn_dli.runtime.hit_policy import HitPolicy
from tests.excel.broken import BROKEN, CONFLICTS
from tests.excel.build import DETERMINATION, FACTS, GOOD, GOOD_NAME, SCOPE, Rows, codes, make_workbook, put


def test_a_good_workbook_is_read_without_objection() -> None:
    data = make_workbook()
    book = read_workbook_bytes(data, GOOD_NAME, "tables/" + GOOD_NAME)
    assert codes(data) == []
    assert (book.file, book.name, book.sha256) == (
        "tables/" + GOOD_NAME,
        GOOD_NAME,
        sha256(data).hexdigest(),
    )
    assert [(table.name, table.sheet, table.hit_policy) for table in book.tables] == [
        ("Scope", "Scope", HitPolicy.UNIQUE),
        ("Determination", "Determination", HitPolicy.FIRST),
    ]
    assert not book.generic
    assert book.dictionary is None


def test_reading_the_same_bytes_twice_gives_the_same_workbook() -> None:
    data = put("Determination", B5=None, C6="=1")
    assert read_workbook_bytes(data, "a.xlsx", "a.xlsx") == read_workbook_bytes(data, "a.xlsx", "a.xlsx")


def test_change_history_keeps_who_what_and_why() -> None:
    (entry,) = read_workbook_bytes(make_workbook(), GOOD_NAME, GOOD_NAME).changes
    assert (entry.date, entry.who, entry.what, entry.why) == (
        date(2025, 2, 1),
        "A. Nurse",
        "first version",
        "new policy",
    )


def test_a_facts_sheet_of_its_own_makes_the_workbook_stand_alone() -> None:
    dictionary = read_workbook_bytes(make_workbook(Facts=FACTS), GOOD_NAME, GOOD_NAME).dictionary
    assert dictionary is not None
    service, grade = dictionary.facts
    assert (service.name, service.label, service.type, service.nullable) == (
        "service",
        "Service",
        FactType.STRING,
        False,
    )
    assert service.allowed is not None
    assert service.allowed.text == '"donor lymphocyte infusion", "other"'
    assert (grade.type, grade.unit, grade.nullable, grade.question) == (
        FactType.INTEGER,
        "grade",
        True,
        "Which grade?",
    )
    assert dictionary.by_name["acute_gvhd_grade"] is grade


def test_reserved_sheets_and_notes_are_free_of_layout() -> None:
    free: Rows = [["x"], ["anything"], ["at all", 3]]
    sheets = {"Change History": free, "Findings": free, "Notes on terms": free, "NOTES": free}
    without_notes = {name: rows for name, rows in GOOD.items() if name != "Notes"}
    assert codes(make_workbook({**without_notes, **sheets})) == []


def test_conflicts_are_an_error_until_the_sheet_is_gone_beside_tables_and_beside_facts() -> None:
    for rows in ([], CONFLICTS):
        assert codes(make_workbook(Conflicts=rows)) == ["DT178 Conflicts"]
    data = make_workbook({"Facts": FACTS, "Conflicts": CONFLICTS})
    dictionary, findings = read_dictionary_bytes(data, "facts.xlsx", "facts.xlsx")
    assert dictionary is not None
    assert [(finding.code.code, finding.sheet) for finding in findings] == [("DT178", "Conflicts")]


def test_only_a_hit_policy_in_a2_makes_a_note_suspicious() -> None:
    assert codes(make_workbook(Notes=[["Words"], ["Unique"]])) == ["DT124 Notes!A2"]
    assert codes(make_workbook(Notes=[["Words"], ["unique among plans"]])) == []


def test_a_generic_workbook_needs_nothing_but_its_final_decision() -> None:
    plain = [[*row[:3]] for row in SCOPE]
    plain[3][2] = "addressed, not addressed\ndefault: not addressed"
    data = make_workbook({"Policy": [["Field", "Value"], ["Final decision", "Scope"]], "Scope": plain})
    book = read_workbook_bytes(data, "any.xlsx", "any.xlsx")
    assert book.generic
    assert book.findings == ()
    assert book.policy.final_decision == "Scope"


def test_a_table_that_cannot_be_read_is_named_and_the_others_stand() -> None:
    book = read_workbook_bytes(put("Determination", A2="?"), GOOD_NAME, GOOD_NAME)
    assert [table.name for table in book.tables] == ["Scope"]
    assert book.unread == ("Determination",)
    assert [finding.code.code for finding in book.findings if finding.is_error] == ["DT141"]


def test_all_problems_of_a_file_come_in_one_run_in_the_order_of_its_sheets() -> None:
    rows = [list(row) for row in DETERMINATION]
    rows[4][1] = None
    rows[4][4] = "=A1"
    rows[6][0] = "M-1"
    data = make_workbook(Determination=rows, Ideas=[["none"]], without=["Policy"])
    assert codes(data) == [
        "DT120",
        "DT153 Determination!B5",
        "DT112 Determination!E5",
        "DT152 Determination!A7",
        "DT121 Ideas!A1",
    ]


def test_a_damaged_sheet_does_not_hide_what_is_wrong_on_the_others() -> None:
    (damaged,) = (broken for broken in BROKEN if broken.what == "a sheet that is no XML")
    assert codes(damaged.make()) == ["DT105 Scope"]


def test_every_table_finding_names_its_decision() -> None:
    book = read_workbook_bytes(put("Determination", B5=None), GOOD_NAME, GOOD_NAME)
    assert {(finding.sheet, finding.decision) for finding in book.findings} == {
        ("Determination", "Determination")
    }
