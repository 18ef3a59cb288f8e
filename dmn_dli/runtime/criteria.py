"""What a record says of the rows of a sheet of criteria: each one's status, and what it is that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from dmn_dli.runtime.criterion import (
    bears_out,
    cited,
    finding_of,
    group_finding,
    nested_finding,
    said_of_row,
    standing,
    unmet_label,
    unsettled_by,
    values_of,
)
from dmn_dli.runtime.facts import ABSENT, FactReader
from dmn_dli.runtime.policy import Criterion
from dmn_dli.runtime.residual import Residual
from dmn_dli.runtime.values import json_value

MEDICALLY_NECESSARY, NOT_ADDRESSED = "medically necessary", "not addressed"
"""Determinations beside which nothing is unmet."""

_KEEP = 256
"""How many cases are remembered, each with all its rows, before it starts afresh."""

_KEEP_ROWS = 8_192
"""How many rows are remembered, whatever the case."""


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
        return [item for row in self.open_claims(determination) for item in self.items[row]]

    def open_claims(self, determination: Any) -> list[int]:
        """The groups of which something may be unmet beside a determination."""
        if determination in (MEDICALLY_NECESSARY, NOT_ADDRESSED):
            return []
        if self.generic:
            return [row for row in self.claiming if self.criteria[row].means != determination]
        return [row for row in self.claiming if self.criteria[row].means == MEDICALLY_NECESSARY]

    def bearing(self, determination: Any) -> Iterator[tuple[int, int]]:
        """The groups that claim a determination, each with each of its members, which may bear it out."""
        for row in self.claiming:
            if self.criteria[row].means == determination:
                yield from ((row, member) for member in self.criteria[row].members)

    def key(self, facts: Mapping[str, Any]) -> Key:
        """What a case is remembered by: the canonical value of each fact that is asked for, or ABSENT."""
        if not self.criteria:
            return ()
        try:
            return tuple(
                [
                    known[(value := facts.get(name, ABSENT)).__class__][value]
                    for name, known in self._canonicals
                ]
            )
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
        self.values = [values_of(each) for each in self.residuals]
        self.standings = [*map(standing, self.values)]
        self.facts = facts
        self.rows: dict[int, CriterionSaid] = {}

    def said(self, final: Residual | None) -> CriteriaSaid:
        """All that a record says of them; final: the final decision where it is not settled."""
        bearing, unmet = self._bearing_out(), [item.row for item in self.unmet()]
        return CriteriaSaid(
            tuple([self._row(row, final) for row in range(len(self.criteria))]),
            tuple([unmet_label(self.criteria[row]) + self._finding(row) for row in unmet]),
            cited([self.criteria[row] for row in unmet]),
            tuple(map(self._finding, bearing)),
            cited([self.criteria[row] for row in bearing]),
            frozenset(self.unsettled()),
        )

    def _finding(self, row: int) -> str:
        finding: str = self.rows[row].flat["finding"]
        return finding

    def _row(self, row: int, final: Residual | None) -> CriterionSaid:
        """A row as records have it, remembered by how it stands and by its facts, or its members."""
        if row in self.rows:
            return self.rows[row]
        criterion, stands, residual = self.criteria[row], self.standings[row], self.residuals[row]
        matters = final is not None and not residual.single and final.parts_with(residual)
        members = [self._row(member, final) for member in criterion.members]
        facts = () if members else [self.facts.get(name, ABSENT) for name in criterion.facts]
        key = (row, stands, matters, *map(id, members), *facts)
        found = self.sheets.rows.get(key)
        if found is None:
            found = self.sheets.rows[key] = self._worded(row, members, matters=matters)
        self.rows[row] = found
        return found

    def _worded(self, row: int, members: Sequence[CriterionSaid], *, matters: bool) -> CriterionSaid:
        criterion = self.criteria[row]
        given = [name for name in criterion.facts if name in self.facts]
        absent = [name for name in criterion.facts if name not in self.facts]
        if criterion.needs is None:
            readers = self.sheets.readers
            texts = [readers[name].given(self.facts[name]) for name in given]
            finding = finding_of(criterion, texts, [readers[name].label for name in absent])
        else:
            applying = [flat for flat, *_ in members if flat["applies"] is not False]
            finding = group_finding(
                criterion, [nested_finding(flat["finding"], flat["needs"]) for flat in applying]
            )
        facts = {name: json_value(self.facts[name]) for name in given}
        flat = said_of_row(criterion, self.standings[row], finding, matters=matters)
        return CriterionSaid(flat, facts, absent, [*criterion.evidence])

    def unmet(self) -> list[Item]:
        """What is unmet in every completion."""
        return [item for item in self._open_items if self.values[item.row] == {item.failing}]

    def unsettled(self) -> set[int]:
        """The variables on which it depends whether some further row is unmet."""
        return set().union(*[unsettled_by(self.residuals[row], failing) for row, failing in self._open_items])

    @cached_property
    def _open_items(self) -> list[Item]:
        """What may be unmet, of the groups whose claim the determination does not bear out."""
        return self.sheets.open_items(self.determination)

    def _bearing_out(self) -> list[int]:
        """The members, met in every completion, of groups that apply and claim the determination."""
        return [
            member
            for row, member in self.sheets.bearing(self.determination)
            if bears_out(self.standings[row], self.standings[member])
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
        citations = said.bearing_out_cited or said.unmet_cited
        texts["citation"] = "; ".join(citations) or either(final, "citation")
    return texts


def either(final: Residual, key: str) -> str | None:
    """What the rules that may decide say under a record's key; None where they say nothing."""
    return " or ".join(final.texts(key)) or None
