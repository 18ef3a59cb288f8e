"""The rules tables of pyDMNrules: rules as rows, rules as columns, and crosstabs.

A table's name stands above its upper left corner. Double lines part inputs from outputs, these from
annotations, and headings from rules.
"""

from __future__ import annotations

from attrs import field, frozen

from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.drafts import Column, Draft, Entry, Role, Row, entry_of, written
from dmn_dli.interchange.layouts.grid import Grid
from dmn_dli.model.area import Area
from dmn_dli.model.repair import plain_word, trim

POLICIES = ("U", "A", "P", "F", "C", "C+", "C<", "C>", "C#", "O", "R")


@frozen
class Found:
    """A table, the area it takes, and the cells that were taken."""

    draft: Draft
    area: Area

    @property
    def taken(self) -> tuple[tuple[int, int], ...]:
        """The places within."""
        area = self.area
        return tuple(
            (row, column)
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        )


@frozen(slots=False)
class _Turned:
    """A grid read by rows, or by columns as if these were rows: one reader serves both directions."""

    grid: Grid
    turned: bool = False
    seen: dict[str, str] = field(factory=dict)

    def _place(self, row: int, column: int) -> tuple[int, int]:
        return (column, row) if self.turned else (row, column)

    def text(self, row: int, column: int) -> str:
        return self.grid.text(*self._place(row, column))

    def entry(self, row: int, column: int) -> Entry:
        place = self._place(row, column)
        return entry_of(self.grid.filled(*place), self.grid.place(*place))

    def place(self, row: int, column: int) -> str:
        return self.grid.place(*self._place(row, column))

    def line_right(self, row: int, column: int) -> bool:
        lines = self.grid.double_below if self.turned else self.grid.double_right
        return self._place(row, column) in lines

    def line_below(self, row: int, column: int) -> bool:
        lines = self.grid.double_right if self.turned else self.grid.double_below
        return self._place(row, column) in lines

    def holds(self, row: int, column: int) -> bool:
        return self._place(row, column) in self.grid.sheet.cells or (
            self.grid.merge(*self._place(row, column)) is not None and not self.entry(row, column).blank
        )


def table_at(grid: Grid, row: int, column: int, guesses: list[Guess]) -> Found | None:
    """The rules table whose name stands there; None where there is none."""
    name = grid.text(row, column)
    below = grid.text(row + 1, column)
    if below in POLICIES or (not below and grid.text(row + 1, column + 1)):
        return _rules(_Turned(grid), name, (row, column), row + 1, column, guesses)
    last = row
    while (last + 1, column) in grid.sheet.cells or grid.merge(last + 1, column) is not None:
        last += 1
    if last == row:
        return None
    if grid.text(last, column) in POLICIES and grid.merge(last, column) is None:
        return _as_columns(grid, name, row, column, last, guesses)
    return _crosstab(grid, name, row, column, guesses)


def _rules(
    view: _Turned,
    name: str,
    corner: tuple[int, int],
    head: int,
    left: int,
    guesses: list[Guess],
) -> Found | None:
    """Rules as rows: the hit policy and the headings in a row, a line of values, perhaps, and the rules."""
    right = left
    while view.holds(head, right + 1):
        right += 1
    parts = [number for number in range(left, right + 1) if view.line_right(head, number)]
    if right == left or not parts:
        return None
    with_values = _has_values(view, head, left, right)
    first = head + 2 if with_values else head + 1
    last = first - 1
    while any(view.holds(last + 1, number) for number in range(left, right + 1)):
        last += 1
    if last < first:
        return None
    columns = []
    for number in range(left + 1, right + 1):
        allowed = view.entry(head + 1, number) if with_values else None
        if allowed is not None and allowed == view.entry(head, number):
            allowed = None  # a heading merged over both lines has no values
        columns.append(_column(view, head, number, parts, allowed, guesses))
    rows = tuple(
        Row(
            view.text(line, left) or view.entry(line, left).text,
            tuple(view.entry(line, number) for number in range(left + 1, right + 1)),
            view.place(line, left),
        )
        for line in range(first, last + 1)
    )
    policy = view.text(head, left) or "U"
    draft = Draft(name, view.grid.place(*corner), tuple(columns), rows, policy)
    area = Area(corner[0], left, last, right)
    return Found(draft, area)


def _has_values(view: _Turned, head: int, left: int, right: int) -> bool:
    """Whether a line of values stands below the headings: then the double line is below it, not above."""
    columns = range(left + 1, right + 1)
    if any(view.line_below(head, number) for number in columns):
        return False
    return any(view.line_below(head + 1, number) for number in columns)


def _column(
    view: _Turned, head: int, number: int, parts: list[int], allowed: Entry | None, guesses: list[Guess]
) -> Column:
    heading, place = trim(view.entry(head, number).text), view.place(head, number)
    if number <= parts[0]:
        return Column(Role.INPUT, heading, place, allowed=allowed)
    if len(parts) == 1 or number <= parts[1]:
        return output_column(heading, place, guesses, allowed)
    return Column(Role.NOTE, heading, place)


def output_column(heading: str, place: str, guesses: list[Guess], allowed: Entry | None = None) -> Column:
    """An output; one named Execute, by which pyDMNrules runs another table, gives that table's name."""
    if plain_word(heading) == "execute":
        said = "An output Execute runs another table; with us it is that table's name alone."
        guesses.append(Guess(place, said))
    return Column(Role.OUTPUT, heading, place, allowed=allowed)


def _as_columns(
    grid: Grid, name: str, row: int, column: int, last: int, guesses: list[Guess]
) -> Found | None:
    """Rules as columns: headings downward, the hit policy and the rules' ids in the last row."""
    parts = [each for each in range(row, last) if (each, column) in grid.double_below]
    if not parts:
        return None
    view = _Turned(grid, turned=True)
    with_values = _has_values(view, column, row, last)
    first = column + 2 if with_values else column + 1
    right = first - 1
    while any(view.holds(right + 1, each) for each in range(row + 1, last + 1)):
        right += 1
    if right < first:
        return None
    columns = [
        _column(view, column, each, parts, view.entry(column + 1, each) if with_values else None, guesses)
        for each in range(row + 1, last)
    ]
    rows = tuple(
        Row(
            grid.text(last, number),
            tuple(view.entry(number, each) for each in range(row + 1, last)),
            grid.place(last, number),
        )
        for number in range(first, right + 1)
    )
    draft = Draft(name, grid.place(row, column), tuple(columns), rows, grid.text(last, column))
    return Found(draft, Area(row, column, last, right))


def _crosstab(grid: Grid, name: str, row: int, column: int, guesses: list[Guess]) -> Found | None:
    """A crosstab: the output's name in the corner, tests along the top and down the side, values between."""
    corner = grid.merge(row + 1, column) or Area(row + 1, column, row + 1, column)
    across = _headings(grid.text(corner.top, corner.right + 1))
    down = _headings(grid.text(corner.bottom + 1, corner.left))
    if not across or not down:
        return None
    if len(across) != corner.bottom - corner.top or len(down) != corner.right - corner.left:
        return None
    right = corner.right
    while all(not grid.filled(line, right + 1).blank for line in range(corner.top + 1, corner.bottom + 1)):
        right += 1
    last = corner.bottom
    while all(not grid.filled(last + 1, each).blank for each in range(corner.left + 1, corner.right + 1)):
        last += 1
    if right == corner.right or last == corner.bottom:
        return None
    top = grid.place(corner.top, corner.right + 1)
    side = grid.place(corner.bottom + 1, corner.left)
    columns = (
        *(Column(Role.INPUT, heading, side) for heading in down),
        *(Column(Role.INPUT, heading, top) for heading in across),
        output_column(grid.text(corner.top, corner.left), grid.place(corner.top, corner.left), guesses),
    )
    rows = tuple(
        Row(
            "",
            (
                *(_test(grid, line, each) for each in range(corner.left + 1, corner.right + 1)),
                *(_test(grid, each, number) for each in range(corner.top + 1, corner.bottom + 1)),
                entry_of(grid.filled(line, number), grid.place(line, number)),
            ),
            grid.place(line, number),
        )
        for line in range(corner.bottom + 1, last + 1)
        for number in range(corner.right + 1, right + 1)
    )
    draft = Draft(name, grid.place(row, column), columns, rows, "U")
    return Found(draft, Area(row, column, last, right))


def _headings(text: str) -> list[str]:
    return [trim(each) for each in text.split(",") if trim(each)]


def _test(grid: Grid, row: int, column: int) -> Entry:
    entry = entry_of(grid.filled(row, column), grid.place(row, column))
    return entry if not entry.blank else written("", entry.place)
