"""Random sequences of edits, judged by a naive model: what lies where is what two readers then find."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.sheet import EditedSheet
from tests.ooxml.model import Feature, Model
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.read import by_our_reader
from tests.ooxml.whole import is_whole

ROWS, COLUMNS = 14, 8
AREAS = {
    "merge1": "B1:E1",
    "merge2": "A9:A11",
    "dropdown1": "B5:B12",
    "dropdown2": "C5:D8",
    "format1": "A5:F12",
    "format2": "E6",
    "range1": "B5:B12",
    "range2": "C3:E3",
    "range3": "D4",
}
POINTS = {"note1": "B3", "note2": "C7", "link1": "F6", "formula1": "D10"}


@cache
def start() -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Main"
    for row in range(1, ROWS + 1):
        for column in range(1, COLUMNS + 1):
            if (row * column) % 3:
                sheet.cell(row, column, f"{row}/{column}")
    other = book.create_sheet("Other")
    for number, (name, reference) in enumerate(AREAS.items(), 1):
        if name.startswith("merge"):
            sheet.merge_cells(reference)
        elif name.startswith("dropdown"):
            sheet.add_data_validation(DataValidation("list", formula1=f'"{name}"', sqref=reference))
        elif name.startswith("format"):
            sheet.conditional_formatting.add(reference, Rule("expression", formula=[f'N("{name}")=0']))
        else:
            other.cell(number, 1, f"=SUM(Main!{reference})")
    sheet["B3"].comment = Comment("note1", "a")
    sheet["C7"].comment = Comment("note2", "a")
    sheet["F6"].hyperlink = Hyperlink(ref="F6", location="link1")
    other.cell(1, 1, "=Main!$D$10")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def area(reference: str) -> tuple[set[int], set[int]]:
    left, top, right, bottom = range_boundaries(reference)
    assert left is not None
    assert top is not None
    assert right is not None
    assert bottom is not None
    return set(range(top, bottom + 1)), set(range(left, right + 1))


def model() -> Model:
    kinds = {"merge": "merge", "range": "range"}
    made = Model((list(range(1, 60)), list(range(1, 40))))
    for cell in by_our_reader(start(), "Main").cells.values():
        made.cells[cell.row, cell.column] = cell.text
    for name, reference in AREAS.items():
        made.features.append(Feature(name, kinds.get(name[:-1], "list"), area(reference)))
    for name, reference in POINTS.items():
        rows, columns = area(reference)
        made.points[name] = (rows.pop(), columns.pop())
    return made


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for number in range(draw(st.integers(1, 5))):
        axis = draw(st.integers(0, 1))
        first = draw(st.integers(1, (12, 7)[axis]))
        match draw(st.sampled_from(["put", "insert", "insert", "remove", "order"])):
            case "put":
                found.append(("put", (first, draw(st.integers(1, 9))), f"new {number}"))
            case "insert":
                like = draw(st.sampled_from([None, first - 1 or None, first, 2]))
                found.append(("insert", axis, first, draw(st.integers(1, 3)), like))
            case "remove":
                found.append(("remove", axis, first, draw(st.integers(1, 3))))
            case _:
                found.append(("order", axis, first, draw(st.permutations(range(draw(st.integers(1, 5)))))))
    return found


def apply(sheet: EditedSheet, made: Model, edit: tuple[Any, ...]) -> None:
    match edit:
        case ("put", place, text):
            sheet.put(place, text)
            made.cells[made.lines[0][place[0] - 1], made.lines[1][place[1] - 1]] = text
        case ("insert", axis, first, number, like):
            (sheet.insert_rows, sheet.insert_columns)[axis](first, number, like=like)
            made.insert(axis, first, number, like)
        case ("remove", axis, first, number):
            (sheet.remove_rows, sheet.remove_columns)[axis](first, number)
            made.remove(axis, first, number)
        case ("order", axis, first, order):
            (sheet.order_rows, sheet.order_columns)[axis](first, order)
            made.order(axis, first, order)


def cells_of(references: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for reference in references.split():
        rows, columns = area(reference)
        found |= {(row, column) for row in rows for column in columns}
    return found


def judge(data: bytes, made: Model) -> None:
    ours = by_our_reader(data, "Main")
    assert {place: cell.text for place, cell in ours.cells.items()} == {
        made.place(tokens): text for tokens, text in made.cells.items()
    }
    book = load_workbook(BytesIO(data))
    sheet: Any = book["Main"]
    found: dict[str, Any] = {
        "merges": sorted(sorted(cells_of(str(each))) for each in sheet.merged_cells.ranges)
    }
    for validation in sheet.data_validations.dataValidation:
        found[validation.formula1.strip('"')] = cells_of(str(validation.sqref))
    for conditional in sheet.conditional_formatting:
        name = conditional.rules[0].formula[0][3:-4]
        found[name] = cells_of(str(conditional.sqref))
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                found[cell.comment.text] = (cell.row, cell.column)
            if cell.hyperlink is not None:
                found[cell.hyperlink.location] = (cell.row, cell.column)
    expected: dict[str, Any] = {
        "merges": sorted(sorted(made.covered(each)) for each in made.features if each.kind == "merge")
    }
    expected |= {each.name: made.covered(each) for each in made.features if each.kind == "list"}
    places = {name: None if at is None else made.place(at) for name, at in made.points.items()}
    expected |= {name: at for name, at in places.items() if at is not None and name != "formula1"}
    assert found == expected
    formulas = [book["Other"].cell(row, 1).value for row in range(1, len(AREAS) + 1)]
    at = places["formula1"]
    assert formulas[0] == ("=Main!#REF!" if at is None else f"=Main!${get_column_letter(at[1])}${at[0]}")
    for number, name in enumerate(AREAS):
        if name.startswith("range"):
            feature = next(each for each in made.features if each.name == name)
            text = re.fullmatch(r"=SUM\(Main!(.*)\)", str(formulas[number]))
            assert text is not None
            covered = made.covered(feature)
            assert (cells_of(text[1]) if covered else text[1]) == (covered or "#REF!")


@settings(deadline=None, max_examples=8)
@given(st.sampled_from(sorted(RICH_BOOKS)), edits())
def test_a_rich_workbook_stays_whole_after_any_edits(program: str, sequence: list[tuple[Any, ...]]) -> None:
    book = EditedBook(RICH_BOOKS[program])
    for edit in sequence:
        for name in ("Determination", "Change History"):
            apply(book.sheet(name), model(), edit)
    after = book.data()
    is_whole(after)
    by_our_reader(after, "Determination")
    for sheet in load_workbook(BytesIO(after)).worksheets:
        for table in sheet.tables.values():
            headings: Any = sheet[table.ref][0]
            assert [cell.value for cell in headings] == [column.name for column in table.tableColumns]
    assert EditedBook(after).data() is after


def run(sequence: list[tuple[Any, ...]]) -> None:
    book, made = EditedBook(start()), model()
    for edit in sequence:
        apply(book.sheet("Main"), made, edit)
    judge(book.data(), made)


@settings(deadline=None, max_examples=25)
@given(edits())
def test_what_lies_where_follows_any_edits(sequence: list[tuple[Any, ...]]) -> None:
    run(sequence)


@pytest.mark.slow
@settings(deadline=None, max_examples=2_000)
@given(edits())
def test_what_lies_where_follows_any_edits_at_length(sequence: list[tuple[Any, ...]]) -> None:
    run(sequence)
