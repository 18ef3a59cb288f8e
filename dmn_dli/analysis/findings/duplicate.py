"""DT518: two rules have the same conditions and the same results."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code("DT518", Kind.REDUNDANT, Severity.WARNING, "Two rules say the same.", "Delete one of the two.")


def _find(subject: TableSubject) -> Findings:
    place = subject.place
    for later, earlier in subject.doubled.items():
        pair = (earlier, later)
        message = f"The rules {place.named(pair)} have the same conditions and the same results."
        yield place.finding(CODE, place.rule(later).cell, message, rules=pair)


CHECK = TableCheck(CODE, Question.RULES, _find)
