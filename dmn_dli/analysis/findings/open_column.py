"""DT521: every rule accepts any value of an input."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.columns import TableView
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT521",
    Kind.UNUSED,
    Severity.WARNING,
    "Every rule accepts any value of an input.",
    "Delete the column, or state the conditions that are missing.",
)


def _find(subject: TableSubject) -> Findings:
    seen = subject.seen
    if seen is None or not seen.grid.rules:
        return
    for position in open_columns(seen):
        column = subject.place.table.columns[position]
        message = f'Every rule accepts any value of "{column.label}".'
        yield subject.place.finding(CODE, column.clause, message)


def open_columns(seen: TableView) -> Iterator[int]:
    """Input columns of which every rule accepts whatever arrives."""
    for position, accepting in enumerate(seen.grid.accepting):
        if accepting == (seen.logic.all_rules,) and seen.columns[position].sure:
            yield position


CHECK = TableCheck(CODE, Question.COLUMNS, _find)
