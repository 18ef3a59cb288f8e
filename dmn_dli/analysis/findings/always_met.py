"""DT613: a criterion that every possible case meets."""

from __future__ import annotations

from dmn_dli.analysis.checks import CriteriaCheck, Findings
from dmn_dli.analysis.criteria_subject import CriteriaSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT613",
    Kind.REDUNDANT,
    Severity.WARNING,
    "A criterion is met by every possible case.",
    "Correct its IF cells, or the assumptions; or delete the criterion, which asks for nothing.",
)


def _find(subject: CriteriaSubject) -> Findings:
    for row, values in subject.values_of_criteria:
        if True in values and False not in values:
            where = " in which it applies" if None in values else ""
            message = f'Every possible case{where} meets the criterion "{row.criterion.id}".'
            yield row.place.finding(CODE, row.place.table.table.outputs[0].cell, message)


CHECK = CriteriaCheck(CODE, _find)
