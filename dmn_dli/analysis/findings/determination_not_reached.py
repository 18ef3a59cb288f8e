"""DT604: no case leads to a determination that row 4 of the final decision lists."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.analysis.unreached import unreached_findings
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT604",
    Kind.UNREACHABLE,
    Severity.WARNING,
    "No case leads to a determination that row 4 of the final decision lists.",
    "Add the rule that should give it, or delete the value from row 4.",
)


def _find(subject: TableSubject) -> Findings:
    if subject.final:
        yield from unreached_findings(subject, CODE, 0)


CHECK = TableCheck(CODE, Question.RESULTS, _find)
