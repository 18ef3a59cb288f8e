"""One mistake that shows in many places, told where it was made: a column's kind, a hit policy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dmn_dli.linking import codes
from dmn_dli.linking.names import Names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell, cell_name, column_letters
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.words import folded
from dmn_dli.tables.linked import LinkedTable

_KIND_ROW = 2
_TEST = re.compile(r"-\Z|[<>]=?\s*\S|[\[(].+\.\..+[\])]\Z|not\s*\(", re.IGNORECASE)


def judge_kinds(table: DecisionTable, names: Names, reporter: Reporter) -> None:
    """Report a column that row 2 marks as a result, though it looks like a condition.

    It bears the name of a fact or decision, and stands left of a condition or holds tests.
    """
    last_input = max((clause.cell.column for clause in table.inputs), default=0)
    for position, output in enumerate(table.outputs):
        meant = names.canonical.get(folded(output.name))
        if meant is None or meant == table.name:
            continue
        column = output.cell.column
        tests = any(_TEST.match(rule.outputs[position].text) for rule in table.rules)
        if column < last_input or tests:
            what = "a fact" if meant in names.facts else "a decision"
            message = (
                f'Row 2 marks the column "{output.name}" as THEN, a result; it bears the name of {what} and '
                f"{'holds conditions' if tests else 'stands left of a condition'}."
            )
            reporter.add(codes.RESULT_OR_CONDITION, Cell(_KIND_ROW, column), message)


def judge_lists(tables: Sequence[LinkedTable], reporters: Sequence[Reporter]) -> None:
    """Report a hit policy that gives a list where another table compares with single values.

    It takes the place of what was said of each of these cells.
    """
    by_name = dict(zip((table.name for table in tables), reporters, strict=True))
    for table in tables:
        if not table.hit_policy.gives_list:
            continue
        places: list[str] = []
        for reader, reporter in zip(tables, reporters, strict=True):
            cells = _objected(reader, reporter, table.name)
            places += [cell_name(reader.table.sheet, cell) for cell in cells]
            reporter.findings[:] = [
                found
                for found in reporter.findings
                if found.code is not codes.TYPE or found.cell not in cells
            ]
        if places:
            message = (
                f"With the hit policy {table.hit_policy.value} the decision gives a list of results, but it "
                f"is compared with single values in {', '.join(places)}."
            )
            by_name[table.name].add(codes.LIST_FOR_VALUE, Cell(_KIND_ROW, 1), message)


def _objected(reader: LinkedTable, reporter: Reporter, decision: str) -> list[str]:
    """The cells of a table's columns on a decision of which a finding says that the types do not fit."""
    wrong = {found.cell for found in reporter.findings if found.code is codes.TYPE}
    reading = {
        column_letters(clause.cell.column)
        for clause in reader.table.inputs
        if folded(decision) in folded(clause.cell.text)
    }
    return [cell for cell in sorted(wrong) if cell.rstrip("0123456789") in reading]
