"""DT523: no case leads to a result that row 4 lists."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, Question, TableCheck
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.analysis.unreached import unreached_findings
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT523",
    Kind.UNUSED,
    Severity.WARNING,
    "No case leads to a result that row 4 lists.",
    "Add the rule that should give it, or delete the value from row 4.",
)


def _find(subject: TableSubject) -> Findings:
    for position in range(1 if subject.final else 0, len(subject.place.table.outputs)):
        yield from unreached_findings(subject, CODE, position)


CHECK = TableCheck(CODE, Question.RESULTS, _find)
