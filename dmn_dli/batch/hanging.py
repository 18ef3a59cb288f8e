"""What a record says by its criteria, of which the state of the final decision alone does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.runtime.kernel import Kernel


def hanging_on_criteria(kernel: Kernel, facts: Mapping[str, Any]) -> frozenset[str]:
    """The columns that differ with the criteria among cases that leave the final decision as this one does.

    They are those of `runtime.criteria.texts_of` that the deciding rule does not say, and what is unmet.
    """
    if not kernel.policy.criteria:
        return frozenset()
    final = kernel.final.residual(kernel.case_reader.atoms(facts))
    decided = len(final.determinations) == 1
    determination = final.determinations[0] if decided else None
    found = {key for key in ("reason", "citation") if decided and final.quoted[key] is None}
    if kernel.criteria.open_items(determination):
        found.add("unmet_criteria")
    return frozenset(found)


def criteria_cited(kernel: Kernel, facts: Mapping[str, Any]) -> list[str]:
    """The decisions of the criteria that may be cited of a case whose determination is settled.

    They are those that may be unmet beside it, and those that may bear it out.
    """
    sheets = kernel.criteria
    determination = kernel.final.residual(kernel.case_reader.atoms(facts)).determinations[0]
    rows = [item.row for item in sheets.open_items(determination)]
    for row in sheets.claiming:
        if sheets.criteria[row].means == determination:
            rows += [row, *sheets.criteria[row].members]
    return [sheets.criteria[row].decision for row in sorted({*rows})]
