"""What a decision table and a sheet of criteria share around their rows: name, clauses, Excel's ways."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from dmn_dli.excel import codes
from dmn_dli.excel.columns import Column
from dmn_dli.excel.hazards import hidden_hazards, merge_hazards, value_hazards
from dmn_dli.excel.layouts import HEADING_ROW, KIND_ROW, VALUES_ROW, ColumnKind, Layout
from dmn_dli.excel.place import Place, short, trimmed
from dmn_dli.excel.rows import last_row
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word, repair_text
from dmn_dli.model.table import Annotation, InputClause


def decision_name(sheet: Sheet) -> str:
    """The decision's name in A1; the sheet's where A1 is blank."""
    return repair_text(sheet.at(1, 1).text)[0] or sheet.name


def question(sheet: Sheet) -> str:
    """The question in row 1 that the sheet answers; "" where there is none."""
    return trimmed(next((cell for cell in sheet.rows.get(1, ()) if cell.column > 1), Cell(1, 2))).text


def input_clauses(
    sheet: Sheet, place: Place, columns: tuple[Column, ...], found: list[Finding]
) -> tuple[InputClause, ...]:
    """The IF columns with what row 4 says of them; repairs there are added to `found`."""
    return tuple(_input(sheet, place, column, found) for column in columns if column.kind is ColumnKind.INPUT)


def _input(sheet: Sheet, place: Place, column: Column, found: list[Finding]) -> InputClause:
    allowed = sheet.at(VALUES_ROW, column.number)
    return InputClause(column.heading, None if allowed.blank else place.repaired(allowed, found))


def note_columns(columns: tuple[Column, ...]) -> tuple[Annotation, ...]:
    """The NOTE columns."""
    return tuple(
        Annotation(column.heading.text, column.heading)
        for column in columns
        if column.kind is ColumnKind.ANNOTATION
    )


def title_findings(sheet: Sheet, place: Place, layout: Layout) -> Iterator[Finding]:
    """What is wrong in row 1, and in column A of rows 3 and 4."""
    name = sheet.at(1, 1)
    if name.blank:
        message = f'A1 is blank; the {layout.named}\'s name is expected there, "{sheet.name}" for this sheet.'
        yield layout.finding(place, codes.NO_NAME, message, "A1")
    else:
        repairs: list[Finding] = []
        place.repaired(name, repairs)
        yield from repairs
        if not same_name(place.decision, sheet.name):
            message = f'A1 names the {layout.named} "{place.decision}", the sheet\'s tab says "{sheet.name}".'
            yield place.finding(codes.SHEET_NAME, message, name)
    titles = [cell for cell in sheet.rows.get(1, ()) if cell.column > 1 and not sheet.covered(1, cell.column)]
    for cell in titles[1:]:
        message = (
            f"Row 1 holds the {layout.named}'s name and its question in {titles[0].reference}; "
            f'{cell.reference} holds "{short(cell.text)}" besides.'
        )
        yield place.finding(codes.OUTSIDE, message, cell)
    for row, word in ((HEADING_ROW, layout.heading), (VALUES_ROW, "values")):
        cell = sheet.at(row, 1)
        if plain_word(cell.text) != word.casefold():
            message = f"A{row} holds {quoted(cell.text)}; the word {word} is expected there."
            yield layout.finding(place, codes.ROW_HEADING, message, cell)


def same_name(name: str, tab: str) -> bool:
    """Whether the tab says the name, as far as Excel lets it: 31 characters, none of `: \\ / ? * [ ]`."""
    kept = [character for character in plain_word(name) if character.isalnum()]
    shown = [character for character in plain_word(tab) if character.isalnum()]
    if len(name) <= 31 and not set(name) & set(r":\/?*[]"):
        return plain_word(name) == plain_word(tab)
    return bool(shown) and kept[: len(shown)] == shown


def grid_hazards(sheet: Sheet, place: Place, columns: tuple[Column, ...]) -> Iterator[Finding]:
    """Excel's ways within the table or list, its spare rows and what lies beside it left aside."""
    right = max((column.number for column in columns), default=1)
    whole = Area(1, 1, max(last_row(sheet, columns), VALUES_ROW), right)
    yield from value_hazards(sheet, place, sheet.used(whole))
    yield from merge_hazards(sheet, place, evolve(whole, top=KIND_ROW))
    yield from hidden_hazards(sheet, place, whole)


def quoted(text: str) -> str:
    """What a cell holds, for a message."""
    return f'"{short(text)}"' if text else "nothing"
