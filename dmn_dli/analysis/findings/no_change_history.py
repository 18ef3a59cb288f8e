"""DT606: a payer's workbook does not say who changed what and why."""

from __future__ import annotations

from dmn_dli.analysis.checks import Findings, PolicyCheck
from dmn_dli.analysis.place import policy_finding
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.tables.linked import LinkedPolicy

CODE = Code(
    "DT606",
    Kind.VERSION,
    Severity.INFO,
    "The workbook does not say who changed what and why.",
    "Add a sheet Change History with the headings date, who, what and why, and a row for each change.",
)


def _find(policy: LinkedPolicy) -> Findings:
    if not policy.workbook.generic and not policy.workbook.changes:
        message = "The workbook has no Change History, or nothing stands in it."
        yield policy_finding(CODE, policy.workbook, message)


CHECK = PolicyCheck(CODE, _find)
