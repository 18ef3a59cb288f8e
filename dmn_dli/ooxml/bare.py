"""A workbook of no sheets: the parts that every xlsx has."""

from __future__ import annotations

import zipfile
from io import BytesIO

from dmn_dli.ooxml.contents import MAIN_SPACE, RELATIONS_SPACE
from dmn_dli.ooxml.package import DECLARATION, TYPES, bare_entry
from dmn_dli.ooxml.styles import BARE_STYLES

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS = {
    TYPES: (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS_SPACE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN_SPACE}" xmlns:r="{RELATIONS_SPACE}"><workbookPr/><bookViews>'
        "<workbookView/></bookViews><sheets/></workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS_SPACE}/styles" Target="/xl/styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": BARE_STYLES,
}


def bare_book() -> bytes:
    """The bytes of a workbook without sheets, the same each time; Excel opens it once it has one."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in _PARTS.items():
            archive.writestr(bare_entry(name), DECLARATION + text)
    return stream.getvalue()
