"""Workbooks of ours that hold what people and Excel put into them besides tables.

`rich_book()` is the good workbook of `tests.excel.build` as Excel saves it, written by hand, with: notes in
boxes of their own sizes, a threaded comment with its persons, a text box, a picture, a chart, a sparkline,
conditional formats and dropdowns of both kinds (x14 too, with a list on another sheet), a range formatted as
a table, merged cells, links, defined names, custom XML, printer settings, rich text, a calculation chain, and
a sheet `FIGURES` of formulas over the tables. `other_programs.RICH_BOOKS` has it as other programs write
it too; tests that change a workbook take them all:

    @pytest.mark.parametrize("data", RICH_BOOKS.values(), ids=RICH_BOOKS)

Compare with `tests.ooxml.zipped.other_parts_are_same`, and look inside with `parts_of`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.writer.theme import theme_xml

from tests.excel.build import GOOD
from tests.ooxml.rich_parts import (
    CHART,
    CUSTOM_XML,
    DRAWING,
    FRAME,
    PICTURE,
    STYLES,
    TABLE,
    THREADED,
    comments,
    vml,
)
from tests.ooxml.zipped import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FIGURES = "Notes & Ann's figures"
"""The sheet of formulas, which the reader takes for notes."""

NAMES = (*GOOD, FIGURES)

_EPOCH = date(1899, 12, 30)
_TEXT, _DAY, _HEADING = 1, 2, 3
"""Numbers of cell formats in the part of styles."""

_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_WORKSHEET = (
    f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
)
_RICH = {
    "The criteria are met.": (
        '<r><rPr><b/><sz val="10"/><rFont val="Arial"/></rPr><t>The criteria</t></r>'
        '<r><rPr><sz val="10"/><rFont val="Arial"/></rPr><t xml:space="preserve"> are met.</t></r>'
    )
}

# What stands before and after the cells of a sheet, by its name.
_BEFORE = {
    "Determination": (
        '<sheetPr><tabColor rgb="FF1D4ED8"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:G7"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="B5" sqref="B5"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/>'
        '<cols><col min="1" max="1" width="10.7109375" customWidth="1"/>'
        '<col min="2" max="7" width="22.5" style="1" customWidth="1"/></cols>'
    ),
    "*": (
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/>'
    ),
}
_AFTER = {
    "Determination": (
        '<mergeCells count="1"><mergeCell ref="B1:G1"/></mergeCells>'
        '<conditionalFormatting sqref="B5:C7"><cfRule type="expression" dxfId="0" priority="2">'
        "<formula>LEN(TRIM(B5))=0</formula></cfRule></conditionalFormatting>"
        '<dataValidations count="2"><dataValidation type="list" errorStyle="warning" allowBlank="1" '
        'showInputMessage="1" showErrorMessage="1" sqref="B5:B7"><formula1>'
        '"addressed,not addressed,-"</formula1></dataValidation>'
        '<dataValidation type="textLength" operator="lessThan" allowBlank="1" sqref="E5:E7">'
        "<formula1>500</formula1></dataValidation></dataValidations>"
        '<hyperlinks><hyperlink ref="G5" location="Scope!A5" display="Section 1"/>'
        '<hyperlink ref="G6" r:id="rId5"/></hyperlinks>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup orientation="landscape" r:id="rId1"/><headerFooter><oddFooter>&amp;L&amp;A</oddFooter>'
        '</headerFooter><drawing r:id="rId2"/><legacyDrawing r:id="rId3"/>'
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}">'
        "<x14:conditionalFormattings><x14:conditionalFormatting "
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="expression" priority="1" id="{AAAA0000-0001-0002-0003-000400050006}">'
        '<xm:f>COUNTIF(Scope!$B$5:$B$6,B5)&gt;5</xm:f><x14:dxf><fill><patternFill><bgColor rgb="FFFCE08B"/>'
        "</patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>B5:C7</xm:sqref></x14:conditionalFormatting>"
        f'</x14:conditionalFormattings></ext><ext xmlns:x14="{_X14}" '
        'uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup '
        'displayEmptyCellsAs="gap"><x14:colorSeries rgb="FF376092"/><x14:sparklines><x14:sparkline>'
        "<xm:f>Determination!C5:C7</xm:f><xm:sqref>I5</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
    ),
    "Scope": (
        '<mergeCells count="1"><mergeCell ref="B1:D1"/></mergeCells>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<legacyDrawing r:id="rId1"/>'
    ),
    "Cases": (
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        f'<extLst><ext xmlns:x14="{_X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1" '
        'xr:uid="{00000000-0002-0000-0300-000000000000}" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"><x14:formula1>'
        "<xm:f>Scope!$B$5:$B$6</xm:f></x14:formula1><xm:sqref>B2:B20</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst>"
    ),
    "Change History": (
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
    ),
    FIGURES: (
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<drawing r:id="rId1"/>'
    ),
    "*": '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>',
}

_FORMULAS = (
    ("Rules", "COUNTA(Determination!A5:A7)", "3"),
    ("Scopes", "COUNTA('Scope'!$A$5:$A$6)+ROWS(Grades)", "5"),
    ("Both", "SUM(Scope:Determination!H1)", "0"),
    ("Words", 'Determination!D5&amp;" Determination!D5 "&amp;History[[#This Row],[who]]', ""),
)
"""What the sheet of figures says and computes, with the values that were last found."""

RELATED = {
    "xl/worksheets/sheet2.xml": (
        ("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ("rId2", "comments", "../comments1.xml"),
    ),
    "xl/worksheets/sheet3.xml": (
        ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin"),
        ("rId2", "drawing", "../drawings/drawing1.xml"),
        ("rId3", "vmlDrawing", "../drawings/vmlDrawing2.vml"),
        ("rId4", "comments", "../comments2.xml"),
        ("rId5", "hyperlink", "https://example.org/policy?a=1&b=2"),
        ("rId6", "threadedComment", "../threadedComments/threadedComment1.xml"),
    ),
    "xl/worksheets/sheet5.xml": (("rId1", "table", "../tables/table1.xml"),),
    "xl/worksheets/sheet7.xml": (("rId1", "drawing", "../drawings/drawing2.xml"),),
    "xl/drawings/drawing1.xml": (("rId1", "image", "../media/image1.png"),),
    "xl/drawings/drawing2.xml": (("rId1", "chart", "../charts/chart1.xml"),),
    "customXml/item1.xml": (("rId1", "customXmlProps", "itemProps1.xml"),),
    "xl/workbook.xml": (
        *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(NAMES) + 1)),
        ("rId20", "theme", "theme/theme1.xml"),
        ("rId21", "styles", "styles.xml"),
        ("rId22", "sharedStrings", "sharedStrings.xml"),
        ("rId23", "calcChain", "calcChain.xml"),
        ("rId24", "person", "persons/person.xml"),
        ("rId25", "customXml", "../customXml/item1.xml"),
    ),
    "": (
        ("rId1", "officeDocument", "xl/workbook.xml"),
        ("rId2", "core-properties", "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"),
    ),
}
"""Which part refers to which: by the part, the ids, kinds and targets."""

_KINDS = {
    "threadedComment": "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
    "person": "http://schemas.microsoft.com/office/2017/10/relationships/person",
    "core-properties": f"{PACKAGE}/relationships/metadata/core-properties",
}
_TYPES = {
    "xl/workbook.xml": "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "xl/worksheets/": "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "xl/theme/": "vnd.openxmlformats-officedocument.theme+xml",
    "xl/styles.xml": "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    "xl/sharedStrings.xml": "vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
    "xl/drawings/drawing": "vnd.openxmlformats-officedocument.drawing+xml",
    "xl/charts/": "vnd.openxmlformats-officedocument.drawingml.chart+xml",
    "xl/tables/": "vnd.openxmlformats-officedocument.spreadsheetml.table+xml",
    "xl/comments": "vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "xl/threadedComments/": "vnd.ms-excel.threadedcomments+xml",
    "xl/persons/": "vnd.ms-excel.person+xml",
    "xl/calcChain.xml": "vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
    "customXml/itemProps": "vnd.openxmlformats-officedocument.customXmlProperties+xml",
    "docProps/core.xml": "vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "vnd.openxmlformats-officedocument.extended-properties+xml",
}


def rich_parts() -> dict[str, bytes | str]:
    """The parts of the rich workbook as Excel writes them, in its order."""
    strings: list[str] = []
    sheets = {
        f"xl/worksheets/sheet{number}.xml": _worksheet(name, strings) for number, name in enumerate(NAMES, 1)
    }
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "",
        "_rels/.rels": "",
        "xl/workbook.xml": _workbook(),
        "xl/_rels/workbook.xml.rels": "",
        **sheets,
        "xl/theme/theme1.xml": theme_xml,
        "xl/styles.xml": HEAD + STYLES,
        "xl/sharedStrings.xml": _shared(strings),
        "xl/drawings/drawing1.xml": HEAD + DRAWING,
        "xl/drawings/drawing2.xml": HEAD + FRAME,
        "xl/charts/chart1.xml": HEAD + CHART,
        "xl/media/image1.png": PICTURE,
        "xl/drawings/vmlDrawing1.vml": vml({"B3": (96, 55.5)}),
        "xl/comments1.xml": HEAD + comments({"B3": ("Ann Nurse", "The service that is asked for.")}),
        "xl/drawings/vmlDrawing2.vml": vml({"B3": (310.5, 222), "C5": (108, 59.25), "E5": (420, 300)}),
        "xl/comments2.xml": HEAD
        + comments(
            {
                "B3": ("Ann Nurse", "Ann Nurse:\nWhat the table Scope says."),
                "C5": (
                    "tc={00D40076-0007-4C0A-9E4A-0025004C0059}",
                    "[Threaded comment]\n\nComment:\n    Why?",
                ),
                "E5": ("", "A long remark in a large box."),
            }
        ),
        **{name: HEAD + text for name, text in THREADED.items()},
        "xl/tables/table1.xml": HEAD + TABLE,
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
        "xl/calcChain.xml": f'{HEAD}<calcChain xmlns="{MAIN}">'
        + "".join(f'<c r="B{row}" i="{len(NAMES)}"/>' for row in range(2, len(_FORMULAS) + 2))
        + "</calcChain>",
        **{name: HEAD + text for name, text in CUSTOM_XML.items()},
        "docProps/core.xml": HEAD + "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Ann Nurse</dc:creator>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2024-01-02T03:04:05Z</dcterms:created>'
        "</cp:coreProperties>",
        "docProps/app.xml": _app(),
    }
    for source, relations in RELATED.items():
        folder, _, name = source.rpartition("/")
        parts[f"{folder}/_rels/{name}.rels".lstrip("/")] = relationships(relations)
    parts["[Content_Types].xml"] = content_types([*parts])
    return parts


def rich_book() -> bytes:
    """The rich workbook as Excel writes it."""
    return zipped(rich_parts())


def relationships(relations: Sequence[tuple[str, str, str]]) -> str:
    """A part of relationships: ids, kinds and targets."""
    lines = []
    for number, kind, target in relations:
        outside = ' TargetMode="External"' if "://" in target else ""
        lines.append(
            f'<Relationship Id="{number}" Type="{_KINDS.get(kind, f"{RELATIONS}/{kind}")}" '
            f'Target="{escape(target)}"{outside}/>'
        )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def content_types(names: Sequence[str]) -> str:
    """The part that says what the parts of these names are."""
    defaults = {
        "bin": "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
        "png": "image/png",
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
        "xml": "application/xml",
    }
    lines = [f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults.items()]
    for name in names:
        kind = next((kind for start, kind in _TYPES.items() if name.startswith(start)), "")
        if kind and not name.endswith(("vml", "rels")):
            lines.append(f'<Override PartName="/{name}" ContentType="application/{kind}"/>')
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(lines)}</Types>'


def _worksheet(name: str, strings: list[str]) -> str:
    rows = _figures(strings) if name == FIGURES else _rows(name, strings)
    before, after = (around.get(name, around["*"]) for around in (_BEFORE, _AFTER))
    return f"{HEAD}{_WORKSHEET}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def _rows(name: str, strings: list[str]) -> str:
    lines = []
    table = len(GOOD[name]) > 4 and name != "Policy"
    for row, values in enumerate(GOOD[name], 1):
        cells = []
        for column, value in enumerate(values, 1):
            style = _HEADING if row == 1 or (table and row < 5) else _TEXT
            cells.append(_cell(f"{get_column_letter(column)}{row}", value, style, strings))
        lines.append(
            f'<row r="{row}" spans="1:{len(values)}" ht="30" customHeight="1">{"".join(cells)}</row>'
        )
    return "".join(lines)


def _cell(reference: str, value: Any, style: int, strings: list[str]) -> str:
    if value is None:
        return f'<c r="{reference}" s="{style}"/>'
    if isinstance(value, date):
        return f'<c r="{reference}" s="{_DAY}"><v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, int):
        return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'
    if value not in strings:
        strings.append(value)
    return f'<c r="{reference}" s="{style}" t="s"><v>{strings.index(value)}</v></c>'


def _figures(strings: list[str]) -> str:
    lines = [f'<row r="1">{_cell("A1", "Figures", 0, strings)}</row>']
    for row, (label, formula, value) in enumerate(_FORMULAS, 2):
        kind = "" if value else ' t="str"'
        lines.append(
            f'<row r="{row}">{_cell(f"A{row}", label, 0, strings)}'
            f'<c r="B{row}"{kind}><f>{formula}</f><v>{value}</v></c></row>'
        )
    return "".join(lines)


def _shared(strings: Sequence[str]) -> str:
    items = "".join(
        f"<si>{_RICH[text]}</si>" if text in _RICH else f"<si><t>{escape(text, quote=False)}</t></si>"
        for text in strings
    )
    return f'{HEAD}<sst xmlns="{MAIN}" count="{len(strings)}" uniqueCount="{len(strings)}">{items}</sst>'


def _workbook() -> str:
    sheets = "".join(
        f'<sheet name="{escape(name, quote=False)}" sheetId="{number + 3}" r:id="rId{number}"/>'
        for number, name in enumerate(NAMES, 1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><fileVersion appName="xl"/>'
        '<workbookPr defaultThemeVersion="166925"/><bookViews><workbookView xWindow="0" yWindow="0" '
        f'windowWidth="28800" windowHeight="12000" firstSheet="1" activeTab="2"/></bookViews><sheets>{sheets}'
        '</sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="2">'
        'Determination!$A$1:$G$7</definedName><definedName name="_xlnm.Print_Titles" localSheetId="2">'
        "Determination!$A:$A,Determination!$1:$4</definedName>"
        '<definedName name="_xlnm.Print_Titles" localSheetId="6">'
        "'Notes &amp; Ann''s figures'!$1:$1</definedName>"
        '<definedName name="Grades">Determination!$C$5:$C$7</definedName></definedNames>'
        '<calcPr calcId="191029"/></workbook>'
    )


def _app() -> str:
    names = "".join(f"<vt:lpstr>{escape(name, quote=False)}</vt:lpstr>" for name in NAMES)
    ranges = "".join(
        f"<vt:lpstr>{escape(name, quote=False)}</vt:lpstr>"
        for name in ("Grades", "Determination!Print_Area", "Determination!Print_Titles")
    )
    return (
        f"{HEAD}<Properties "
        f'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<Application>Microsoft Excel</Application><HeadingPairs><vt:vector size="4" baseType="variant">'
        f"<vt:variant><vt:lpstr>Worksheets</vt:lpstr></vt:variant><vt:variant><vt:i4>{len(NAMES)}</vt:i4>"
        "</vt:variant><vt:variant><vt:lpstr>Named Ranges</vt:lpstr></vt:variant><vt:variant><vt:i4>3</vt:i4>"
        f'</vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="{len(NAMES) + 3}" '
        f'baseType="lpstr">{names}{ranges}</vt:vector></TitlesOfParts>'
        "<AppVersion>16.0300</AppVersion></Properties>"
    )
