"""The Cases sheet, and case files in Excel's format."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmn_dli.excel import WorkbookUnreadableError, read_rows, read_workbook_bytes
from dmn_dli.model.cell import CellKind
from dmn_dli.model.workbook import CaseSheet
from tests.excel.build import GOOD_NAME, codes, make_workbook, put


def cases(data: bytes) -> CaseSheet:
    found = read_workbook_bytes(data, GOOD_NAME, GOOD_NAME).cases
    assert found is not None
    return found


def test_a_case_has_a_cell_for_each_heading_and_keeps_its_kinds() -> None:
    read = cases(make_workbook())
    assert [cell.text for cell in read.headings] == ["Service", "Acute GVHD grade", "expect determination"]
    first, second = read.rows
    assert (first.name, first.cell.reference) == ("all known", "A2")
    assert [cell.kind for cell in first.values] == [CellKind.TEXT, CellKind.NUMBER, CellKind.TEXT]
    assert second.values[1].blank
    assert second.values[1].reference == "C3"


def test_the_case_column_may_stand_anywhere() -> None:
    read = cases(make_workbook(Cases=[["Service", " CASE"], ["other", "one"]]))
    assert [cell.text for cell in read.headings] == ["Service"]
    assert read.rows[0].name == "one"


@pytest.mark.parametrize("name", ["A", "u", "C+", "First"])
def test_a_case_may_be_named_like_a_hit_policy(name: str) -> None:
    assert codes(put("Cases", A2=name)) == []


def test_a_list_keeps_its_lines() -> None:
    assert cases(put("Cases", D2=" a\nb ")).rows[0].values[2].text == "a\nb"


def test_a_case_without_a_name_is_handed_over_for_the_test_to_fail() -> None:
    assert [row.name for row in cases(put("Cases", A2=None)).rows] == ["", "another service"]


def test_formulas_error_values_and_merges_among_the_cases_are_errors() -> None:
    assert codes(put("Cases", B2="=A1", B3="#REF!")) == ["DT112 Cases!B2", "DT113 Cases!B3"]


def test_rows_are_the_used_rows_of_the_first_sheet(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(
        make_workbook({"Sheet1": [["case_id", "service"], ["a1", "other"], [], ["a2", None, 0.1]]})
    )
    rows = read_rows(path)
    assert [[cell.text for cell in row] for row in rows] == [
        ["case_id", "service", ""],
        ["a1", "other", ""],
        ["a2", "", "0.1"],
    ]
    assert [row[0].row for row in rows] == [1, 2, 4]


def test_rows_of_a_named_sheet(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(make_workbook())
    assert read_rows(path, "Cases")[0][0].text == "case"
    with pytest.raises(WorkbookUnreadableError, match='no sheet "Case"'):
        read_rows(path, "Case")


def test_rows_of_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(b"case_id,service\n")
    with pytest.raises(WorkbookUnreadableError, match="plain text") as raised:
        read_rows(path)
    assert [finding.code.code for finding in raised.value.findings] == ["DT101"]
