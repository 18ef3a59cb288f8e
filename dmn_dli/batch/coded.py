"""Columns whose rows share few values: a number for each row, and what stands under the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

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
        return self.value(int(self.numbers[row]))

    def value(self, number: int) -> Any:
        """What stands under a number."""
        return self.values[number] if number < self.settled else self.own[number - self.settled]

    @property
    def all(self) -> list[Any]:
        """What stands under the numbers, from 0 on."""
        return [*self.values[: self.settled], *self.own]

    def where(self, present: NDArray[np.bool_], other: Any) -> Coded:
        """The column with another value in the rows where it is not present."""
        if present.all():
            return self
        numbers = np.where(present, self.numbers, self.settled + len(self.own))
        return Coded(numbers, self.values, self.settled, [*self.own, other])

    def taken(self, rows: Numbers) -> Coded:
        """The column of some rows alone."""
        return Coded(self.numbers[rows], self.values, self.settled, self.own)


@frozen(eq=False)
class Concatenated:
    """For each row a list: what each part gives, one behind the other; the values of parts are lists."""

    parts: tuple[Coded | Where, ...]

    def __len__(self) -> int:
        return len(self.parts[0])

    def at(self, row: int) -> list[Any]:
        """The list of a row."""
        return [item for part in self.parts for item in part.at(row)]

    def taken(self, rows: Numbers) -> Concatenated:
        """The column of some rows alone."""
        return Concatenated(tuple([part.taken(rows) for part in self.parts]))


@frozen(eq=False)
class Where:
    """For each row a list of one item, or of none where it is not `present`: a part of a Concatenated."""

    present: NDArray[np.bool_]
    item: RowColumn

    def __len__(self) -> int:
        return len(self.present)

    def at(self, row: int) -> list[Any]:
        """The list of a row."""
        return [self.item.at(row)] if self.present[row] else []

    def taken(self, rows: Numbers) -> Where:
        """The column of some rows alone."""
        return Where(self.present[rows], self.item.taken(rows))


@frozen(eq=False)
class Listed:
    """For each row a list of one item of each column."""

    items: tuple[RowColumn, ...]

    def __len__(self) -> int:
        return len(self.items[0])

    def at(self, row: int) -> list[Any]:
        """The list of a row."""
        return [item.at(row) for item in self.items]

    def taken(self, rows: Numbers) -> Listed:
        """The column of some rows alone."""
        return Listed(tuple([item.taken(rows) for item in self.items]))


@frozen(eq=False)
class Merged:
    """For each row an object: what its parts give, put together in order; the values of parts are objects."""

    parts: tuple[Coded, ...]

    def __len__(self) -> int:
        return len(self.parts[0])

    def at(self, row: int) -> dict[str, Any]:
        """The object of a row."""
        return {name: value for part in self.parts for name, value in part.at(row).items()}

    def taken(self, rows: Numbers) -> Merged:
        """The column of some rows alone."""
        return Merged(tuple([part.taken(rows) for part in self.parts]))


@frozen(eq=False)
class Fields:
    """For each row an object of the same names."""

    columns: Mapping[str, RowColumn]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def at(self, row: int) -> dict[str, Any]:
        """The object of a row."""
        return {name: column.at(row) for name, column in self.columns.items()}

    def taken(self, rows: Numbers) -> Fields:
        """The column of some rows alone."""
        return Fields({name: column.taken(rows) for name, column in self.columns.items()})


@frozen(eq=False)
class Text:
    """For each row a text: those of its parts, one behind the other.

    null: the rows that have none; within another text such a row has nothing.
    """

    parts: tuple[Coded | Text, ...]
    null: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.parts[0])

    def at(self, row: int) -> str | None:
        """The text of a row."""
        if self.null is not None and self.null[row]:
            return None
        return "".join([part.at(row) or "" for part in self.parts])

    def flat(self) -> list[Coded]:
        """The parts, and the parts of parts, "" where they have none; together they are the texts."""
        found: list[Coded] = []
        for part in self.parts:
            if isinstance(part, Coded):
                found.append(part)
            elif part.null is None:
                found += part.flat()
            else:
                found += [each.where(~part.null, "") for each in part.flat()]
        return found

    def taken(self, rows: Numbers) -> Text:
        """The column of some rows alone."""
        null = None if self.null is None else self.null[rows]
        return Text(tuple([part.taken(rows) for part in self.parts]), null)


ITSELF = -1
"""Stands in `Instead` for a row that has what its column says."""


@frozen(eq=False)
class Instead:
    """A column of which some rows have another value: that of the number that they have in `which`."""

    column: RowColumn
    which: Numbers
    values: Sequence[Any]

    def __len__(self) -> int:
        return len(self.which)

    def at(self, row: int) -> Any:
        """The value of a row."""
        number = int(self.which[row])
        return self.column.at(row) if number == ITSELF else self.values[number]

    def taken(self, rows: Numbers) -> Instead:
        """The column of some rows alone."""
        return Instead(self.column.taken(rows), self.which[rows], self.values)


RowColumn: TypeAlias = Coded | Concatenated | Where | Listed | Merged | Fields | Text | Instead
"""What the rows of a batch have under one of a record's keys."""


def instead(column: RowColumn, which: Numbers, values: Sequence[Any]) -> RowColumn:
    """The column, with other values in some rows; which: their numbers, ITSELF where the column's stays."""
    if not isinstance(column, Coded):
        return Instead(column, which, values)
    beyond = column.settled + len(column.own)
    numbers = np.where(which == ITSELF, column.numbers, which + beyond)
    return Coded(numbers, column.values, column.settled, [*column.own, *values])
