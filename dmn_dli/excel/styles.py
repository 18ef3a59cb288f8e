"""How cells look, as far as it matters here: number format, struck through, and whether they can be read."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from attrs import frozen
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.xml.constants import SHEET_MAIN_NS

from dmn_dli.excel import codes
from dmn_dli.excel.archive import Objection, Refused
from dmn_dli.excel.colours import BLACK, WHITE, colour_of, is_on

STYLES_LIMIT = 65_490
"""Cell styles that a workbook may have: as many as Excel allows."""

_SHOWS_NOTHING = ";;;"


@frozen(slots=False)
class Look:
    """What a style says about a cell.

    unseen: whether nobody can read what the cell holds, since it has the colour of its ground or no format.
    ground: the colour behind the text; None where there is a pattern.
    """

    number_format: str = "General"
    struck: bool = False
    unseen: bool = False
    ground: str | None = WHITE

    @property
    def is_date(self) -> bool:
        """Whether a number is shown as a date or a time."""
        return bool(is_date_format(self.number_format))

    @property
    def is_duration(self) -> bool:
        """Whether a number is shown as hours, minutes or seconds that have passed."""
        return bool(is_timedelta_format(self.number_format))


_PLAIN = Look()


class Styles:
    """The workbook's cell styles by their number, each worked out once."""

    def __init__(self, root: Element | None) -> None:
        """Take the styles part; None where the file has none. Raises Refused where it has too many."""
        self._formats = {
            each.get("numFmtId"): each.get("formatCode", "General") for each in _children(root, "numFmts")
        }
        self._fonts = [*_children(root, "fonts")]
        self._fills = [*_children(root, "fills")]
        self._styles = [*_children(root, "cellXfs")]
        self._looks: dict[int, Look] = {}
        if len(self._styles) > STYLES_LIMIT:
            message = (
                f"The workbook has {len(self._styles):,} cell styles; at most {STYLES_LIMIT:,} are read."
            )
            raise Refused(Objection(codes.TOO_LARGE, message))

    def look(self, style: int) -> Look:
        """The style's look; a plain one where the file has no such style (no styles part at all, say)."""
        known = self._looks.get(style)
        if known is None:
            known = self._looks[style] = self._work_out(style)
        return known

    def _work_out(self, style: int) -> Look:
        if not 0 <= style < len(self._styles):
            return _PLAIN
        found = self._styles[style]
        font = _at(self._fonts, found.get("fontId", "0"))
        number = found.get("numFmtId", "0")
        number_format = self._formats.get(number) or BUILTIN_FORMATS.get(int(number), "General")
        ink = _ink(font)
        ground = _ground(_at(self._fills, found.get("fillId", "0")))
        unseen = number_format.strip() == _SHOWS_NOTHING or (ink is not None and ink == ground)
        return Look(number_format, font is not None and is_on(font.find(_named("strike"))), unseen, ground)


@frozen
class Those:
    """The styles whose look fulfils a condition, as a set."""

    styles: Styles
    condition: Callable[[Look], bool]

    def __contains__(self, style: object) -> bool:
        """Whether a style's number is among them."""
        return self.condition(self.styles.look(int(str(style))))


def _named(tag: str) -> str:
    return f"{{{SHEET_MAIN_NS}}}{tag}"


def _children(root: Element | None, tag: str) -> Element | tuple[()]:
    found = None if root is None else root.find(_named(tag))
    return () if found is None else found


def _at(listed: list[Element], number: str) -> Element | None:
    return listed[int(number)] if 0 <= int(number) < len(listed) else None


def _ink(font: Element | None) -> str | None:
    color = None if font is None else font.find(_named("color"))
    return BLACK if color is None else colour_of(color)


def _ground(fill: Element | None) -> str | None:
    """The colour behind the text; None where there is a pattern."""
    pattern = None if fill is None else fill.find(_named("patternFill"))
    kind = "none" if pattern is None else pattern.get("patternType", "none")
    if fill is not None and pattern is None and len(fill):
        return None  # from one colour to another
    if pattern is None or kind == "none":
        return WHITE
    color = pattern.find(_named("fgColor")) if kind == "solid" else None
    return None if color is None else colour_of(color)
