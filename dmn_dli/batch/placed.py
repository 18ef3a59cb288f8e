"""A record batch with every value placed in its atom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.columns import BAD, ColumnReader, each_once
from dmn_dli.batch.given import facts_of
from dmn_dli.batch.transitions import Numbers
from dmn_dli.runtime.facts import NotAValue
from dmn_dli.runtime.kernel import DATE_FACT, Kernel


class PlacedBatch:
    """A batch as the states of a policy are asked of it, and its rows as single cases."""

    def __init__(self, batch: Any, facts: Sequence[str], kernel: Kernel, *, null_is_unknown: bool) -> None:
        """batch: a pyarrow.RecordBatch. facts: the names of those of its columns that are facts."""
        self.rows: int = batch.num_rows
        self._batch = batch
        self._facts = facts
        self._kernel = kernel
        self._null_is_unknown = null_is_unknown
        self.atoms: dict[int, Numbers] = {}
        """Of each variable that diagrams ask for the atom in each row; 0 also for a bad value."""
        self.sound: NDArray[np.bool_] = np.ones(self.rows, bool)
        """Whether no value of the row is bad."""
        self.inside: NDArray[np.bool_] = np.ones(self.rows, bool)
        """Whether the policy is in force on the row's day, or the day is unknown."""

    def place(self, readers: Mapping[str, ColumnReader]) -> None:
        """Read the columns, each with the reader of its fact."""
        for name in self._facts:
            fact = readers[name].fact
            atoms = readers[name].atoms(self._batch.column(name))
            if atoms.size and atoms.min() == BAD:
                bad = atoms == BAD
                self.sound &= ~bad
                atoms[bad] = 0
            if fact.variable:
                self.atoms[fact.variable] = atoms
        if DATE_FACT in self._facts:
            self.inside = each_once(self._batch.column(DATE_FACT), self._in_force) != 0

    def _in_force(self, day: Any) -> int:
        try:
            found = self._kernel.case_reader.day(DATE_FACT, {DATE_FACT: day})
        except NotAValue:  # the row is not sound
            return 1
        return int(found is None or self._kernel.in_force(found))

    def case(self, row: int) -> dict[str, Any]:
        """The facts of a row as the one-case kernel takes them."""
        return facts_of(self._batch, self._facts, row, null_is_unknown=self._null_is_unknown)
