"""A sheet of criteria: a policy's criteria as the document numbers and nests them (design contract, 3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from dmn_dli.excel import codes
from dmn_dli.excel.columns import Column, column_kind, read_columns
from dmn_dli.excel.head import grid_hazards, input_clauses, note_columns, question, quoted, title_findings
from dmn_dli.excel.layouts import CRITERIA, HEADING_ROW, KIND_ROW, VALUES_ROW, ColumnKind
from dmn_dli.excel.place import Place, short
from dmn_dli.excel.rows import Grid, Row, read_rows
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.table import hit_policy
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.nearest import did_you_mean, nearest

WORD = "Criteria"
"""What A2 says on a sheet of criteria."""

PART_OF, NEEDS, MEANS = "Part of", "Needs", "Means"
REQUIREMENT, EVIDENCE = "Requirement", "Evidence"
_HEADINGS = {
    ColumnKind.GROUP: (PART_OF, NEEDS, MEANS),
    ColumnKind.OUTPUT: (REQUIREMENT, EVIDENCE),
}
_KINDS = {plain_word(heading): kind for kind, headings in _HEADINGS.items() for heading in headings}

_PLAIN_FORMATS = ("GENERAL", "@")
_DECIMALS = re.compile(r"0(?:\.(0+))?\Z")


def is_criteria(sheet: Sheet) -> bool:
    """Whether A2 says that the sheet holds criteria, in any letter case."""
    return plain_word(sheet.at(KIND_ROW, 1).text) == plain_word(WORD)


def looks_like_criteria(sheet: Sheet) -> bool:
    """Whether the sheet is one of criteria, or would be if its A2 were spelt as it is due."""
    if is_criteria(sheet):
        return True
    said = sheet.at(KIND_ROW, 1).text
    kinds = {column_kind(cell) for cell in sheet.rows.get(KIND_ROW, ()) if cell.column > 1} - {None}
    if hit_policy(said) is not None or not kinds:
        return False
    headed = plain_word(sheet.at(HEADING_ROW, 1).text) == plain_word(CRITERIA.heading)
    return headed or ColumnKind.GROUP in kinds or nearest(said, (WORD,)) is not None


def read_criteria(sheet: Sheet, place: Place) -> tuple[CriteriaSheet | None, list[Finding]]:
    """The criteria with what is wrong with them; None where no column says what is required.

    What the words of the GROUP cells mean, and whether a group that is named exists, is asked in linking. A
    GROUP column that the sheet lacks is read as blank cells.
    """
    found: list[Finding] = []
    if not is_criteria(sheet):
        said = sheet.at(KIND_ROW, 1).text
        message = f"A2 holds {quoted(said)}; on a sheet of criteria the word {WORD} is expected."
        found.append(place.finding(codes.CRITERIA_WORD, message + did_you_mean(said, (WORD,)), "A2"))
    found.extend(title_findings(sheet, place, CRITERIA))
    columns = read_columns(sheet, place, CRITERIA, found)
    found.extend(_heading_findings(columns, place))
    found.extend(_values_findings(sheet, columns, place))
    named = _named(columns)
    inputs = input_clauses(sheet, place, columns, found)
    rows = read_rows(_grid(sheet, place, columns, named), found)
    found.extend(chain.from_iterable(_stored_findings(row, place) for row in rows))
    found.extend(grid_hazards(sheet, place, columns))
    if plain_word(REQUIREMENT) not in named:
        found.extend(_no_requirement(columns, place))
        return None, found
    criteria = tuple(_criterion(row, named) for row in rows)
    return (
        CriteriaSheet(place.decision, sheet.name, question(sheet), inputs, note_columns(columns), criteria),
        found,
    )


def _named(columns: tuple[Column, ...]) -> dict[str, Column]:
    """The first column of each heading that is known, under the kind that it is due."""
    found: dict[str, Column] = {}
    for column in columns:
        word = plain_word(column.heading.text)
        if _KINDS.get(word) is column.kind:
            found.setdefault(word, column)
    return found


def _grid(sheet: Sheet, place: Place, columns: tuple[Column, ...], named: Mapping[str, Column]) -> Grid:
    # `Part of` is read as an id is, whose characters are its own.
    ids = {column.number for word, column in named.items() if word == plain_word(PART_OF)}
    tested = {column.number for column in columns if column.kind in (ColumnKind.GROUP, ColumnKind.INPUT)}
    required = named.get(plain_word(REQUIREMENT))
    due = tuple(column for column in columns if column.kind is ColumnKind.INPUT or column is required)
    return Grid(sheet, place, CRITERIA, columns, plain=tested - ids, due=due, blanks=ids)


def _criterion(row: Row, named: Mapping[str, Column]) -> CriterionRow:
    cells = {column.number: cell for column, cell in row.cells}

    def cell(heading: str) -> Cell:
        column = named.get(plain_word(heading))
        return Cell(row.cell.row, 1) if column is None else cells[column.number]

    return CriterionRow(
        id=row.id,
        cell=row.cell,
        part_of=cell(PART_OF),
        needs=cell(NEEDS),
        means=cell(MEANS),
        inputs=row.of(ColumnKind.INPUT),
        requirement=cell(REQUIREMENT),
        evidence=cell(EVIDENCE),
        annotations=row.of(ColumnKind.ANNOTATION),
        retired=row.retired,
    )


def _heading_findings(columns: tuple[Column, ...], place: Place) -> Iterator[Finding]:
    """GROUP and THEN columns of another heading, and their headings under another word of row 2."""
    for column in columns:
        due = _KINDS.get(plain_word(column.heading.text))
        if column.kind is ColumnKind.INPUT or due is column.kind:
            continue
        if due is not None:
            message = (
                f'The column "{column.heading.text}" has {column.kind.value} in row 2; '
                f"{due.value} is expected there."
            )
            yield place.finding(
                codes.CRITERIA_HEADING,
                message,
                Cell(KIND_ROW, column.number),
                remedy=f"Write {due.value} in the column's row 2, or give the column another heading.",
            )
        elif column.kind is not ColumnKind.ANNOTATION:
            *others, last = _HEADINGS[column.kind]
            message = (
                f'A {column.kind.value} column is headed "{short(column.heading.text)}"; '
                f"{', '.join(others)} or {last} is expected."
            )
            message += did_you_mean(column.heading.text, _HEADINGS[column.kind])
            yield place.finding(codes.CRITERIA_HEADING, message, column.heading)


def _no_requirement(columns: tuple[Column, ...], place: Place) -> Iterator[Finding]:
    """That no column says what is required, unless one that seems to be meant is reported already."""
    if not any(
        nearest(column.heading.text, (REQUIREMENT,))
        for column in columns
        if column.kind is not ColumnKind.INPUT
    ):
        message = f"No column has THEN in row 2 and {REQUIREMENT} in row 3."
        yield place.finding(codes.NO_REQUIREMENT, message, f"B{KIND_ROW}")


def _values_findings(sheet: Sheet, columns: tuple[Column, ...], place: Place) -> Iterator[Finding]:
    """What stands in row 4 where nothing is read."""
    for column in columns:
        cell = sheet.at(VALUES_ROW, column.number)
        if column.kind in _HEADINGS and not cell.blank:
            message = (
                f'Row 4 under "{column.heading.text}" holds "{short(cell.text)}"; '
                "on a sheet of criteria, row 4 is for IF columns only."
            )
            yield place.finding(codes.OUTSIDE, message, cell, remedy="Clear the cell.")


def _stored_findings(row: Row, place: Place) -> Iterator[Finding]:
    """Dates and numbers that Excel has made of a number as printed, or of text."""
    yield from _number_findings(row, row.cell, "the criterion's id", place)
    for column, cell in row.cells:
        if column.kind not in _HEADINGS:
            continue
        numeric = cell.kind is CellKind.NUMBER and column.kind is ColumnKind.GROUP
        if cell.kind in (CellKind.DATE, CellKind.TIME, CellKind.BOOLEAN) or (
            cell.kind is CellKind.NUMBER and not numeric
        ):
            what = {CellKind.NUMBER: "number", CellKind.BOOLEAN: "value"}.get(cell.kind, "date or time")
            message = (
                f'The cell holds the {what} {cell.text}, but text is expected under "{column.heading.text}".'
            )
            yield place.finding(codes.CRITERIA_TEXT, message, cell, rules=(row.id,))
        elif numeric:
            yield from _number_findings(row, cell, f'the cell under "{column.heading.text}"', place)


def _number_findings(row: Row, cell: Cell, what: str, place: Place) -> Iterator[Finding]:
    """That a cell with a number shows, or may show, other characters than are read."""
    shown = _shown(cell)
    if cell.kind is not CellKind.NUMBER or shown == cell.text:
        return
    seen = f'"{shown}" is shown' if shown else f"the format {cell.number_format} may show something else"
    message = f'{what[0].upper()}{what[1:]} is read as the number "{cell.text}", but {seen}.'
    yield place.finding(codes.SHOWN_OTHERWISE, message, cell, rules=(row.id,))


def _shown(cell: Cell) -> str | None:
    """The characters that a cell with a number shows; None where its format is none of the plain ones."""
    if cell.number_format.upper() in _PLAIN_FORMATS:
        return cell.text
    decimals = _DECIMALS.match(cell.number_format)
    if decimals is None:
        return None
    whole, _, fraction = cell.text.partition(".")
    due = len(decimals[1] or "")
    # What is rounded off is as misleading as what is added; how it is rounded need not be known.
    return None if len(fraction) > due else whole + ("." + fraction.ljust(due, "0") if due else "")
