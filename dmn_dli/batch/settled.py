"""Which policies' rows are settled by the states of their decisions."""

from __future__ import annotations

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.kernel import DecisionKernel

_PLAIN = frozenset({"conflict", "arrival", "gap", "upstream", "impossible"})
"""What may be wrong with an outcome that is known all the same."""

MOST_VARIABLES = 60
"""For how many facts a policy may ask, that those that matter may be bits of one number."""


def settled_by_states(kernel: PolicyKernel) -> bool:
    """Whether states say what is left of a case, and all outcomes are known.

    They are those of diagrams, and of tables that are too large for one; assumptions are for diagrams alone.
    """
    return (
        (kernel.analysable or not (kernel.compiled.derived or kernel.null_notes.tables))
        and not (kernel.policy.assumptions and any(each.diagram is None for each in kernel.decisions))
        and kernel.policy.variables <= MOST_VARIABLES
        and all(_has_states(kernel, each) for each in kernel.decisions)
    )


def _has_states(kernel: PolicyKernel, decision: DecisionKernel) -> bool:
    if decision.diagram is None:
        from dmn_dli.batch.table_states import TableStates  # with it comes the reading of tables

        return TableStates.fits(kernel, decision)
    return decision.regular and all(
        not view.trouble or view.trouble[0] in _PLAIN for view in decision.decision.outcomes
    )
