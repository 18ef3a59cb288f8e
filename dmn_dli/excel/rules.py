"""The rules of a decision table: row 5 to the last row that holds a value."""

from __future__ import annotations

from collections.abc import Iterator, Set

from dmn_dli.excel import codes
from dmn_dli.excel.columns import FIRST_RULE_ROW, KIND_ROW, Column, ColumnKind, column_kind
from dmn_dli.excel.place import Place, short, trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import Rule
from dmn_dli.model.workbook import IN_FORCE
from dmn_dli.runtime.nearest import did_you_mean

_STATUS, _RETIRED = "status", "retired"

RULES_LIMIT = 10_000
"""Rules that a table may have: no proof is tried of more. The largest that people keep have some hundred."""


def last_rule_row(sheet: Sheet, columns: tuple[Column, ...]) -> int:
    """The last row with a value in a column of the table; 0 where there is no rule."""
    return max(_used_rows(sheet, columns), default=0)


def read_rules(
    sheet: Sheet, place: Place, columns: tuple[Column, ...], valued: Set[int], found: list[Finding]
) -> tuple[Rule, ...]:
    """The rules in row order; what is wrong with them is added to `found`.

    valued: the output columns whose row 4 says what they hold; the others hold text, which is kept as it is.
    """
    rows = _used_rows(sheet, columns)
    if len(rows) > RULES_LIMIT:
        message = f"The table has {len(rows):,} rules; at most {RULES_LIMIT:,} are read and proven."
        found.append(place.finding(codes.TOO_MANY_RULES, message, f"A{rows[RULES_LIMIT]}"))
        return ()
    wide = sheet.spans_too_much(len(rows), len(columns))
    if wide:
        found.append(place.finding(codes.TOO_LARGE, wide))
        return ()
    after_gap = False
    previous = FIRST_RULE_ROW - 1
    rules: list[Rule] = []
    for row in rows:
        if _begins_another_table(sheet, row):
            message = f"Another table begins in A{row}; a sheet holds one decision table."
            found.append(
                place.finding(codes.OUTSIDE, message, f"A{row}", remedy="Move it to a sheet of its own.")
            )
            break
        if row > previous + 1:
            after_gap = True
            found.append(_gap(place, previous + 1, row))
        previous = row
        if after_gap and not _is_rule(sheet, columns, row):
            continue
        rules.append(_rule(sheet, place, columns, valued, row, found))
    if not rules:
        found.append(place.finding(codes.NO_RULES, "No rule stands in row 5 or below.", f"A{FIRST_RULE_ROW}"))
    found.extend(_duplicate_ids(rules, place))
    found.extend(_retired(rules, place))
    return tuple(rules)


def _used_rows(sheet: Sheet, columns: tuple[Column, ...]) -> list[int]:
    """The rows of the rules' part that hold a value in a column of the table, ascending."""
    numbers = {1, *(column.number for column in columns)}
    return [
        row
        for row, cells in sheet.rows.items()
        if row >= FIRST_RULE_ROW and any(cell.column in numbers for cell in cells)
    ]


def _gap(place: Place, first: int, below: int) -> Finding:
    what = f"Row {first} is" if first == below - 1 else f"Rows {first} to {below - 1} are"
    message = f"{what} blank, and row {below} goes on; rules are expected one below the other without a gap."
    return place.finding(codes.GAP, message, f"A{first}")


def _begins_another_table(sheet: Sheet, row: int) -> bool:
    below = sheet.rows.get(row + KIND_ROW - 1, ())
    return any(column_kind(cell) for cell in below if cell.column > 1)


def _is_rule(sheet: Sheet, columns: tuple[Column, ...], row: int) -> bool:
    """Whether a row has an id and something to decide; below a gap, a stray remark has not."""
    return not sheet.at(row, 1).blank and any(
        not sheet.at(row, column.number).blank
        for column in columns
        if column.kind is not ColumnKind.ANNOTATION
    )


def _rule(
    sheet: Sheet,
    place: Place,
    columns: tuple[Column, ...],
    valued: Set[int],
    row: int,
    found: list[Finding],
) -> Rule:
    name = place.repaired_blanks(sheet.at(row, 1), found)
    rule_id = name.text
    if name.blank and not sheet.covered(row, 1):
        found.append(place.finding(codes.NO_RULE_ID, f"Row {row} has no rule id in column A.", name))
    elif name.kind in (CellKind.DATE, CellKind.TIME):
        message = f"The rule's id is {name.text}: Excel took what was typed for a date or a time."
        remedy = "Format the cell as Text, and type the id again."
        found.append(place.finding(codes.NO_RULE_ID, message, name, remedy=remedy))
    found.extend(_blanks(sheet, place, columns, row, rule_id))
    inputs: list[Cell] = []
    outputs: list[Cell] = []
    annotations: list[Cell] = []
    retired = False
    for column in columns:
        cell = sheet.at(row, column.number)
        if column.kind is ColumnKind.INPUT or column.number in valued:
            cell = place.repaired(cell, found)
        else:
            cell = trimmed(cell)
        if column.kind is ColumnKind.INPUT:
            inputs.append(cell)
        elif column.kind is ColumnKind.OUTPUT:
            outputs.append(cell)
        else:
            annotations.append(cell)
            said, is_status = plain_word(cell.text), plain_word(column.heading.text) == _STATUS
            retired |= is_status and said == _RETIRED
            found.extend(_status(cell, said, column, place, rule_id))
    return Rule(
        rule_id,
        name,
        tuple(inputs),
        tuple(outputs),
        tuple(annotations),
        retired,
    )


def _status(cell: Cell, said: str, column: Column, place: Place, rule_id: str) -> Iterator[Finding]:
    """A status that is not known, and `retired` where it takes no rule out of force."""
    if plain_word(column.heading.text) != _STATUS:
        if said == _RETIRED:
            message = (
                f'The column "{column.heading.text}" calls the rule "{rule_id}" retired, but only a NOTE '
                "column named Status takes a rule out of force; the rule still applies."
            )
            yield place.finding(codes.RETIRED_ELSEWHERE, message, cell, rules=(rule_id,))
    elif said not in ("", IN_FORCE, _RETIRED) and cell.kind not in (CellKind.FORMULA, CellKind.ERROR):
        message = f'Status of the rule "{rule_id}" is "{short(cell.text)}"; retired or nothing is expected.'
        hint = did_you_mean(cell.text, (_RETIRED, IN_FORCE))
        yield place.finding(codes.RULE_STATUS, message + hint, cell, rules=(rule_id,))


def _blanks(
    sheet: Sheet, place: Place, columns: tuple[Column, ...], row: int, rule_id: str
) -> Iterator[Finding]:
    """Blank conditions and results; those behind a merge are reported with the merge."""
    due = [column for column in columns if column.kind is not ColumnKind.ANNOTATION]
    blank = [
        column
        for column in due
        if sheet.at(row, column.number).blank and not sheet.covered(row, column.number)
    ]
    if len(due) > 1 and len(blank) == len(due):
        message = f"Row {row} has none of the rule's conditions and results; each of its cells needs a value."
        remedy = "Fill them in; a remark belongs in a NOTE column or on a sheet named Notes."
        yield place.finding(
            codes.BLANK_CELL, message, Cell(row, due[0].number), remedy=remedy, rules=(rule_id,)
        )
        return
    for column in blank:
        if column.kind is ColumnKind.INPUT:
            expected, remedy = "a condition, or - for any value,", "Write - if the rule holds for any value."
        else:
            expected, remedy = "a result, or null for none,", "Write null if the rule gives no value."
        message = f'The cell under "{column.heading.text}" is blank; {expected} is expected.'
        yield place.finding(
            codes.BLANK_CELL, message, Cell(row, column.number), remedy=remedy, rules=(rule_id,)
        )


def _duplicate_ids(rules: list[Rule], place: Place) -> Iterator[Finding]:
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.cell.blank:
            continue
        first = seen.setdefault(rule.id.casefold(), rule)
        if first is not rule:
            places = f"{first.cell.reference} and again in {rule.cell.reference}"
            message = f'The rule id "{rule.id}" stands in {places}; each rule needs an id of its own.'
            yield place.finding(codes.DUPLICATE_RULE_ID, message, rule.cell, rules=(rule.id,))


def _retired(rules: list[Rule], place: Place) -> Iterator[Finding]:
    """One finding that lists a table's rules that are out of force."""
    retired = [rule for rule in rules if rule.retired]
    if retired:
        names = tuple(rule.id for rule in retired)
        message = f"Out of force, as the column Status says: {', '.join(names)}."
        yield place.finding(codes.RETIRED, message, retired[0].cell, rules=names)
