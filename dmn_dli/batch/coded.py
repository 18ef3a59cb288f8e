"""Columns whose rows share few values: a number for each row, and what stands under the number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from attrs import frozen

from dmn_dli.batch.transitions import Numbers


@frozen(eq=False)
class Coded:
    """For each row one of some values.

    values: those that serve many batches, of which the first `settled` have numbers here; the list may grow
    behind them. own: those of this batch alone, numbered from `settled` on.
    """

    numbers: Numbers
    values: Sequence[Any]
    settled: int
    own: Sequence[Any] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    def at(self, row: int) -> Any:
        """The value of a row."""
        number = int(self.numbers[row])
        return self.values[number] if number < self.settled else self.own[number - self.settled]

    def taken(self, rows: Numbers) -> Coded:
        """The column of some rows alone."""
        return Coded(self.numbers[rows], self.values, self.settled, self.own)


@frozen(eq=False)
class Concatenated:
    """For each row a list: what each part gives, one behind the other; the values of parts are lists."""

    parts: tuple[Coded, ...]

    def __len__(self) -> int:
        return len(self.parts[0])

    def at(self, row: int) -> list[Any]:
        """The list of a row."""
        return [item for part in self.parts for item in part.at(row)]

    def taken(self, rows: Numbers) -> Concatenated:
        """The column of some rows alone."""
        return Concatenated(tuple([part.taken(rows) for part in self.parts]))


RowColumn: TypeAlias = Coded | Concatenated
"""What the rows of a batch have under one of a record's keys."""
