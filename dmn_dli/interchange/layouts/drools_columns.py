"""A column of a Drools rule table as columns of ours: comparisons as inputs, what is set as outputs."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from dmn_dli.interchange.imported import Guess
from dmn_dli.interchange.layouts.drafts import Column, Entry, Role, Row, Variable, entry_of, written
from dmn_dli.interchange.layouts.drools_java import (
    Assignment,
    Constraint,
    Pattern,
    as_test,
    assignments,
    constraints,
    in_feel,
    parameters,
    pattern,
)
from dmn_dli.interchange.layouts.grid import Grid
from dmn_dli.interchange.layouts.naming import numbered
from dmn_dli.interchange.layouts.operands import value_of
from dmn_dli.model.cell import CellKind
from dmn_dli.model.repair import trim


@frozen
class BlockColumn:
    """A column of ours, the number of the file's column that it reads, and what it makes of a cell."""

    keyword: str
    number: int
    column: Column
    made_of: Callable[[Entry], Entry | None]


def columns_of(
    grid: Grid, top: int, number: int, keyword: str, variables: dict[str, Variable], guesses: list[Guess]
) -> list[BlockColumn]:
    """The columns that a column of the file becomes; top: the row of `RuleTable`."""
    snippet = trim(grid.filled(top + 3, number).text)
    label = " ".join(grid.filled(top + 4, number).text.split())
    place = grid.place(top + 3, number)
    if keyword == "CONDITION":
        object_ = pattern(grid.filled(top + 2, number).text)
        return _conditions(number, snippet, label, place, object_, variables, guesses)
    if keyword == "ACTION":
        owner = trim(grid.filled(top + 2, number).text)
        return _actions(grid, top, number, snippet, label, place, owner, guesses)
    return [note_of(number, label or keyword.capitalize(), grid.place(top + 1, number), keyword)]


def note_of(number: int, heading: str, place: str, keyword: str = "") -> BlockColumn:
    """A column that is kept as a note."""
    return BlockColumn(keyword, number, Column(Role.NOTE, heading, place), lambda entry: entry)


def _conditions(
    number: int,
    snippet: str,
    label: str,
    place: str,
    object_: Pattern | None,
    variables: dict[str, Variable],
    guesses: list[Guess],
) -> list[BlockColumn]:
    inner = snippet
    if object_ is None:
        whole = pattern(snippet)
        if whole is not None and whole.inner:
            object_, inner = whole, whole.inner
    found = constraints(inner) if inner else None
    if found is None:
        return [_opaque(number, snippet, label, place, guesses)]
    by_path: dict[str, list[Constraint]] = {}
    for each in found:
        by_path.setdefault(each.path, []).append(each)
    columns = []
    for path, several in by_path.items():
        groups = [several] if as_test(several, "1, 2, 3") is not None else [[each] for each in several]
        for group in groups:
            heading = _heading(path, object_)
            if label:
                variables.setdefault(heading, Variable(heading, description=label))
            columns.append(_condition(number, heading, place, tuple(group), guesses))
    return columns


def _condition(
    number: int, heading: str, place: str, group: tuple[Constraint, ...], guesses: list[Guess]
) -> BlockColumn:
    def made_of(entry: Entry) -> Entry | None:
        if entry.blank:
            return written("", entry.place)
        test = as_test(group, _text(entry))
        if test is None:
            guesses.append(Guess(entry.place, f'"{entry.text}" has too few values for its condition.'))
            return None
        return written(test, entry.place)

    return BlockColumn("CONDITION", number, Column(Role.INPUT, heading, place), made_of)


def _opaque(number: int, snippet: str, label: str, place: str, guesses: list[Guess]) -> BlockColumn:
    """A condition that is Java beyond comparisons: a fact says for which of the cells' values it holds."""
    heading = label or snippet or "condition"
    said = f"The condition `{_short(snippet)}` is more than comparisons; "
    guesses.append(Guess(place, f'{said}the fact "{heading}" says what it holds for.'))
    return BlockColumn("CONDITION", number, Column(Role.INPUT, heading, place), _as_text)


def _as_text(entry: Entry) -> Entry:
    return written(_text(entry), entry.place, plain=not entry.blank)


def _actions(
    grid: Grid,
    top: int,
    number: int,
    snippet: str,
    label: str,
    place: str,
    owner: str,
    guesses: list[Guess],
) -> list[BlockColumn]:
    sets, rest = assignments(snippet, owner)
    columns = [_output(number, each, _types(grid, top), place) for each in sets]
    told = [each for each in rest if parameters(each)]
    dropped = [each for each in rest if not (parameters(each) and not sets)]
    if sets and told:
        dropped = list(rest)
    if dropped and sets:
        guesses.append(Guess(place, f"`{_short('; '.join(dropped))}` is Java that is not carried over."))
    if not sets:
        heading = label or snippet or "action"
        said = f'The action `{_short(snippet)}` is Java; the output "{heading}" holds the cell.'
        guesses.append(Guess(place, said))
        columns.append(BlockColumn("ACTION", number, Column(Role.OUTPUT, heading, place), _as_text))
    return columns


def _output(number: int, one: Assignment, types: dict[str, str], place: str) -> BlockColumn:
    owner = types.get(one.variable, one.variable)
    heading = f"{owner} {one.name}" if owner else one.name

    def made_of(entry: Entry) -> Entry | None:
        if entry.blank:
            return written("", entry.place)
        text = in_feel(one.right, _text(entry))
        return None if text is None else written(text, entry.place)

    return BlockColumn("ACTION", number, Column(Role.OUTPUT, heading, place), made_of)


def _types(grid: Grid, top: int) -> dict[str, str]:
    """The type of each variable that the object row binds."""
    found: dict[str, str] = {}
    for cell in grid.row(top + 2):
        one = pattern(cell.text)
        if one is not None and one.variable:
            found[one.variable.lstrip("$")] = one.type
    return found


def _heading(path: str, object_: Pattern | None) -> str:
    if object_ is None:
        return path.replace(".", " ")
    if path == "this":
        return object_.type
    parts = path.split(".")
    if len(parts) > 1 and parts[0] == object_.variable.lstrip("$"):
        parts = parts[1:]
    return " ".join((object_.type, *parts))


def rows_of(
    grid: Grid, columns: list[BlockColumn], first: int, last: int, guesses: list[Guess]
) -> tuple[Row, ...]:
    """The rules; one without any condition and action is left out and told."""
    rows: list[Row] = []
    taken: set[str] = set()
    for row in range(first, last + 1):
        entries: list[Entry] = []
        id_ = ""
        for each in columns:
            entry = entry_of(grid.filled(row, each.number), grid.place(row, each.number))
            if each.keyword == "NAME":
                id_ = " ".join(entry.text.split())
                continue
            made = each.made_of(entry)
            entries.append(made if made is not None else _as_text(entry))
        if all(entry.blank for entry in entries):
            guesses.append(Guess(grid.place(row, columns[0].number), "A row without values is left out."))
            continue
        id_ = numbered(id_, taken, " {}") if id_ else ""
        taken.add(id_)
        rows.append(Row(id_, tuple(entries), grid.place(row, columns[0].number)))
    return tuple(rows)


def _text(entry: Entry) -> str:
    """What Drools puts in place of the parameter."""
    return value_of(entry).text if entry.kind is not CellKind.TEXT else trim(entry.text)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 120 else f"{flat[:117]}..."
