"""What a record says of the rows of a sheet of criteria: each one's status, and what it is that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any, NamedTuple

from dmn_dli.runtime.facts import ABSENT, FactReader
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


class Standing(NamedTuple):
    """How a row stands in a case. applies: None where some completions leave it open."""

    applies: bool | None
    status: str


@cache
def _standing(values: frozenset[bool | None]) -> Standing:
    """How a row stands that has these values in some completion."""
    applying = values - {None}
    if not applying:
        return Standing(applies=False, status=DOES_NOT_APPLY)
    status = UNKNOWN if len(applying) > 1 else MET if True in applying else NOT_MET
    return Standing(None if None in values else True, status)


_ONE: Mapping[bool | None, frozenset[bool | None]] = {
    value: frozenset((value,)) for value in (True, False, None)
}
_OPEN: frozenset[bool | None] = frozenset((True, False, None))


class CriterionSaid(NamedTuple):
    """A row as records have it; `flat` lacks what each record has to itself, lists and objects."""

    flat: Mapping[str, Any]
    facts: Mapping[str, Any]
    not_given: Sequence[str]
    evidence: Sequence[str]

    def record(self) -> dict[str, Any]:
        """The row for a record, which its reader may change."""
        record = dict(self.flat)
        record["facts"] = dict(self.facts)
        record["not_given"] = [*self.not_given]
        record["evidence"] = [*self.evidence]
        return record


class CriteriaSaid(NamedTuple):
    """What a record says of the sheets of criteria.

    unmet: its items of `unmet_criteria`. bearing_out: the findings of the members that bear out the
    determination. Both with their citations. unsettled: the variables on which further items depend.
    """

    rows: Sequence[CriterionSaid] = ()
    unmet: Sequence[str] = ()
    unmet_cited: Sequence[str] = ()
    bearing_out: Sequence[str] = ()
    bearing_out_cited: Sequence[str] = ()
    unsettled: frozenset[int] = frozenset()


NOTHING_SAID = CriteriaSaid()


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
        self.asked = {name: reader for name, reader in readers.items() if reader.variable}
        self._cases: dict[tuple[Any, ...], CriteriaSaid] = {}
        self.claiming = [row for row, each in enumerate(criteria) if each.means is not None]
        self.items = {row: [*self._items(row)] for row in self.claiming}

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

    def open_items(self, determination: Any) -> list[Item]:
        """What may be unmet beside a determination, of the groups whose claim it does not bear out."""
        if determination in (MEDICALLY_NECESSARY, NOT_ADDRESSED):
            claims = []
        elif self.generic:
            claims = [row for row in self.claiming if self.criteria[row].means != determination]
        else:
            claims = [row for row in self.claiming if self.criteria[row].means == MEDICALLY_NECESSARY]
        return [item for row in claims for item in self.items[row]]

    def _key(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple([values.get(name, ABSENT) for name in self.asked])

    def remembered(self, values: Mapping[str, Any]) -> CriteriaSaid | None:
        """What was said of such a case before; values: the canonical one of each fact that is given."""
        return self._cases.get(self._key(values)) if self.criteria else NOTHING_SAID

    def case(
        self,
        found: Mapping[str, Residual],
        values: Mapping[str, Any],
        final: Residual,
        determination: Any,
    ) -> CriteriaSaid:
        """What is to be said of a case, remembered by its values.

        determination: None where it is not settled.
        """
        case = _Case(self, found, values, determination)
        said = case.said(final if determination is None else None)
        if len(self._cases) >= _KEEP:
            self._cases.clear()
        self._cases[self._key(values)] = said
        return said

    def unmet(self, found: Mapping[str, Residual], determination: Any) -> list[Item]:
        """What is unmet in every completion; determination: as in `case`."""
        return _Case(self, found, {}, determination).unmet()

    def unsettled(self, found: Mapping[str, Residual], determination: Any) -> set[int]:
        """The variables of unknown facts on which it depends whether some further row is unmet."""
        return _Case(self, found, {}, determination).unsettled()


class _Case:
    """The rows of a policy's sheets of criteria in one case."""

    def __init__(
        self,
        sheets: CriteriaSheets,
        found: Mapping[str, Residual],
        facts: Mapping[str, Any],
        determination: Any,
    ) -> None:
        """Take what the facts leave of each decision, and the canonical value of each fact that is given."""
        self.sheets = sheets
        self.criteria = sheets.criteria
        self.residuals = [found[each.decision] for each in self.criteria]
        self.determination = determination
        self.values = [_values(each) for each in self.residuals]
        self.standings = [*map(_standing, self.values)]
        self.given = {
            name: (json_value(facts[name]), reader.given(facts[name]))
            for name, reader in sheets.asked.items()
            if name in facts
        }
        self.findings: dict[int, str] = {}

    def said(self, final: Residual | None) -> CriteriaSaid:
        """All that a record says of them; final: the final decision where it is not settled."""
        bearing, unmet = self._bearing_out(), [item.row for item in self.unmet()]
        return CriteriaSaid(
            tuple([self._row(row, final) for row in range(len(self.criteria))]),
            tuple([f"{self.criteria[row].id}: {self.finding(row)}" for row in unmet]),
            self._cited(unmet),
            tuple(map(self.finding, bearing)),
            self._cited(bearing),
            frozenset(self.unsettled()),
        )

    def _cited(self, rows: Sequence[int]) -> tuple[str, ...]:
        cited = [self.criteria[row].citation for row in rows]
        return tuple(dict.fromkeys([each for each in cited if each]))

    def _row(self, row: int, final: Residual | None) -> CriterionSaid:
        criterion, (applies, status) = self.criteria[row], self.standings[row]
        given, residual = self.given, self.residuals[row]
        flat = {
            "sheet": criterion.sheet,
            "id": criterion.id,
            "part_of": criterion.part_of,
            "needs": criterion.needs,
            "means": criterion.means,
            "requirement": criterion.requirement,
            "applies": applies,
            "status": status,
            "facts": None,
            "not_given": None,
            "matters": final is not None and not residual.single and final.parts_with(residual),
            "finding": self.finding(row),
            "citation": criterion.citation,
            "evidence": None,
            "cell": criterion.cell,
        }
        return CriterionSaid(
            flat,
            {name: given[name][0] for name in criterion.facts if name in given},
            [name for name in criterion.facts if name not in given],
            criterion.evidence,
        )

    def finding(self, row: int) -> str:
        """A row in words, with what is given; of a group those of its members that may apply."""
        found = self.findings.get(row)
        if found is None:
            found = self.findings[row] = self._finding(self.criteria[row])
        return found

    def _finding(self, criterion: Criterion) -> str:
        if criterion.needs is None:
            given = [self.given[name][1] for name in criterion.facts if name in self.given]
            absent = [self.sheets.readers[name].label for name in criterion.facts if name not in self.given]
            parts = [f"given: {', '.join(given)}"] if given else []
            if absent:
                parts.append(f"not given: {', '.join(absent)}")
            return f"{criterion.requirement} ({'; '.join(parts)})" if parts else criterion.requirement
        members = [
            f"[{self.finding(member)}]" if self.criteria[member].needs else self.finding(member)
            for member in criterion.members
            if self.standings[member].applies is not False
        ]
        return f"{criterion.requirement}: {'; '.join(members)}" if members else criterion.requirement

    def unmet(self) -> list[Item]:
        """What is unmet in every completion."""
        return [item for item in self._open_items if self.values[item.row] == {item.failing}]

    def unsettled(self) -> set[int]:
        """The variables on which it depends whether some further row is unmet."""
        found: set[int] = set()
        for item in self._open_items:
            values = self.values[item.row]
            if len(values) > 1 and item.failing in values:
                found |= self.residuals[item.row].depends_on(partial(_is, item.failing))
        return found

    @cached_property
    def _open_items(self) -> list[Item]:
        """What may be unmet, of the groups whose claim the determination does not bear out."""
        return self.sheets.open_items(self.determination)

    def _bearing_out(self) -> list[int]:
        """The members, met in every completion, of groups that apply and claim the determination."""
        return [
            member
            for row in self.sheets.claiming
            if self.criteria[row].means == self.determination and self.standings[row].applies
            for member in self.criteria[row].members
            if self.standings[member] == (True, MET)
        ]


def texts_of(final: Residual, said: CriteriaSaid, unmet: Sequence[Any]) -> dict[str, str | None]:
    """The texts of a determination, by the record's keys.

    Reason and citation are the deciding rule's where they are the same in every completion. Else they are the
    first that there is: those of the members that bear out the determination, of the unmet criteria, of the
    rules that may decide.
    """
    texts = dict(final.quoted)
    if texts["reason"] is None:
        reasons = said.bearing_out or tuple(map(str, unmet))
        texts["reason"] = "; ".join(reasons) or " or ".join(final.texts("reason")) or None
    if texts["citation"] is None:
        cited = said.bearing_out_cited or said.unmet_cited
        texts["citation"] = "; ".join(cited) or " or ".join(final.texts("citation")) or None
    return texts


def _is(value: bool, outcome: OutcomeView) -> bool:
    return outcome.json is value


def _values(residual: Residual) -> frozenset[bool | None]:
    """The values that a row has in some completion; all where that is not known."""
    if residual.single and not residual.troubled:
        return _ONE[residual.outcomes[0].json]
    return _OPEN if residual.open else frozenset([each.json for each in residual.outcomes])
