"""What is said of the rows of criteria where facts are unknown: what all completions have in common.

docs/semantics.md, "What a record's keys mean".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from dmn_dli.model.cell import cell_name
from tests.reference.criteria import STATUSES, Criteria, Row, Status
from tests.reference.tables import plain


class Judged:
    """The rows over all completions of a case.

    facts: those that are given; statuses: of each completion; pairs: completions that differ only in a
    smallest set of missing facts, and of which different determinations come.
    """

    def __init__(
        self,
        criteria: Criteria,
        facts: Mapping[str, Any],
        statuses: Sequence[Mapping[str, Status]],
        pairs: Sequence[tuple[int, int]],
    ) -> None:
        self.criteria = criteria
        self.facts = facts
        self.statuses = statuses
        self.pairs = pairs

    @cached_property
    def entries(self) -> list[dict[str, Any]]:
        """The record's `criteria`."""
        return [self._entry(row) for row in self.criteria.rows.values()]

    def met_always(self, name: str) -> bool:
        """Whether a row is met in every completion."""
        return all(each[name] is True for each in self.statuses)

    def applies(self, name: str) -> bool | None:
        """Whether a row applies; null where that is open."""
        found = {each[name] is not None for each in self.statuses}
        return found.pop() if len(found) == 1 else None

    def status(self, name: str) -> str:
        """Judged over the completions in which the row applies."""
        found = {each[name] for each in self.statuses} - {None}
        return "unknown" if len(found) > 1 else STATUSES[found.pop() if found else None]

    def matters(self, name: str) -> bool:
        """Whether different determinations come with a different status of a row."""
        return any(self.statuses[a][name] is not self.statuses[b][name] for a, b in self.pairs)

    def finding(self, name: str) -> str:
        """A row in words: a criterion with what is given of it, a group with its members that apply.

        A member applies here where it does in one completion at least: what may still apply is told.
        """
        row, criteria = self.criteria.rows[name], self.criteria
        requirement = row.row.requirement.text.strip()
        if not row.needs:
            parts = {"given": self._given(name).values(), "not given": self._not_given(name).values()}
            told = "; ".join(f"{part}: {', '.join(words)}" for part, words in parts.items() if words)
            return f"{requirement} ({told})" if told else requirement
        members = [each for each in row.members if self.applies(each) is not False]
        told = "; ".join(
            f"[{self.finding(each)}]" if criteria.rows[each].needs else self.finding(each) for each in members
        )
        return f"{requirement}: {told}" if told else requirement

    def item(self, name: str) -> str:
        """A row as an item of `unmet_criteria`."""
        return f"{self.criteria.rows[name].row.id}: {self.finding(name)}"

    def reasons(self, determination: Any) -> list[str]:
        """The rows that say why: members, met in every completion, of the groups that apply and claim it."""
        return [
            member
            for name, means in self.criteria.claims().items()
            if means == determination and self.applies(name)
            for member in self.criteria.rows[name].members
            if self.met_always(member)
        ]

    def _given(self, name: str) -> dict[str, str]:
        read = self.criteria.facts(name)
        dictionary = self.criteria.linked.dictionary.facts
        return {
            fact.name: f"{fact.label} {_in_words(self.facts[fact.name])} {fact.unit}".rstrip()
            for fact in dictionary
            if fact.name in read and fact.name in self.facts
        }

    def _not_given(self, name: str) -> dict[str, str]:
        read = self.criteria.facts(name)
        dictionary = self.criteria.linked.dictionary.facts
        return {
            fact.name: fact.label for fact in dictionary if fact.name in read and fact.name not in self.facts
        }

    def _entry(self, row: Row) -> dict[str, Any]:
        name = row.name
        return {
            "sheet": row.sheet.name,
            "id": row.row.id,
            "part_of": row.row.part_of.text or None,
            "needs": row.needs or None,
            "means": row.means,
            "requirement": row.row.requirement.text.strip(),
            "applies": self.applies(name),
            "status": self.status(name),
            "facts": {fact: plain(self.facts[fact]) for fact in self._given(name)},
            "not_given": list(self._not_given(name)),
            "matters": self.matters(name),
            "finding": self.finding(name),
            "citation": row.citation,
            "evidence": [line.strip() for line in row.row.evidence.text.split("\n") if line.strip()],
            "cell": cell_name(row.sheet.sheet, row.row.cell.reference),
        }


def _in_words(value: Any) -> Any:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "null" if value is None else plain(value)
