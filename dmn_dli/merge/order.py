"""The order of a merged sheet's rows, and where the order means something what is left to decide about it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from collections.abc import Set as AbstractSet

from attrs import frozen

from dmn_dli.excel.days import read_day
from dmn_dli.excel.layouts import KIND_ROW, VALUES_ROW, ColumnKind
from dmn_dli.excel.table import hit_policy
from dmn_dli.merge.grids import CORNER, Conflict, Edit, Grid, Key, SheetKind, SheetVersions, Side, head_row
from dmn_dli.merge.items import values_of
from dmn_dli.merge.sequence import Clash, ClashKind, MergedOrder, merged_order, moved
from dmn_dli.merge.words import column_name, few, names, places
from dmn_dli.model.repair import plain_word

ROW_ORDER = "row order"

_TRUTH = frozenset(("true", "false"))


@frozen
class Order:
    """The rows or columns of a merged sheet in order."""

    keys: tuple[Key, ...]
    conflicts: tuple[Conflict, ...] = ()
    edits: tuple[Edit, ...] = ()


def column_order(sheet: SheetVersions, staying: Container[Key]) -> Order:
    """The columns that stay, whose order never means anything but to the eye."""
    base, ours, theirs = (
        [each for each in grid.columns if each in staying] for grid in (sheet.base, sheet.ours, sheet.theirs)
    )
    merged = merged_order(base, ours, theirs)
    edits: list[Edit] = []
    for side, grid, mine in ((Side.OURS, sheet.ours, ours), (Side.THEIRS, sheet.theirs, theirs)):
        for column in _moved(base, mine, side, merged):
            said = f"column {column_name(grid, column)}: moved"
            edits.append(Edit(side, sheet.ours.name, said, column=column, moved=True))
    return Order(merged.order, (), tuple(edits))


def row_order(sheet: SheetVersions, staying: Container[Key]) -> Order:
    """The rows that stay; where their order means something both orders are kept, or it is a conflict."""
    base, ours, theirs = (
        [each for each in grid.rows if each in staying] for grid in (sheet.base, sheet.ours, sheet.theirs)
    )
    merged = merged_order(base, ours, theirs)
    order = merged.order
    if sheet.ours.kind is SheetKind.HISTORY:
        order = _by_date(sheet, order)
    clashes = [each for each in merged.clashes if sheet.ordered and _matters(sheet, each)]
    conflicts = tuple(_conflict(sheet, clash) for clash in clashes)
    edits: list[Edit] = []
    for side, grid, mine in ((Side.OURS, sheet.ours, ours), (Side.THEIRS, sheet.theirs, theirs)):
        rows = _moved(base, mine, side, merged)
        if few(rows):
            said = {row: f"{places(grid, (row,), mine)}: moved" for row in rows}
        else:
            said = {rows[0]: f"{len(rows)} rows moved"}
        edits += [Edit(side, sheet.ours.name, text, row, moved=True) for row, text in said.items()]
    return Order(order, conflicts, tuple(edits))


def surely_moved(base: Iterable[Key], side: Collection[Key]) -> AbstractSet[Key]:
    """The rows that a side moved, whatever way one explains its order."""
    there = set(side)
    kept = [each for each in base if each in there]
    known = set(kept)
    return moved(kept, [each for each in side if each in known]).surely


def _moved(
    base: Sequence[Key], side: Sequence[Key], whose: Side, merged: MergedOrder[Key]
) -> tuple[Key, ...]:
    """What a side has moved and the merge has taken over."""
    there, known = set(side), set(base)
    found = moved([each for each in base if each in there], [each for each in side if each in known]).one
    unsettled = {each for clash in merged.clashes for each in (*clash.ours, *clash.theirs)}
    return tuple(each for each in found if whose is Side.OURS or each not in unsettled)


def _conflict(sheet: SheetVersions, clash: Clash[Key]) -> Conflict:
    base, ours, theirs = sheet.base, sheet.ours, sheet.theirs
    row = clash.ours[0]
    grids = base, ours, theirs
    match clash.kind:
        case ClashKind.MOVED if few(clash.ours):
            disputed = set(clash.ours)
            texts = [names(grid, (each for each in grid.rows if each in disputed)) for grid in grids]
        case ClashKind.MOVED:
            far = surely_moved(base.rows, clash.ours) | surely_moved(base.rows, clash.theirs)
            texts = [places(grid, far or clash.ours, grid.rows) for grid in grids]
        case ClashKind.ONE_PLACE:
            texts = ["", places(ours, clash.ours, ours.rows), places(theirs, clash.theirs, theirs.rows)]
        case _:
            texts = [places(grid, (row,), grid.rows) for grid in grids]
    before, mine, other = texts
    return Conflict(ours.name, ROW_ORDER, before, mine, other, row=row)


def _matters(sheet: SheetVersions, clash: Clash[Key]) -> bool:
    """Whether it can make a difference which of the rows comes first, as far as their cells tell.

    Of criteria that were added at one place both orders are kept whichever is first: nothing hangs on it.
    """
    if clash.kind is not ClashKind.ONE_PLACE:
        return True
    if sheet.ours.kind is not SheetKind.TABLE:
        return False
    return any(_may_differ(sheet, one, other) for one in clash.ours for other in clash.theirs)


def _may_differ(sheet: SheetVersions, one: Key, other: Key) -> bool:
    """Whether two new rules may fire together and say different things, of which the order chooses."""
    policy = hit_policy(sheet.ours.at(head_row(KIND_ROW), CORNER).text)
    ours, theirs = sheet.ours, sheet.theirs
    differ = False
    for column in (*ours.columns, *(each for each in theirs.columns if each not in ours.columns)):
        if column == CORNER:
            continue
        cells = ours.at(one, column).text, theirs.at(other, column).text
        tested = column.name.startswith(f"{ColumnKind.INPUT.value.casefold()} ")
        result = column.name.startswith(f"{ColumnKind.OUTPUT.value.casefold()} ")
        ranked = result and policy is not None and policy.ranked
        if (tested or ranked) and _apart(sheet, column, *cells, known=_TRUTH if tested else frozenset()):
            return False
        differ |= not tested and cells[0] != cells[1]
    return differ


def _apart(sheet: SheetVersions, column: Key, one: str, other: str, known: frozenset[str]) -> bool:
    """Whether no value is in both lists: of words that row 4 does not list nobody knows it here."""
    values, others = values_of(one), values_of(other)
    if values is None or others is None:
        return False
    for grid in (sheet.ours, sheet.theirs):
        known |= values_of(grid.at(head_row(VALUES_ROW), column).text) or frozenset()
    return values | others <= known and not values & others


def _by_date(sheet: SheetVersions, order: tuple[Key, ...]) -> tuple[Key, ...]:
    """Lines of the history by their dates, where both sides keep them so, the oldest or the newest first."""
    days: dict[Key, str] = {}
    for grid in (sheet.theirs, sheet.ours):
        dates = [each for each in grid.columns if plain_word(each.name) == "date"]
        for row in grid.rows:
            day = read_day(grid.at(row, dates[0]).text) if dates and not row.head else None
            if not row.head and day is None:
                return order
            days[row] = "" if day is None else day.isoformat()
    heads = [row for row in order if row.head]
    lines = [row for row in order if not row.head]
    for newest_first in (False, True):
        if all(_sorted(grid, days, newest_first=newest_first) for grid in (sheet.ours, sheet.theirs)):
            return (*heads, *sorted(lines, key=days.__getitem__, reverse=newest_first))
    return order


def _sorted(grid: Grid, days: dict[Key, str], *, newest_first: bool) -> bool:
    dates = [days[row] for row in grid.rows if not row.head]
    return dates == sorted(dates, reverse=newest_first)
