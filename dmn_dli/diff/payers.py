"""Where two payers decide differently, over all cases with every fact known."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.behaviour import Behaviour
from dmn_dli.diff.compare import compare
from dmn_dli.evaluate.kernel import PolicyKernel


@frozen
class PayerPair:
    """Two payers, the workbooks of the versions that are compared, and where these decide differently."""

    payers: tuple[str, str]
    workbooks: tuple[str, str]
    behaviour: Behaviour


def compare_payers(first: PolicyKernel, second: PolicyKernel) -> PayerPair:
    """All regions of facts in which two policies give different determinations."""
    behaviour = compare(first.linked, second.linked, [Aspect.DETERMINATION])
    return PayerPair((first.payer, second.payer), (first.workbook, second.workbook), behaviour)
