"""What is wrong with allowed values that can be read, be they the dictionary's or those of a row 4."""

from __future__ import annotations

from dmn_dli.linking import codes
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell
from dmn_dli.tables.allowed_values import alike
from dmn_dli.tables.linked import AllowedValues

_ANY = "-"


def judge_allowed(allowed: AllowedValues, cell: Cell, subject: str, reporter: Reporter) -> None:
    """Report values that a cell could not name without being taken for another, or for any value.

    subject: what lists them, for messages: `The dictionary's "Blood group"`, `Row 4`.
    """
    for first, second in alike(allowed.values or ()):
        reporter.add(
            codes.ALLOWED_ALIKE,
            cell,
            f'{subject} lists "{first}" and "{second}", which differ in letter case only.',
        )
    if _ANY in (allowed.values or ()):
        reporter.add(
            codes.ALLOWED_ANY, cell, f'{subject} lists the value "{_ANY}", which in a cell means any value.'
        )
