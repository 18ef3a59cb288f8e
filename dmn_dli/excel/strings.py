"""Text as an xlsx holds it: escaped, in runs of different looks, in whatever form of Unicode."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from attrs import frozen
from openpyxl.xml.constants import SHEET_MAIN_NS

from dmn_dli.model.repair import trim
from dmn_dli.runtime.words import composed

_TEXT, _RUN, _LOOK, _STRIKE = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("t", "r", "rPr", "strike"))
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_HALVES = re.compile("[\ud800-\udfff]")


@frozen
class StruckText:
    """A text of which some run is struck through."""

    text: str


def plain_text(written: str) -> str:
    """The characters that stand for a string in the file: `_x000A_` is a line break, `_x005F_` an underscore.

    Undone once, so that a cell that says `_x0041_`, which is stored as `_x005F_x0041_`, goes on saying so.
    Composed (Unicode NFC), since text is compared in this form.
    """
    if "_x" in written:
        written = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), written)
        if _HALVES.search(written):
            # Characters beyond the first plane are escaped in two halves; a half alone is no character.
            written = written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return composed(written)


def text_of(node: Element) -> str | StruckText:
    """The text of a string element; how it is pronounced, which may stand beside it, is not part of it."""
    if len(node) == 1 and node[0].tag == _TEXT:
        return plain_text(node[0].text or "")
    pieces: list[str] = []
    struck = False
    for child in node:
        if child.tag == _TEXT:
            pieces.append(child.text or "")
        elif child.tag == _RUN:
            text = child.findtext(_TEXT) or ""
            pieces.append(text)
            struck = struck or (_strikes(child.find(_LOOK)) and bool(trim(text)))
    whole = plain_text("".join(pieces))
    return StruckText(whole) if struck else whole


def _strikes(look: Element | None) -> bool:
    return look is not None and is_on(look.find(_STRIKE))


def is_on(switch: Element | None) -> bool:
    """Whether an element such as `<strike/>` stands there and does not say `val="0"`."""
    return switch is not None and switch.get("val", "1") not in ("0", "false")
