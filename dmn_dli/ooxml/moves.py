"""Rows or columns put in, taken out or reordered: all that speaks of them follows, in the whole book."""

from __future__ import annotations

import re

from attrs import evolve

from dmn_dli.ooxml.anchors import follow_controls, follow_drawing, follow_vml
from dmn_dli.ooxml.columns import Columns
from dmn_dli.ooxml.contents import Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.features import Move, follow_features
from dmn_dli.ooxml.formatted_tables import follow_table
from dmn_dli.ooxml.formulas import GONE
from dmn_dli.ooxml.grid_formulas import follow_formulas, formulas_of
from dmn_dli.ooxml.places import area_of, written_area
from dmn_dli.ooxml.shifting import Axis, Shift, areas_after
from dmn_dli.ooxml.vml import drawing_root

_BESIDE = ("comments", "threadedComment", "pivotTable", "tableSingleCells")
_DRAWN = ("drawing", "ctrlProp")

_NO_FORMULAS = ("sharedStrings", "styles", "theme", "externalLink", "connections")
"""Relations of a workbook to parts that speak of no cells."""

_COMMA = re.compile(r",(?=(?:[^']*'[^']*')*[^']*$)")


def move(contents: Contents, part: str, name: str, shift: Shift) -> None:
    """Let a sheet's rows or columns move, and with them what speaks of them anywhere in the file.

    Raises ValueError where something would be pushed over the edge of the sheet.
    """
    grid = contents.grid(part)
    if not grid.has_room(shift):
        raise ValueError(f"There is no room for more {shift.axis.value}.")
    here = Move(shift, name, name)
    root = contents.package.root(part)
    if formulas_of(grid):
        contents.drop_calculation_chain()
    follow_formulas(grid, here)
    grid.follow(shift)
    follow_features(root, here)
    follow_controls(root, here)
    if shift.axis is Axis.COLUMNS:
        Columns(root).follow(shift)
    beside = _follow_beside(contents, part, here)
    _follow_names(contents, evolve(here, home=""))
    _follow_elsewhere(contents, {part, contents.part, *beside}, here)


def _follow_beside(contents: Contents, part: str, move: Move) -> list[str]:
    """The parts that belong to the sheet itself, which are returned."""
    package = contents.package
    beside = []
    for relation in package.relations(part):
        name = None if relation.external else package.find(relation.target)
        if name is None:
            continue
        beside.append(name)
        if relation.kind in _BESIDE:
            follow_features(package.root(name), move)
        elif relation.kind in _DRAWN:
            follow_drawing(package.root(name), move)
        elif relation.kind == "vmlDrawing":
            follow_vml(drawing_root(package, name), move)
        elif relation.kind == "table":
            follow_table(contents, part, name, move)
    return beside


def _follow_names(contents: Contents, move: Move) -> None:
    """The names that the workbook defines; Excel's own (what is printed) lose what is gone."""
    holder = contents.root.find("definedNames")
    if holder is None:
        return
    for name in holder.elements:
        text = name.text
        followed = move.formula(text)
        if GONE in followed and name.get("name").startswith("_xlnm."):
            followed = ",".join(piece for piece in _COMMA.split(followed) if GONE not in piece)
        if followed and followed != text:
            name.set_text(followed)
        elif not followed and text:
            holder.remove(name)
            if not holder.elements:
                contents.root.remove(holder)


def _follow_elsewhere(contents: Contents, done: set[str], move: Move) -> None:
    """Formulas in other sheets and in what belongs to them, in charts, and where cached data come from."""
    package = contents.package
    sheets = {contents.part_of(entry): entry.get("name") for entry in contents.sheets}
    for kind in _NO_FORMULAS:
        done.update(package.related(contents.part, kind))
    for source in package.related(contents.part, "pivotCacheDefinition"):
        _follow_source(package.root(source), move)
    for name in package.names:
        if name in done or not name.endswith(".xml") or not package.mentions(name, b"!"):
            continue
        away = evolve(move, home=sheets.get(name, ""))
        root = package.root(name)
        if root.find("sheetData") is not None:
            follow_formulas(contents.grid(name), away)
        follow_features(root, away)
        follow_controls(root, away)


def _follow_source(root: Element, move: Move) -> None:
    """The cells from which a pivot table takes its data."""
    for source in root.walk():
        if source.local == "worksheetSource" and source.get("sheet").casefold() == move.sheet.casefold():
            area = area_of(source.get("ref"))
            now = () if area is None else areas_after(move.shift, [area], reach=True)
            if len(now) == 1:
                source.set("ref", written_area(now[0]))
