"""What a sheet shows, offers, marks and prints is changed in place; doing so twice is doing so once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.look import Border, Highlight, Look, Print
from dmn_dli.ooxml.schema import SHEET_ORDER
from dmn_dli.ooxml.sheet import EditedSheet
from dmn_dli.store.folder import bundled_tables
from tests.excel.build import make_workbook
from tests.ooxml.other_programs import RICH_BOOKS
from tests.ooxml.read import by_openpyxl, by_our_reader
from tests.ooxml.rich_books import rich_book
from tests.ooxml.whole import is_whole
from tests.ooxml.zipped import other_parts_are_same, parts_of, with_parts, zipped
from tests.payers import WORKBOOKS

MAIN = "xl/worksheets/sheet3.xml"
RICH = rich_book()

RICH_TITLES = parts_of(RICH)["xl/workbook.xml"].count(b"Print_Titles")

Edit = Callable[[EditedSheet], None]

PAINTED = Look(
    number_format="@",
    font="Arial",
    size=9.5,
    bold=True,
    italic=True,
    underline=True,
    ink="1d4ed8",
    fill="EEEEEE",
    border=Border("D9D9D9"),
    horizontal="left",
    vertical="top",
    wrap=True,
    indent=1,
    quote_prefix=True,
)

SETUP = Print(rows="1:4", columns="A:A", footer="&LOurs & theirs")

EDITS: dict[str, Edit] = {
    "look": lambda sheet: sheet.look((6, 2), PAINTED),
    "look of a new cell": lambda sheet: sheet.look((20, 2), PAINTED),
    "height": lambda sheet: sheet.row_height(5, 41.5),
    "no height": lambda sheet: sheet.row_height(5, None),
    "width": lambda sheet: sheet.column_width(3, 31.25),
    "freeze": lambda sheet: sheet.freeze(3, 1),
    "freeze rows": lambda sheet: sheet.freeze(2, 0),
    "no freeze": lambda sheet: sheet.freeze(0, 0),
    "no grid lines": lambda sheet: sheet.grid_lines(shown=False),
    "grid lines": lambda sheet: sheet.grid_lines(shown=True),
    "merge": lambda sheet: sheet.merge("C1:D2"),
    "unmerge": lambda sheet: sheet.unmerge("B1:G1"),
    "highlights": lambda sheet: sheet.highlights(
        "ours", [Highlight(("B5:B7", "D5:D7"), 'B5=""', "F8B4B4", "000000", stop=True)]
    ),
    "no highlights": lambda sheet: sheet.highlights("ours", []),
    "print": lambda sheet: sheet.print_setup(SETUP),
    "tab": lambda sheet: sheet.tab_colour("123abc"),
    "link": lambda sheet: sheet.links({(5, 3): "Scope!A5"}, "Go"),
}


def changed(edit: Edit, data: bytes = RICH, sheet: str = "Determination") -> bytes:
    book = EditedBook(data)
    edit(book.sheet(sheet))
    return book.data()


def seen(edit: Edit, data: bytes = RICH) -> Worksheet:
    return by_openpyxl(changed(edit, data), "Determination")


@pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_change_touches_few_parts_and_made_twice_changes_nothing_more(data: bytes, edit: Edit) -> None:
    after = changed(edit, data)
    other_parts_are_same(data, after, (MAIN, "xl/styles.xml", "xl/workbook.xml"))
    is_whole(after)
    assert changed(edit, after) is after
    assert (
        by_our_reader(after, "Determination").cells.keys()
        == by_our_reader(data, "Determination").cells.keys()
    )


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_a_bare_sheet_lacks_is_made_in_its_place(edit: Edit) -> None:
    book = EditedBook.empty()
    sheet = book.add_sheet("Determination")
    sheet.put((1, 1), "x")
    for each in EDITS.values():
        each(sheet)
    edit(sheet)
    after = book.data()
    by_openpyxl(after, "Determination")
    assert changed(edit, after) is after


def test_all_elements_stand_in_the_order_that_excel_wants() -> None:
    book = EditedBook.empty()
    sheet = book.add_sheet("Determination")
    for each in reversed(EDITS.values()):
        each(sheet)
    names = re.findall(r"<(\w+)", re.sub(r"(?s)<(\w+)[^>]*>.*?</\1>", r"<\1/>", _inner(book.data())))
    places = [SHEET_ORDER.index(name) for name in names]
    assert places == sorted(places)


def _inner(data: bytes) -> str:
    found = re.search(
        r"(?s)<worksheet[^>]*>(.*)</worksheet>", parts_of(data)["xl/worksheets/sheet1.xml"].decode()
    )
    assert found is not None
    return found[1]


def shown(cell: Any) -> list[str]:
    """All that openpyxl knows of a cell's look."""
    return list(map(repr, (cell.number_format, cell.font, cell.fill, cell.border, cell.alignment)))


def test_a_look_is_read_back_and_other_cells_keep_theirs() -> None:
    before, after = by_openpyxl(RICH, "Determination"), seen(EDITS["look"])
    cell: Any = after["B6"]
    font = cell.font
    assert (cell.number_format, font.name, font.sz, font.b, font.i) == ("@", "Arial", 9.5, True, True)
    assert font.u == "single"
    assert (font.color.rgb, cell.fill.fgColor.rgb, cell.fill.fill_type) == ("FF1D4ED8", "FFEEEEEE", "solid")
    sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    assert {(side.style, side.color.rgb) for side in sides} == {("thin", "FFD9D9D9")}
    placed = cell.alignment
    assert (placed.horizontal, placed.vertical, placed.wrap_text, placed.indent) == ("left", "top", True, 1)
    assert cell.quotePrefix
    for row in before.iter_rows():
        for other in row:
            if other.coordinate != "B6":
                assert shown(after[other.coordinate]) == shown(other)


def test_a_look_changes_only_what_it_names() -> None:
    bold: Any = seen(lambda sheet: sheet.look((6, 2), Look(bold=True)))["B6"]
    plain: Any = by_openpyxl(RICH, "Determination")["B6"]
    assert (bold.font.b, plain.font.b) == (True, False)
    assert (bold.font.name, bold.font.sz) == (plain.font.name, plain.font.sz)
    assert [shown(bold)[0], *shown(bold)[2:]] == [shown(plain)[0], *shown(plain)[2:]]
    unpainted = changed(lambda sheet: sheet.look((1, 1), Look(fill="")))
    assert by_openpyxl(unpainted, "Determination")["A1"].fill.fill_type is None


def test_a_look_that_a_cell_has_already_changes_no_byte() -> None:
    data = RICH
    look = Look(number_format="@", font="Arial", size=10, bold=False, fill="", vertical="top", wrap=True)
    assert changed(lambda sheet: sheet.look((6, 2), look), data) is data


def test_a_style_is_added_once_however_many_cells_take_it() -> None:
    def paint(sheet: EditedSheet) -> None:
        for row in (5, 6, 7):
            sheet.look((row, 2), PAINTED)
            sheet.look((row, 3), PAINTED)

    styles = parts_of(changed(paint))["xl/styles.xml"].decode()
    assert '<cellXfs count="5">' in styles
    assert styles.index("applyFill") < styles.index("quotePrefix")


def test_a_line_may_stand_on_one_side_alone_and_takes_the_place_of_all_others() -> None:
    def edged(*borders: Border) -> Any:
        def edit(sheet: EditedSheet) -> None:
            for each in borders:
                sheet.look((6, 2), Look(border=each))

        return seen(edit)["B6"].border

    under = Border("9CA3AF", "hair", ("bottom",))
    edge = edged(Border("D9D9D9"), under)
    assert (edge.bottom.style, edge.bottom.color.rgb) == ("hair", "FF9CA3AF")
    assert [side.style for side in (edge.left, edge.right, edge.top)] == [None] * 3
    assert edged(under, Border("D9D9D9")).top.style == "thin"


@pytest.mark.parametrize("kind", ["single", "doubleAccounting", "none"])
def test_an_underline_of_whatever_kind_is_one(kind: str) -> None:
    parts = parts_of(changed(lambda sheet: sheet.look((6, 2), Look(underline=True))))
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<u/>", f'<u val="{kind}"/>'.encode())
    data = zipped(parts)
    same = changed(lambda sheet: sheet.look((6, 2), Look(underline=kind != "none")), data)
    assert same is data
    plain = changed(lambda sheet: sheet.look((6, 2), Look(underline=kind == "none")), data)
    assert by_openpyxl(plain, "Determination")["B6"].font.u == ("single" if kind == "none" else None)


def test_grid_lines_are_hidden_and_shown_again() -> None:
    hidden = changed(lambda sheet: sheet.grid_lines(shown=False))
    assert by_openpyxl(hidden, "Determination").sheet_view.showGridLines is False
    shown = changed(lambda sheet: sheet.grid_lines(shown=True), hidden)
    assert by_openpyxl(shown, "Determination").sheet_view.showGridLines is not False
    assert changed(lambda sheet: sheet.grid_lines(shown=True)) is RICH


def test_heights_and_widths_are_read_back() -> None:
    assert seen(EDITS["height"]).row_dimensions[5].height == 41.5
    assert seen(EDITS["no height"]).row_dimensions[5].height is None
    wide = seen(EDITS["width"])
    assert [wide.column_dimensions[each].width for each in "BCD"] == [22.5, 31.25, 22.5]
    assert wide["D5"].column_letter == "D"


@pytest.mark.parametrize(
    ("rows", "columns", "expected"), [(3, 1, "B4"), (2, 0, "A3"), (0, 2, "C1"), (0, 0, None)]
)
def test_what_is_frozen_is_read_back(rows: int, columns: int, expected: str | None) -> None:
    assert seen(lambda sheet: sheet.freeze(rows, columns)).freeze_panes == expected


def test_a_sheet_that_is_frozen_so_already_keeps_what_is_chosen_there() -> None:
    assert changed(lambda sheet: sheet.freeze(4, 0)) is RICH


def test_merging_takes_apart_what_it_meets() -> None:
    book = EditedBook(RICH)
    sheet = book.sheet("Determination")
    assert sheet.merges() == ("B1:G1",)
    sheet.merge("B1:C1")
    sheet.merge("D1:E1")
    assert sheet.merges() == ("B1:C1", "D1:E1")
    sheet.merge("C1:D1")
    assert sheet.merges() == ("C1:D1",)
    sheet.unmerge("C1:D1")
    assert sheet.merges() == ()
    assert b"mergeCell" not in parts_of(book.data())[MAIN]


@pytest.mark.parametrize("area", ["B1", "nonsense", ""])
def test_what_is_no_area_is_not_merged(area: str) -> None:
    with pytest.raises(ValueError, match="no area"):
        EditedBook(RICH).sheet("Determination").merge(area)


def test_highlights_come_before_all_others_whose_order_stays() -> None:
    def mark(sheet: EditedSheet) -> None:
        sheet.highlights(
            "ours",
            [
                Highlight(("B5:C7",), 'TRIM(B5)=""', "F8B4B4", stop=True),
                Highlight(("A5:A7",), "COUNTIF($A$5:$A$7,A5)>1", "FCE08B", "112233"),
            ],
        )

    after = changed(mark)
    xml = parts_of(after)[MAIN].decode()
    assert re.findall(r'priority="(\d)"', xml) == ["1", "2", "4", "3"]
    sheet = by_openpyxl(after, "Determination")
    rules = [(str(each.sqref), each.rules[0]) for each in sheet.conditional_formatting]
    # openpyxl puts rules of one area together.
    assert [area for area, _ in rules] == ["B5:C7", "A5:A7"]
    assert rules[0][1].formula == ['AND(N("ours")=0,TRIM(B5)="")']
    assert rules[0][1].stopIfTrue
    assert rules[0][1].dxf.fill.bgColor.rgb == "FFF8B4B4"
    assert rules[1][1].dxf.font.color.rgb == "FF112233"


def test_highlights_of_a_marker_replace_those_before_and_leave_other_markers() -> None:
    one, two = Highlight(("A5",), "", "F8B4B4"), Highlight(("B6:B7",), "B6=1", "FCE08B")

    def mark(sheet: EditedSheet) -> None:
        sheet.highlights("ours", [one, two])
        sheet.highlights("theirs", [two])
        sheet.highlights("ours", [two])

    sheet = seen(mark)
    rules = sorted((r.priority, r.formula[0]) for each in sheet.conditional_formatting for r in each.rules)
    formulas = [formula for _, formula in rules]
    assert formulas == ['AND(N("ours")=0,B6=1)', 'AND(N("theirs")=0,B6=1)', "LEN(TRIM(B5))=0"]
    gone = EditedBook(changed(mark))
    gone.sheet("Determination").highlights("ours", [])
    gone.sheet("Determination").highlights("theirs", [])
    assert len(list(by_openpyxl(gone.data(), "Determination").conditional_formatting)) == 1


def test_another_rule_that_excel_put_beside_ours_stays() -> None:
    book = EditedBook(RICH)
    book.sheet("Determination").highlights("ours", [Highlight(("B5:C7",), "B5=1", "F8B4B4")])
    between = '</conditionalFormatting><conditionalFormatting sqref="B5:C7">'
    joined = with_parts(book.data(), {MAIN: lambda text: text.replace(between, "", 1)})
    assert parts_of(joined)[MAIN].count(b"<conditionalFormatting ") == 1
    again = EditedBook(joined)
    again.sheet("Determination").highlights("ours", [Highlight(("B5:C7",), "B5=1", "F8B4B4")])
    assert again.data() == joined
    again.sheet("Determination").highlights("ours", [])
    (area,) = by_openpyxl(again.data(), "Determination").conditional_formatting
    assert [rule.formula for rule in area.rules] == [["LEN(TRIM(B5))=0"]]


def test_highlights_that_another_program_has_saved_anew_are_known_again() -> None:
    marks = [
        Highlight(("B5:C7",), 'TRIM(B5)=""', "F8B4B4", stop=True),
        Highlight(("A5:A7",), "COUNTIF($A$5:$A$7,A5)>1", "FCE08B", "112233"),
    ]

    def anew(xml: str) -> str:
        """The rules in another order and numbered otherwise, as Excel writes them."""
        formats = re.findall(r"<conditionalFormatting.*?</conditionalFormatting>", xml)
        xml = xml.replace("".join(formats), "".join(reversed(formats)))
        xml = re.sub(r'dxfId="(\d)"', lambda found: f'dxfId="{int(found[1]) + 1}"', xml)
        return re.sub(r'priority="(\d)"', lambda found: f'priority="{int(found[1]) * 3}"', xml)

    def styles(xml: str) -> str:
        xml = re.sub(r'<dxfs count="\d">', '<dxfs count="4"><dxf/>', xml)
        return re.sub(r'<patternFill patternType="solid"><fgColor rgb="\w+"/><bgC', "<patternFill><bgC", xml)

    data = with_parts(changed(lambda sheet: sheet.highlights("ours", marks)), {MAIN: anew, "styles": styles})
    assert changed(lambda sheet: sheet.highlights("ours", marks), data) is data
    assert changed(lambda sheet: sheet.highlights("ours", marks[::-1]), data) is not data


def test_widths_and_heights_that_were_rounded_are_alike() -> None:
    assert changed(lambda sheet: sheet.column_width(3, 22.57)) is RICH
    assert changed(lambda sheet: sheet.row_height(5, 30.25)) is RICH
    assert changed(lambda sheet: sheet.row_height(5, 31)) is not RICH


def test_how_a_sheet_prints_is_read_back() -> None:
    sheet: Any = seen(EDITS["print"])
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    margins = sheet.page_margins
    assert (margins.left, margins.right, margins.top, margins.bottom) == (0.4, 0.4, 0.5, 0.65)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$4", "$A:$A")
    assert sheet.oddFooter.left.text == "Ours & theirs"
    assert b'r:id="rId1"' in parts_of(changed(EDITS["print"]))[MAIN]


def test_titles_are_taken_out_where_nothing_is_to_be_repeated() -> None:
    after = changed(lambda sheet: sheet.print_setup(Print()), changed(EDITS["print"]))
    assert by_openpyxl(after, "Determination").print_title_rows is None
    assert parts_of(after)["xl/workbook.xml"].count(b"Print_Titles") == RICH_TITLES - 1


@pytest.mark.parametrize("name", WORKBOOKS[:1])
def test_our_own_workbooks_print_as_they_are_told_already(name: str) -> None:
    data = (bundled_tables() / name).read_bytes()
    footer = "&L&F&C&A&RPage &P of &N"
    setup = Print(rows="1:4", footer=footer)
    book = EditedBook(data)
    book.sheet("Scope").print_setup(setup)
    assert book.data() is data


def test_a_tab_has_one_colour() -> None:
    properties: Any = seen(EDITS["tab"]).sheet_properties
    assert properties.tabColor.rgb == "FF123ABC"
    assert changed(lambda sheet: sheet.tab_colour("1d4ed8")) is RICH


def test_a_link_leads_to_its_place_and_replaces_the_one_that_was_there() -> None:
    def lead(sheet: EditedSheet) -> None:
        sheet.links({(6, 7): "'Plan notes'!A5"}, "Go there")
        sheet.links({(5, 1): "Scope!A5", (5, 2): "Scope!A6"})

    sheet = seen(lead)
    links = {cell.coordinate: cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert {place: link.location for place, link in links.items()} == {
        "G5": "Scope!A5",
        "G6": "'Plan notes'!A5",
        "A5": "Scope!A5",
        "B5": "Scope!A6",
    }
    assert links["G6"].tooltip == "Go there"
    assert links["G6"].target is None


def test_an_empty_book_is_the_same_each_time_and_takes_sheets() -> None:
    def made() -> EditedBook:
        book = EditedBook.empty()
        book.add_sheet("Policy").put((1, 1), "Field")
        return book

    assert EditedBook.empty().data() == EditedBook.empty().data()
    assert made().data() == made().data()
    assert by_our_reader(made().data(), "Policy").at(1, 1).text == "Field"
    assert by_openpyxl(made().data(), "Policy")["A1"].value == "Field"


def test_a_file_without_styles_is_given_some() -> None:
    parts = parts_of(make_workbook({"Scope": [["a"]]}))
    del parts["xl/styles.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(rb"<(Override|Relationship)[^>]*styles[^>]*>", b"", parts[name])
    after = changed(lambda sheet: sheet.look((1, 1), Look(bold=True)), zipped(parts), "Scope")
    assert by_openpyxl(after, "Scope")["A1"].font.b
