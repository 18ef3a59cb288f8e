"""DT519: without a rule every result would be the same."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT519",
    Kind.REDUNDANT,
    Severity.INFO,
    "A rule changes nothing: other rules give the same results without it.",
    "Delete the rule, or keep it if it makes the table easier to read.",
)


def _find(subject: TableSubject) -> Findings:
    place = subject.place
    for rule in subject.spare:
        message = f"Without the rule {place.named([rule])} every result would be the same."
        yield place.finding(CODE, place.rule(rule).cell, message, rules=[rule])


CHECK = TableCheck(CODE, Question.RULES, _find)
