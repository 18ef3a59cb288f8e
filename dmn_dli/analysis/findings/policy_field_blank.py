"""DT617: a field of the Policy sheet stands there without a value that readers of the record expect."""

from __future__ import annotations

from attrs import evolve

from dmn_dli.analysis.checks import Findings, PolicyCheck
from dmn_dli.analysis.place import policy_finding
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.tables.linked import LinkedPolicy

CODE = Code(
    "DT617",
    Kind.VERSION,
    Severity.WARNING,
    "A field of the Policy sheet is blank.",
    "Enter what the document prints.",
)
_MAY_BE_LACKING = (
    "Enter what the document prints; where it prints none, leave it blank: of a policy in force this is not "
    "said."
)

_DUE = ("Source document", "Last review")
_DUE_IN_DRAFTS = ("Next review",)


def _find(policy: LinkedPolicy) -> Findings:
    fields = policy.workbook.policy
    if policy.workbook.generic:
        return
    for name in (*_DUE, *(_DUE_IN_DRAFTS if fields.draft else ())):
        if name in fields.blank:
            found = policy_finding(CODE, policy.workbook, f"{name} is blank.", name)
            yield found if name in _DUE else evolve(found, remedy=_MAY_BE_LACKING)


CHECK = PolicyCheck(CODE, _find)
