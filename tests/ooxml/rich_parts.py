"""The parts of the rich workbook that are no sheets: drawings, notes, styles, a chart, a formatted table."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape

from openpyxl.utils.cell import coordinate_to_tuple

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XDR = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A point of one colour, as PNG."""


def _anchor(what: str) -> str:
    return (
        "<xdr:twoCellAnchor><xdr:from><xdr:col>8</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row>"
        "<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>11</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{what}<xdr:clientData/></xdr:twoCellAnchor>"
    )


_SIZE = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="1828800" cy="762000"/></a:xfrm><a:prstGeom prst="rect"/>'

DRAWING = (
    f"<xdr:wsDr {_XDR}>"
    + _anchor(
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox 1"/>'
        f'<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr>{_SIZE}</xdr:spPr><xdr:txBody><a:bodyPr/><a:p>'
        f"<a:r><a:t>Ask the committee."
        "</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    + _anchor(
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="Picture 2"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip {_R} r:embed="rId1"/></xdr:blipFill><xdr:spPr>{_SIZE}</xdr:spPr></xdr:pic>'
    )
    + "</xdr:wsDr>"
)
"""A text box and a picture."""

FRAME = (
    f"<xdr:wsDr {_XDR}>"
    + _anchor(
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/>'
        '</xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {_R} r:id="rId1"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame>"
    )
    + "</xdr:wsDr>"
)
"""The frame of a chart."""

CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea>'
    '<c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef>'
    "<c:f>Determination!$C$5:$C$7</c:f></c:numRef></c:val></c:ser>"
    '<c:axId val="1"/><c:axId val="2"/></c:barChart>'
    '<c:catAx><c:axId val="1"/><c:scaling/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx>'
    "</c:plotArea></c:chart></c:chartSpace>"
)

STYLES = (
    f'<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><sz val="10"/>'
    '<name val="Arial"/></font><font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Arial"/></font>'
    "</fonts>"
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/>'
    '</fill><fill><patternFill patternType="solid"><fgColor rgb="FF1D4ED8"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin">'
    '<color rgb="FFD9D9D9"/></left><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFF8B4B4"/></patternFill></fill></dxf></dxfs>'
    "</styleSheet>"
)

TABLE = (
    f'<table {_MAIN} id="1" name="History" displayName="History" ref="A1:D2" totalsRowShown="0">'
    '<autoFilter ref="A1:D2"/><tableColumns count="4"><tableColumn id="1" name="date"/>'
    '<tableColumn id="2" name="who"/><tableColumn id="3" name="what"/><tableColumn id="4" name="why"/>'
    '</tableColumns><tableStyleInfo name="TableStyleLight1" showRowStripes="1"/></table>'
)

_ANN = "{11111111-2222-3333-4444-555555555555}"
_THREADS = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"'

THREADED = {
    "xl/threadedComments/threadedComment1.xml": (
        f'<ThreadedComments {_THREADS}><threadedComment ref="C5" dT="2024-05-06T07:08:09.10" '
        f'personId="{_ANN}" id="{{00D40076-0007-4C0A-9E4A-0025004C0059}}"><text>Why?</text>'
        f"</threadedComment></ThreadedComments>"
    ),
    "xl/persons/person.xml": (
        f'<personList {_THREADS}><person displayName="Ann Nurse" id="{_ANN}" userId="S::ann@example.org" '
        'providerId="AD"/></personList>'
    ),
}

CUSTOM_XML = {
    "customXml/item1.xml": '<sources xmlns="urn:example"><source id="1">Policy A-1</source></sources>',
    "customXml/itemProps1.xml": (
        '<ds:datastoreItem ds:itemID="{99999999-8888-7777-6666-555555555555}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    ),
}


def comments(notes: Mapping[str, tuple[str, str]]) -> str:
    """The part of a sheet's notes: for each cell the author and the text."""
    authors = [*dict.fromkeys(author for author, _ in notes.values())]
    lines = [
        f'<comment ref="{cell}" authorId="{authors.index(author)}" shapeId="0"><text><r><rPr><sz val="9"/>'
        f'<rFont val="Tahoma"/></rPr><t xml:space="preserve">{escape(text, quote=False)}</t></r></text>'
        "</comment>"
        for cell, (author, text) in notes.items()
    ]
    named = "".join(f"<author>{escape(author, quote=False)}</author>" for author in authors)
    return (
        f"<comments {_MAIN}><authors>{named}</authors><commentList>{''.join(lines)}</commentList></comments>"
    )


def vml(boxes: Mapping[str, tuple[float, float]]) -> str:
    """The part that draws the boxes of notes: width and height in points for each cell."""
    shapes = []
    for number, (cell, (width, height)) in enumerate(boxes.items(), 1):
        row, column = coordinate_to_tuple(cell)
        shapes.append(
            f' <v:shape id="_x0000_s{1024 + number}" type="#_x0000_t202" style=\'position:absolute;\r\n'
            f"  margin-left:200pt;margin-top:2pt;width:{width}pt;height:{height}pt;z-index:{number};\r\n"
            '  visibility:hidden\' fillcolor="#ffffe1" o:insetmode="auto">\r\n'
            '  <v:fill color2="#ffffe1"/>\r\n  <v:shadow on="t" color="black" obscured="t"/>\r\n'
            "  <v:path o:connecttype=\"none\"/>\r\n  <v:textbox style='mso-direction-alt:auto'>\r\n"
            "   <div style='text-align:left'></div>\r\n  </v:textbox>\r\n"
            '  <x:ClientData ObjectType="Note">\r\n   <x:MoveWithCells/>\r\n   <x:SizeWithCells/>\r\n'
            f"   <x:Anchor>\r\n    {column}, 15, {row - 1}, 2, {column + 4}, 31, {row + 7}, 4</x:Anchor>\r\n"
            f"   <x:AutoFill>False</x:AutoFill>\r\n   <x:Row>{row - 1}</x:Row>\r\n"
            f"   <x:Column>{column - 1}</x:Column>\r\n  </x:ClientData>\r\n </v:shape>"
        )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"\r\n'
        ' xmlns:o="urn:schemas-microsoft-com:office:office"\r\n '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n <o:shapelayout v:ext="edit">\r\n'
        '  <o:idmap v:ext="edit" data="1"/>\r\n </o:shapelayout><v:shapetype id="_x0000_t202" '
        'coordsize="21600,21600"\r\n  o:spt="202" path="m,l,21600r21600,l21600,xe">\r\n'
        '  <v:stroke joinstyle="miter"/>\r\n  <v:path gradientshapeok="t" o:connecttype="rect"/>\r\n'
        f" </v:shapetype>{''.join(shapes)}</xml>"
    )
