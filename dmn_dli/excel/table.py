"""A sheet with a decision table: its head, and the table as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from dmn_dli.excel import codes
from dmn_dli.excel.columns import Column, column_kind, read_columns
from dmn_dli.excel.head import grid_hazards, input_clauses, note_columns, question, quoted, title_findings
from dmn_dli.excel.layouts import HEADING_ROW, KIND_ROW, TABLE, VALUES_ROW, ColumnKind
from dmn_dli.excel.place import Place
from dmn_dli.excel.rows import Grid, read_rows
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word, repair_text, trim
from dmn_dli.model.table import DecisionTable, OutputClause, Rule
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.runtime.nearest import did_you_mean

_HIT_POLICIES = {word: policy for policy in HitPolicy for word in (policy.value.casefold(), policy.word)}
_TYPE_WORDS = ("number", "boolean", "date", "expression")


def hit_policy(text: str) -> HitPolicy | None:
    """The hit policy that A2 names by its short form or its word, in any letter case."""
    return _HIT_POLICIES.get(plain_word(text).replace("_", " "))


def looks_like_table(sheet: Sheet) -> bool:
    """Whether anything in the sheet's head is a decision table's."""
    return (
        hit_policy(sheet.at(KIND_ROW, 1).text) is not None
        or plain_word(sheet.at(HEADING_ROW, 1).text) == "rule"
        or any(column_kind(cell) for cell in sheet.rows.get(KIND_ROW, ()) if cell.column > 1)
    )


def read_table(sheet: Sheet, place: Place) -> tuple[DecisionTable | None, list[Finding]]:
    """The table with what is wrong with it; None where its hit policy or its results are not known.

    Cells that are reported here (blank ones, formulas, error values) stand in the table as they were read.
    """
    found: list[Finding] = []
    policy = _read_hit_policy(sheet, place, found)
    found.extend(title_findings(sheet, place, TABLE))
    columns = read_columns(sheet, place, TABLE, found)
    outputs = _outputs(sheet, place, columns, found)
    inputs = input_clauses(sheet, place, columns, found)
    notes = note_columns(columns)
    if not any(column_kind(cell) is ColumnKind.OUTPUT for cell in sheet.rows.get(KIND_ROW, ())):
        found.append(place.finding(codes.NO_OUTPUT, "No column has THEN in row 2.", "B2"))
    found.extend(_priority_findings(policy, outputs, place))
    # A result without values in row 4 is text, which is kept as it is.
    plain = {column.number for column in columns if column.kind is ColumnKind.INPUT}
    plain |= {output.cell.column for output in outputs if output.values}
    due = tuple(column for column in columns if column.kind is not ColumnKind.ANNOTATION)
    rows = read_rows(Grid(sheet, place, TABLE, columns, plain, due), found)
    found.extend(grid_hazards(sheet, place, columns))
    if policy is None or not outputs:
        return None, found
    rules = tuple(
        Rule(
            row.id,
            row.cell,
            row.of(ColumnKind.INPUT),
            row.of(ColumnKind.OUTPUT),
            row.of(ColumnKind.ANNOTATION),
            row.retired,
        )
        for row in rows
    )
    return (
        DecisionTable(place.decision, sheet.name, question(sheet), policy, inputs, outputs, notes, rules),
        found,
    )


def _read_hit_policy(sheet: Sheet, place: Place, found: list[Finding]) -> HitPolicy | None:
    cell = sheet.at(KIND_ROW, 1)
    policy = hit_policy(cell.text)
    if policy is None:
        hint = "" if cell.blank else did_you_mean(cell.text, map(str.capitalize, _HIT_POLICIES))
        message = f"A2 holds {quoted(cell.text)}; the table's hit policy is expected.{hint}"
        found.append(place.finding(codes.HIT_POLICY, message, "A2"))
    return policy


def _outputs(
    sheet: Sheet, place: Place, columns: tuple[Column, ...], found: list[Finding]
) -> tuple[OutputClause, ...]:
    outputs = tuple(
        _output(sheet, place, column, found) for column in columns if column.kind is ColumnKind.OUTPUT
    )
    without = [output for output in outputs if output.default is None]
    if outputs and len(without) not in (0, len(outputs)):
        for output in without:
            message = (
                f'The result "{output.name}" has no default, but another result of the table has one; '
                "all have one or none has."
            )
            found.append(place.finding(codes.DEFAULT, message, Cell(VALUES_ROW, output.cell.column)))
    return outputs


def _output(sheet: Sheet, place: Place, column: Column, found: list[Finding]) -> OutputClause:
    name, cell = column.heading.text, sheet.at(VALUES_ROW, column.number)
    if cell.blank:
        return OutputClause(name, column.heading)
    lines = [line for line in cell.text.splitlines() if trim(line)]
    defaults = [line for line in lines if _default(line) is not None]
    if len(defaults) > 1 or (defaults and lines[-1] is not defaults[0]):
        message = (
            'Row 4 has a default that is not its last line; one line "default: ..." is expected at the end.'
        )
        found.append(place.finding(codes.DEFAULT, message, cell))
    default = _default(defaults[0]) if defaults else None
    if default == "":
        message = 'Row 4 says "default:" without a value; a value is expected behind it.'
        found.append(place.finding(codes.DEFAULT, message, cell))
    stated = evolve(cell, text="\n".join(line for line in lines if line not in defaults))
    values = place.repaired(stated, found).text if stated.text else ""
    if default is not None and values:
        default = repair_text(default)[0]
    return OutputClause(name, column.heading, values, cell, default)


def _default(line: str) -> str | None:
    """The text behind `default:`; None where the line is no default."""
    word, colon, value = line.partition(":")
    return trim(value) if colon and plain_word(word) == "default" else None


def _priority_findings(
    policy: HitPolicy | None, outputs: tuple[OutputClause, ...], place: Place
) -> Iterator[Finding]:
    """Whether a table that is sorted by priority says on its first output which result comes first."""
    if policy is None or not policy.ranked or not outputs:
        return
    first = outputs[0]
    if not first.values or plain_word(first.values) in _TYPE_WORDS:
        message = (
            f"The hit policy {policy.value} sorts by the results' priority; row 4 of "
            f'"{first.name}" holds {quoted(first.values)}, a list of results is expected.'
        )
        yield place.finding(codes.PRIORITY_VALUES, message, Cell(VALUES_ROW, first.cell.column))
