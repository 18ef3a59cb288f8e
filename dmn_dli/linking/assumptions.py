"""Assumptions: conditions over facts that hold of every real case; other combinations never arrive."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.feel import (
    FeelSyntaxError,
    FeelType,
    FeelUnsupported,
    compile_expression,
    free_names,
    infer,
    syntax,
    try_constants,
)
from dmn_dli.linking import codes
from dmn_dli.linking.expressions import parse, report_syntax, well_typed
from dmn_dli.linking.names import gather_names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import CellKind, cell_name
from dmn_dli.model.facts import Assumption, Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.tables.linked import LinkedAssumption

_REMEDY = 'Write a condition over facts, such as: malignancy = "none" or transplant != "none".'


def link_assumptions(
    assumptions: Sequence[Assumption], dictionary: Dictionary, file: str
) -> tuple[tuple[LinkedAssumption, ...], tuple[Finding, ...]]:
    """The assumptions of one file with names resolved, and what is wrong with them."""
    names = gather_names(dictionary, (), {})
    linked: list[LinkedAssumption] = []
    findings: list[Finding] = []
    for assumption in assumptions:
        cell = assumption.condition
        if cell.kind is not CellKind.TEXT:
            continue  # the reader has reported it
        reporter = Reporter(file, assumption.sheet)
        try:
            parsed = parse(cell.text, names)
            compile_expression(parsed.tree)
            try_constants(parsed.tree)
        except (FeelSyntaxError, FeelUnsupported) as error:
            report_syntax(error, cell.text, cell, "The assumption", reporter, _REMEDY)
        else:
            if well_typed(parsed, cell, names, reporter):
                if infer(parsed.tree, names.types).type not in (FeelType.BOOLEAN, FeelType.ANY):
                    reporter.add(
                        codes.TYPE,
                        cell,
                        f'The assumption reads "{cell.text}", which is neither true nor false.',
                        "Write a condition, such as a comparison.",
                    )
                place = cell_name(assumption.sheet, cell.reference)
                tree = parsed.tree
                linked.append(LinkedAssumption(cell, place, assumption.reason, tree, free_names(tree)))
        findings += reporter.findings
    return tuple(linked), tuple(findings)


def untraceable(
    assumptions: Sequence[LinkedAssumption], traced: Sequence[syntax.Node | None], file: str
) -> tuple[Finding, ...]:
    """Errors for assumptions that cannot be traced to facts, or to terms over several of them."""
    found = []
    for assumption, tree in zip(assumptions, traced, strict=True):
        if tree is None:
            reporter = Reporter(file, assumption.place.partition("!")[0].strip("'"))
            reporter.add(
                codes.UNSUPPORTED,
                assumption.cell,
                f'The assumption reads "{assumption.cell.text}"; an assumption may compare what '
                "facts say, and what is reckoned with them, and no more.",
                "Write it with comparisons of facts, such as: lean_mass < weight; or leave it out.",
            )
            found += reporter.findings
    return tuple(found)
