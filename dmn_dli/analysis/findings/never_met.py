"""DT614: a criterion that no possible case meets."""

from __future__ import annotations

from dmn_dli.analysis.checks import CriteriaCheck, Findings
from dmn_dli.analysis.criteria_subject import CriteriaSubject
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT614",
    Kind.UNREACHABLE,
    Severity.WARNING,
    "A criterion is met by no possible case.",
    "Correct its IF cells or those of its groups, or the assumptions; or delete the criterion.",
)


def _find(subject: CriteriaSubject) -> Findings:
    for row, values in subject.values_of_criteria:
        if values and True not in values:
            does = "does not apply to" if values == {None} else "is not met by"
            message = f'The criterion "{row.criterion.id}" {does} any possible case.'
            yield row.place.finding(CODE, row.place.table.table.outputs[0].cell, message)


CHECK = CriteriaCheck(CODE, _find)
