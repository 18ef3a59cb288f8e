"""The contract of a sheet of criteria, as far as the reader knows it."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel import read_workbook_bytes
from dmn_dli.model.cell import CellKind
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.workbook import Workbook
from tests.excel.build import (
    CRITERIA,
    GOOD,
    GOOD_NAME,
    WITH_CRITERIA,
    Rows,
    codes,
    make_workbook,
    put,
    spoil,
)


def book(data: bytes) -> Workbook:
    return read_workbook_bytes(data, GOOD_NAME, GOOD_NAME)


def criteria(data: bytes) -> CriteriaSheet:
    (sheet,) = book(data).criteria
    return sheet


def sheet_of(rows: Rows) -> bytes:
    return make_workbook({**WITH_CRITERIA, "Criteria": rows})


def changed(**cells: Any) -> bytes:
    return put("Criteria", WITH_CRITERIA, **cells)


def test_each_row_is_a_criterion_or_group_with_its_cells() -> None:
    assert codes(sheet_of(CRITERIA)) == []
    sheet = criteria(sheet_of(CRITERIA))
    assert (sheet.name, sheet.sheet, sheet.question) == (
        "Criteria",
        "Criteria",
        "Which of the criteria are met?",
    )
    assert [clause.cell.text for clause in sheet.inputs] == ["Service", "Acute GVHD grade"]
    assert [clause.allowed and clause.allowed.reference for clause in sheet.inputs] == ["E4", None]
    group, first, *_ = sheet.rows
    assert (group.id, group.part_of.blank, group.needs.text, group.means.text) == (
        "DLI",
        True,
        "all",
        "medically necessary",
    )
    assert (first.id, first.cell.reference, first.part_of.text) == ("1", "A6", "DLI")
    assert [cell.text for cell in first.inputs] == ["donor lymphocyte infusion", "-"]
    assert (first.requirement.text, first.evidence.text) == ("It is of donor cells", "Order\nChart")
    assert sheet.note(first, "citation") == "1"
    assert group.evidence.reference == "H5"


def test_a_retired_row_is_kept_and_out_of_force() -> None:
    sheet = criteria(sheet_of(CRITERIA))
    assert [row.id for row in sheet.rows if row.retired] == ["2.old"]
    assert [row.id for row in sheet.in_force] == ["DLI", "1", "2"]
    assert "DT156 Criteria!A8" in codes(sheet_of(CRITERIA), info=True)


@pytest.mark.parametrize("word", ["criteria", "CRITERIA", "\u00a0Criteria  "])
def test_a2_says_criteria_in_any_letter_case(word: str) -> None:
    assert codes(changed(A2=word)) == []
    assert len(criteria(changed(A2=word)).rows) == 4


def test_columns_may_stand_in_any_order() -> None:
    rows: Rows = [
        ["Criteria", "Which?"],
        ["criteria", "note", "then", "If", "THEN", "Group", "GROUP", "group"],
        ["CRITERION", "Citation", "evidence", "Service", "REQUIREMENT", "means", "needs", "part of"],
        ["Values"],
        ["1", "Title", None, "-", "It is of donor cells", None, None, "2"],
    ]
    assert codes(sheet_of(rows)) == []
    (row,) = criteria(sheet_of(rows)).rows
    assert [row.part_of.reference, row.needs.reference, row.means.reference] == ["H5", "G5", "F5"]
    assert [row.requirement.reference, row.evidence.reference] == ["E5", "C5"]
    assert [cell.reference for cell in row.inputs] == ["D5"]


def test_a_plain_list_of_criteria_needs_no_group_and_no_evidence() -> None:
    rows: Rows = [
        ["Criteria", "Which?"],
        ["Criteria", "IF", "THEN", "NOTE"],
        ["Criterion", "Service", "Requirement", "Citation"],
        ["values"],
        ["1", "other", "It is another service", "Title"],
    ]
    assert codes(sheet_of(rows)) == []
    (row,) = criteria(sheet_of(rows)).rows
    assert all(cell.blank for cell in (row.part_of, row.needs, row.means, row.evidence))


def test_the_word_cells_of_a_group_are_repaired_and_its_texts_kept() -> None:
    sheet = criteria(
        changed(B6=" DLI\u200b", C5="at  least\u00a01", H5="Chart\n  Order  ", G5=" “Given”  twice ")
    )
    group, first, *_ = sheet.rows
    assert (first.part_of.text, group.needs.text) == ("DLI", "at least 1")
    assert (group.evidence.text, group.requirement.text) == ("Chart\n  Order", "“Given”  twice")


def test_part_of_is_read_as_the_id_that_it_names() -> None:
    sheet = criteria(changed(A5="A–1 ", B6=" A–1", B7="A–1"))
    assert [row.part_of.text for row in sheet.rows[1:3]] == [sheet.rows[0].id, sheet.rows[0].id]


def test_a_plain_number_is_the_number_as_printed() -> None:
    data = changed(A6=1, A7=2.1, B7=1)
    assert codes(data) == []
    assert [(row.id, row.part_of.text) for row in criteria(data).rows[1:3]] == [("1", "DLI"), ("2.1", "1")]


@pytest.mark.parametrize(
    ("number", "shape", "reported"),
    [
        (2.1, "0.00", True),
        (2.1, "0.0", False),
        (2.1, "0", True),
        (2, "0", False),
        (2, "0.0", True),
        (0.05, "0%", True),
        (7, '"C-"0', True),
        (2.1, "@", False),
    ],
)
def test_a_number_that_shows_other_characters_is_reported(
    number: float, shape: str, *, reported: bool
) -> None:
    def typed(sheet: Worksheet) -> None:
        for reference in ("A7", "B8"):
            sheet[reference] = number
            sheet[reference].number_format = shape

    expected = ["DT167 Criteria!A7", "DT167 Criteria!B8"] if reported else []
    assert codes(spoil("Criteria", typed, WITH_CRITERIA)) == expected


def test_what_excel_took_for_a_date_is_reported() -> None:
    def typed(sheet: Worksheet) -> None:
        for reference in ("A6", "B7", "C5", "G7", "H7"):
            sheet[reference] = 45000
            sheet[reference].number_format = "d-mmm"

    data = spoil("Criteria", typed, WITH_CRITERIA)
    assert criteria(data).rows[1].cell.kind is CellKind.DATE
    assert codes(data) == [
        "DT169 Criteria!C5",
        "DT151 Criteria!A6",
        "DT169 Criteria!B7",
        "DT169 Criteria!G7",
        "DT169 Criteria!H7",
    ]


def test_group_and_evidence_may_be_blank_and_nothing_else() -> None:
    blank = dict.fromkeys(("B6", "C5", "D5", "H6", "H7", "J8"))
    assert codes(changed(**blank)) == []
    assert codes(changed(F6=None, G7=None)) == ["DT153 Criteria!F6", "DT153 Criteria!G7"]


def test_excels_ways_are_reported_as_in_a_table() -> None:
    def tire(sheet: Worksheet) -> None:
        sheet["B6"] = "=B5"
        sheet["E7"] = "#N/A"
        sheet.merge_cells("G7:G8")
        sheet.row_dimensions[5].hidden = True
        sheet["L6"] = "ask Dr. Lee"

    assert codes(spoil("Criteria", tire, WITH_CRITERIA)) == [
        "DT115 Criteria!A5",
        "DT112 Criteria!B6",
        "DT118 Criteria!L6",
        "DT113 Criteria!E7",
        "DT114 Criteria!G7",
    ]


def test_what_stands_in_row_4_under_another_column_is_not_lost_in_silence() -> None:
    assert codes(changed(C4="all, any", G4="default: none")) == ["DT118 Criteria!C4", "DT118 Criteria!G4"]


def test_a_heading_of_another_kind_of_column_is_reported_and_not_read() -> None:
    data = changed(B2="NOTE", H2="GROUP")
    assert codes(data) == ["DT166 Criteria!B2", "DT166 Criteria!H2"]
    assert criteria(data).rows[1].part_of.blank


def test_criteria_without_requirements_cannot_be_read_and_are_named() -> None:
    read = book(changed(G2="NOTE"))
    assert read.criteria == ()
    assert read.unread == ("Criteria",)
    assert [table.name for table in read.tables] == ["Scope", "Determination"]
    assert codes(changed(G2="NOTE")) == ["DT166 Criteria!G2"]


@pytest.mark.parametrize("said", ["Criterion", "criteria:", "Criterias", None])
def test_what_is_nearly_a_sheet_of_criteria_is_read_as_one(said: str | None) -> None:
    assert codes(changed(A2=said)) == ["DT164 Criteria!A2"]
    assert len(criteria(changed(A2=said)).rows) == 4


def test_a_hit_policy_makes_a_table_of_whatever_else_the_sheet_says() -> None:
    assert book(changed(A2="F")).criteria == ()
    assert "DT142 Criteria!B2" in codes(changed(A2="F"))


def test_free_text_about_criteria_is_no_sheet_of_criteria() -> None:
    assert codes(make_workbook({**GOOD, "Notes": [["Words"], ["Criteria"]]})) == []
    assert codes(make_workbook({**GOOD, "Ideas": [["To do"], ["Criterion"]]})) == ["DT121 Ideas!A1"]


def test_there_may_be_several_sheets_of_criteria_of_different_names() -> None:
    boost: Rows = [["Boost", "Which?"], *CRITERIA[1:]]
    data = make_workbook({**WITH_CRITERIA, "Boost": boost})
    assert codes(data) == []
    assert [sheet.name for sheet in book(data).criteria] == ["Criteria", "Boost"]


def test_criteria_and_tables_share_their_names() -> None:
    table: Rows = [["Criteria", "?"], *WITH_CRITERIA["Scope"][1:]]
    data = make_workbook({**WITH_CRITERIA, "criteria 2": table})
    assert codes(data) == ["DT126 'criteria 2'!A1", "DT127 'criteria 2'!A1"]
    assert [found.name for found in book(data).tables] == ["Scope", "Determination"]


def test_the_final_decision_is_a_table_and_never_the_criteria() -> None:
    assert codes(put("Policy", WITH_CRITERIA, B8="Criteria")) == ["DT136 Policy!B8"]
    only = {name: rows for name, rows in WITH_CRITERIA.items() if name not in ("Scope", "Determination")}
    assert codes(make_workbook(only)) == ["DT128", "DT136 Policy!B8"]


def test_citations_are_due_in_a_payers_policy_alone() -> None:
    assert codes(changed(I5=None, I8=None)) == ["DT155 Criteria!I5", "DT155 Criteria!I8"]
    assert codes(changed(I3="Source")) == ["DT155 Criteria"]
    generic = {**WITH_CRITERIA, "Policy": [["Field", "Value"], ["Final decision", "Determination"]]}
    assert codes(put("Criteria", generic, I5=None)) == []


def test_unmet_criteria_follow_from_the_sheet_in_any_workbook() -> None:
    table: Rows = [["Unmet Criteria", "?"], *WITH_CRITERIA["Scope"][1:]]
    data = make_workbook({**WITH_CRITERIA, "Unmet Criteria": table})
    assert codes(data) == ["DT168 'Unmet Criteria'!A1"]
    assert codes(make_workbook({**GOOD, "Unmet Criteria": table})) == []
