"""How a sheet prints (ECMA-376 part 1, 18.3.1.62-64; 18.2.6 for the titles)."""

from __future__ import annotations

import re

from openpyxl.utils.cell import quote_sheetname

from dmn_dli.ooxml.contents import WORKBOOK_ORDER, Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.look import Print
from dmn_dli.ooxml.schema import SHEET_ORDER

PROPERTIES_ORDER = ("tabColor", "outlinePr", "pageSetUpPr")
_FOOTER_ORDER = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_SIDES = ("left", "right", "top", "bottom")
_BARE_MARGINS = {**dict.fromkeys(_SIDES, "0.7"), "header": "0.3", "footer": "0.3"}
_TITLES = "_xlnm.Print_Titles"
_COMMA = re.compile(r",(?=(?:[^']*'[^']*')*[^']*$)")


def set_print(root: Element, setup: Print) -> None:
    """Change how a sheet prints, but for what is repeated on each page."""
    properties = root.settle("sheetPr", SHEET_ORDER)
    fit = properties.settle("pageSetUpPr", PROPERTIES_ORDER)
    if fit.get("fitToPage") not in ("1", "true"):
        fit.set("fitToPage", "1")
    margins = root.settle("pageMargins", SHEET_ORDER)
    for name, value in zip(_SIDES, setup.margins, strict=True):
        if not margins.get(name) or float(margins.get(name)) != value:
            margins.set(name, format(value, "g"))
    for name, usual in _BARE_MARGINS.items():
        margins.set(name, margins.get(name, usual))
    page = root.settle("pageSetup", SHEET_ORDER)
    _set(page, "paperSize", str(setup.paper), "1")
    _set(page, "fitToWidth", str(setup.fit_width), "1")
    _set(page, "fitToHeight", str(setup.fit_height), "1")
    _set(page, "orientation", "landscape" if setup.landscape else "portrait", "default")
    if setup.footer:
        footer = root.settle("headerFooter", SHEET_ORDER).settle("oddFooter", _FOOTER_ORDER)
        if footer.text != setup.footer:
            footer.set_text(setup.footer)


def set_titles(contents: Contents, sheet: Element, setup: Print) -> None:
    """Let rows and columns be repeated on each page that a sheet prints on."""
    place = str(next(number for number, each in enumerate(contents.sheets) if each is sheet))
    quoted = quote_sheetname(sheet.get("name"))
    wanted = [f"{quoted}!{_fixed(each)}" for each in (setup.columns, setup.rows) if each]
    holder = contents.root.find("definedNames")
    present = None
    for each in [] if holder is None else holder.elements:
        if each.get("name") == _TITLES and each.get("localSheetId") == place:
            present = each
    if present is None:
        if wanted:
            holder = contents.root.settle("definedNames", WORKBOOK_ORDER)
            holder.append(
                holder.make("definedName", {"name": _TITLES, "localSheetId": place}, text=",".join(wanted))
            )
        return
    said = {piece.rpartition("!")[2] for piece in _COMMA.split(present.text)}
    if not wanted and holder is not None:
        holder.remove(present)
        if not holder.elements:
            contents.root.remove(holder)
    elif said != {each.rpartition("!")[2] for each in wanted}:
        present.set_text(",".join(wanted))


def _set(element: Element, name: str, value: str, usual: str) -> None:
    """Set an attribute, unless it is so as such."""
    if element.get(name, usual) != value:
        element.set(name, value)


def _fixed(span: str) -> str:
    """`$1:$4`."""
    return ":".join("$" + end.removeprefix("$") for end in span.split(":"))
