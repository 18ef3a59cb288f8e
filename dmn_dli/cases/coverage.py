"""What the cases of a sheet try: rules that some case uses, criteria that one meets and another does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.criterion import MET, NOT_MET
from dmn_dli.runtime.record import NO_POLICY


@frozen
class Coverage:
    """How many rules in force a decision has, and which of them no case used (ids in sheet order).

    used: for each rule that some case used, those cases, as places among the cases in the order of the sheet.
    """

    decision: str
    rules: int
    uncovered: tuple[str, ...]
    used: Mapping[str, tuple[int, ...]] = field(factory=dict)

    @property
    def covered(self) -> int:
        """How many rules some case used."""
        return self.rules - len(self.uncovered)


@frozen
class CriteriaCoverage:
    """How many rows in force a sheet of criteria has, and which of them no case tries on both sides.

    never_met, never_not_met: the ids, in sheet order, of the rows that no case has met, and not met.
    """

    sheet: str
    criteria: int
    never_met: tuple[str, ...]
    never_not_met: tuple[str, ...]

    @property
    def covered(self) -> int:
        """How many rows are met in some case and not met in another."""
        return self.criteria - len({*self.never_met, *self.never_not_met})


class Tried:
    """What the cases of a sheet have tried so far."""

    def __init__(self, kernel: PolicyKernel) -> None:
        """Take the policy that decides them."""
        self.kernel = kernel
        self._used: dict[str, dict[str, list[int]]] = {each.name: {} for each in kernel.tables}
        self._stood: dict[tuple[str, str], set[str]] = {
            (row.sheet, row.id): set() for row in kernel.policy.criteria
        }

    def add(self, record: Mapping[str, Any], facts: Mapping[str, Any], case: int) -> None:
        """Take a case, by its place among the cases, with its record.

        A date outside the version tries nothing.
        """
        if record["determination"] == NO_POLICY:
            return
        for decision, rules in self.kernel.contributing_rules(facts).items():
            for rule in dict.fromkeys(rules):
                self._used[decision].setdefault(rule, []).append(case)
        for row in record["criteria"]:
            self._stood[row["sheet"], row["id"]].add(row["status"])

    def rules(self) -> Iterator[Coverage]:
        """Each table's rules in force, in sheet order."""
        for decision in sorted(self.kernel.tables, key=lambda each: each.decision.position):
            used, rules = self._used[decision.name], list(decision.decision.rules)
            uncovered = tuple(rule for rule in rules if rule not in used)
            cases = {rule: tuple(used[rule]) for rule in rules if rule in used}
            yield Coverage(decision.name, len(rules), uncovered, cases)

    def criteria(self) -> Iterator[CriteriaCoverage]:
        """Each sheet of criteria, in the order of the workbook."""
        for sheet in dict.fromkeys(sheet for sheet, _ in self._stood):
            rows = {id_: stood for (name, id_), stood in self._stood.items() if name == sheet}
            lacking = [tuple(id_ for id_ in rows if status not in rows[id_]) for status in (MET, NOT_MET)]
            yield CriteriaCoverage(sheet, len(rows), *lacking)
