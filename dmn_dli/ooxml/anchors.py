"""Where drawings hang on a sheet (ECMA-376 part 1, 20.5.2; part 4, 19.4 for those in VML)."""

from __future__ import annotations

from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.features import Move
from dmn_dli.ooxml.shifting import Axis, Ordered, Removed, Shift, number_after, place_after

_FORMULAS_OF_CONTROLS = ("textlink", "fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup", "fmlaMacro")
_FORMULAS_IN_VML = ("FmlaLink", "FmlaRange", "FmlaTxbx", "FmlaGroup", "FmlaPict")


def follow_controls(root: Element, move: Move) -> None:
    """As `follow_drawing`, of what hangs in a sheet's own part; its rows are not looked at."""
    for element in root.elements:
        if element.local != "sheetData":
            follow_drawing(element, move)


def follow_drawing(root: Element, move: Move) -> None:
    """Let pictures, charts and text boxes stay on their cells, and controls speak of the same cells."""
    for element in root.walk():
        ends = {each.local: each for each in element.elements}
        if move.at_home and "from" in ends:
            _follow_anchor(element, ends["from"], ends.get("to"), move.shift)
        for name in _FORMULAS_OF_CONTROLS:
            if element.get(name):
                element.set(name, move.formula(element.get(name)))


def _follow_anchor(anchor: Element, start: Element, end: Element | None, shift: Shift) -> None:
    """Move an anchor's start with its cell; its end too, or by as much where the size is to stay."""
    is_control = anchor.local == "anchor"
    kind = anchor.get("editAs", "twoCell")
    if is_control:
        kind = "twoCell" if anchor.get("sizeWithCells") in ("1", "true") else "oneCell"
        kind = kind if anchor.get("moveWithCells") in ("1", "true") else "absolute"
    if kind == "absolute":
        return
    name = "row" if shift.axis is Axis.ROWS else "col"
    before = _number(start, name)
    if before is None:
        return
    now, whole = _landing(shift, before)
    _set(start, name, now, whole=whole)
    last = None if end is None else _number(end, name)
    if end is None or last is None:
        return
    if kind == "oneCell" or isinstance(shift, Ordered):
        _set(end, name, last + now - before, whole=True)
    else:
        after, whole = _landing(shift, last)
        _set(end, name, max(after, now), whole=whole)


def _landing(shift: Shift, number: int) -> tuple[int, bool]:
    """Where a 0-based row or column is now, and whether it is that one or what stands there after it went."""
    now = number_after(shift, number + 1)
    if now is not None:
        return now - 1, True
    assert isinstance(shift, Removed)
    return shift.first - 1, False


def _number(end: Element, name: str) -> int | None:
    found = next((each for each in end.elements if each.local == name), None)
    return int(found.text) if found is not None and found.text.strip().isdigit() else None


def _set(end: Element, name: str, number: int, *, whole: bool) -> None:
    for each in end.elements:
        if each.local == name and each.text.strip() != str(number):
            each.set_text(str(number))
        if each.local == f"{name}Off" and not whole:
            each.set_text("0")


def follow_vml(root: Element, move: Move) -> None:
    """Let the boxes of notes go with their cells, or away with them; controls stay on their cells."""
    for parent in root.walk():
        for shape in parent.elements:
            data = next((each for each in shape.elements if each.local == "ClientData"), None)
            if data is not None and not _follow_shape(data, move):
                parent.remove(shape)


def _follow_shape(data: Element, move: Move) -> bool:
    """Whether the shape is left."""
    fields = {each.local: each for each in data.elements}
    for name in _FORMULAS_IN_VML:
        if name in fields:
            _write(fields[name], move.formula(fields[name].text))
    moved = (0, 0)
    if "Row" in fields and "Column" in fields:
        place = (int(fields["Row"].text) + 1, int(fields["Column"].text) + 1)
        now = place_after(move.shift, place)
        if now is None:
            return False
        moved = (now[0] - place[0], now[1] - place[1])
        _write(fields["Row"], str(now[0] - 1))
        _write(fields["Column"], str(now[1] - 1))
    elif "Anchor" in fields and _is_off(fields.get("MoveWithCells")):
        numbers = _numbers(fields["Anchor"])
        at = 2 if move.shift.axis is Axis.ROWS else 0
        by = _landing(move.shift, numbers[at])[0] - numbers[at] if len(numbers) == 8 else 0
        moved = (by, 0) if move.shift.axis is Axis.ROWS else (0, by)
    if "Anchor" in fields and any(moved):
        _move_box(fields["Anchor"], *moved)
    return True


def _is_off(flag: Element | None) -> bool:
    """In VML the flags say what an object does not do: with `MoveWithCells` it stays where it is."""
    return flag is None or flag.text.strip().lower() in ("false", "f")


def _numbers(anchor: Element) -> list[int]:
    pieces = [each.strip() for each in anchor.text.split(",")]
    return [int(each) for each in pieces] if all(each.lstrip("-").isdigit() for each in pieces) else []


def _move_box(anchor: Element, rows: int, columns: int) -> None:
    """The column, offset, row, offset of the upper left corner, then of the lower right one."""
    numbers = _numbers(anchor)
    if len(numbers) == 8:
        for at, by in ((0, columns), (2, rows), (4, columns), (6, rows)):
            numbers[at] = max(0, numbers[at] + by)
        anchor.set_text(", ".join(map(str, numbers)))


def _write(element: Element, text: str) -> None:
    if element.text != text:
        element.set_text(text)
