"""DT510: no rule of a table that must answer accepts some cases."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.place import TOLD, TablePlace, listed, when
from dmn_dli.analysis.proof import Gap
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.cell import column_letters
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.tables.linked import Constant, DecisionSource

CODE = Code(
    "DT510",
    Kind.GAP,
    Severity.ERROR,
    "No rule answers for some cases.",
    "Add a rule for them, or widen the conditions of a rule that should answer.",
)


_ANY = "a condition that such cases meet"


def _find(subject: TableSubject) -> Findings:
    place, proof = subject.place, subject.proof
    if not subject.hit_policy.one_answer or proof.complete is not False:
        return
    certain = [each for each in proof.gaps if each.certain]
    own = [each for each in certain if not _inherited(subject, each)]
    count = proof.gap_count - len(certain) + len(own)
    told = own[:TOLD]
    for number, gap in enumerate(told, 1):
        message = f"No rule answers{when(gap.words) or ' for some cases'}{_share(gap.share)}."
        message += place.case(gap.witness, gap.words)
        if number == len(told) < count:
            message += f" There are {count - number} more gaps like this in the table."
        # The row where the missing rule would be written.
        found = place.finding(CODE, f"A{place.next_row}", message, _new_rule(place, gap), witness=gap.witness)
        yield evolve(found, entries=tuple(_conditions(place, gap)))


def _inherited(subject: TableSubject, gap: Gap) -> bool:
    """Whether no value arrives from a table that gives none only where it has a gap, which is told of it."""
    nothing = {heading for heading, values in gap.words if values == "null"}
    for column in subject.place.table.columns:
        if column.label in nothing and isinstance(column.source, DecisionSource):
            table = subject.others[column.source.decision]
            entries = [entry for output in table.outputs for entry in output.all_entries]
            given = all(isinstance(each, Constant) and each.value is not None for each in entries)
            if table.hit_policy.one_answer and given:
                return True
    return False


def _share(share: float | None) -> str:
    if share is None:
        return ""
    percent = 100 * share
    if percent >= 100:
        return " (whatever the case)"
    # What is rare among combinations is a case all the same: a share that says nothing is left out.
    if percent < 0.01:
        return ""
    text = f"{percent:.0f}" if percent >= 10 else f"{percent:.2g}"
    return f" ({text} % of all combinations)"


def _conditions(place: TablePlace, gap: Gap) -> Iterator[tuple[str, str]]:
    """The cells of the missing rule's conditions, each with its text."""
    for clause, text in zip(place.table.table.inputs, gap.cells, strict=True):
        yield f"{column_letters(clause.cell.column)}{place.next_row}", text or "-"


def _new_rule(place: TablePlace, gap: Gap) -> str:
    row = place.next_row
    table = place.table.table
    told = zip(place.table.columns, _conditions(place, gap), gap.cells, strict=True)
    cells = [
        f'{text or _ANY} for "{column.label}"' if place.of_model else f"{text or _ANY} in {reference}"
        for column, (reference, _), text in told
        if text != "-"
    ]
    conditions = f"{listed(cells)}, - in its other conditions" if cells else "- in its conditions"
    if len(cells) == len(table.inputs):
        conditions = listed(cells)
    if place.of_model:
        return f"Add a rule: {conditions}, with what should follow; or widen a rule that should answer."
    output = f"{column_letters(table.outputs[0].cell.column)}{row}"
    return (
        f"Add a rule in row {row}: {conditions}, and what should follow from {output} on; "
        "or widen a rule that should answer."
    )


CHECK = TableCheck(CODE, Question.COMPLETE, _find)
