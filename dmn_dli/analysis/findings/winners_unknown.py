"""DT517: which rules of a table never decide a case cannot be decided."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.place import HIT_POLICY_CELL
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT517",
    Kind.UNKNOWN,
    Severity.INFO,
    "It cannot be decided which rules of a table never decide a case.",
    "Nothing need be done; splitting the table into two makes it decidable.",
)


def _find(subject: TableSubject) -> Findings:
    if not subject.idle.settled:
        message = "Which rules never decide a case cannot be decided: there are too many combinations."
        yield subject.place.finding(CODE, HIT_POLICY_CELL, message)


CHECK = TableCheck(CODE, Question.RULES, _find)
