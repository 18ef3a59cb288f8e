"""DT504: no version of a payer's policy is in force on some days between two versions."""

from __future__ import annotations

from datetime import timedelta

from dmn_dli.analysis.checks import Findings, SeriesCheck
from dmn_dli.analysis.place import policy_finding
from dmn_dli.analysis.subject import Series
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT504",
    Kind.VERSION,
    Severity.WARNING,
    "No version of a payer's policy is in force on some days between two versions.",
    "Empty Effective to in the earlier workbook (it then ends the day before the next), or add the version "
    "that is missing.",
)


def _find(series: Series) -> Findings:
    for workbook, end, start, following in series.ends():
        first, last = end + timedelta(days=1), start - timedelta(days=1)
        if first <= last:
            message = (
                f'This version ends on {end.isoformat()}, and the next one, "{following.name}", takes effect '
                f"on {start.isoformat()}: no policy is on file from {first.isoformat()} to "
                f"{last.isoformat()}."
            )
            yield policy_finding(CODE, workbook, message, "Effective to")


CHECK = SeriesCheck(CODE, _find)
