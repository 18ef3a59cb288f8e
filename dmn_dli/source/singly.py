"""A single decision of a compiled module, where conditions on known values do not say it all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.runtime.errors import CaseError, problem
from dmn_dli.runtime.kernel import Kernel
from dmn_dli.runtime.policy import Outcome


def by_diagram(kernel: Kernel, name: str, facts: Mapping[str, Any]) -> Outcome:
    """A decision's outcome for facts that settle it. Raises CaseError where they do not."""
    atoms = kernel.case_reader.atoms(facts)
    left = next(each for each in kernel.decisions if each.name == name).residual(atoms)
    if not left.single:
        raise CaseError([problem(f"The facts do not settle {name}.", decision=name)])
    return left.decision.outcomes[left.outcomes[0].number]
