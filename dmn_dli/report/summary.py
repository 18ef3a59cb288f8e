"""How often payers gave which determination, and which criteria were unmet: counts, which add up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.report.records import plain

MOST = 1_000
"""How many determinations, and how many unmet criteria, of a payer are told apart; the rest is one number.

Those of a generic workbook may be any values, such as a fee for each case.
"""


class Unmet(NamedTuple):
    """An unmet criterion as it is counted: without what the case gives. id: None of a text from a table."""

    id: str | None
    requirement: str


class Tally:
    """Counts of things, in the order in which these came; of all beyond the first `most` together."""

    def __init__(self, most: int | None) -> None:
        """most: None where all are told apart."""
        self.most = most
        self.counts: dict[Any, int] = {}
        self.others = 0

    def count(self, thing: Any, number: int) -> None:
        """Count a thing some times more."""
        if thing in self.counts or self.most is None or len(self.counts) < self.most:
            self.counts[thing] = self.counts.get(thing, 0) + number
        else:
            self.others += number

    def merge(self, later: Tally) -> None:
        """Count what came later."""
        for thing, number in later.counts.items():
            self.count(thing, number)
        self.others += later.others

    def total(self) -> int:
        """How often anything was counted."""
        return sum(self.counts.values()) + self.others


class PayerCounts:
    """What is counted of one payer's records: determinations as JSON, kinds of errors, unmet criteria."""

    def __init__(self, most: int | None) -> None:
        """most: as of a tally."""
        self.records = 0
        self.determinations = Tally(most)
        self.errors = Tally(None)
        self.unmet = Tally(most)

    def merge(self, later: PayerCounts) -> None:
        """Count what came later."""
        self.records += later.records
        self.determinations.merge(later.determinations)
        self.errors.merge(later.errors)
        self.unmet.merge(later.unmet)


class Summary:
    """Counts of records by payer; those for payers that the tables do not know stand under None."""

    def __init__(self, series: Mapping[str, KernelSeries], most: int | None = MOST) -> None:
        """Take the payers whose records come. most: None for a part, which is merged with others."""
        self.cases = 0
        self.most = most
        self.complete = True
        """Whether all files could be read to their end."""
        self.payers: dict[str | None, PayerCounts] = {}
        self._criteria = {payer: _criteria(each) for payer, each in series.items()}
        self._unmet: dict[tuple[str, str], Unmet] = {}

    def case(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Count the records of a case."""
        self.cases += 1
        for record in records:
            payer = record["payer"]
            if "error" in record:
                self.error(payer, record)
            else:
                self.determination(payer, record["determination"], 1)
                for item in record["unmet_criteria"]:
                    self.unmet(payer, item, 1)

    def of(self, payer: str) -> PayerCounts:
        """The counts of a payer."""
        known = payer if payer in self._criteria else None
        found = self.payers.get(known)
        if found is None:
            found = self.payers[known] = PayerCounts(self.most)
        return found

    def error(self, payer: str, record: Mapping[str, Any]) -> None:
        """Count an error record."""
        counts = self.of(payer)
        counts.records += 1
        counts.errors.count(record["error"]["kind"], 1)

    def determination(self, payer: str, value: Any, number: int) -> None:
        """Count records with a determination."""
        counts = self.of(payer)
        counts.records += number
        counts.determinations.count(json.dumps(value, ensure_ascii=False, default=plain), number)

    def unmet(self, payer: str, item: Any, number: int) -> None:
        """Count records with an item of `unmet_criteria`."""
        text = item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, default=plain)
        found = self._unmet.get((payer, text))
        if found is None:
            if len(self._unmet) >= MOST:
                self._unmet.clear()
            found = self._unmet[payer, text] = self._named(payer, text)
        self.of(payer).unmet.count(found, number)

    def _named(self, payer: str, text: str) -> Unmet:
        """The criterion that an item speaks of; behind id and requirement it says what the case gives."""
        for said, criterion in self._criteria[payer]:
            if text.startswith(said) and text[len(said) :][:2] in ("", " (", ": "):
                return criterion
        return Unmet(None, text)

    def merge(self, later: Summary) -> None:
        """Count what came later, as if its cases had come here."""
        self.cases += later.cases
        self.complete = self.complete and later.complete
        for payer, counts in later.payers.items():
            self.payers.setdefault(payer, PayerCounts(self.most)).merge(counts)


def _criteria(series: KernelSeries) -> list[tuple[str, Unmet]]:
    """What items on the criteria of a payer's versions begin with; the longest first, which says most."""
    found = {
        f"{each.id}: {each.requirement}": Unmet(each.id, each.requirement)
        for kernel in series.deciding
        for each in kernel.policy.criteria
    }
    return sorted(found.items(), key=lambda each: (-len(each[0]), each[0]))
