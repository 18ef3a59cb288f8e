"""DT607: the Change History of a payer's workbook is older than the policy it describes."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, PolicyCheck
from dmn_dli.analysis.place import policy_finding
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.tables.linked import LinkedPolicy

CODE = Code(
    "DT607",
    Kind.VERSION,
    Severity.WARNING,
    "The Change History is older than the policy it describes.",
    "Add a row that says what was changed for this version, or what was looked over.",
)


def _find(policy: LinkedPolicy) -> Findings:
    workbook = policy.workbook
    dates = [change.date for change in workbook.changes if change.date is not None]
    review = workbook.policy.last_review
    if not workbook.generic and dates and review is not None and max(dates) < review:
        message = (
            f"The newest entry of the Change History is of {max(dates).isoformat()}, but the policy was last "
            f"reviewed on {review.isoformat()}."
        )
        yield policy_finding(CODE, workbook, message, "Last review")


CHECK = PolicyCheck(CODE, _find)
