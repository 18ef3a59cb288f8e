"""Row 4 of a payer's final decision: the determinations that its policy gives, in words that are known."""

from __future__ import annotations

from dmn_dli.linking import codes
from dmn_dli.linking.outputs import OutputContext
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.determinations import DETERMINATIONS
from dmn_dli.runtime.nearest import did_you_mean
from dmn_dli.runtime.words import folded


def judge_determinations(context: OutputContext, reporter: Reporter) -> None:
    """Report determinations that nobody knows; context: the first output of a payer's final decision."""
    for value in context.allowed.values or () if context.allowed else ():
        if folded(value) not in DETERMINATIONS:
            reporter.add(
                codes.DETERMINATION_UNKNOWN,
                context.clause.values_cell or context.clause.cell,
                f'Row 4 lists the determination "{value}", which is none of those known.'
                + did_you_mean(str(value), DETERMINATIONS),
            )
