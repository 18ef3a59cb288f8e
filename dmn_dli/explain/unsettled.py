"""What is left to ask for once a determination is settled: which criteria are unmet."""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.runtime.kernel import Kernel
from dmn_dli.runtime.record import LISTS
from dmn_dli.runtime.residual import Residual


def unsettled_criteria(kernel: Kernel, found: Mapping[str, Residual]) -> set[int]:
    """The variables of unknown facts on which it depends which criteria are unmet.

    found: what the facts leave of each decision; the determination is settled.
    """
    if kernel.policy.criteria:
        (determination,) = found[kernel.final.name].determinations
        return kernel.criteria.unsettled(found, determination)
    listed = kernel.named(LISTS["unmet_criteria"])
    return found[listed.name].item_variables if listed else set()
