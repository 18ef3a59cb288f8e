"""DT503: two versions of a payer's policy are in force on the same days."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, SeriesCheck
from dmn_dli.analysis.place import policy_finding
from dmn_dli.analysis.subject import Series
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT503",
    Kind.VERSION,
    Severity.WARNING,
    "Two versions of a payer's policy are in force on the same days.",
    "Empty Effective to in the earlier workbook (it then ends the day before the next), or mend the dates.",
)


def _find(series: Series) -> Findings:
    for workbook, end, start, following in series.ends():
        if end >= start:
            message = (
                f'This version ends on {end.isoformat()}, but "{following.name}" takes effect on '
                f"{start.isoformat()} and decides from then on."
            )
            yield policy_finding(CODE, workbook, message, "Effective to")


CHECK = SeriesCheck(CODE, _find)
