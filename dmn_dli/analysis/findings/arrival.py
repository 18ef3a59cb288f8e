"""DT602: some case surely brings a value to an input whose row 4 does not list it."""

from __future__ import annotations

from functools import partial

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.columns import FEASIBILITY_STEPS
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.diagrams.cases import where
from dmn_dli.diagrams.composition import Arrival
from dmn_dli.model.cell import column_letters
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.tables.firing import Firing

CODE = Code(
    "DT602",
    Kind.NOT_ALLOWED,
    Severity.ERROR,
    "A value arrives at an input that row 4 does not list.",
    "Add the value to row 4 of the column, with the rules that answer for it; or correct the table it comes "
    "from.",
)

_VALUES_ROW = 4


def _find(subject: TableSubject) -> Findings:
    """What may only perhaps arrive is not told: row 4 says what to expect there."""
    seen, place = subject.seen, subject.place
    if seen is None:
        return
    store = seen.diagrams.store
    store.allow(FEASIBILITY_STEPS)
    for position, (column, linked) in enumerate(zip(seen.columns, seen.table.columns, strict=True)):
        arrivals = {each for each in store.reached(column.root) if isinstance(each, Arrival)}
        for arrival in sorted(arrivals, key=lambda each: each.value):
            arriving = where(store, column.root, {arrival}.__contains__)
            witness = seen.witness_of(arriving, partial(_arrives, position))
            if witness is None or not witness.certain:
                continue
            expected = linked.allowed.text if linked.allowed else ""
            value = f"The value {arrival.value}" if arrival.value else "A value"
            listing = "its input values are" if place.of_model else "row 4 lists"
            message = f'{value} arrives at "{linked.label}", but {listing} {expected}.'
            message += place.case(witness.facts)
            cell = f"{column_letters(linked.clause.column)}{_VALUES_ROW}"
            yield place.finding(CODE, cell, message, witness=witness.facts)


def _arrives(position: int, firing: Firing) -> bool:
    return firing.unlisted == position


CHECK = TableCheck(CODE, Question.DETERMINATION, _find)
