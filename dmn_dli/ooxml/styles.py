"""The styles of a workbook (ECMA-376 part 1, 18.8): looks are added, and none that is there is changed."""

from __future__ import annotations

from openpyxl.styles.numbers import BUILTIN_FORMATS

from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.look import SIDES, Border, Highlight, Look

BARE_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="0"/></styleSheet>'
)
"""The least that a part of styles holds."""

_SHEET_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)
_FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color"),
    *("name", "family", "charset", "scheme"),
)
_XF_ORDER = ("alignment", "protection", "extLst")
_OFF = ("0", "false", "off", "none")
"""What switches something of a font off; an underline may be of many kinds besides."""
_FIRST_OWN_FORMAT = 164
"""Numbers below are Excel's own formats."""


class Styles:
    """The part of styles: which look a cell's style number stands for, and numbers for new looks."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._known: dict[tuple[int, Look], int] = {}

    def changed(self, style: int, look: Look) -> int:
        """The number of the style that is as this one, but for what a look names; the same where it is so."""
        key = style, look
        if key not in self._known:
            self._known[key] = self._changed(style, look)
        return self._known[key]

    def dxf(self, highlight: Highlight) -> int:
        """The number of the differential format of a highlight."""
        holder = self.root.settle("dxfs", _SHEET_ORDER)
        made = holder.make("dxf")
        if highlight.ink is not None:
            font = made.append(made.make("font"))
            font.append(font.make("color", {"rgb": _argb(highlight.ink)}))
        fill = made.append(made.make("fill"))
        pattern = fill.append(fill.make("patternFill", {"patternType": "solid"}))
        pattern.append(pattern.make("fgColor", {"rgb": _argb(highlight.fill)}))
        pattern.append(pattern.make("bgColor", {"rgb": _argb(highlight.fill)}))
        return _number_of(holder, made)

    def painted(self, dxf: int) -> tuple[str, str]:
        """Fill and ink of a differential format, `RRGGBB`; "" where it names none."""
        holder = self.root.find("dxfs")
        entries = [] if holder is None else holder.find_all("dxf")
        if not 0 <= dxf < len(entries):
            return "", ""
        fill, font = entries[dxf].find("fill"), entries[dxf].find("font")
        pattern = None if fill is None else fill.find("patternFill")
        ground = "" if pattern is None else _rgb(pattern.find("bgColor")) or _rgb(pattern.find("fgColor"))
        return ground, "" if font is None else _rgb(font.find("color"))

    def holder(self, name: str) -> Element:
        """The element that holds `fonts`, `cellXfs`, `dxfs` …; made where there is none."""
        return self.root.settle(name, _SHEET_ORDER)

    def add(self, holder: str, made: Element) -> int:
        """The number of an entry (`fonts`, `cellXfs`, `dxfs` …) that is written alike; added if need be."""
        return _number_of(self.holder(holder), made)

    def format_code(self, number: str) -> str:
        """The code of a number format; "" of a number that nobody defines."""
        known = self._own_formats().get(number)
        return BUILTIN_FORMATS.get(int(number), "") if known is None else known

    def format_number(self, code: str) -> str:
        """The number of a number format; added if need be."""
        own = self._own_formats()
        every = {**{str(number): text for number, text in BUILTIN_FORMATS.items()}, **own}
        number = next((number for number, text in every.items() if text == code), None)
        if number is None:
            number = str(max([_FIRST_OWN_FORMAT - 1, *map(int, own)]) + 1)
            formats = self.holder("numFmts")
            formats.append(formats.make("numFmt", {"numFmtId": number, "formatCode": code}))
            formats.set("count", str(len(formats.elements)))
        return number

    def _changed(self, style: int, look: Look) -> int:
        holder = self.root.settle("cellXfs", _SHEET_ORDER)
        formats = holder.find_all("xf")
        old = formats[style] if style < len(formats) else None
        new = holder.make("xf", {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"})
        if old is not None:
            new = old.copy()
        before = new.xml()
        self._set_format(new, look)
        self._set_part(new, "font", self._font(new, look))
        self._set_part(new, "fill", self._fill(new, look))
        self._set_part(new, "border", self._border(new, look))
        _set_alignment(new, look)
        if look.quote_prefix is not None and look.quote_prefix != _is_on(new.get("quotePrefix", "0")):
            new.set("quotePrefix", "1" if look.quote_prefix else None)
        if old is not None and new.xml() == before:
            return style
        return _number_of(holder, new)

    def _set_format(self, xf: Element, look: Look) -> None:
        code = look.number_format
        if code is not None and code != self.format_code(xf.get("numFmtId", "0")):
            xf.set("numFmtId", self.format_number(code))
            xf.set("applyNumberFormat", "1")

    def _own_formats(self) -> dict[str, str]:
        own = self.root.find("numFmts")
        listed = [] if own is None else own.find_all("numFmt")
        return {each.get("numFmtId"): each.get("formatCode") for each in listed}

    def _set_part(self, xf: Element, part: str, made: Element | None) -> None:
        """Let a style have another font, fill or border; None where it stays."""
        if made is not None:
            xf.set(f"{part}Id", str(self.add(f"{part}s", made)))
            xf.set(f"apply{part.title()}", "1")

    def _of(self, xf: Element, part: str) -> Element:
        """A copy of the font, fill or border that a style has."""
        holder = self.root.settle(f"{part}s", _SHEET_ORDER)
        entries = holder.find_all(part)
        number = int(xf.get(f"{part}Id", "0"))
        return entries[number].copy() if number < len(entries) else holder.make(part)

    def _font(self, xf: Element, look: Look) -> Element | None:
        font = self._of(xf, "font")
        before = font.xml()
        if look.font is not None and _value(font, "name") != look.font:
            font.settle("name", _FONT_ORDER).set("val", look.font)
            for each in ("scheme", "charset", "family"):
                _drop(font, each)
        if look.size is not None and float(_value(font, "sz") or 0) != look.size:
            font.settle("sz", _FONT_ORDER).set("val", format(look.size, "g"))
        for name, wanted in (("b", look.bold), ("i", look.italic), ("u", look.underline)):
            found = font.find(name)
            if wanted is not None and wanted != (found is not None and found.get("val") not in _OFF):
                _drop(font, name)
                if wanted:
                    font.settle(name, _FONT_ORDER)
        if look.ink is not None and _rgb(font.find("color")) != look.ink.upper():
            _drop(font, "color")
            font.settle("color", _FONT_ORDER).set("rgb", _argb(look.ink))
        return None if font.xml() == before else font

    def _fill(self, xf: Element, look: Look) -> Element | None:
        if look.fill is None:
            return None
        fill = self._of(xf, "fill")
        pattern = fill.find("patternFill")
        kind = "none" if pattern is None else pattern.get("patternType", "none")
        if fill.find("gradientFill") is None:
            colour = _rgb(pattern.find("fgColor")) if pattern is not None and kind == "solid" else ""
            if (kind == "none") if not look.fill else (kind == "solid" and colour == look.fill.upper()):
                return None
        made = fill.make("fill")
        painted = made.append(made.make("patternFill", {"patternType": "solid" if look.fill else "none"}))
        if look.fill:
            painted.append(painted.make("fgColor", {"rgb": _argb(look.fill)}))
            painted.append(painted.make("bgColor", {"indexed": "64"}))
        return made

    def _border(self, xf: Element, look: Look) -> Element | None:
        if look.border is None or _has_border(self._of(xf, "border"), look.border):
            return None
        made = self.root.settle("borders", _SHEET_ORDER).make("border")
        for side in SIDES:
            line = made.append(made.make(side))
            if side in look.border.sides:
                line.set("style", look.border.style)
                line.append(line.make("color", {"rgb": _argb(look.border.colour)}))
        made.append(made.make("diagonal"))
        return made


def _set_alignment(xf: Element, look: Look) -> None:
    wrap = None if look.wrap is None else "1" if look.wrap else "0"
    wanted = {
        "horizontal": (look.horizontal, "general"),
        "vertical": (look.vertical, "bottom"),
        "wrapText": (wrap, "0"),
        "indent": (None if look.indent is None else str(look.indent), "0"),
    }
    found = xf.find("alignment")
    for name, (value, usual) in wanted.items():
        present = usual if found is None else found.get(name, usual)
        if name == "wrapText":
            present = "1" if _is_on(present) else "0"
        if value is not None and value != present:
            found = xf.settle("alignment", _XF_ORDER)
            found.set(name, value)
            xf.set("applyAlignment", "1")


def _has_border(border: Element, wanted: Border) -> bool:
    for side in SIDES:
        line = border.find(side)
        style = "" if line is None else line.get("style", "none").replace("none", "")
        if style != (wanted.style if side in wanted.sides else ""):
            return False
        if line is not None and style and _rgb(line.find("color")) != wanted.colour.upper():
            return False
    return True


def _number_of(holder: Element, made: Element) -> int:
    """Where an entry stands among those of its holder; put there at the end where none is alike."""
    written = _alike(made)
    entries = [each for each in holder.elements if each.local == made.local]
    for number, entry in enumerate(entries):
        if _alike(entry) == written:
            return number
    holder.append(made)
    holder.set("count", str(len(entries) + 1))
    return len(entries)


def _alike(element: Element) -> tuple[object, ...]:
    """What two elements have in common that say the same."""
    attributes = sorted(item for item in element.attributes.items() if not item[0].startswith("xmlns"))
    return (element.local, tuple(attributes), tuple(map(_alike, element.elements)))


def _value(font: Element, name: str) -> str:
    found = font.find(name)
    return "" if found is None else found.get("val")


def _drop(parent: Element, name: str) -> None:
    found = parent.find(name)
    if found is not None:
        parent.remove(found)


def _rgb(colour: Element | None) -> str:
    """`RRGGBB` of a colour that is given as such; "" of others."""
    return "" if colour is None or colour.get("tint") else colour.get("rgb")[-6:].upper()


def _argb(colour: str) -> str:
    return "FF" + colour.upper()


def _is_on(value: str) -> bool:
    return value in ("1", "true", "on")
