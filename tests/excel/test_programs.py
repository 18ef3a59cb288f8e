"""Excel, LibreOffice and Google Sheets write the same workbook in different XML; all read alike."""

from __future__ import annotations

import re
import zipfile
from html import escape
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dmn_dli.excel import read_workbook_bytes
from dmn_dli.model.cell import CellKind
from dmn_dli.model.workbook import Workbook
from tests.excel.build import GOOD, GOOD_NAME, codes, make_workbook, put, rewrite, table
from tests.steps import AtMost

STRIKE = '<is><r><t xml:space="preserve">-</t></r><r><rPr><strike/></rPr><t> old</t></r></is>'


def read(data: bytes) -> Workbook:
    return read_workbook_bytes(data, GOOD_NAME, GOOD_NAME)


def alike(first: bytes, second: bytes) -> bool:
    """Whether two files say the same, their bytes aside."""
    one, other = read(first), read(second)
    return (one.policy, one.tables, one.cases, one.changes, one.findings) == (
        other.policy,
        other.tables,
        other.cases,
        other.changes,
        other.findings,
    )


def inline_strings(data: bytes) -> bytes:
    """Every shared string written into its cell, and no table of shared strings."""
    book = load_workbook(BytesIO(data))
    texts = [
        value
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if isinstance(value, str)
    ]
    in_order = list(dict.fromkeys(texts))

    def inline(xml: str) -> str:
        return re.sub(
            r't="s"(.*?)><v>(\d+)</v>',
            lambda match: (
                f't="inlineStr"{match[1]}><is><t xml:space="preserve">'
                f"{escape(in_order[int(match[2])])}</t></is>"
            ),
            xml,
        )

    changed = rewrite(
        data, worksheets=inline, Content_Types=lambda xml: re.sub(r"<Override[^>]*sharedStr[^>]*>", "", xml)
    )
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(changed)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if "sharedStrings" not in name:
                new.writestr(name, old.read(name))
    return stream.getvalue()


def cell_xml(reference: str, xml: str) -> bytes:
    """The good workbook, one cell of Determination written in this XML."""
    return rewrite(
        make_workbook(),
        sheet3_xml=lambda text: re.sub(rf'<c r="{reference}".*?(</c>|/>)', xml, text, count=1),
    )


def test_inline_strings_read_like_shared_ones() -> None:
    data = make_workbook()
    inlined = inline_strings(data)
    assert b"inlineStr" in zipfile.ZipFile(BytesIO(inlined)).read("xl/worksheets/sheet3.xml")
    assert alike(data, inlined)


def test_a_sheet_without_dimension_or_with_a_boastful_one_reads_alike() -> None:
    data = make_workbook()
    assert alike(data, rewrite(data, sheet3_xml=lambda xml: re.sub("<dimension[^>]*>", "", xml)))
    boastful = '<dimension ref="A1:XFD1048576"/>'
    assert alike(data, rewrite(data, sheet3_xml=lambda xml: re.sub("<dimension[^>]*>", boastful, xml)))


def test_cells_and_rows_without_references_read_alike() -> None:
    data = make_workbook({"Scope": GOOD["Scope"]})
    assert alike(data, rewrite(data, sheet1_xml=lambda xml: re.sub(r'<(c|row) r="\w+"', r"<\1", xml)))


def test_absolute_targets_read_like_relative_ones() -> None:
    data = make_workbook()
    relative = rewrite(data, workbook_xml_rels=lambda xml: xml.replace('Target="/xl/', 'Target="'))
    absolute = rewrite(relative, workbook_xml_rels=lambda xml: xml.replace('Target="', 'Target="/xl/'))
    assert alike(relative, absolute)
    assert alike(data, absolute)


def test_a_workbook_without_styles_is_read() -> None:
    dated = {**GOOD, "Change History": [["date"], ["2025-02-01"]]}
    data = put("Policy", dated, B6="2025-02-12")
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    assert alike(data, stream.getvalue())


@pytest.mark.parametrize(
    ("xml", "kind", "text"),
    [
        ('<c r="C5" t="b"><v>1</v></c>', CellKind.BOOLEAN, "true"),
        ('<c r="C5" t="b"><f aca="false">TRUE()</f><v>1</v></c>', CellKind.BOOLEAN, "true"),
        ('<c r="C5" t="d"><v>2025-02-12</v></c>', CellKind.DATE, "2025-02-12"),
        ('<c r="C5" t="d"><v>2025-02-12T10:30:00</v></c>', CellKind.DATE, "2025-02-12T10:30:00"),
        ('<c r="C5" t="str"><v>&gt;= 2</v></c>', CellKind.TEXT, ">= 2"),
        ('<c r="C5"><v>38242.0</v></c>', CellKind.NUMBER, "38242"),
        ('<c r="C5"><v>7.0000000000000007E-2</v></c>', CellKind.NUMBER, "0.07"),
        ('<c r="C5"><v>1E7</v></c>', CellKind.NUMBER, "10000000"),
        ('<c r="C5"><v>1.5E-7</v></c>', CellKind.NUMBER, "0.00000015"),
        ('<c r="C5"><v>-0.0</v></c>', CellKind.NUMBER, "0"),
        ('<c r="C5"><v>1E22</v></c>', CellKind.NUMBER, "10000000000000000000000"),
        ('<c r="C5"><v>1E999</v></c>', CellKind.ERROR, "#NUM!"),
        ('<c r="C5" t="e"><v>#N/A</v></c>', CellKind.ERROR, "#N/A"),
        ('<c r="C5"><f>1+1</f><v>2</v></c>', CellKind.FORMULA, "=1+1"),
        ('<c r="C5"><f t="array" ref="C5">A1:A2</f><v>2</v></c>', CellKind.FORMULA, "=A1:A2"),
        ('<c r="C5" t="inlineStr"><is><t>a_x000D_b</t></is></c>', CellKind.TEXT, "a b"),
        (
            '<c r="C5" t="inlineStr"><is><r><t xml:space="preserve">not(</t></r><r><t>x)</t></r></is></c>',
            CellKind.TEXT,
            "not(x)",
        ),
    ],
)
def test_each_way_to_store_a_value_is_understood(xml: str, kind: CellKind, text: str) -> None:
    cell = table(cell_xml("C5", xml), "Determination").rules[0].inputs[1]
    assert (cell.kind, cell.text) == (kind, text)


def test_a_date_is_a_number_with_a_date_format() -> None:
    policy = read(make_workbook()).policy
    assert policy.places["Effective from"].kind is CellKind.DATE
    assert policy.places["Effective from"].text == "2025-02-12"


def test_a_part_of_a_text_that_is_struck_through_counts() -> None:
    assert codes(cell_xml("C5", f'<c r="C5" t="inlineStr">{STRIKE}</c>')) == ["DT117 Determination!C5"]


def test_the_filter_of_a_formatted_table_counts() -> None:
    table_part = (
        '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" '
        'displayName="T" ref="A3:G7"><autoFilter ref="A3:G7"><filterColumn colId="0"><filters>'
        '<filter val="M-1"/></filters></filterColumn></autoFilter><tableColumns count="1">'
        '<tableColumn id="1" name="Rule"/></tableColumns></table>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="../tables/table1.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"/></Relationships>'
    )
    stream = BytesIO(make_workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/tables/table1.xml", table_part)
        archive.writestr("xl/worksheets/_rels/sheet3.xml.rels", relations)
    assert codes(stream.getvalue()) == ["DT116 Determination!A3"]


def test_a_merge_or_a_used_range_of_the_whole_sheet_does_not_hang() -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A8:XFD1048576"/></mergeCells>'
    last = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>end</t></is></c></row>'
    data = rewrite(
        make_workbook(),
        sheet3_xml=lambda xml: xml.replace("</sheetData>", last + "</sheetData>" + merge),
    )
    with AtMost(500_000):
        found = codes(data)
    assert found == ["DT114 Determination!A8", "DT154 Determination!A8"]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_happens_to_a_byte_reading_gives_a_workbook_or_findings(data: st.DataObject) -> None:
    """Every part is flipped about, stored without compression so that the flips reach the XML."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(make_workbook())) as old:
        name = data.draw(
            st.sampled_from([part for part in old.namelist() if part.endswith((".xml", ".rels"))])
        )
        content = bytearray(old.read(name))
        for _ in range(data.draw(st.integers(1, 3))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(32, 126))
        with zipfile.ZipFile(stream, "w") as new:
            for part in old.namelist():
                new.writestr(part, bytes(content) if part == name else old.read(part))
    assert isinstance(read(stream.getvalue()), Workbook)
