"""Ranges that Excel keeps as tables ("Format as Table", ECMA-376 part 1, 18.5)."""

from __future__ import annotations

import re

from attrs import evolve

from dmn_dli.model.area import Area
from dmn_dli.ooxml.cells import shown_text, write
from dmn_dli.ooxml.contents import RELATIONS_SPACE, Contents
from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.features import Move, follow_features
from dmn_dli.ooxml.mentions import Names, follow, follow_columns
from dmn_dli.ooxml.places import area_of, written_area
from dmn_dli.ooxml.shifting import Axis, Shift, areas_after, number_after
from dmn_dli.ooxml.texts import read_text, written_text
from dmn_dli.ooxml.validations import remove_within

_MADE = re.compile(r"Column\d+")
"""How a column is named that has been given no heading yet."""


def follow_table(contents: Contents, sheet: str, part: str, move: Move) -> None:
    """Let a table follow; it goes, and its cells stay, where its head is gone or it would be taken apart.

    sheet: the part of the worksheet on which the table stands.
    """
    root = contents.package.root(part)
    area = area_of(root.get("ref"))
    if area is None:
        return
    now = _area_after(root, area, move.shift)
    if now is None:
        drop_table(contents, sheet, part)
        return
    if move.shift.axis is Axis.COLUMNS:
        gone = _follow_columns(root, area, now, move.shift)
        if gone:
            follow_columns(contents, root.get("displayName"), gone)
    if now != area:
        root.set("ref", written_area(now))
    follow_features(root, move)


def drop_table(contents: Contents, sheet: str, part: str) -> None:
    """Make a table a plain range again, which formulas can no longer name."""
    package = contents.package
    name = package.root(part).get("displayName")
    ids = {each.id for each in package.relations(sheet) if package.find(each.target) == part}
    package.unrelate(sheet, part)
    package.remove(part)
    follow(contents, Names({}, {name.casefold(): None}))
    root = package.root(sheet)
    holder = root.find("tableParts")
    for each in [] if holder is None else holder.elements:
        if each.get_in(RELATIONS_SPACE, "id") in ids:
            remove_within(root, each)


def _area_after(root: Element, area: Area, shift: Shift) -> Area | None:
    """The table's area, which has a row below its head at least."""
    heads = int(root.get("headerRowCount", "1"))
    now = areas_after(shift, [area], reach=root.get("totalsRowCount", "0") == "0")
    if len(now) != 1:
        return None
    if shift.axis is Axis.ROWS and heads and number_after(shift, area.top) != now[0].top:
        return None
    return evolve(now[0], bottom=max(now[0].bottom, now[0].top + heads))


def _follow_columns(root: Element, before: Area, now: Area, shift: Shift) -> dict[str, None]:
    """Let a table have the columns that it has now; the names of those that are gone, casefolded."""
    holder = root.find("tableColumns")
    columns = [] if holder is None else holder.find_all("tableColumn")
    if holder is None or len(columns) != before.right - before.left + 1:
        return {}
    stand = {number_after(shift, number): column for number, column in enumerate(columns, before.left)}
    free = max(int(column.get("id", "0")) for column in columns) + 1
    taken = {column.get("name").casefold() for column in columns}
    kept = []
    for number in range(now.left, now.right + 1):
        column = stand.get(number)
        if column is None:
            column = holder.make("tableColumn", {"id": str(free), "name": free_heading(taken)})
            free += 1
        kept.append(column)
    if [id(each) for each in kept] != [id(each) for each in columns]:
        holder.hold(kept)
        holder.set("count", str(len(kept)))
    left = {id(each) for each in kept}
    return {read_text(each.get("name")).casefold(): None for each in columns if id(each) not in left}


def settle_headings(contents: Contents) -> None:
    """Let the columns of tables on sheets that are changed be named as their headings, as Excel demands.

    A heading that is blank is given a name. Formulas that speak of the columns follow.
    """
    package = contents.package
    for sheet in package.related(contents.part, "worksheet"):
        for part in package.related(sheet, "table"):
            if package.read(sheet) != package.was(sheet) or package.read(part) != package.was(part):
                _settle_headings(contents, sheet, package.root(part))


def _settle_headings(contents: Contents, sheet: str, table: Element) -> None:
    area = area_of(table.get("ref"))
    holder = table.find("tableColumns")
    if area is None or holder is None or table.get("headerRowCount", "1") == "0":
        return
    grid = contents.grid(sheet)
    names = {column.get("name").casefold() for column in holder.elements}
    renamed: dict[str, str | None] = {}
    taken: set[str] = set()
    for number, column in enumerate(holder.find_all("tableColumn"), area.left):
        cell = grid.cell((area.top, number))
        heading = "" if cell is None else shown_text(cell, contents.strings)
        if not heading:
            own = column.get("name")
            heading = own if _MADE.fullmatch(own) else free_heading(names)
            write(grid.make_cell((area.top, number)), heading, contents.epoch)
        name = heading
        while name.casefold() in taken:
            name += "2"
        taken.add(name.casefold())
        if read_text(column.get("name")) != name:
            renamed[read_text(column.get("name")).casefold()] = name
            column.set("name", written_text(name).replace("\n", "_x000a_"))
    if renamed:
        follow_columns(contents, table.get("displayName"), renamed)


def free_heading(taken: set[str]) -> str:
    """A heading that no column of a table bears yet, as Excel makes it; it is taken then."""
    numbered = (f"Column{number}" for number in range(1, len(taken) + 2))
    heading = next(each for each in numbered if each.casefold() not in taken)
    taken.add(heading.casefold())
    return heading
