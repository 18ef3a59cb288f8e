"""Suggested cases are added to a copy of the workbook, which otherwise stays what it was."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from shutil import copy
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.cases.sheet import run_cases
from dmn_dli.excel import read_workbook
from dmn_dli.store.folder import bundled_tables, find_workbooks
from dmn_dli.store.load import load_version
from dmn_dli.suggest.append import append_cases
from dmn_dli.suggest.suggestion import Aim, SuggestedCase
from tests.cli.tables import ACME, FACTS
from tests.excel.build import FACTS as RICH_FACTS
from tests.excel.build import GOOD_NAME, codes, make_book, make_workbook
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.zipped import other_parts_are_same

NAME = "acme-2025-01-01.xlsx"
MOLINA = next(path for path in find_workbooks(bundled_tables()) if path.stem.startswith("molina"))


def case(name: str, **facts: object) -> SuggestedCase:
    return SuggestedCase(name, facts, f"Because of {name}.", Aim.RULE, "Determination", "D-1")


CASES = [
    case(
        "one", service="infusion", gvhd_grade=1, donor_cells=Decimal("99.9"), date_of_service=date(2025, 6, 1)
    ),
    case("=two", service="boost"),
]


def acme(folder: Path, book: Workbook | None = None) -> Path:
    (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    (book or make_book(ACME)).save(folder / NAME)
    return folder / NAME


def copied(folder: Path, source: Path) -> Path:
    """Where a copy finds its dictionary too."""
    (folder / "copy").mkdir()
    copy(source.parent / "facts.xlsx", folder / "copy")
    return folder / "copy" / source.name


def test_cases_follow_the_last_one_and_wait_for_an_answer(tmp_path: Path) -> None:
    source = acme(tmp_path)
    target = copied(tmp_path, source)
    assert append_cases(source, CASES, target) == ("Cases!A8", "Cases!A9")
    sheet = load_workbook(target)["Cases"]
    read_day = datetime.fromisoformat("2025-06-01")
    assert [cell.value for cell in sheet[8]][:6] == ["one", read_day, "infusion", 1, 99.9, None]
    assert [cell.value for cell in sheet[9]][:6] == ["=two", None, "boost", None, None, None]
    assert sheet["A9"].data_type == "s"
    assert sheet["L8"].value == "Because of one."
    result = run_cases(read_workbook(target), load_version(target))
    assert [each.passed for each in result.cases] == [True] * 6 + [False] * 2
    assert [failure.expected for failure in result.cases[-1].failures] == ["at least one expectation"]


def test_the_original_is_untouched(tmp_path: Path) -> None:
    before = MOLINA.read_bytes()
    append_cases(MOLINA, [case("a", service="other")], copied(tmp_path, MOLINA))
    assert MOLINA.read_bytes() == before


def layout(sheet: Worksheet) -> tuple[Any, ...]:
    """What of a sheet is not in its cells."""
    return (
        sheet.freeze_panes,
        sheet.print_title_rows,
        {key: each.width for key, each in sheet.column_dimensions.items()},
        len(sheet.data_validations.dataValidation),
        str(sheet.merged_cells),
    )


def content(cell: Cell | MergedCell) -> tuple[Any, ...]:
    """What a cell holds and how it looks."""
    looks = (repr(each) for each in (cell.fill, cell.font, cell.border, cell.alignment))
    return (cell.value, cell.number_format, *looks, cell.comment and cell.comment.text)


def test_everything_but_the_new_rows_stays_as_it_was(tmp_path: Path) -> None:
    target = copied(tmp_path, MOLINA)
    (place,) = append_cases(MOLINA, [case("a", service="other")], target)
    added = int(place.rpartition("!A")[2])
    old, new = load_workbook(MOLINA), load_workbook(target)
    assert new.sheetnames == old.sheetnames
    for sheet in old.worksheets:
        assert layout(new[sheet.title]) == layout(sheet)
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.title != "Cases" or cell.row != added:
                    assert content(new[sheet.title][cell.coordinate]) == content(cell)


def test_new_rows_look_like_the_last_case(tmp_path: Path) -> None:
    target = copied(tmp_path, MOLINA)
    (place,) = append_cases(MOLINA, [case("a", service="other")], target)
    sheet = load_workbook(target)["Cases"]
    row = int(place.rpartition("!A")[2])
    assert [content(cell)[1:-1] for cell in sheet[row]] == [content(cell)[1:-1] for cell in sheet[row - 1]]


def test_dropdowns_reach_the_new_rows(tmp_path: Path) -> None:
    book = make_book(ACME)
    dropdown = DataValidation("list", formula1='"infusion,boost,other"')
    dropdown.add("C2:C7")
    book["Cases"].add_data_validation(dropdown)
    source = acme(tmp_path, book)
    target = copied(tmp_path, source)
    append_cases(source, CASES, target)
    (validation,) = load_workbook(target)["Cases"].data_validations.dataValidation
    assert str(validation.sqref) == "C2:C9"


def test_notes_keep_their_sizes(tmp_path: Path) -> None:
    book = make_book(ACME)
    book["Scope"]["B3"].comment = Comment("A long story.", "A. Nurse", height=321, width=432)
    source = acme(tmp_path, book)
    target = copied(tmp_path, source)
    append_cases(source, CASES, target)
    with ZipFile(target) as archive:
        drawing = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".vml"))
    assert "width:432px" in drawing
    assert "height:321px" in drawing


def test_what_else_is_in_the_file_stays_byte_for_byte(tmp_path: Path) -> None:
    for name, data in RICH_BOOKS.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": RICH_FACTS}))
        source = folder / GOOD_NAME
        source.write_bytes(data)
        target = copied(folder, source)
        assert append_cases(source, [case("a", service="other")], target) == ("Cases!A4",)
        other_parts_are_same(data, target.read_bytes(), ("xl/worksheets/sheet4.xml",))
        assert codes(target.read_bytes()) == []


def test_a_fact_without_a_column_gets_one_at_the_right(tmp_path: Path) -> None:
    source = acme(tmp_path)
    target = copied(tmp_path, source)
    append_cases(source, [case("flagged", prevents_relapse=True)], target)
    sheet = load_workbook(target)["Cases"]
    assert sheet["M1"].value == "To prevent relapse"
    assert sheet["M8"].value is True
    assert not read_workbook(target).findings


def test_a_workbook_without_cases_gets_a_sheet_for_them(tmp_path: Path) -> None:
    source = acme(tmp_path, make_book({name: rows for name, rows in ACME.items() if name != "Cases"}))
    target = copied(tmp_path, source)
    assert append_cases(source, CASES, target) == ("Cases!A2", "Cases!A3")
    result = run_cases(read_workbook(target), load_version(target))
    assert [each.case for each in result.cases] == ["one", "=two"]
    assert not result.problems


def test_a_name_that_a_case_has_already_is_numbered(tmp_path: Path) -> None:
    source = acme(tmp_path)
    target = copied(tmp_path, source)
    append_cases(source, [case("Mixed cells", service="boost")], target)
    assert load_workbook(target)["Cases"]["A8"].value == "Mixed cells (2)"


def test_a_file_that_is_there_is_replaced_on_request_alone(tmp_path: Path) -> None:
    source = acme(tmp_path)
    target = copied(tmp_path, source)
    target.write_bytes(b"precious")
    with pytest.raises(FileExistsError, match="exists already; name another file"):
        append_cases(source, CASES, target)
    assert target.read_bytes() == b"precious"
    append_cases(source, CASES, target, overwrite=True)
    assert load_workbook(target)["Cases"]["A8"].value == "one"
    assert sorted(path.name for path in target.parent.iterdir()) == [NAME, "facts.xlsx"]


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    source = acme(tmp_path)
    with pytest.raises(FileNotFoundError):
        append_cases(source, CASES, tmp_path / "nowhere" / NAME)
    with pytest.raises(FileNotFoundError):
        append_cases(tmp_path / "absent.xlsx", CASES, tmp_path / "new.xlsx")
    assert not (tmp_path / "new.xlsx").exists()


def test_the_same_cases_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = acme(tmp_path)
    append_cases(source, CASES, tmp_path / "first.xlsx")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    append_cases(source, CASES, tmp_path / "second.xlsx")
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
