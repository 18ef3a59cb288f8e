"""A batch with every value placed in its atom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.atom_columns import AtomColumns
from dmn_dli.batch.columns import BAD, ColumnReader
from dmn_dli.batch.fact_columns import FactColumn
from dmn_dli.batch.transitions import Numbers
from dmn_dli.runtime.facts import ABSENT, NotAValue
from dmn_dli.runtime.kernel import DATE_FACT, Kernel


class PlacedBatch:
    """A batch as the states of a policy are asked of it, and its rows as single cases."""

    def __init__(self, rows: int, columns: Mapping[str, FactColumn], kernel: Kernel) -> None:
        """columns: by the names of facts, all of which the kernel knows."""
        self.rows = rows
        self.columns = columns
        self._kernel = kernel
        self.atoms = AtomColumns()
        """Of each variable that diagrams ask for the atom in each row; 0 also for a bad value."""
        self.sound: NDArray[np.bool_] = np.ones(self.rows, bool)
        """Whether no value of the row is bad."""
        self.inside: NDArray[np.bool_] = np.ones(self.rows, bool)
        """Whether the policy is in force on the row's day, or the day is unknown."""

    def place(self, readers: Mapping[str, ColumnReader]) -> None:
        """Read the columns, each with the reader of its fact."""
        for name, column in self.columns.items():
            reader = readers[name]
            codes, atoms = column.codes(reader) or (None, column.atoms(reader))
            if atoms.size and atoms.min() == BAD:
                bad = atoms == BAD
                atoms = np.where(bad, atoms.dtype.type(0), atoms)
                self.sound &= ~(bad if codes is None else bad.take(codes))
            if not reader.fact.variable:
                continue
            if codes is None:
                self.atoms.put(reader.fact.variable, atoms)
            else:
                self.atoms.put_coded(reader.fact.variable, codes, atoms)
        if DATE_FACT in self.columns:
            self.inside = self.columns[DATE_FACT].each(self._in_force) != 0

    def _in_force(self, day: Any) -> int:
        try:
            found = self._kernel.case_reader.day(DATE_FACT, {DATE_FACT: day})
        except NotAValue:  # the row is not sound
            return 1
        return int(found is None or self._kernel.in_force(found))

    def taken(self, rows: Numbers) -> PlacedBatch:
        """Some rows alone."""
        found = PlacedBatch(len(rows), _Taken(self.columns, rows), self._kernel)
        found.atoms = self.atoms.taken(rows)
        found.sound, found.inside = self.sound[rows], self.inside[rows]
        return found

    def case(self, row: int) -> dict[str, Any]:
        """The facts of a row as the one-case kernel takes them."""
        given = [(name, column.value(row)) for name, column in self.columns.items()]
        return {name: value for name, value in given if value is not ABSENT}


class _Taken(Mapping[str, FactColumn]):
    """Columns of some rows alone, each taken where it is asked for."""

    def __init__(self, columns: Mapping[str, FactColumn], rows: Numbers) -> None:
        self._columns = columns
        self._rows = rows
        self._taken: dict[str, FactColumn] = {}

    def __getitem__(self, name: str) -> FactColumn:
        if name not in self._taken:
            self._taken[name] = self._columns[name].taken(self._rows)
        return self._taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)
