"""DT516: others come before a rule of an F or P table on every case that it accepts."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT516",
    Kind.UNREACHABLE,
    Severity.WARNING,
    "Other rules always come before a rule.",
    "Move the rule up, correct its conditions, or delete it.",
)

_NAMED = 6
"""How many rules that beat another are named in its message."""


def _find(subject: TableSubject) -> Findings:
    place = subject.place
    for idle in subject.idle.beaten:
        rule = place.rule(idle.rule)
        plural = len(idle.by) > 1
        named = place.named(idle.by)
        if len(idle.by) > _NAMED:
            named = f"{len(idle.by)} rules, among them {place.named(idle.by[:_NAMED])},"
        message = (
            f'The rule "{rule.id}" can never win: {named} '
            f"{'together match' if plural else 'matches'} every case it matches, "
            f"and {'come' if plural else 'comes'} before it."
        )
        yield place.finding(CODE, rule.cell, message, rules=[idle.rule, *idle.by])


CHECK = TableCheck(CODE, Question.RULES, _find)
