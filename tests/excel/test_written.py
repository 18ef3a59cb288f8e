"""What stands in the file against what a reader of the sheet sees: escapes, runs, twice, hidden types."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel import read_workbook_bytes
from tests.excel.attacks import shared_strings, with_parts
from tests.excel.build import GOOD_NAME, codes, make_workbook, put, spoil, table

SCOPE_PART = "xl/worksheets/sheet2.xml"


def _inline(string: str) -> bytes:
    """The good workbook whose Scope!C5 (text that is kept as it is) holds this string element's content."""
    cell = f'<c r="C5" t="inlineStr"><is>{string}</is></c>'

    def change(text: str) -> str:
        changed, count = re.subn(r'<c r="C5".*?</c>', cell, text, flags=re.DOTALL)
        assert count == 1
        return re.sub(r'<c r="C4".*?</c>', "", changed, flags=re.DOTALL)

    return with_parts({SCOPE_PART: change})


def _shared(string: str) -> bytes:
    def change(text: str) -> str:
        changed = re.sub(r'<c r="C5".*?</c>', '<c r="C5" t="s"><v>0</v></c>', text, flags=re.DOTALL)
        return re.sub(r'<c r="C4".*?</c>', "", changed, flags=re.DOTALL)

    return with_parts({SCOPE_PART: change, **shared_strings(f"<si>{string}</si>")})


@pytest.mark.parametrize("made", [_inline, _shared], ids=["inline", "shared"])
@pytest.mark.parametrize(
    ("string", "read"),
    [
        ("<t>_x005F_x0041_</t>", "_x0041_"),
        ("<t>_x005F_x005F_x005F_x0041_</t>", "_x005F_x0041_"),
        ("<t>x005F_</t>", "x005F_"),
        ("<t>a_x000A_b</t>", "a\nb"),
        ("<t>_xD83D__xDE00_</t>", "\U0001f600"),
        ("<t>_xD83D_</t>", "\ufffd"),
        ("<r><t>_x005F_</t></r><r><rPr><b/></rPr><t>x0041_</t></r>", "_x0041_"),
        ('<r><t>yes</t></r><rPh sb="0" eb="1"><t>no</t></rPh>', "yes"),
    ],
)
def test_a_text_is_what_its_reader_sees(made: Callable[[str], bytes], string: str, read: str) -> None:
    assert table(made(string), "Scope").rules[0].outputs[0].text == read


def test_a_part_that_stands_in_the_file_twice_is_damage() -> None:
    stream = BytesIO(make_workbook())
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SCOPE_PART, b"<worksheet/>")
    (finding,) = read_workbook_bytes(stream.getvalue(), GOOD_NAME, "x").findings
    assert (finding.code.code, SCOPE_PART in finding.message, "twice" in finding.message) == (
        "DT105",
        True,
        True,
    )


def test_names_of_parts_that_differ_in_letter_case_are_one_name() -> None:
    stream = BytesIO(make_workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SCOPE_PART.upper(), b"<worksheet/>")
    assert codes(stream.getvalue()) == ["DT105"]


def test_a_cell_that_stands_in_its_sheet_twice_is_damage() -> None:
    again = '<row r="5"><c r="B5" t="inlineStr"><is><t>-</t></is></c></row></sheetData>'
    data = with_parts({SCOPE_PART: lambda text: text.replace("</sheetData>", again)})
    assert "DT105 Scope" in codes(data)


_BOMB = '<?xml version="1.0"{}?><!DOCTYPE worksheet [<!ENTITY a "addressed">]>'


@pytest.mark.parametrize("name", ["sheet2.dat", "sheet2", "sheet2.png", "sheet2.svg"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused_whatever_the_part_is_named_and_its_encoding(
    name: str, encoding: str
) -> None:
    def moved(text: str) -> str:
        return text.replace("sheet2.xml", name)

    with zipfile.ZipFile(BytesIO(make_workbook())) as archive:
        sheet = archive.read(SCOPE_PART).decode()
    written = _BOMB.format(f' encoding="{encoding[:6]}"') + re.sub(r"^<\?xml.*?\?>", "", sheet)
    data = with_parts(
        {
            "xl/_rels/workbook.xml.rels": moved,
            "[Content_Types].xml": moved,
            f"xl/worksheets/{name}": written.encode(encoding),
        }
    )
    (finding,) = read_workbook_bytes(data, GOOD_NAME, "x").findings
    assert (finding.code.code, name in finding.message) == ("DT105", True)


def test_a_picture_may_have_a_document_type() -> None:
    picture = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ""><svg/>'
    assert codes(with_parts({"xl/media/image1.svg": picture})) == codes(make_workbook())


@pytest.mark.parametrize("ground", [None, "FFFFFF", "solid"])
def test_text_in_the_colour_of_its_ground_is_told(ground: str | None) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet["C5"].font = Font(color="FF0000FF" if ground == "solid" else "FFFFFFFF")
        if ground is not None:
            color = "0000FF" if ground == "solid" else ground
            sheet["C5"].fill = PatternFill("solid", fgColor=color)

    assert codes(spoil("Scope", hide)) == ["DT111 Scope!C5"]


def test_white_text_on_blue_and_a_format_that_shows_nothing() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C5"].font = Font(color="FFFFFFFF")
        sheet["C5"].fill = PatternFill("solid", fgColor="0000FF")
        sheet["C6"].number_format = ";;;"

    assert codes(spoil("Scope", change)) == ["DT111 Scope!C6"]


def test_white_words_within_a_text_are_told_of() -> None:
    white, red = InlineFont(color=Color("FFFFFFFF")), InlineFont(color=Color("FFFF0000"))

    def change(sheet: Worksheet) -> None:
        sheet["D5"] = CellRichText("Ti", TextBlock(white, "tle"))
        sheet["D6"] = CellRichText("Ti", TextBlock(red, "tle"))

    assert codes(spoil("Scope", change)) == ["DT111 Scope!D5"]


def test_full_width_characters_in_conditions_are_read_as_plain_ones_and_told() -> None:
    data = put("Determination", C6="＞＝　２")
    assert table(data, "Determination").rules[1].inputs[1].text == ">= 2"
    told = [
        finding.message
        for finding in read_workbook_bytes(data, GOOD_NAME, "x").findings
        if finding.code.code == "DT119"
    ]
    assert len(told) == 1
    assert "full-width characters" in told[0]
    assert 'read as ">= 2"' in told[0]


def test_full_width_text_in_quotes_is_kept() -> None:
    assert table(put("Scope", B5='＂other＂, "ＡＢ"'), "Scope").rules[0].inputs[0].text == '"other", "ＡＢ"'
