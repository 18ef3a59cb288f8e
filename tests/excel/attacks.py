"""Workbooks that nobody would write: small files that claim much, made from a good one part by part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO

from attrs import frozen

from tests.excel.build import make_workbook

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_parts(changed: Mapping[str, Callable[[str], str] | bytes]) -> bytes:
    """The good workbook with parts changed by a function of their text, or put there as bytes."""
    stream, left = BytesIO(), dict(changed)
    with (
        zipfile.ZipFile(BytesIO(make_workbook())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = left.pop(name, None)
            content = old.read(name)
            new.writestr(
                name,
                change(content.decode()) if callable(change) else content if change is None else change,
            )
        for name, added in left.items():
            assert isinstance(added, bytes)
            new.writestr(name, added)
    return stream.getvalue()


def sheet_xml(cells: str = "", after: str = "", before: str = "") -> bytes:
    """A worksheet part with these rows, and what stands before and after them."""
    text = f"<worksheet {_MAIN}>{before}<sheetData>{cells}</sheetData>{after}</worksheet>"
    return text.encode()


def _sheets(number: int, part: bytes) -> bytes:
    """So many sheet entries, each of which names one part."""

    def entries(text: str) -> str:
        more = "".join(
            f'<sheet name="More {each}" sheetId="{each + 100}" xmlns:r="{_RELATIONS}" r:id="rIdMore"/>'
            for each in range(number)
        )
        return text.replace("</sheets>", more + "</sheets>")

    def relation(text: str) -> str:
        more = f'<Relationship Id="rIdMore" Type="{_RELATIONS}/worksheet" Target="worksheets/more.xml"/>'
        return text.replace("</Relationships>", more + "</Relationships>")

    return with_parts(
        {
            "xl/workbook.xml": entries,
            "xl/_rels/workbook.xml.rels": relation,
            "xl/worksheets/more.xml": part,
        }
    )


def _rows(number: int) -> str:
    return "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>R{row}</t></is></c>'
        f'<c r="B{row}"><v>1</v></c></row>'
        for row in range(5, number + 5)
    )


def _with_rules(text: str, number: int) -> str:
    return re.sub('<row r="5".*</sheetData>', _rows(number) + "</sheetData>", text, flags=re.DOTALL)


def _styles(number: int) -> Callable[[str], str]:
    style = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    return lambda text: re.sub("</cellXfs>", style * number + "</cellXfs>", text)


def _merges(number: int) -> Callable[[str], str]:
    merges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(100, number + 100))
    return lambda text: text.replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")


def _long_texts(text: str) -> str:
    cells = "".join(f'<row r="{row}"><c r="D{row}" t="s"><v>0</v></c></row>' for row in range(8, 9_000))
    return text.replace("</sheetData>", cells + "</sheetData>")


def shared_strings(strings: str) -> dict[str, Callable[[str], str] | bytes]:
    """The parts by which a workbook has these strings that cells share."""
    return {
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{strings}</sst>".encode(),
        "[Content_Types].xml": _shared,
    }


def _shared(text: str) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    more = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
    return text.replace("</Types>", more + "</Types>")


def _far_cells(text: str) -> str:
    far = '<row r="7"><c r="XFD7"><v>1</v></c></row>'
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(8, 9_000))
    head = "".join(f'<c r="{_letters(column)}1"><v>{column}</v></c>' for column in range(5, 16_384))
    return text.replace("</row>", head + "</row>", 1).replace("</sheetData>", rows + far + "</sheetData>")


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _names(text: str) -> str:
    names = "".join(f'<definedName name="n{each}">Scope!$A$1</definedName>' for each in range(200_000))
    return text.replace("</sheets>", f"</sheets><definedNames>{names}</definedNames>")


@frozen
class Attack:
    """A workbook that claims too much: in what, the code that says so, its place, and how it is made."""

    what: str
    code: str
    place: str
    make: Callable[[], bytes]


@cache
def nine_megabytes() -> bytes:
    """A sheet part of nine megabytes."""
    return sheet_xml(_rows(100_000))


ATTACKS = (
    Attack("10,000 sheets of one part", "DT104", "", lambda: _sheets(10_000, sheet_xml())),
    Attack(
        "300 sheets of one part of nine megabytes", "DT104", "More", lambda: _sheets(300, nine_megabytes())
    ),
    Attack("400,000 cell styles", "DT104", "", lambda: with_parts({"xl/styles.xml": _styles(400_000)})),
    Attack("100,000 cell styles", "DT104", "", lambda: with_parts({"xl/styles.xml": _styles(100_000)})),
    Attack(
        "200,000 merges",
        "DT104",
        "Scope",
        lambda: with_parts({"xl/worksheets/sheet2.xml": _merges(200_000)}),
    ),
    Attack("200,000 names", "DT104", "", lambda: with_parts({"xl/workbook.xml": _names})),
    Attack(
        "9,000 cells of one long text",
        "DT104",
        "Scope",
        lambda: with_parts(
            {
                "xl/worksheets/sheet2.xml": _long_texts,
                **shared_strings(f"<si><t>{'x' * 30_000}</t></si>"),
            }
        ),
    ),
    Attack(
        "cases that span 16,000 columns",
        "DT104",
        "Cases",
        lambda: with_parts({"xl/worksheets/sheet4.xml": _far_cells}),
    ),
    Attack(
        "100,000 rules",
        "DT104",
        "Scope",
        lambda: with_parts({"xl/worksheets/sheet2.xml": lambda text: _with_rules(text, 100_000)}),
    ),
    Attack(
        "30,000 rules",
        "DT163",
        "Scope",
        lambda: with_parts({"xl/worksheets/sheet2.xml": lambda text: _with_rules(text, 30_000)}),
    ),
)
