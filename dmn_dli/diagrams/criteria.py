"""The rows of sheets of criteria as the compiled policy has them: what records quote of them."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from dmn_dli.feel.json_values import feel_json
from dmn_dli.model.cell import cell_name
from dmn_dli.model.repair import trim
from dmn_dli.runtime.policy import Criterion
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.tables.logic import Outcome


def stands_among(values: Container[object], outcome: Any) -> bool:
    """Whether an outcome of a row is one of these values: true, false, null; a problem is none."""
    return isinstance(outcome, Outcome) and outcome.conflict is None and outcome.value in values


def compiled_criteria(policy: LinkedPolicy) -> tuple[Criterion, ...]:
    """The rows in force, in the order of the sheets."""
    positions = {each.name: position for position, each in enumerate(policy.criteria)}
    rows = {
        (sheet.name, row.id): (sheet, row) for sheet in policy.workbook.criteria for row in sheet.in_force
    }
    found = []
    for decision in policy.criteria:
        linked = decision.criterion
        assert linked is not None, "these are rows of sheets"
        sheet, row = rows[linked.sheet, linked.id]
        asked = policy.asked(decision.name)
        found.append(
            Criterion(
                sheet=sheet.name,
                id=row.id,
                part_of=None if linked.group is None else linked.group[len(sheet.name) + 1 :],
                needs=None if linked.needs is None else str(linked.needs),
                means=feel_json(linked.means),
                requirement=row.requirement.text,
                citation=sheet.note(row, "Citation").strip() or None,
                evidence=tuple(line for line in map(trim, row.evidence.text.splitlines()) if line),
                cell=cell_name(sheet.sheet, row.cell.reference),
                decision=decision.name,
                facts=tuple(fact.name for fact in policy.dictionary.facts if fact.name in asked),
                members=tuple(positions[member] for member in linked.members),
            )
        )
    return tuple(found)
