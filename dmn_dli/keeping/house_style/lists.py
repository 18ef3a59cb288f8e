"""How sheets that are lists look: Policy, Cases, Facts, Change History, Assumptions, Accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from dmn_dli.cases.columns import EXPECT, CaseColumn, Role, read_columns
from dmn_dli.excel.layouts import ColumnKind
from dmn_dli.excel.sheet import Sheet
from dmn_dli.keeping.house_style import table as style
from dmn_dli.keeping.house_style.choices import Choices, dropdown
from dmn_dli.keeping.house_style.highlights import duplicates
from dmn_dli.keeping.house_style.measure import Written, clause_width, row_height, text_width
from dmn_dli.keeping.house_style.notes import (
    DETERMINATION_DUE,
    FACT_HEADINGS,
    MISSING_DUE,
    PAYER,
    STATUS_DUE,
    fact_note,
)
from dmn_dli.keeping.house_style.plan import Note, SheetPlan, fitted, standing_left
from dmn_dli.keeping.house_style.words import (
    BOOLEANS,
    Words,
    fact_choices,
)
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.facts import DICTIONARY_TYPES, Changeable, FactType
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import IN_FORCE, SET_ASIDE, Workbook
from dmn_dli.ooxml.look import Highlight, Look
from dmn_dli.ooxml.sheet import Place
from dmn_dli.runtime.criterion import DOES_NOT_APPLY, MET, NOT_MET, UNKNOWN

_DATE = standing_left(style.CELL, style.DATE_FORMAT)
_LOOKS: Mapping[FactType, Look] = {
    FactType.DATE: _DATE,
    FactType.BOOLEAN: standing_left(style.CELL, style.BOOLEAN_FORMAT),
    FactType.NUMBER: standing_left(style.CELL, style.ANY_FORMAT),
    FactType.INTEGER: standing_left(style.CELL, style.ANY_FORMAT),
}
_FACT, _RESULT, _REMARK = ColumnKind.INPUT, ColumnKind.OUTPUT, ColumnKind.ANNOTATION
"""A case's facts, what is expected of it, and remarks have the colours of such columns in a table."""

_STATUSES = (MET, NOT_MET, UNKNOWN, DOES_NOT_APPLY)
_FACT_WIDTHS = {FactType.DATE: 12.0}
_NONE, _LATER = "none", ("needs information", "no policy on file")
_ONE_OF_CASE = "Not a value of the list. One value is expected; a blank cell is a fact that is not known."
_ONE_STATUS = "Not a status of the list. Blank: not checked."
_ONE_EXPECTED = "Not a value of the list. One value is expected; blank: not checked; none: nothing."


@frozen
class ListColumn:
    """A column of a list; `words` are what its cells may hold, `error` what Excel says of others."""

    width: float
    look: Look = style.CELL
    fill: str = style.HEAD_FILL
    note: Note | None = None
    words: tuple[str, ...] = ()
    error: str = ""
    title: str = ""


def _columns(*widths: tuple[str, float]) -> dict[str, ListColumn]:
    return {heading: ListColumn(width) for heading, width in widths}


HISTORY: Mapping[str, ListColumn] = {
    "date": ListColumn(12.0, evolve(_DATE, bold=True)),
    **_columns(("who", 20.0), ("what", 46.0), ("why", 80.0)),
}
ASSUMPTIONS = _columns(("condition", 60.0), ("reason", 60.0))
ACCEPTED: Mapping[str, ListColumn] = {
    "code": ListColumn(10.0, style.ID_CELL),
    **_columns(("where", 26.0), ("why", 60.0), ("who", 20.0)),
    "until": ListColumn(12.0, _DATE),
    "as it stood": ListColumn(60.0),
}
FACTS: Mapping[str, ListColumn] = {
    "fact": ListColumn(27.0, style.ID_CELL),
    "label": ListColumn(21.0),
    "type": ListColumn(10.0, words=tuple(each.value for each in DICTIONARY_TYPES)),
    "allowed values": ListColumn(38.0),
    "unit": ListColumn(12.0),
    "nullable": ListColumn(9.0, words=("Yes", "No")),
    "question": ListColumn(40.0),
    "description": ListColumn(78.0),
    "changeable": ListColumn(12.0, words=tuple(each.value for each in Changeable)),
}


def list_plan(
    sheet: Sheet,
    kind: style.Kind,
    known: Mapping[str, ListColumn],
    name: str = "",
    rows: int = style.SPARE_ROWS,
) -> SheetPlan:
    """A list with headings in row 1.

    known: its columns by their headings; name: the heading of what may stand there but once.
    """
    columns = {
        cell.column: known.get(plain_word(cell.text))
        or ListColumn(text_width(cell.text, _texts(sheet, cell.column)))
        for cell in sheet.rows.get(1, ())
    }
    keys = [cell.column for cell in sheet.rows.get(1, ()) if name and plain_word(cell.text) == name]
    return _plan(sheet, kind, columns, keys, rows)


def facts_plan(sheet: Sheet) -> SheetPlan:
    """The dictionary's list of facts."""
    known = {heading: evolve(column, note=FACT_HEADINGS.get(heading)) for heading, column in FACTS.items()}
    return list_plan(sheet, style.FACTS, known, "fact")


def cases_plan(sheet: Sheet, workbook: Workbook, words: Words) -> SheetPlan:
    """The cases by which a workbook tests itself; a column by what its heading names."""
    facts = words.dictionary.facts if words.dictionary else ()
    roles = {
        column.heading.column: column
        for column in read_columns(workbook, facts, (table.name for table in workbook.tables))
    }
    columns: dict[int, ListColumn] = {}
    keys = []
    for cell in sheet.rows.get(1, ()):
        role = roles.get(cell.column)
        if role is None and plain_word(cell.text) == "case":
            columns[cell.column] = ListColumn(style.CASE_WIDTHS["case"], style.ID_CELL)
            keys = [cell.column]
        else:
            columns[cell.column] = _case_column(sheet, cell, role, words)
    return _plan(sheet, style.CASES, columns, keys)


def policy_plan(sheet: Sheet, workbook: Workbook) -> SheetPlan:
    """The policy's fields: the field's name and its value in each row."""
    last = max(sheet.last_row, 1)
    looks: dict[Place, Look] = {}
    notes: dict[Place, Note] = {}
    choices: list[Choices] = []
    for column in (1, 2):
        looks[1, column] = fitted(style.LIST_HEADING_CELL, sheet.at(1, column))
    for row in range(2, last + 1):
        field_name = plain_word(sheet.at(row, 1).text)
        looks[row, 1] = fitted(style.ID_CELL, sheet.at(row, 1))
        looks[row, 2] = _policy_look(field_name, sheet.at(row, 2))
        if field_name == "payer":
            notes[row, 1] = PAYER
        words = _policy_words(field_name, workbook)
        if words:
            choices.append((f"B{row}", dropdown(2, (row, row), words)[1]))
    widths = {1: 20.0, 2: 96.0}
    heights = {row: _height(sheet, row, widths, looks) for row in range(1, last + 1)}
    return SheetPlan(sheet.name, style.POLICY, looks, widths, heights, notes=notes, choices=tuple(choices))


def _policy_look(field_name: str, cell: Cell) -> Look:
    if cell.kind is CellKind.DATE:
        # A format that shows a month alone is part of what a review's date says.
        return evolve(_DATE, number_format=None)
    if not cell.blank:
        return fitted(style.CELL, cell)
    if field_name in ("effective from", "effective to"):
        return _DATE
    # As Text, `August 2025` would stay what it is; without a format, a day that is typed is a date too.
    return standing_left(style.CELL, style.ANY_FORMAT) if field_name.endswith(" review") else style.CELL


def _policy_words(field_name: str, workbook: Workbook) -> tuple[str, ...]:
    if field_name == "status":
        return (IN_FORCE, *SET_ASIDE)
    if field_name != "final decision":
        return ()
    names = tuple(table.name for table in workbook.tables)
    return () if any("," in name or '"' in name for name in names) else names


def _case_column(sheet: Sheet, heading: Cell, column: CaseColumn | None, words: Words) -> ListColumn:
    title = heading.text
    wide = ListColumn(text_width(heading.text, _texts(sheet, heading.column)), fill=style.KIND_FILLS[_RESULT])
    match column.role if column else Role.UNKNOWN:
        case Role.FACT if column is not None:
            fact = words.names.facts[column.name]
            allowed = (
                fact.allowed.text.replace('"', "") if fact.allowed and fact.type is FactType.STRING else ""
            )
            width = _FACT_WIDTHS.get(fact.type) or clause_width(heading.text, allowed, reads_criterion=False)
            return ListColumn(
                width,
                _LOOKS.get(fact.type, style.CELL),
                style.KIND_FILLS[_FACT],
                fact_note(fact),
                tuple(word.upper() for word in BOOLEANS)
                if fact.type is FactType.BOOLEAN
                else fact_choices(fact),
                _ONE_OF_CASE,
                title,
            )
        case Role.DETERMINATION:
            due = (*words.determinations, *_LATER) if words.determinations else ()
            width = style.CASE_WIDTHS["expect determination"]
            return evolve(
                wide, width=width, note=DETERMINATION_DUE, words=due, error=_ONE_EXPECTED, title=title
            )
        case Role.MISSING:
            return evolve(wide, width=style.CASE_WIDTHS["expect missing"], note=MISSING_DUE)
        case Role.CRITERION:
            width = style.CASE_WIDTHS["expect criterion"]
            return evolve(wide, width=width, note=STATUS_DUE, words=_STATUSES, error=_ONE_STATUS, title=title)
        case Role.DECISION if column is not None:
            due = words.clause_choices(words.subject(column.name), "")
            return evolve(wide, words=(*due, _NONE) if due else (), error=_ONE_EXPECTED, title=title)
        case Role.WHY:
            return ListColumn(style.CASE_WIDTHS["why"], fill=style.KIND_FILLS[_REMARK])
    fill = style.KIND_FILLS[_RESULT if plain_word(heading.text).startswith(EXPECT) else _REMARK]
    return evolve(wide, fill=fill)


def _plan(
    sheet: Sheet,
    kind: style.Kind,
    columns: Mapping[int, ListColumn],
    keys: Sequence[int],
    spare: int = style.SPARE_ROWS,
) -> SheetPlan:
    last = max((cell.row for cell in sheet.cells.values() if cell.column in columns), default=1)
    below = (2, last + spare)
    looks: dict[Place, Look] = {}
    for number, column in columns.items():
        heading = evolve(style.LIST_HEADING_CELL, fill=column.fill)
        looks[1, number] = fitted(heading, sheet.at(1, number))
        for row in range(2, below[1] + 1):
            cell = sheet.at(row, number)
            if not sheet.covered(row, number):
                looks[row, number] = fitted(style.ID_CELL if number in keys else column.look, cell)
    widths = {number: column.width for number, column in columns.items()}
    highlights: tuple[Highlight, ...] = tuple(duplicates(below, number) for number in keys)
    return SheetPlan(
        sheet=sheet.name,
        kind=kind,
        looks=looks,
        widths=widths,
        heights={
            row: _height(sheet, row, widths, looks) if row in sheet.rows else None
            for row in range(1, below[1] + 1)
        },
        notes={(1, number): column.note for number, column in columns.items() if column.note is not None},
        choices=tuple(
            dropdown(number, below, column.words, column.title, column.error)
            for number, column in columns.items()
            if column.words or column.title
        ),
        highlights=highlights,
    )


def _height(sheet: Sheet, row: int, widths: Mapping[int, float], looks: Mapping[Place, Look]) -> float:
    cells = (
        Written(sheet.at(row, number).text, width, looks[row, number])
        for number, width in widths.items()
        if (row, number) in looks
    )
    return row_height(cells, 20.4 if row == 1 else 17.4)


def _texts(sheet: Sheet, column: int) -> Iterator[str]:
    return (cell.text for cell in sheet.cells.values() if cell.column == column and cell.row > 1)
