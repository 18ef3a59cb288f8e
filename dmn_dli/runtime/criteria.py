"""What a record says of the rows of a sheet of criteria: each one's status, and what it is that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.runtime.policy import Criterion
from dmn_dli.runtime.residual import Residual
from dmn_dli.runtime.values import json_value

MEDICALLY_NECESSARY, NOT_ADDRESSED = "medically necessary", "not addressed"
"""Determinations beside which nothing is unmet."""

MET, NOT_MET, UNKNOWN, DOES_NOT_APPLY = "met", "not met", "unknown", "does not apply"
STATUSES = (MET, NOT_MET, UNKNOWN, DOES_NOT_APPLY)

_KEEP = 4_096
"""How many wordings of a criterion are held before it starts afresh."""

_NOT_GIVEN = object()


class Standing(NamedTuple):
    """How a row stands in a case. applies: None where some completions leave it open."""

    applies: bool | None
    status: str


def _standing(values: frozenset[bool | None]) -> Standing:
    """How a row stands that has these values in some completion."""
    applying = values - {None}
    if not applying:
        return Standing(applies=False, status=DOES_NOT_APPLY)
    status = UNKNOWN if len(applying) > 1 else MET if True in applying else NOT_MET
    return Standing(None if None in values else True, status)


_OPEN: frozenset[bool | None] = frozenset((True, False, None))


class Said(NamedTuple):
    """The facts of a row that are given, as JSON, the names of those that are not, and all in words."""

    given: Mapping[str, Any]
    absent: Sequence[str]
    words: str


class Item(NamedTuple):
    """A row that is an unmet criterion where its decision has the value `failing`."""

    row: int
    failing: bool


class CriteriaSheets:
    """The sheets of criteria of a policy."""

    def __init__(
        self, criteria: Sequence[Criterion], readers: Mapping[str, FactReader], *, generic: bool
    ) -> None:
        """Take the compiled rows, and the readers of all facts in the order of the dictionary."""
        self.criteria = criteria
        self.readers = readers
        self.generic = generic
        self.facts = [[readers[name] for name in each.facts] for each in criteria]
        self.claiming = [row for row, each in enumerate(criteria) if each.means is not None]
        self.items = {row: [*self._items(row)] for row in self.claiming}
        self._worded: list[dict[tuple[Any, ...], Said]] = [{} for _ in criteria]

    def _items(self, row: int) -> Iterator[Item]:
        """What may be unmet of a group: of `all` its members, taken apart in the same way."""
        criterion = self.criteria[row]
        if criterion.needs == "all":
            for member in criterion.members:
                yield from self._items(member)
        elif criterion.needs == "none":
            yield from (Item(member, failing=True) for member in criterion.members)
        else:
            yield Item(row, failing=False)

    def case(
        self, found: Mapping[str, Residual], facts: Mapping[str, Any], determination: Any
    ) -> CriteriaOfCase:
        """The rows in a case; determination: None where it is not settled."""
        return CriteriaOfCase(self, [found[each.decision] for each in self.criteria], facts, determination)

    def said(self, row: int, facts: Mapping[str, Any]) -> Said:
        """What is said of a row's facts; `facts` as above."""
        readers = self.facts[row]
        key = tuple([facts.get(each.name, _NOT_GIVEN) for each in readers])
        worded = self._worded[row]
        found = worded.get(key)
        if found is None:
            if len(worded) >= _KEEP:
                worded.clear()
            found = worded[key] = _said(readers, key)
        return found


def _said(readers: Sequence[FactReader], values: Sequence[Any]) -> Said:
    pairs = [*zip(readers, values, strict=True)]
    given = [(each, value) for each, value in pairs if value is not _NOT_GIVEN]
    absent = [each for each, value in pairs if value is _NOT_GIVEN]
    parts = []
    if given:
        parts.append(f"given: {', '.join([each.given(value) for each, value in given])}")
    if absent:
        parts.append(f"not given: {', '.join([each.label for each in absent])}")
    return Said(
        {each.name: json_value(value) for each, value in given},
        [each.name for each in absent],
        f" ({'; '.join(parts)})" if parts else "",
    )


class CriteriaOfCase:
    """The rows of a policy's sheets of criteria in one case."""

    def __init__(
        self,
        sheets: CriteriaSheets,
        residuals: Sequence[Residual],
        facts: Mapping[str, Any],
        determination: Any,
    ) -> None:
        """Take what the facts leave of each row, and the facts as they are given."""
        self.sheets = sheets
        self.criteria = sheets.criteria
        self.residuals = residuals
        self.facts = facts
        self.determination = determination
        self.standings = [_standing(_values(each)) for each in residuals]

    def records(self, final: Residual | None) -> list[dict[str, Any]]:
        """The rows as the record has them; final: the final decision where it is not settled."""
        return [self._record(row, final) for row in range(len(self.criteria))]

    def _record(self, row: int, final: Residual | None) -> dict[str, Any]:
        criterion, (applies, status) = self.criteria[row], self.standings[row]
        given, absent, _ = self.sheets.said(row, self.facts)
        residual = self.residuals[row]
        return {
            "sheet": criterion.sheet,
            "id": criterion.id,
            "part_of": criterion.part_of,
            "needs": criterion.needs,
            "means": criterion.means,
            "requirement": criterion.requirement,
            "applies": applies,
            "status": status,
            "facts": dict(given),
            "not_given": [*absent],
            "matters": final is not None and not residual.single and final.parts_with(residual),
            "finding": self.finding(row),
            "citation": criterion.citation,
            "evidence": [*criterion.evidence],
            "cell": criterion.cell,
        }

    def finding(self, row: int) -> str:
        """A row in words, with what is given; of a group those of its members that may apply."""
        criterion = self.criteria[row]
        if criterion.needs is None:
            return criterion.requirement + self.sheets.said(row, self.facts)[2]
        members = [
            f"[{self.finding(member)}]" if self.criteria[member].needs else self.finding(member)
            for member in criterion.members
            if self.standings[member].applies is not False
        ]
        return f"{criterion.requirement}: {'; '.join(members)}" if members else criterion.requirement

    @cached_property
    def unmet(self) -> list[int]:
        """The rows that are unmet in every completion."""
        return [item.row for item in self._open_items if self._values(item) == {item.failing}]

    @property
    def unmet_items(self) -> list[str]:
        """Those rows as the record lists them."""
        return [f"{self.criteria[row].id}: {self.finding(row)}" for row in self.unmet]

    @property
    def unsettled(self) -> set[int]:
        """The variables on which it depends whether some further row is unmet."""
        found: set[int] = set()
        for item in self._open_items:
            values = self._values(item)
            if len(values) > 1 and item.failing in values:
                found |= self.residuals[item.row].depends_on(partial(_is, item.failing))
        return found

    def _values(self, item: Item) -> frozenset[bool | None]:
        return _values(self.residuals[item.row])

    @cached_property
    def _open_items(self) -> list[Item]:
        """What may be unmet, of the groups whose claim the determination does not bear out."""
        sheets, determination = self.sheets, self.determination
        if sheets.generic:
            claims = [row for row in sheets.claiming if self.criteria[row].means != determination]
        elif determination in (MEDICALLY_NECESSARY, NOT_ADDRESSED):
            claims = []
        else:
            claims = [row for row in sheets.claiming if self.criteria[row].means == MEDICALLY_NECESSARY]
        return [item for row in claims for item in sheets.items[row]]

    @cached_property
    def bearing_out(self) -> list[int]:
        """The members, met in every completion, of groups that apply and claim the determination."""
        return [
            member
            for row in self.sheets.claiming
            if self.criteria[row].means == self.determination and self.standings[row].applies
            for member in self.criteria[row].members
            if self.standings[member] == (True, MET)
        ]


def texts_of(final: Residual, criteria: CriteriaOfCase, unmet_items: Sequence[Any]) -> dict[str, str | None]:
    """The texts of a determination, by the record's keys.

    Reason and citation are the deciding rule's where they are the same in every completion. Else they are the
    first that there is: those of the members that bear out the determination, of the unmet criteria, of the
    rules that may decide.
    """
    said = dict(final.quoted)
    if said["reason"] is None:
        bearing = [criteria.finding(row) for row in criteria.bearing_out]
        reasons = bearing or [str(item) for item in unmet_items]
        said["reason"] = "; ".join(reasons) or " or ".join(final.texts("reason")) or None
    if said["citation"] is None:
        for rows in (criteria.bearing_out, criteria.unmet):
            cited = dict.fromkeys(filter(None, [criteria.criteria[row].citation for row in rows]))
            if cited:
                said["citation"] = "; ".join(cited)
                break
        else:
            said["citation"] = " or ".join(final.texts("citation")) or None
    return said


def _is(value: bool, outcome: OutcomeView) -> bool:
    return outcome.json is value


def _values(residual: Residual) -> frozenset[bool | None]:
    """The values that a row has in some completion; all where that is not known."""
    return _OPEN if residual.open else frozenset([each.json for each in residual.outcomes])
