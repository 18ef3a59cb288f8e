"""Text as an xlsx holds it: escaped, in runs of different looks, in whatever form of Unicode."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from attrs import frozen
from openpyxl.xml.constants import SHEET_MAIN_NS

from dmn_dli.excel.colours import colour_of, is_on
from dmn_dli.model.repair import trim
from dmn_dli.ooxml.texts import read_text
from dmn_dli.runtime.words import composed

_TEXT, _RUN, _LOOK, _STRIKE, _COLOR = (
    f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("t", "r", "rPr", "strike", "color")
)


@frozen
class RunText:
    """A text of runs with looks of their own: whether one is struck through, and the colours they give."""

    text: str
    struck: bool
    inks: frozenset[str]


def plain_text(written: str) -> str:
    """The characters that stand for a string in the file: `_x000A_` is a line break, `_x005F_` an underscore.

    Undone once, so that a cell that says `_x0041_`, which is stored as `_x005F_x0041_`, goes on saying so.
    Composed (Unicode NFC), since text is compared in this form.
    """
    return composed(read_text(written))


def text_of(node: Element) -> str | RunText:
    """The text of a string element; how it is pronounced, which may stand beside it, is not part of it."""
    if len(node) == 1 and node[0].tag == _TEXT:
        return plain_text(node[0].text or "")
    pieces: list[str] = []
    struck = False
    inks: set[str] = set()
    for child in node:
        if child.tag == _TEXT:
            pieces.append(child.text or "")
        elif child.tag == _RUN:
            text = child.findtext(_TEXT) or ""
            pieces.append(text)
            look = child.find(_LOOK)
            if look is not None and trim(text):
                struck = struck or is_on(look.find(_STRIKE))
                color = look.find(_COLOR)
                ink = None if color is None else colour_of(color)
                inks |= set() if ink is None else {ink}
    whole = plain_text("".join(pieces))
    return RunText(whole, struck, frozenset(inks)) if struck or inks else whole
