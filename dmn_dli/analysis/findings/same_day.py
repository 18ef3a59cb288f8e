"""DT502: two workbooks of one payer take effect on the same day."""

from __future__ import annotations

from datetime import date

from dmn_dli.analysis.checks import Findings, SeriesCheck
from dmn_dli.analysis.place import policy_finding
from dmn_dli.analysis.subject import Series
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.model.workbook import Workbook

CODE = Code(
    "DT502",
    Kind.VERSION,
    Severity.ERROR,
    "Two workbooks of one payer take effect on the same day.",
    "Correct Effective from in one of them, or write draft or withdrawn beside Status in the one that is not "
    "in force.",
)


def _find(series: Series) -> Findings:
    for versions in series.versions():
        first: dict[date, Workbook] = {}
        for start, workbook in versions:
            other = first.setdefault(start, workbook)
            if other is not workbook:
                message = (
                    f'"{other.name}" is a policy of "{workbook.policy.payer}" that takes effect on '
                    f"{start.isoformat()} too; neither can be used for that time."
                )
                yield policy_finding(CODE, workbook, message, "Effective from")


CHECK = SeriesCheck(CODE, _find)
