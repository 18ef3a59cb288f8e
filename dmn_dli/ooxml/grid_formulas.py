"""The formulas in cells (ECMA-376 part 1, 18.3.1.40), which follow when rows or columns move."""

from __future__ import annotations

from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.features import Move
from dmn_dli.ooxml.formulas import seen_from
from dmn_dli.ooxml.grid import Grid
from dmn_dli.ooxml.places import area_of, cell_place, reference_of, written_area
from dmn_dli.ooxml.shifting import Place, areas_after, place_after


def formulas_of(grid: Grid) -> list[tuple[Place, Element]]:
    """The formulas with the places of their cells, in reading order."""
    found = ((place, cell.find("f")) for place, cell in grid.each_cell())
    return [(place, formula) for place, formula in found if formula is not None]


def unshare(grid: Grid) -> None:
    """Write the formulas that cells share into each of these, since they no longer read alike once moved."""
    first: dict[str, tuple[Place, str]] = {}
    for place, formula in formulas_of(grid):
        if formula.get("t") != "shared":
            continue
        number = formula.get("si")
        if formula.text:
            first[number] = (place, formula.text)
        if number in first:
            home, text = first[number]
            formula.set_text(seen_from(text, home, place))
        for name in ("t", "si", "ref"):
            formula.set(name, None)


def follow_formulas(grid: Grid, move: Move) -> None:
    """Let formulas go on speaking of the same cells; the grid's own rows have not moved yet."""
    found = formulas_of(grid)
    if any(formula.get("t") == "shared" and (move.at_home or "!" in formula.text) for _, formula in found):
        unshare(grid)
    for _, formula in found:
        text = formula.text
        followed = move.formula(text)
        if followed != text:
            formula.set_text(followed)
        if move.at_home:
            _follow_extent(formula, move)


def _follow_extent(formula: Element, move: Move) -> None:
    """Of a formula that fills an area: the area; of a table of data: its cells of input."""
    area = area_of(formula.get("ref"))
    if area is not None:
        now = areas_after(move.shift, [area])
        if len(now) == 1 and now[0] != area:
            formula.set("ref", written_area(now[0]))
    for name in ("r1", "r2"):
        place = cell_place(formula.get(name))
        now_at = None if place is None else place_after(move.shift, place)
        if now_at is not None and now_at != place:
            formula.set(name, reference_of(*now_at))
