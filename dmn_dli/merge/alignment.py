"""Which rows and columns of a sheet are the same in its three versions, renamed ones among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from attrs import evolve

from dmn_dli.merge.grids import Grid, Key, SheetKind, SheetVersions
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.runtime.words import composed

Matches: TypeAlias = Mapping[Key, Key]
"""Keys of a side, each with the key that the base has for the same row or column."""

_Said: TypeAlias = tuple[CellKind, str]
_NOTHING: _Said = (CellKind.BLANK, "")
_ALIKE = 0.5
_LINES = 2_000
"""Lines of text that are compared with each other; where more differ they are taken by their places."""


def aligned_sheet(base: Grid, ours: Grid, theirs: Grid) -> SheetVersions:
    """The three versions, rows and columns of the sides bearing the base's keys where they are the base's.

    What is new bears a key that the base does not have, one and the same where both sides add one of a name.
    Where the versions are sheets of different kinds all are taken as text.
    """
    if not base.rows:
        base = evolve(base, kind=ours.kind, named_by=ours.named_by)
    if not base.kind is ours.kind is theirs.kind:
        base, ours, theirs = (as_text(grid) for grid in (base, ours, theirs))
    if ours.kind is SheetKind.TEXT:
        return _aligned_text(base, ours, theirs)
    sides = [ours, theirs]
    found = _settled(base.columns, [(side.columns, _columns(base, side)) for side in sides])
    sides = [_rekeyed(side, columns=each) for side, each in zip(sides, found, strict=True)]
    found = _settled(base.rows, [(side.rows, _rows(base, side)) for side in sides])
    ours, theirs = (_rekeyed(side, rows=each) for side, each in zip(sides, found, strict=True))
    return SheetVersions(base, ours, theirs)


def as_text(grid: Grid) -> Grid:
    """A sheet of any kind as one whose rows and columns are known by their places."""
    cells = [*grid.cells.values(), *([grid.question] if grid.question else [])]
    rows = {Key(str(row)): row for row in range(1, max((cell.row for cell in cells), default=0) + 1)}
    width = max((cell.column for cell in cells), default=0)
    return Grid(
        grid.name,
        SheetKind.TEXT,
        rows,
        {Key(str(column)): column for column in range(1, width + 1)},
        {(Key(str(cell.row)), Key(str(cell.column))): cell for cell in cells},
    )


def _settled(base: Collection[Key], sides: Sequence[tuple[Iterable[Key], Matches]]) -> Iterator[Matches]:
    """Which key each row or column of a side is to bear.

    A new name that the other side gives to something else is no new name: it was removed, and one added.
    """
    (ours, mine), (theirs, other) = sides
    for keys, matches, others, their_matches in ((ours, mine, theirs, other), (theirs, other, ours, mine)):
        there = set(others)
        settled: dict[Key, Key] = {}
        free: dict[str, Iterator[Key]] = {}
        for key in keys:
            former = matches.get(key)
            taken = key in there and key not in base and their_matches.get(key) != former
            if former is None or taken:
                new = free.setdefault(key.name, _unused(key, base))
                settled[key] = next(new)
            else:
                settled[key] = former
        yield settled


def _unused(key: Key, base: Collection[Key]) -> Iterator[Key]:
    """Keys of a name that the base does not have."""
    nth = 0
    while True:
        new = key._replace(nth=nth)
        if new not in base:
            yield new
        nth += 1


def _columns(base: Grid, side: Grid) -> Matches:
    """Columns of one heading; and of those left over the ones with the same cells, which were given another.

    A column in the same place with most of the same cells was given another heading and edited besides.
    """
    found = {key: key for key in side.columns if key in base.columns}
    rows = [row for row in base.rows if row in side.rows and not row.head]
    pairs = []
    for former in (key for key in base.columns if key not in side.columns):
        for key in (key for key in side.columns if key not in base.columns):
            if former.name.partition(" ")[0] != key.name.partition(" ")[0] and base.kind in _MARKED:
                continue
            before, after = (
                [_said(grid, row, each) for row in rows] for grid, each in ((base, former), (side, key))
            )
            told = [
                one == other for one, other in zip(before, after, strict=True) if _tells(one) or _tells(other)
            ]
            placed = [*base.columns].index(former) == [*side.columns].index(key)
            if told and (all(told) or (placed and sum(told) >= _ALIKE * len(told))):
                pairs.append((key, former))
    return found | _only(pairs)


_MARKED = (SheetKind.TABLE, SheetKind.CRITERIA)
"""Sheets whose columns' names begin with the word of row 2."""


def _rows(base: Grid, side: Grid) -> Matches:
    """Rows of one name; and of those left over the ones that say the same under another.

    Criteria are renumbered when one is put in between: they are known by what they say before their number.
    """
    columns = [key for key in base.columns if key in side.columns and key not in base.named_by]
    found = {row: row for row in side.rows if row in base.rows}
    if base.kind is SheetKind.CRITERIA:
        alike = (row for row in found if row.head or _says(base, row, columns) == _says(side, row, columns))
        found = {row: row for row in alike}
    taken = set(found.values())
    before = [row for row in base.rows if row not in taken]
    after = [row for row in side.rows if row not in found]
    former, latter = (
        {row: _says(grid, row, columns) for row in rows} for grid, rows in ((base, before), (side, after))
    )
    if base.named_by:
        old, new = Counter(map(former.get, before)), Counter(map(latter.get, after))
        by_said = {
            former[row]: row for row in before if old[former[row]] == 1 and any(map(_tells, former[row]))
        }
        found |= {
            row: by_said[latter[row]] for row in after if new[latter[row]] == 1 and latter[row] in by_said
        }
    elif len(before) * len(after) <= _LINES:
        near = [(row, each) for row in after for each in before if _but_for_one(former[each], latter[row])]
        found |= _only(near)
    if base.kind is SheetKind.CRITERIA:
        taken = set(found.values())
        found |= {row: row for row in side.rows if row in base.rows and row not in found and row not in taken}
    return found


def _only(pairs: Sequence[tuple[Key, Key]]) -> dict[Key, Key]:
    """The pairs of which no half is in another pair."""
    counts = Counter(key for key, _ in pairs), Counter(former for _, former in pairs)
    return {key: former for key, former in pairs if counts[0][key] == counts[1][former] == 1}


def _says(grid: Grid, row: Key, columns: Iterable[Key]) -> tuple[_Said, ...]:
    return tuple(_said(grid, row, column) for column in columns)


def _said(grid: Grid, row: Key, column: Key) -> _Said:
    cell = grid.cells.get((row, column))
    return _NOTHING if cell is None else (cell.kind, composed(cell.text))


def _tells(said: _Said) -> bool:
    return said[1].strip() not in ("", "-")


def _but_for_one(one: Sequence[_Said], other: Sequence[_Said]) -> bool:
    """Whether two lines differ in one cell, and say the same in another."""
    alike = [said == each for said, each in zip(one, other, strict=True)]
    shared = any(same and _tells(said) for same, said in zip(alike, one, strict=True))
    return shared and alike.count(False) == 1


def _aligned_text(base: Grid, ours: Grid, theirs: Grid) -> SheetVersions:
    """Text is compared by lines: what stands between those that are alike was changed, added or removed."""
    added: dict[tuple[int, object], list[Key]] = {}
    sides = []
    lines = _lines(base)
    numbers = list(base.rows)
    for nth, side in enumerate((ours, theirs), 1):
        keys: dict[Key, Key] = {}
        rows, said = list(side.rows), _lines(side)
        before = 0
        matched = dict(_matched_lines(lines, said))
        for position, row in enumerate(rows):
            if position in matched:
                before = matched[position] + 1
                keys[row] = numbers[matched[position]]
                continue
            new = row._replace(nth=nth)
            waiting = added.setdefault((before, said[position]), [])
            if nth == 1:
                waiting.append(new)
            keys[row] = waiting.pop(0) if nth == 2 and waiting else new
        sides.append(_rekeyed(side, rows=keys))
    return SheetVersions(base, *sides)


def _lines(grid: Grid) -> list[frozenset[tuple[Key, _Said]]]:
    lines: dict[Key, set[tuple[Key, _Said]]] = {row: set() for row in grid.rows}
    for (row, column), cell in grid.cells.items():
        lines[row].add((column, (cell.kind, composed(cell.text))))
    return [frozenset(line) for line in lines.values()]


def _matched_lines(old: Sequence[object], new: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Pairs of a new line and the old one that it is, or that was changed into it."""
    start, (end, new_end) = 0, (len(old), len(new))
    while start < min(end, new_end) and old[start] == new[start]:
        yield start, start
        start += 1
    while min(end, new_end) > start and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
        yield new_end, end
    parts = [(start, end, start, new_end)]
    if max(end, new_end) - start <= _LINES:
        found = SequenceMatcher(None, old[start:end], new[start:new_end], autojunk=False).get_opcodes()
        parts = [
            (start + first, start + last, start + new_first, start + new_last)
            for _, first, last, new_first, new_last in found
        ]
    for first, last, new_first, new_last in parts:
        yield from zip(range(new_first, new_last), range(first, last), strict=False)


def _rekeyed(grid: Grid, rows: Matches | None = None, columns: Matches | None = None) -> Grid:
    """A grid with other keys for its rows or columns."""
    if all(each is None or all(key == new for key, new in each.items()) for each in (rows, columns)):
        return grid
    row: Callable[[Key], Key] = (rows or {key: key for key in grid.rows}).__getitem__
    column: Callable[[Key], Key] = (columns or {key: key for key in grid.columns}).__getitem__
    cells: dict[tuple[Key, Key], Cell] = {
        (row(one), column(two)): cell for (one, two), cell in grid.cells.items()
    }
    return evolve(
        grid,
        rows={row(key): place for key, place in grid.rows.items()},
        columns={column(key): place for key, place in grid.columns.items()},
        cells=cells,
        named_by=frozenset(column(key) for key in grid.named_by if key in grid.columns),
    )
