"""DT522: without an input column every result would be the same, though its cells differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.columns import FEASIBILITY_STEPS, Firing, TableView
from dmn_dli.analysis.findings.open_column import open_columns
from dmn_dli.analysis.redundancy import Effects
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT522",
    Kind.UNUSED,
    Severity.INFO,
    "An input makes no difference.",
    "Delete the column, or keep it if it makes the table easier to read.",
)


def _find(subject: TableSubject) -> Findings:
    seen = subject.seen
    # Rules that decide nothing come first: a column may matter as soon as they do.
    if seen is None or not seen.grid.rules or seen.firing is None or subject.idle.mask:
        return
    for position in columns_without_effect(seen, seen.firing):
        column = subject.place.table.columns[position]
        message = f'"{column.label}" makes no difference: without the column every result would be the same.'
        yield subject.place.finding(CODE, column.clause, message)


def columns_without_effect(seen: TableView, fired: Firing) -> Iterator[int]:
    """Input columns that could be deleted without changing any result, though their cells differ."""
    if seen.table.computed or len(seen.columns) < 2:
        return
    store = seen.diagrams.store
    effects = Effects(seen)

    def effect(mask: Any) -> int:
        return store.terminal(mask, ("effect", effects.of(mask)) if isinstance(mask, int) else None)

    left_open = set(open_columns(seen))
    store.allow(FEASIBILITY_STEPS)
    try:
        whole = store.map(fired.root, effect)
        for position in range(len(seen.columns)):
            if position in left_open:
                continue
            others = [each for each in range(len(seen.columns)) if each != position]
            if store.map(seen.meeting(others), effect) == whole:
                yield position
    except TooLarge:
        return


CHECK = TableCheck(CODE, Question.COLUMNS, _find)
