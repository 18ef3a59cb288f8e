"""What a record says of the rows of a sheet of criteria: each one's status, and what it is that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any, NamedTuple, TypeAlias

from dmn_dli.runtime.facts import ABSENT, FactReader
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.runtime.policy import Criterion
from dmn_dli.runtime.residual import Residual
from dmn_dli.runtime.values import json_value

MEDICALLY_NECESSARY, NOT_ADDRESSED = "medically necessary", "not addressed"
"""Determinations beside which nothing is unmet."""

MET, NOT_MET, UNKNOWN, DOES_NOT_APPLY = "met", "not met", "unknown", "does not apply"
STATUSES = (MET, NOT_MET, UNKNOWN, DOES_NOT_APPLY)

_KEEP = 256
"""How many cases are remembered, each with all its rows, before it starts afresh."""

_KEEP_ROWS = 8_192
"""How many rows are remembered, whatever the case."""


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

    flat: dict[str, Any]
    facts: dict[str, Any]
    not_given: list[str]
    evidence: list[str]


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

    def records(self) -> list[dict[str, Any]]:
        """The rows for a record, which its reader may change."""
        records = []
        for flat, facts, not_given, evidence in self.rows:
            record = flat.copy()
            record["facts"] = facts.copy()
            record["not_given"] = not_given.copy()
            record["evidence"] = evidence.copy()
            records.append(record)
        return records


NOTHING_SAID = CriteriaSaid()


Key: TypeAlias = tuple[Any, ...]


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
        self.rows: dict[tuple[Any, ...], CriterionSaid] = {}
        """Rows that were said of some case, by what they follow from."""
        self._cases: dict[Key, CriteriaSaid] = {}
        self._canonicals = [(name, reader.canonicals) for name, reader in self.asked.items()]
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

    def key(self, facts: Mapping[str, Any]) -> Key:
        """What a case is remembered by: the canonical value of each fact that is asked for, or ABSENT."""
        if not self.criteria:
            return ()
        try:
            return tuple([known[facts.get(name, ABSENT)] for name, known in self._canonicals])
        except TypeError:  # a value without a hash, which an array may give
            return tuple([reader.given_value(facts.get(name, ABSENT)) for name, reader in self.asked.items()])

    def remembered(self, key: Key) -> CriteriaSaid | None:
        """What was said of such a case before."""
        return self._cases.get(key) if self.criteria else NOTHING_SAID

    def case(
        self,
        key: Key,
        found: Mapping[str, Residual],
        final: Residual,
        determination: Any,
    ) -> CriteriaSaid:
        """What is to be said of a case, remembered by its key.

        determination: None where it is not settled.
        """
        values = {name: value for name, value in zip(self.asked, key, strict=True) if value is not ABSENT}
        case = _Case(self, found, values, determination)
        said = case.said(final if determination is None else None)
        if len(self._cases) >= _KEEP:
            self._cases.clear()
        if len(self.rows) >= _KEEP_ROWS:
            self.rows.clear()
        self._cases[key] = said
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
        self.facts = facts
        self.rows: dict[int, CriterionSaid] = {}

    def said(self, final: Residual | None) -> CriteriaSaid:
        """All that a record says of them; final: the final decision where it is not settled."""
        bearing, unmet = self._bearing_out(), [item.row for item in self.unmet()]
        return CriteriaSaid(
            tuple([self._row(row, final) for row in range(len(self.criteria))]),
            tuple([f"{self.criteria[row].id}: {self._finding(row)}" for row in unmet]),
            self._cited(unmet),
            tuple(map(self._finding, bearing)),
            self._cited(bearing),
            frozenset(self.unsettled()),
        )

    def _cited(self, rows: Sequence[int]) -> tuple[str, ...]:
        cited = [self.criteria[row].citation for row in rows]
        return tuple(dict.fromkeys([each for each in cited if each]))

    def _finding(self, row: int) -> str:
        finding: str = self.rows[row].flat["finding"]
        return finding

    def _row(self, row: int, final: Residual | None) -> CriterionSaid:
        """A row as records have it, remembered by how it stands and by its facts, or its members."""
        if row in self.rows:
            return self.rows[row]
        criterion, standing, residual = self.criteria[row], self.standings[row], self.residuals[row]
        matters = final is not None and not residual.single and final.parts_with(residual)
        members = [self._row(member, final) for member in criterion.members]
        facts = () if members else [self.facts.get(name, ABSENT) for name in criterion.facts]
        key = (row, standing, matters, *map(id, members), *facts)
        found = self.sheets.rows.get(key)
        if found is None:
            found = self.sheets.rows[key] = self._worded(row, members, matters=matters)
        self.rows[row] = found
        return found

    def _worded(self, row: int, members: Sequence[CriterionSaid], *, matters: bool) -> CriterionSaid:
        criterion, (applies, status) = self.criteria[row], self.standings[row]
        given = [name for name in criterion.facts if name in self.facts]
        absent = [name for name in criterion.facts if name not in self.facts]
        if criterion.needs is None:
            finding = criterion.requirement + self._shown(given, absent)
        else:
            findings = [
                f"[{flat['finding']}]" if flat["needs"] else flat["finding"]
                for flat, *_ in members
                if flat["applies"] is not False
            ]
            finding = f"{criterion.requirement}: {'; '.join(findings)}" if findings else criterion.requirement
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
            "matters": matters,
            "finding": finding,
            "citation": criterion.citation,
            "evidence": None,
            "cell": criterion.cell,
        }
        facts = {name: json_value(self.facts[name]) for name in given}
        return CriterionSaid(flat, facts, absent, [*criterion.evidence])

    def _shown(self, given: Sequence[str], absent: Sequence[str]) -> str:
        """` (given: Disease status relapsed; not given: Donor chimerism)`; nothing without facts."""
        readers = self.sheets.readers
        parts = []
        if given:
            parts.append(f"given: {', '.join([readers[name].given(self.facts[name]) for name in given])}")
        if absent:
            parts.append(f"not given: {', '.join([readers[name].label for name in absent])}")
        return f" ({'; '.join(parts)})" if parts else ""

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
        texts["reason"] = "; ".join(reasons) or either(final, "reason")
    if texts["citation"] is None:
        cited = said.bearing_out_cited or said.unmet_cited
        texts["citation"] = "; ".join(cited) or either(final, "citation")
    return texts


def either(final: Residual, key: str) -> str | None:
    """What the rules that may decide say under a record's key; None where they say nothing."""
    return " or ".join(final.texts(key)) or None


def _is(value: bool, outcome: OutcomeView) -> bool:
    return outcome.json is value


def _values(residual: Residual) -> frozenset[bool | None]:
    """The values that a row has in some completion; all where that is not known."""
    if residual.single and not residual.troubled:
        return _ONE[residual.outcomes[0].json]
    return _OPEN if residual.open else frozenset([each.json for each in residual.outcomes])
