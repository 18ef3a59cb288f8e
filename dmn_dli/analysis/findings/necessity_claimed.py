"""DT612: medical necessity is not claimed by exactly one group that applies where the policy speaks."""

from __future__ import annotations

from dmn_dli.analysis.checks import CriteriaCheck, Findings
from dmn_dli.analysis.criteria_subject import CriteriaSubject
from dmn_dli.model.finding import Code, Kind, Severity
from dmn_dli.runtime.criteria import MEDICALLY_NECESSARY, NOT_ADDRESSED

CODE = Code(
    "DT612",
    Kind.CLAIM,
    Severity.ERROR,
    f'Not exactly one group that claims "{MEDICALLY_NECESSARY}" applies where the policy addresses a case.',
    "State in the IF cells of each such group where it applies: one of them wherever the final decision "
    f'gives anything but "{NOT_ADDRESSED}", and none elsewhere.',
)


def _find(subject: CriteriaSubject) -> Findings:
    yield from subject.necessity.findings(CODE)


CHECK = CriteriaCheck(CODE, _find)
