"""DT501: the day on which the policy was to be reviewed has passed; that ends no policy."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, SeriesCheck
from dmn_dli.analysis.place import policy_finding
from dmn_dli.analysis.subject import Series
from dmn_dli.model.finding import Code, Kind, Severity

CODE = Code(
    "DT501",
    Kind.VERSION,
    Severity.WARNING,
    "The policy's review date has passed.",
    "Look for a newer version of the policy; if there is none, enter the new date beside Next review.",
)


def _find(series: Series) -> Findings:
    for workbook in series.workbooks:
        due = workbook.policy.next_review
        if due is not None and due < series.today:
            message = f"The review was due on {due.isoformat()}; the policy stays in force."
            yield policy_finding(CODE, workbook, message, "Next review")


CHECK = SeriesCheck(CODE, _find)
