"""DT518: two rules have the same conditions and the same results."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.redundancy import notes_of
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code("DT518", Kind.REDUNDANT, Severity.WARNING, "Two rules say the same.", "Delete one of the two.")


_IN_A_LIST = "Delete one of the two, unless the list is to hold the result twice."
_OTHER_NOTES = "Delete one of the two, and write what its notes say into those of the other."


def _find(subject: TableSubject) -> Findings:
    place = subject.place
    for later, earlier in subject.doubled.items():
        pair = (earlier, later)
        message = f"The rules {place.named(pair)} have the same conditions and the same results."
        yield place.finding(CODE, place.rule(later).cell, message, _remedy(subject, pair), pair)


def _remedy(subject: TableSubject, pair: tuple[int, int]) -> str:
    """How to delete one without changing what the table says."""
    if subject.hit_policy.gives_list:
        return _IN_A_LIST
    notes = {notes_of(subject.place.table, rule) for rule in pair}
    return _OTHER_NOTES if subject.hit_policy.one_answer and len(notes) > 1 else ""


CHECK = TableCheck(CODE, Question.RULES, _find)
