"""The old drawings of a sheet (VML), which hold the boxes of its notes (ECMA-376 part 4, 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dmn_dli.ooxml.errors import BrokenBookError
from dmn_dli.ooxml.exact import Element, parse
from dmn_dli.ooxml.package import Package
from dmn_dli.ooxml.shifting import Place

VML_SPACE = "urn:schemas-microsoft-com:vml"
OFFICE_SPACE = "urn:schemas-microsoft-com:office:office"
EXCEL_SPACE = "urn:schemas-microsoft-com:office:excel"

BARE_DRAWING = (
    f'<xml xmlns:v="{VML_SPACE}" xmlns:o="{OFFICE_SPACE}" xmlns:x="{EXCEL_SPACE}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
"""A drawing without shapes."""

_BOX = (
    '<v:shape xmlns:v="{vml}" xmlns:o="{office}" xmlns:x="{excel}" id="_x0000_s{number}" '
    'type="#_x0000_t202" style="{style}" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_STYLE = (
    "position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{}pt;height:{}pt;z-index:{};"
    "visibility:hidden"
)
_FIRST = 1025
"""The number of a drawing's first shape."""

_NUMBER = re.compile(r"_x0000_s(\d+)")
_EXTENT = re.compile(r"(?<![\w-])(width|height)\s*:\s*[^;]*")


def drawing_root(package: Package, part: str) -> Element:
    """The root of a part; of an old drawing also where line breaks are left open, as Excel may do."""
    try:
        return package.root(part)
    except BrokenBookError:
        if not part.lower().endswith(".vml"):
            raise
        package.put(part, package.read(part).replace(b"<br>", b"<br/>"))
        return package.root(part)


def boxes(root: Element) -> Iterator[tuple[Place, Element]]:
    """The boxes of notes in a drawing, by their cells."""
    for shape in root.elements:
        for data in shape.elements:
            if data.local == "ClientData" and data.get("ObjectType") == "Note":
                row, column = data.find("Row"), data.find("Column")
                if row is not None and column is not None:
                    texts = row.text.strip(), column.text.strip()
                    if texts[0].isdigit() and texts[1].isdigit():
                        yield (int(texts[0]) + 1, int(texts[1]) + 1), shape


def add_box(root: Element, place: Place, width: int, height: int) -> None:
    """Draw a box for the note of a cell, hidden until the cell is pointed at; its size in pixels."""
    named = (_NUMBER.fullmatch(value) for shape in root.elements for value in shape.attributes.values())
    number = max([_FIRST - 1, *(int(found[1]) for found in named if found)]) + 1
    row, column = place
    text = _BOX.format(
        vml=VML_SPACE,
        office=OFFICE_SPACE,
        excel=EXCEL_SPACE,
        number=number,
        style=_STYLE.format(_points(width), _points(height), number - _FIRST + 1),
        row=row - 1,
        column=column - 1,
    )
    root.append(parse(text.encode(), "drawing").root)


def resize_box(box: Element, width: int, height: int) -> None:
    """Give a box another size, in pixels; an anchor, which would outweigh it, is taken out."""
    sizes = {"width": f"width:{_points(width)}pt", "height": f"height:{_points(height)}pt"}
    style = _EXTENT.sub(lambda found: sizes.pop(found[1], ""), box.get("style"))
    box.set("style", ";".join([style.rstrip("; "), *sizes.values()]))
    for data in box.elements:
        anchor = data.find("Anchor") if data.local == "ClientData" else None
        if anchor is not None:
            data.remove(anchor)


def _points(pixels: int) -> str:
    return format(pixels * 0.75, "g")
