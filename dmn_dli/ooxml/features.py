"""What a sheet's part says of areas besides its rows: merges, dropdowns, formats, links, filters, extensions.

A feature is known by its element's name and by the attribute or element that holds its areas (ECMA-376
part 1, 18.3.1; MS-XLSX 2.6 for those of the namespaces x14 and xm). Parts beside the sheet's
own (tables, comments) hold the same elements, and follow by the same rules.
"""

from __future__ import annotations

from attrs import frozen

from dmn_dli.ooxml.errors import BrokenBookError
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.formulas import follow, follow_area, follow_reference
from dmn_dli.ooxml.places import area_of, areas_of, cell_place, reference_of, written_area, written_areas
from dmn_dli.ooxml.shifting import (
    Axis,
    Place,
    Shift,
    areas_after,
    joined_areas,
    number_after,
    place_after,
)

_LISTS = {
    "conditionalFormatting": True,
    "dataValidation": True,
    "ignoredError": True,
    "protectedRange": False,
    "scenarios": False,
    "sparkline": False,
}
"""Elements with a list of areas in `sqref` (x14: in `xm:sqref`); whether these reach to rows put in below."""

_FROM_THE_CORNER = ("conditionalFormatting", "dataValidation")
"""Elements whose formulas read from the upper left cell of the first of their areas."""

_EACH = frozenset({"mergeCell", "hyperlink"})
"""Elements with one area in `ref`; where it is taken apart there is one for each piece."""

_WHOLE = {"autoFilter": True, "sortState": True, "sortCondition": True, "table": True, "location": False}
"""Elements with one area in `ref` that cannot be taken apart; whether it reaches to rows put in below."""

_CELLS = {
    "comment": "ref",
    "threadedComment": "ref",
    "cellWatch": "r",
    "inputCells": "r",
    "singleXmlCell": "r",
}
"""Elements of one cell, which go with it."""

_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"})

_HOLDERS = frozenset(
    {
        *("mergeCells", "conditionalFormattings", "dataValidations", "hyperlinks", "protectedRanges"),
        *("ignoredErrors", "rowBreaks", "colBreaks", "cellWatches", "scenarios", "sparklines"),
        *("sparklineGroup", "sparklineGroups", "ext", "extLst"),
    }
)
"""Elements that must not be left empty."""


@frozen
class Move:
    """A shift of a sheet's rows or columns, as it is told to a part. sheet: the sheet's name.

    home: the sheet to which the part belongs; "" for one that belongs to none.
    """

    shift: Shift
    sheet: str
    home: str

    @property
    def at_home(self) -> bool:
        """Whether the part speaks of the very sheet whose rows or columns moved."""
        return self.home.casefold() == self.sheet.casefold()

    def formula(self, text: str) -> str:
        """A formula, which goes on speaking of the same cells."""
        try:
            return follow(text, self.shift, self.home, self.sheet)
        except BrokenBookError as error:
            raise BrokenBookError(f"{self.home or 'The workbook'}: {error}") from error

    def location(self, text: str) -> str:
        """Where a link leads, which need not quote a sheet's name."""
        return follow_reference(text, self.shift, self.home, self.sheet)


def follow_features(parent: Element, move: Move) -> None:
    """Let all that stands within an element follow; rows and cells are not looked at."""
    for child in parent.elements:
        if child.local != "sheetData":
            _follow(parent, child, move)


def _follow(parent: Element, element: Element, move: Move) -> None:
    follow_formulas_of(element, move)
    if move.at_home and not _follow_home(parent, element, move):
        parent.remove(element)
    elif element.local not in _FROM_THE_CORNER or not move.at_home:
        held = len(element.elements)
        follow_features(element, move)
        if len(element.elements) != held:
            _settle_holder(parent, element)


def _follow_home(parent: Element, element: Element, move: Move) -> bool:
    """Let what an element says of areas of the sheet itself follow; whether anything of it is left."""
    name, shift = element.local, move.shift
    if name in _LISTS:
        return _follow_list(element, move)
    if name in _EACH:
        return _follow_each(parent, element, shift)
    if name in _WHOLE:
        return _follow_whole(element, shift)
    if name in _CELLS:
        return _follow_cell(element, _CELLS[name], shift)
    if name == "brk":
        return _follow_break(parent, element, shift)
    if name == "pane":
        follow_pane(element, shift)
    elif name == "selection":
        _follow_selection(element, shift)
    elif name == "dimension":
        _follow_dimension(element, shift)
    return True


def follow_formulas_of(element: Element, move: Move) -> None:
    """Let the formulas that an element itself holds follow, but those that read from an area's corner."""
    if element.local in _FORMULAS:
        _set(element, move.formula(element.text))
    if element.local == "hyperlink" and element.get("location"):
        element.set("location", move.location(element.get("location")))
    if element.local == "cfvo" and element.get("type") not in ("", "min", "max") and element.get("val"):
        element.set("val", move.formula(element.get("val")))


def _settle_holder(parent: Element, element: Element) -> None:
    """Let a holder that holds fewer or more than before say so; one that holds nothing any more goes."""
    left = element.elements
    bare = not left or (element.local == "sparklineGroup" and all(e.local != "sparklines" for e in left))
    if bare and element.local in _HOLDERS:
        parent.remove(element)
        return
    if element.get("count"):
        element.set("count", str(len(left)))
    if element.get("manualBreakCount"):
        element.set("manualBreakCount", str(sum(each.get("man") in ("1", "true") for each in left)))


def _set(element: Element, text: str) -> None:
    if text != element.text:
        element.set_text(text)


def _sqref(element: Element) -> Element | None:
    """The element that holds the areas of an extension."""
    return next((each for each in element.elements if each.local == "sqref"), None)


def _follow_list(element: Element, move: Move) -> bool:
    """Whether any of the areas is left."""
    holder = next((each for each in element.elements if each.local == "sqref"), None)
    before = areas_of(element.get("sqref") if holder is None else holder.text)
    if not before:
        return True
    now = areas_after(move.shift, before, reach=_LISTS[element.local])
    if not now:
        return False
    if now != before:
        # Pieces of what was one area may have come together again.
        joined = areas_after(move.shift, joined_areas(move.shift, before), reach=_LISTS[element.local])
        now = joined_areas(move.shift, joined)
    if now != before and holder is None:
        element.set("sqref", written_areas(now))
    elif now != before and holder is not None:
        holder.set_text(written_areas(now))
    if element.local in _FROM_THE_CORNER:
        corners = (before[0].top, before[0].left), (now[0].top, now[0].left)
        for each in element.walk():
            if each.local in _FORMULAS and not each.elements:
                _set(each, follow_area(each.text, *corners, move.shift, move.sheet))
            elif each.local == "cfvo":
                follow_formulas_of(each, move)
    return True


def _follow_each(parent: Element, element: Element, shift: Shift) -> bool:
    """Whether the area is left; for further pieces of it there are further elements."""
    area = area_of(element.get("ref"))
    if area is None:
        return True
    now = areas_after(shift, [area])
    if element.local == "mergeCell":
        now = tuple(each for each in now if (each.top, each.left) != (each.bottom, each.right))
    if not now:
        return False
    if now[0] != area:
        element.set("ref", written_area(now[0]))
    for each in now[1:]:
        copy = element.copy()
        copy.set("ref", written_area(each))
        parent.put_before(copy, element)
    return True


def _follow_whole(element: Element, shift: Shift) -> bool:
    area = area_of(element.get("ref"))
    if area is None:
        return True
    reach = _WHOLE[element.local] and element.get("totalsRowCount", "0") == "0"
    now = areas_after(shift, [area], reach=reach)
    if not now:
        return False
    if len(now) == 1 and now[0] != area:
        element.set("ref", written_area(now[0]))
        if element.local == "autoFilter" and shift.axis is Axis.COLUMNS:
            _follow_filters(element, area.left, now[0].left, shift)
    return True


def _follow_filters(element: Element, before: int, now: int, shift: Shift) -> None:
    """Columns of a filter are counted from its left."""
    for column in element.find_all("filterColumn"):
        place = number_after(shift, before + int(column.get("colId", "0")))
        if place is None:
            element.remove(column)
        else:
            column.set("colId", str(place - now))


def _follow_cell(element: Element, attribute: str, shift: Shift) -> bool:
    place = cell_place(element.get(attribute))
    if place is None:
        return True
    now = place_after(shift, place)
    if now is None:
        return False
    if now != place:
        element.set(attribute, reference_of(*now))
    return True


def _follow_break(parent: Element, element: Element, shift: Shift) -> bool:
    """A page break stands after the row or column that it names."""
    if parent.local != ("rowBreaks" if shift.axis is Axis.ROWS else "colBreaks"):
        return True
    number = number_after(shift, int(element.get("id", "0")) or 1)
    if number is None:
        return False
    if element.get("id", "0") != "0":
        element.set("id", str(number))
    return True


def follow_pane(element: Element, shift: Shift) -> None:
    """Let frozen rows or columns be the same ones, and what comes first beside them be what came first."""
    along_rows = shift.axis is Axis.ROWS
    held = int(float(element.get("ySplit" if along_rows else "xSplit", "0")))
    spans = shift.spans(1, held) if held and element.get("state") in ("frozen", "frozenSplit") else ()
    now = spans[0][1] if len(spans) == 1 else held
    if now != held:
        element.set("ySplit" if along_rows else "xSplit", str(now))
    first = cell_place(element.get("topLeftCell"))
    if first is None:
        return
    place: Place | None = place_after(shift, first)
    if spans and (first[0] if along_rows else first[1]) == held + 1:
        place = (now + 1, first[1]) if along_rows else (first[0], now + 1)
    if place is not None:
        element.set("topLeftCell", reference_of(*place))


def _follow_selection(element: Element, shift: Shift) -> None:
    """What is chosen, which must hold the cell that is active."""
    active = cell_place(element.get("activeCell"))
    areas = areas_of(element.get("sqref"))
    now = None if active is None else place_after(shift, active)
    if active is None or now is None or not areas:
        return
    moved = areas_after(shift, areas)
    if moved == areas and now == active:
        return
    element.set("activeCell", reference_of(*now))
    element.set("activeCellId", None)
    element.set("sqref", reference_of(*now))


def _follow_dimension(element: Element, shift: Shift) -> None:
    area = area_of(element.get("ref"))
    if area is None:
        return
    now = areas_after(shift, [area], reach=True)
    if len(now) == 1 and now[0] != area:
        element.set("ref", written_area(now[0]))
