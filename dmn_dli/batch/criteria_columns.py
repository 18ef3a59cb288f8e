"""What records say of the rows of sheets of criteria, as columns.

A row of criteria stands as its decision's state says. Its finding and facts follow from the values that are
given, those of a group from its members; where nearly each case has its own, they are put together of parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded, Concatenated, Fields, Listed, Merged, Text
from dmn_dli.batch.fact_values import FactValues, RowFacts
from dmn_dli.batch.pairs import Pairs
from dmn_dli.batch.state_values import Combinations, Constant, KernelStates, RowStates, StateValues, derived
from dmn_dli.batch.texts import SLOT, Slotted
from dmn_dli.batch.transitions import Numbers, States
from dmn_dli.runtime.criterion import (
    Standing,
    finding_of,
    group_finding,
    nested_finding,
    said_of_row,
    standing,
    values_of,
)
from dmn_dli.runtime.facts import ABSENT
from dmn_dli.runtime.policy import Criterion
from dmn_dli.runtime.residual import Residual

SETS: Sequence[frozenset[bool | None]] = [
    frozenset(value for bit, value in enumerate((True, False, None)) if mask >> bit & 1)
    for mask in range(1, 8)
]
"""The values that a row may have in some completion."""

STANDINGS = [standing(each) for each in SETS]
_APPLIES = [each.applies for each in STANDINGS]
_STATUSES = [each.status for each in STANDINGS]
_BOTH = (False, True)
_NO_FACTS, _NONE = Constant({}), Constant([])

_MOST_PAIRS = 40_000_000
"""For how many pairs, of what is open of the determination and of a row, it is kept whether they part."""

_FEW = 1_024
"""How many combinations of facts' values are each put in words; findings of more are put together."""


class Criteria:
    """The rows of criteria of one policy; what is worked out for one batch serves all further ones."""

    def __init__(self, states: KernelStates) -> None:
        """Take the states of its decisions."""
        self.states = states
        self.sheets = states.kernel.criteria
        self.facts: dict[str, FactValues] = {}
        self.open_final = _Parted(states, states.kernel.final, is_final=True)
        self.rows = [_Row(self, each) for each in self.sheets.criteria]

    @property
    def full(self) -> bool:
        """Whether the tables of what matters have grown too large."""
        return self.open_final.count * sum([each.open.count for each in self.rows]) > _MOST_PAIRS

    def of(self, rows: RowStates) -> CriteriaOfRows:
        """What the rows of a batch have of them."""
        return rows.once(self, lambda: CriteriaOfRows(self, rows))


class _Row:
    """One row of criteria."""

    def __init__(self, sheets: Criteria, criterion: Criterion) -> None:
        self.criterion = criterion
        states, readers = sheets.states, sheets.sheets.readers
        decision = next(each for each in states.kernel.decisions if each.name == criterion.decision)
        self.decision = decision
        self.readers = [readers[name] for name in criterion.facts]
        for reader in self.readers:
            if reader.name not in sheets.facts:
                sheets.facts[reader.name] = FactValues(reader)
        self.sets = StateValues(states, decision, lambda left: SETS.index(values_of(left)), 0)
        self.open_final = sheets.open_final
        self.open = _Parted(states, decision, is_final=False)
        self.matters = Pairs(self._matters)
        if criterion.members:
            inner = [sheets.sheets.criteria[each] for each in criterion.members]
            self.slotted = Slotted(
                lambda filled: group_finding(
                    criterion,
                    [
                        nested_finding(SLOT, each.needs)
                        for each, is_there in zip(inner, filled, strict=True)
                        if is_there
                    ],
                ),
                len(inner),
            )
        else:
            self.slotted = Slotted(self._slotted_finding, len(self.readers))
            self.few = Combinations(self._finding_of_values)
            self.findings: list[str] = []
        self.facts = [sheets.facts[name] for name in criterion.facts]
        self.constants = {
            key: Constant(value)
            for key, value in said_of_row(criterion, STANDINGS[0], None, matters=False).items()
        }
        self.constants["evidence"] = Constant([*criterion.evidence])
        self.requirement = Constant(self.finding(())) if not criterion.facts else None

    def _slotted_finding(self, filled: Sequence[bool]) -> str:
        absent = [reader.label for reader, given in zip(self.readers, filled, strict=True) if not given]
        return finding_of(self.criterion, [SLOT] * sum(filled), absent)

    def _finding_of_values(self, numbers: Sequence[int]) -> str:
        values = [fact.values[number] for fact, number in zip(self.facts, numbers, strict=True)]
        return self.finding(values)

    def finding(self, values: Sequence[Any]) -> str:
        """The finding where the facts have these canonical values."""
        both = [*zip(self.readers, values, strict=True)]
        given = [reader.given(value) for reader, value in both if value is not ABSENT]
        return finding_of(self.criterion, given, [reader.label for reader, value in both if value is ABSENT])

    def _matters(self, final: int, own: int) -> bool:
        """Whether two completions part the determination and this row, by the numbers of what is open."""
        return bool(final and own) and self.open_final.met[final].parts_with(self.open.met[own])


class _Parted:
    """What of a decision is open in a state, under a number: 0 where it is settled."""

    def __init__(self, states: KernelStates, decision: Any, *, is_final: bool) -> None:
        self._is_final = is_final
        self._diagrams = States[Any]()
        self._diagrams.number(())
        self.met: dict[int, Residual] = {}
        """What is left in a state of each number."""
        self.numbers = StateValues(states, decision, self._number, 0)

    def _number(self, left: Residual) -> int:
        if left.decided if self._is_final else left.single:
            return 0
        number = self._diagrams.number(left.parted_determinations if self._is_final else left.parted_values)
        self.met.setdefault(number, left)
        return number

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return len(self._diagrams.all)


class CriteriaOfRows:
    """What the rows of one batch have of the rows of criteria."""

    def __init__(self, criteria: Criteria, rows: RowStates) -> None:
        """Take the batch."""
        self.criteria = criteria
        self.rows = rows
        self._sets: dict[int, Numbers] = {}
        self._facts: dict[str, RowFacts] = {}
        self._findings: dict[int, Text] = {}

    def sets(self, row: int) -> Numbers:
        """The values that a row of criteria may have, as numbers of SETS."""
        if row not in self._sets:
            self._sets[row] = self.criteria.rows[row].sets.array(self.rows, np.int8)
        return self._sets[row]

    def where(self, row: int, of: Sequence[bool]) -> NDArray[np.bool_]:
        """Where a row has one of some sets of values; of: for each of SETS whether it is one."""
        return np.array(of, bool).take(self.sets(row))

    def stands(self, row: int, found: Sequence[Standing]) -> NDArray[np.bool_]:
        """Where a row stands in one of some ways."""
        return self.where(row, [each in found for each in STANDINGS])

    def fact(self, name: str) -> RowFacts:
        """What is given for a fact."""
        if name not in self._facts:
            self._facts[name] = self.criteria.facts[name].of(self.rows.placed)
        return self._facts[name]

    def finding(self, row: int) -> Text:
        """A row's finding."""
        if row not in self._findings:
            made = self.criteria.rows[row]
            self._findings[row] = self._group(made) if made.criterion.members else self._single(made)
        return self._findings[row]

    def _group(self, row: _Row) -> Text:
        members = row.criterion.members
        may_apply = [
            self.where(each, [found.applies is not False for found in STANDINGS]) for each in members
        ]
        return row.slotted.of(may_apply, [self.finding(each) for each in members])

    def _single(self, row: _Row) -> Text:
        facts = [self.fact(name) for name in row.criterion.facts]
        if row.requirement:
            return Text((row.requirement.of(self.rows),))
        if len(facts) == 1:
            return Text((derived(facts[0].values, row.findings, lambda value: row.finding((value,))),))
        columns = [each.values for each in facts]
        if not any(each.own for each in columns) and prod([each.settled for each in columns]) <= _FEW:
            return Text((row.few.of([each.numbers for each in columns]),))
        return row.slotted.of([each.given for each in facts], [each.shown for each in facts])

    def _record(self, row: int) -> Fields:
        """A row as records have it."""
        made = self.criteria.rows[row]
        sets = self.sets(row).astype(np.int32)
        facts = [self.fact(name) for name in made.criterion.facts]
        own = {
            "applies": Coded(sets, _APPLIES, len(SETS)),
            "status": Coded(sets, _STATUSES, len(SETS)),
            "facts": Merged(tuple([each.objects for each in facts])) if facts else _NO_FACTS.of(self.rows),
            "not_given": Concatenated(tuple([each.absent for each in facts]))
            if facts
            else _NONE.of(self.rows),
            "matters": Coded(self._matters(made), _BOTH, len(_BOTH)),
            "finding": self.finding(row),
        }
        return Fields({key: own.get(key) or each.of(self.rows) for key, each in made.constants.items()})

    def _matters(self, row: _Row) -> Numbers:
        finals, own = (
            row.open_final.numbers.array(self.rows, np.intp),
            row.open.numbers.array(self.rows, np.intp),
        )
        return row.matters.of(finals, own, (row.open_final.count, row.open.count))

    @cached_property
    def records(self) -> Listed:
        """The rows of criteria, as records have them."""
        return Listed(tuple([self._record(row) for row in range(len(self.criteria.rows))]))
