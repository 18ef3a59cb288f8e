"""Text as a part of an xlsx holds it (ECMA-376 part 1, 22.9.2.19)."""

from __future__ import annotations

import re

from dmn_dli.ooxml.exact import NOT_IN_XML, Element

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_HALVES = re.compile("[\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_KEPT = re.compile(f"{NOT_IN_XML.pattern}|\r")
"""What XML cannot hold, and the carriage return, which it would turn into a line break."""

_OUTER_BLANKS = re.compile(r"^\s|\s$|\n|  ")


def written_text(text: str) -> str:
    r"""Text with what an xlsx cannot hold escaped: `\x01` is `_x0001_`; `_x0041_` itself `_x005F_x0041_`."""
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _NOT_KEPT.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def read_text(written: str) -> str:
    """Undoes `written_text`."""
    if "_x" not in written:
        return written
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), written)
    if _HALVES.search(text):
        # Characters beyond the first plane are escaped in two halves; a half alone is no character.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def item_text(item: Element) -> str:
    """The text of a string item (`si`, `is`), its runs joined; how it is pronounced is not part of it."""
    pieces = []
    for child in item.elements:
        holder = child.find("t") if child.local == "r" else child
        if holder is not None and holder.local == "t":
            pieces.append(holder.text)
    return read_text("".join(pieces))


def set_item_text(item: Element, text: str) -> None:
    """Let a string item hold this text alone, without runs."""
    keeps = {"xml:space": "preserve"} if _OUTER_BLANKS.search(text) else {}
    item.set_text("")
    item.inside = [item.make("t", keeps, text=written_text(text))]
