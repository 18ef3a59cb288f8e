"""Which policies' rows are settled by the states of their decisions."""

from __future__ import annotations

from dmn_dli.evaluate.kernel import PolicyKernel

_PLAIN = frozenset({"conflict", "arrival", "gap", "upstream"})
"""What may be wrong with an outcome that is known all the same."""

MOST_VARIABLES = 60
"""For how many facts a policy may ask, that those that matter may be bits of one number."""


def settled_by_states(kernel: PolicyKernel) -> bool:
    """Whether the diagrams say what is left of a case, and all outcomes are known and possible."""
    return (
        kernel.analysable
        and not kernel.policy.assumptions
        and kernel.policy.variables <= MOST_VARIABLES
        and all(
            each.diagram is not None
            and not each.decision.parts
            and all(not view.trouble or view.trouble[0] in _PLAIN for view in each.decision.outcomes)
            for each in kernel.decisions
        )
    )
