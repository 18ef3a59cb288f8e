"""Copies of workbooks with the findings in them."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from dmn_dli.excel import read_workbook
from dmn_dli.excel.annotate import COLOURS
from tests.cli.program import invoke
from tests.cli.tables import write_tables
from tests.excel import build
from tests.excel.build import make_workbook

NAME = "acme-2025-01-01.xlsx"
NOW = ("--today", "2026-01-01")


@pytest.fixture
def unproven(here: Path) -> Path:
    write_tables(here / "tables", "unproven")
    _dress(here / "tables" / NAME)
    return here


def _dress(path: Path) -> None:
    """Give a workbook what people give theirs: notes, widths, dropdowns, fonts, colours, a frozen head."""
    book = load_workbook(path)
    sheet = book["Scope"]
    sheet["A6"].comment = Comment("Ask Dr. Lee.", "B. Ray")
    sheet["B3"].comment = Comment("Which service?", "B. Ray")
    sheet["A6"].fill = PatternFill("solid", fgColor="00FF00")
    sheet["B5"].font = Font(name="Arial", bold=True)
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[6].height = 44
    sheet.freeze_panes = "B5"
    choice = DataValidation("list", formula1='"infusion,boost"')
    choice.add("B5:B20")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add(
        "B5:B9",
        CellIsRule("equal", ['"x"'], fill=PatternFill(bgColor="111111")),  # type: ignore[no-untyped-call]
    )
    sheet.merge_cells("B1:D1")
    book.save(path)


def annotate(*more: str) -> Workbook:
    result = invoke("check", *NOW, "--annotate", "out", *more)
    assert result.exit_code == 1, result.output
    return load_workbook(Path("out") / NAME)


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def colours(book: Workbook, sheet: str) -> dict[str, str]:
    """The fill that a copy lays over each cell."""
    return {
        reference: rule.dxf.fill.bgColor.rgb[2:]
        for area in book[sheet].conditional_formatting
        for rule in area.rules
        if rule.formula == ['N("dmn-dli check")=0']
        for reference in str(area.sqref).split()
    }


@pytest.mark.usefixtures("unproven")
def test_a_finding_is_a_note_and_a_colour_on_its_cell() -> None:
    book = annotate()
    assert "error DT510\nNo rule answers" in book["Scope"]["A7"].comment.text
    assert colours(book, "Scope") == {"A6": COLOURS["waived"], "A7": COLOURS["error"]}
    assert colours(book, "Determination") == {"B5": COLOURS["warning"], "E4": COLOURS["warning"]}


@pytest.mark.usefixtures("unproven")
def test_notes_that_were_there_stay_and_the_finding_follows_them() -> None:
    sheet = annotate()["Scope"]
    own, found = sheet["A6"].comment.text.split("\n\n", 1)
    assert (own, sheet["A6"].comment.author) == ("Ask Dr. Lee.", "B. Ray")
    assert found.startswith("Found by dmn-dli check:\nwaived DT511\n")
    assert sheet["B3"].comment.text == "Which service?"


@pytest.mark.usefixtures("unproven")
def test_a_copy_keeps_what_people_gave_the_workbook() -> None:
    sheet = annotate()["Scope"]
    assert sheet["A6"].fill.fgColor.rgb == "0000FF00"
    assert (sheet["B5"].font.name, sheet["B5"].font.bold) == ("Arial", True)
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[6].height) == (33, 44)
    assert (sheet.freeze_panes, str(sheet.merged_cells.ranges)) == ("B5", "{<MergedCellRange B1:D1>}")
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["B5:B20"]
    own = [rule for area in sheet.conditional_formatting for rule in area.rules if rule.formula == ['"x"']]
    assert [rule.dxf.fill.bgColor.rgb for rule in own] == ["00111111"]


def test_the_original_is_not_touched_and_the_copy_decides_alike(unproven: Path) -> None:
    path = unproven / "tables" / NAME
    before = digest(path)
    annotate()
    assert digest(path) == before
    original, copy = read_workbook(path, "x"), read_workbook(Path("out") / NAME, "x")
    assert (copy.tables, copy.cases, copy.policy) == (original.tables, original.cases, original.policy)
    assert copy.findings == original.findings


@pytest.mark.usefixtures("unproven")
def test_the_sheet_findings_comes_first_and_links_to_the_cells() -> None:
    book = annotate()
    sheet = book.worksheets[0]
    assert book.active is sheet
    assert sheet.title == "Findings"
    assert sheet["A1"].value == f"{NAME}: 1 error, 2 warnings, 1 note, 1 waived."
    lines = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=3)]
    assert lines == [
        ["waived", "DT511", "Scope!A6"],
        ["error", "DT510", "Scope!A7"],
        ["warning", "DT604", "Determination!E4"],
        ["warning", "DT515", "Determination!B5"],
        ["info", "DT188", "Accepted!A3"],
    ]
    links = [row[2].hyperlink for row in sheet.iter_rows(min_row=3)]
    assert [link and link.location for link in links] == [line[2] for line in lines]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.usefixtures("unproven")
def test_the_list_offers_what_the_accepted_sheet_remembers() -> None:
    texts = [row[6].value for row in annotate()["Findings"].iter_rows(min_row=3)]
    assert texts[3] == (
        "D-1 | IF Scope: not addressed | THEN Determination: not addressed | THEN Payer wording: null "
        "| THEN Reason: Another service."
    )
    assert texts[4] is None


def test_text_that_looks_like_a_formula_stays_text(here: Path) -> None:
    (here / "tables").mkdir()
    rows: list[list[str | None]] = [
        ["=1+1", None],
        ["U", "IF", "THEN"],
        ["Rule", "a", "b"],
        ["values", None, None],
    ]
    (here / "tables" / NAME).write_bytes(make_workbook({"Table": rows}))
    sheet = annotate()["Findings"]
    formula = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in formula)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_same_workbook_gives_the_same_copy(unproven: Path) -> None:
    annotate()
    first = digest(unproven / "out" / NAME)
    annotate()
    assert digest(unproven / "out" / NAME) == first


def test_a_copy_is_replaced_but_not_once_somebody_has_edited_it(unproven: Path) -> None:
    annotate()
    annotate()
    path = unproven / "out" / NAME
    book = load_workbook(path)
    book["Scope"]["B6"] = "boost, other"
    book.save(path)
    edited = digest(path)
    result = invoke("check", *NOW, "--annotate", "out")
    assert (result.exit_code, digest(path)) == (2, edited)
    assert "has been edited since; it is replaced only with --force" in result.stderr
    annotate("--force")
    assert digest(path) != edited


def test_nothing_is_written_where_one_file_must_stay(unproven: Path) -> None:
    (unproven / "out").mkdir()
    (unproven / "out" / "facts.xlsx").write_bytes(b"somebody's own")
    assert invoke("check", *NOW, "--annotate", "out").exit_code == 2
    assert [path.name for path in (unproven / "out").iterdir()] == ["facts.xlsx"]


def test_a_workbook_never_replaces_itself_by_force_either(unproven: Path) -> None:
    before = digest(unproven / "tables" / NAME)
    result = invoke("check", *NOW, "--annotate", "tables", "--force")
    assert (result.exit_code, digest(unproven / "tables" / NAME)) == (2, before)
    assert "would replace the workbook itself" in result.stderr


def test_two_workbooks_of_one_name_are_refused(unproven: Path) -> None:
    write_tables(unproven / "others")
    result = invoke("check", "tables", "others", "--annotate", "out")
    assert result.exit_code == 2
    assert "annotate one folder at a time" in result.stderr


def test_a_copy_of_a_mended_copy_carries_nothing_of_the_first(unproven: Path) -> None:
    annotate()
    book = load_workbook(unproven / "out" / NAME)
    book["Scope"]["B5"], book["Scope"]["B6"] = "infusion", "boost, other"
    stream = BytesIO()
    book.save(stream)
    (unproven / "tables" / NAME).write_bytes(stream.getvalue())
    invoke("check", *NOW, "--annotate", "again")
    again = load_workbook(unproven / "again" / NAME)
    assert again.sheetnames.count("Findings") == 1
    assert again["Scope"]["A7"].comment is None
    assert again["Scope"]["A6"].comment.text == "Ask Dr. Lee."
    assert colours(again, "Scope") == {}


def test_a_file_that_is_no_workbook_has_no_copy_and_the_others_have(unproven: Path) -> None:
    (unproven / "tables" / "broken.xlsx").write_bytes(b"hello")
    result = invoke("check", *NOW, "--annotate", "out")
    assert result.exit_code == 1
    assert "broken.xlsx cannot be opened, so that there is no copy of it." in result.stderr
    assert sorted(path.name for path in (unproven / "out").iterdir()) == [NAME, "facts.xlsx"]


def test_a_signed_workbook_has_no_copy_and_the_reason_is_told(unproven: Path) -> None:
    with ZipFile(unproven / "tables" / NAME, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    result = invoke("check", *NOW, "--annotate", "out")
    assert result.exit_code == 1
    assert (
        f"{NAME} holds a digital signature (_xmlsignatures/sig1.xml), which a change would" in result.stderr
    )
    assert [path.name for path in (unproven / "out").iterdir()] == ["facts.xlsx"]


@pytest.mark.usefixtures("unproven")
def test_force_without_annotate_is_a_mistake() -> None:
    assert invoke("check", "--force").exit_code == 2


def test_findings_about_criteria_stand_at_their_cells(here: Path) -> None:
    criteria = [list(row) for row in build.CRITERIA]
    criteria[6][1] = "DLX"
    sheets = {**build.WITH_CRITERIA, "Criteria": criteria}
    (here / "tables").mkdir(exist_ok=True)
    (here / "tables" / "facts.xlsx").write_bytes(make_workbook({"Facts": build.FACTS}))
    (here / "tables" / NAME).write_bytes(make_workbook(sheets))
    book = annotate()
    note = book["Criteria"]["B7"].comment
    assert note is not None
    assert 'No row of the sheet is numbered "DLX". Did you mean "DLI"?' in note.text
    assert colours(book, "Criteria")["B7"] == COLOURS["error"]
    assert "Criteria!B7" in [row[2].value for row in book["Findings"].iter_rows(min_row=3)]
