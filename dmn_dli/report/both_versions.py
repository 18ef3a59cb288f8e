"""Both versions of an edited table or sheet of criteria on one sheet: what changed stands twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from dmn_dli.diff.change import Change
from dmn_dli.diff.grid import GROUP, IF, NOTE, THEN, Column, Row
from dmn_dli.diff.table_changes import Versions
from dmn_dli.excel.list_sheet import BODY, FONT, HEAD, for_reading, height, link, write, write_title
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.ooxml.look import Look
from dmn_dli.ooxml.places import reference_of
from dmn_dli.ooxml.sheet import EditedSheet

CHANGED, GONE, NEW = "FFF2A8", "F8C9C4", "CBE8C6"
"""Fill of what changed, was removed, was added; words beside the row say the same."""

BEFORE, NOW, REMOVED, ADDED = "before", "now", "removed", "new"

_WIDTHS = {GROUP: 14, IF: 20, THEN: 34, NOTE: 34}
_HEADINGS = 4
"""The rows above the rules: title, legend, kinds, headings."""
_LEGEND = "Rules that changed stand twice, before and now. Yellow: changed; green: new; red: removed."
_LEGEND_LOOK = Look(font=FONT, size=10)
_CHANGED_HEAD = evolve(HEAD, ink="000000")
_OTHERWISE = evolve(BODY, ink="9CA3AF")


_Columns: TypeAlias = tuple[Column | None, Column | None]
"""An old column and a new one that correspond; None for what one side lacks."""

_Cells: TypeAlias = tuple[Cell | None, ...]


@frozen
class _Line:
    """A row of the sheet: which version it shows, its id, and a cell for each pair of columns.

    whole: the colour of all of it; "" where each changed cell is coloured.
    """

    version: str
    id: Cell
    cells: _Cells
    changed: frozenset[int] = frozenset()
    whole: str = ""


def draw(sheet: EditedSheet, title: str, both: Versions, back: str) -> dict[str, str]:
    """Both versions on a sheet; back: the place to which the title's link leads.

    Gives for each cell of the two workbooks that is drawn where it is, for `drawn_at`.
    """
    columns = tuple(_columns(both))
    widths = [10, 14, *[_WIDTHS.get(_shown(pair).kind, 20) for pair in columns]]
    for number, width in enumerate(widths, 1):
        sheet.column_width(number, width)
    write_title(sheet, title)
    write(sheet, (2, 1), "← Changes", _LEGEND_LOOK)
    link(sheet, {(2, 1): back})
    write(sheet, (2, 2), f"{_head(both)}{_LEGEND}", _LEGEND_LOOK)
    heads = [("", ""), ("", both.new.corner), *[(_shown(pair).kind, _heading(pair)) for pair in columns]]
    for number, (kind, heading) in enumerate(heads, 1):
        write(sheet, (_HEADINGS - 1, number), kind, HEAD)
        write(sheet, (_HEADINGS, number), heading, HEAD)
    sheet.row_height(_HEADINGS, height([heading for _, heading in heads], widths))
    for number, (former, column) in enumerate(columns, 3):
        if former is None or column is None or former.heading.text != column.heading.text:
            one_sided = NEW if former is None else GONE
            colour = CHANGED if former is not None and column is not None else one_sided
            sheet.look((_HEADINGS, number), evolve(_CHANGED_HEAD, fill=colour))
    drawn: dict[str, str] = {}
    for row, line in enumerate(_lines(both, columns), _HEADINGS + 1):
        _draw_line(sheet, row, line, widths)
        old = line.version in (BEFORE, REMOVED)
        grid = both.old if old else both.new
        for number, cell in enumerate((line.id, *line.cells), 2):
            if cell is not None:
                place = cell_name(sheet.name, reference_of(row, number))
                drawn[_key(cell_name(grid.sheet, cell.reference), old=old)] = place
    for_reading(sheet, (_HEADINGS, 2), f"{_HEADINGS - 1}:{_HEADINGS}")
    return drawn


def drawn_at(change: Change, drawn: Mapping[str, str]) -> str | None:
    """Where the cell of a change is drawn, the new one if it is there; None for what no row holds."""
    if change.new_place:
        return drawn.get(_key(change.new_place, old=False))
    return drawn.get(_key(change.old_place, old=True))


def _key(place: str, *, old: bool) -> str:
    return f"{BEFORE if old else NOW} {place}"


def _draw_line(sheet: EditedSheet, row: int, line: _Line, widths: Sequence[float]) -> None:
    texts = [line.version, line.id.text, *["" if cell is None else cell.text for cell in line.cells]]
    marked = evolve(BODY, fill=line.whole or (CHANGED if line.version else ""))
    for number, text in enumerate(texts, 1):
        look = _OTHERWISE if line.version == BEFORE else BODY
        if number <= 2 or line.whole or number - 3 in line.changed:
            look = marked
        write(sheet, (row, number), text, look)
    sheet.row_height(row, height(texts, widths))


def _head(both: Versions) -> str:
    """What changed in the head: name, question, hit policy."""
    told = [
        f"{what} {after} (was {before})"
        for what, before, after in (
            ("Name", both.old.name, both.new.name),
            ("Question", both.old.question, both.new.question),
            ("Hit policy", both.old.word, both.new.word),
        )
        if before != after
    ]
    return "".join(f"{each}. " for each in told)


def _columns(both: Versions) -> Iterator[_Columns]:
    """The new columns in their order, each with its former one, then those removed."""
    former = {column.position: before for before, column in both.columns.pairs}
    for column in both.new.columns:
        if column.stands or (column.position in former and former[column.position].stands):
            yield former.get(column.position), column
    yield from ((column, None) for column in both.columns.removed if column.stands)


def _shown(pair: _Columns) -> Column:
    column = pair[1] or pair[0]
    assert column is not None, "one side has it"
    return column


def _heading(pair: _Columns) -> str:
    former, column = pair
    if former is None or column is None:
        return f"{_shown(pair).heading.text} ({ADDED if former is None else REMOVED})"
    changed = former.heading.text != column.heading.text
    return f"{column.heading.text} (was {former.heading.text})" if changed else column.heading.text


def _lines(both: Versions, columns: Sequence[_Columns]) -> Iterator[_Line]:
    """Row 4, then the rules in the new order; a removed one behind the rule that stood before it."""
    values = tuple(
        tuple(None if column is None else column.values for column in side)
        for side in zip(*columns, strict=True)
    )
    yield from _pair(columns, Cell(4, 1, text="values"), Cell(4, 1, text="values"), *values)
    former = {id(row): before for before, row in both.rows.pairs}
    after: dict[int, list[Row]] = {}
    gone = {id(row) for row in both.rows.removed}
    above = 0
    for row in both.old.rows:
        if id(row) in gone:
            after.setdefault(above, []).append(row)
        else:
            above = id(row)
    yield from (_removed(row, columns) for row in after.get(0, ()))
    for row in both.new.rows:
        before = former.get(id(row))
        if before is None:
            cells = tuple(None if new is None else row.cells[new.position] for _, new in columns)
            yield _Line(ADDED, row.cell, cells, whole=NEW)
            continue
        old = tuple(None if each is None else before.cells[each.position] for each, _ in columns)
        new = tuple(None if each is None else row.cells[each.position] for _, each in columns)
        yield from _pair(columns, before.cell, row.cell, old, new)
        yield from (_removed(each, columns) for each in after.get(id(before), ()))


def _removed(row: Row, columns: Sequence[_Columns]) -> _Line:
    cells = tuple(None if old is None else row.cells[old.position] for old, _ in columns)
    return _Line(REMOVED, row.cell, cells, whole=GONE)


def _pair(
    columns: Sequence[_Columns], old_id: Cell, new_id: Cell, old: _Cells, new: _Cells
) -> Iterator[_Line]:
    """A row that both sides have: once where nothing changed of what both have."""
    changed = frozenset(
        number
        for number, (former, column) in enumerate(columns)
        if former is not None and column is not None and _text(old[number]) != _text(new[number])
    )
    if changed or old_id.text != new_id.text:
        yield _Line(BEFORE, old_id, old, changed)
        yield _Line(NOW, new_id, new, changed)
    else:
        yield _Line("", new_id, new)


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text.strip()
