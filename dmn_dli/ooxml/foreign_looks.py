"""The styles of one workbook in another: looks are added, and those that are alike are not repeated."""

from __future__ import annotations

from openpyxl.styles.numbers import is_date_format

from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.styles import Styles

_STYLED = {"c": "s", "row": "s", "col": "style"}
"""Which attribute of an element is the number of a cell format."""

_HOLDERS = {"font": "fonts", "fill": "fills", "border": "borders"}


class ForeignLooks:
    """Numbers of styles of one workbook as those that another has for the same looks."""

    def __init__(self, target: Styles, source: Styles) -> None:
        self._target, self._source = target, source
        self._formats: dict[str, str] = {}
        self._differential: dict[str, str] = {}

    def follow(self, root: Element) -> None:
        """Let a part that was written for the source use the numbers of the target."""
        for element in root.walk():
            attribute = _STYLED.get(element.local) if element.space == root.space else None
            if attribute is not None and (element.get(attribute) or element.local == "c"):
                number = self._format(element.get(attribute, "0"))
                if element.get(attribute, "0") != number:
                    element.set(attribute, number)
            for name, value in list(element.attributes.items()):
                if name.lower().endswith("dxfid"):
                    element.set(name, self._dxf(value))

    def is_day(self, number: str) -> bool:
        """Whether a cell format of the source shows numbers as days."""
        xf = _entry(self._source.root, "cellXfs", number)
        return xf is not None and is_date_format(self._code(xf))

    def _format(self, number: str) -> str:
        if number not in self._formats:
            xf = _entry(self._source.root, "cellXfs", number)
            self._formats[number] = "0" if xf is None else str(self._added(xf))
        return self._formats[number]

    def _added(self, xf: Element) -> int:
        holder = self._target.holder("cellXfs")
        made = adopted(holder, xf)
        for part, name in _HOLDERS.items():
            entry = _entry(self._source.root, name, xf.get(f"{part}Id", "0"))
            if entry is not None:
                own = self._target.add(name, adopted(self._target.holder(name), entry))
                made.set(f"{part}Id", str(own))
        made.set("numFmtId", self._target.format_number(self._code(xf)))
        if xf.get("xfId"):
            made.set("xfId", "0")
        return self._target.add("cellXfs", made)

    def _code(self, xf: Element) -> str:
        return self._source.format_code(xf.get("numFmtId", "0")) or "General"

    def _dxf(self, number: str) -> str:
        if number not in self._differential:
            entry = _entry(self._source.root, "dxfs", number)
            holder = self._target.holder("dxfs")
            made = holder.make("dxf") if entry is None else adopted(holder, entry)
            self._differential[number] = str(self._target.add("dxfs", made))
        return self._differential[number]


def adopted(parent: Element, element: Element) -> Element:
    """An element of the same kind as its parent's part writes it; what extends it is left out."""
    attributes = {
        name: value
        for name, value in element.attributes.items()
        if name == "xml:space" or (":" not in name and name != "xmlns")
    }
    children = element.elements
    made = parent.make(element.local, attributes, text="" if children else element.text)
    for each in children:
        if each.space == element.space and each.local != "extLst":
            made.append(adopted(made, each))
    return made


def _entry(root: Element, holder: str, number: str) -> Element | None:
    found = root.find(holder)
    entries = [] if found is None else found.elements
    at = int(number) if number.isdigit() else -1
    return entries[at] if 0 <= at < len(entries) else None
