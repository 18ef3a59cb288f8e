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
    for position in spare_columns(subject):
        column = subject.place.table.columns[position]
        message = f'"{column.label}" makes no difference: without the column every result would be the same.'
        yield subject.place.finding(CODE, column.clause, message)


def spare_columns(subject: TableSubject) -> Iterator[int]:
    """The columns that are told to make no difference."""
    seen = subject.seen
    # Rules that decide nothing come first: a column may matter as soon as they do.
    if seen is None or not seen.grid.rules or seen.firing is None or subject.idle.mask:
        return
    yield from columns_without_effect(seen, seen.firing, sum(1 << rule for rule in subject.spare))


def columns_without_effect(seen: TableView, fired: Firing, spare: int = 0) -> Iterator[int]:
    """Input columns that could be deleted, all together, and no result change, though their cells differ.

    spare: the mask of rules that may be deleted; with them and without, the columns make no difference.
    """
    if seen.table.computed or len(seen.columns) < 2:
        return
    store = seen.diagrams.store
    effects = Effects(seen)

    def effect(mask: Any) -> int:
        if not isinstance(mask, int):
            return store.terminal(mask)
        return store.terminal(mask, ("effect", effects.of(mask), effects.of(mask & ~spare)))

    left_open = set(open_columns(seen))
    store.allow(FEASIBILITY_STEPS)
    try:
        whole = store.map(fired.root, effect)
        kept = list(range(len(seen.columns)))
        for position in sorted(set(kept) - left_open):
            others = [each for each in kept if each != position]
            # One column at least must be left; open ones are told to be deleted too.
            if set(others) <= left_open:
                continue
            if store.map(seen.meeting(others), effect) == whole:
                kept = others
                yield position
    except TooLarge:
        return


CHECK = TableCheck(CODE, Question.COLUMNS, _find)
