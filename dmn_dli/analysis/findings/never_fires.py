"""DT515: no case leads to a rule."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT515",
    Kind.UNREACHABLE,
    Severity.WARNING,
    "No case leads to a rule.",
    "Correct the rule's conditions; or delete it, or write retired in a NOTE column Status.",
)


def _find(subject: TableSubject) -> Findings:
    place = subject.place
    for idle in subject.idle.silent if subject.idle.settled else ():
        rule = place.rule(idle.rule)
        cell, why = rule.cell, "what its conditions ask for never comes together"
        if idle.column is not None:
            column = place.table.columns[idle.column]
            cell = column.cells[idle.rule]
            why = f'"{cell.text}" accepts no value that "{column.label}" can have'
        message = f'No case leads to the rule "{rule.id}": {why}.'
        yield place.finding(CODE, cell, message, rules=[idle.rule])


CHECK = TableCheck(CODE, Question.RULES, _find)
