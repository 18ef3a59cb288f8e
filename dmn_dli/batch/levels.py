"""From what functions are before a fact is put in to what they are after it, by gathers over tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dmn_dli.batch.atom_columns import AtomColumns, within
from dmn_dli.batch.transitions import Numbers, States, longer
from dmn_dli.diagrams.store import Diagrams

_NOT_MADE = -1

_CODES = 2**15 - 1
"""Up to how many combinations of codes are looked up as such: their numbers fit 16 bits."""


class Level:
    """One fact. A state that does not ask for it passes; each that asks has a row, an entry an atom."""

    def __init__(
        self, variable: int, width: int, store: Diagrams, before: States[int], after: States[int]
    ) -> None:
        """width: how many atoms the fact has, and one. before, after: the nodes of the store by state."""
        self.variable = variable
        self.width = width
        self.before = before
        self.after = after
        self._store = store
        self._restricted: dict[tuple[int, int], int] = {}
        self._known = 0
        self._rows: Numbers = np.empty(16, np.int32)
        """Of each state the place where its row begins; of one that passes `~state` after it."""
        self._table: Numbers = np.empty(0, np.int32)
        self._asking: list[int] = []
        """The states that ask, in the order of their rows."""

    @property
    def size(self) -> int:
        """How much was remembered."""
        return len(self._restricted)

    def of(self, states: Numbers, atoms: Numbers) -> Numbers:
        """The state of each row after the fact, given the state before it and the fact's atom."""
        self._know()
        rows = self._rows.take(states)
        if not self._asking:
            return ~rows
        passing = rows < 0
        places = np.where(passing, 0, rows + atoms)
        found = self._table.take(places)
        lacking = found == _NOT_MADE
        lacking &= ~passing
        if lacking.any():
            for place in np.unique(places[lacking]).tolist():
                asking, atom = divmod(place, self.width)
                function = self.before.all[self._asking[asking]]
                self._table[place] = self.after.number(self._put_in(function, atom))
            found = self._table.take(places)
        return np.where(passing, ~rows, found)

    def _know(self) -> None:
        """Give each new state its row, where it asks for the fact."""
        count = len(self.before.all)
        self._rows = longer(self._rows, count)
        while self._known < count:
            function = self.before.all[self._known]
            if self._put_in(function, 1) == function:
                self._rows[self._known] = ~self.after.number(function)
            else:
                start = len(self._asking) * self.width
                self._table = longer(self._table, start + self.width)
                self._table[start : start + self.width] = _NOT_MADE
                self._rows[self._known] = start
                self._asking.append(self._known)
            self._known += 1

    def _put_in(self, function: int, atom: int) -> int:
        """The function with the fact known, or as it is for atom 0. No recursion: facts may be many."""
        if not atom:
            return function
        nodes, variable, done = self._store.nodes, self.variable, self._restricted
        waiting = [function]
        while waiting:
            number = waiting[-1]
            if number < 0 or nodes[number][0] > variable or (number, atom) in done:
                waiting.pop()
            elif nodes[number][0] == variable:
                done[number, atom] = nodes[number][atom]
            else:
                children = nodes[number][1:]
                lacking = [
                    each
                    for each in children
                    if each >= 0 and nodes[each][0] <= variable and (each, atom) not in done
                ]
                waiting += lacking
                if not lacking:
                    found = [done.get((each, atom), each) for each in children]
                    done[number, atom] = self._store.node(nodes[number][0], found)
        return done.get((function, atom), function)


class Scratch:
    """Room for the numbers of the rows that are walked at once: taken once a batch, it stays in the cache."""

    def __init__(self, rows: int) -> None:
        """Take room for so many rows."""
        self.places = np.empty(rows, np.intp)
        self.codes, self.combined = [
            {kind: np.empty(rows, kind) for kind in (np.int16, np.int32)} for _ in range(2)
        ]
        self.states = {np.dtype(kind): np.empty(rows, kind) for kind in (np.int8, np.int16, np.int32)}


@frozen(eq=False)
class Combination:
    """The numbers of the combinations that rows have of some columns, to mixed bases.

    columns: how many codes each has, and the rows' codes; None where all have the first. table: what a
    combination of codes is as one of atoms; None where codes are atoms.
    """

    columns: Sequence[tuple[int, Numbers | None]]
    kind: Any
    table: Numbers | None = None

    def of(self, rows: slice, scratch: Scratch) -> Numbers:
        """The numbers of some rows, in the scratch."""
        count = rows.stop - rows.start
        found: Numbers = scratch.combined[self.kind][:count]
        codes: Numbers = scratch.codes[self.kind][:count]
        found[:] = 0
        for place, (size, column) in enumerate(self.columns):
            if place:
                found *= size
            if column is not None:  # numpy adds numbers of two types much more slowly
                np.copyto(codes, column[rows], casting="unsafe")
                found += codes
        if self.table is None:
            return found
        places = scratch.places[:count]
        places[:] = found
        return self.table.take(places, out=scratch.combined[self.table.dtype.type][:count], mode="clip")


class Fused:
    """Facts that follow one another, asked for together: one table over all combinations of their atoms."""

    def __init__(self, levels: Sequence[Level]) -> None:
        """Take the levels, in their order."""
        self.levels = levels
        self._product = prod(each.width for each in levels)
        self._combined: Any = np.int16 if self._product < 2**15 else np.int32
        self._table: Numbers = np.empty(0, np.int8)
        self._open = 0
        self._translated: tuple[Sequence[bytes], Numbers] | None = None

    @property
    def entries(self) -> int:
        """How many entries the table has for the states that there are."""
        return len(self.levels[0].before.all) * self._product

    def combination(self, atoms: Mapping[int, Numbers]) -> Combination:
        """How the rows of a batch have their combinations of atoms, the first fact's counting most."""
        coded: list[tuple[Numbers, Numbers] | None] = [None] * len(self.levels)
        if isinstance(atoms, AtomColumns):
            coded = [atoms.codes(each.variable) for each in self.levels]
        sizes = [
            level.width if each is None else each[1].size
            for level, each in zip(self.levels, coded, strict=True)
        ]
        if (
            prod(sizes) > _CODES
            or not any(coded)
            or not all(within(each[0], each[1].size) for each in coded if each)
        ):
            columns = [(level.width, atoms.get(level.variable)) for level in self.levels]
            return Combination(columns, self._combined)
        given = [
            each or (atoms.get(level.variable), np.arange(level.width, dtype=np.int16))
            for level, each in zip(self.levels, coded, strict=True)
        ]
        columns = [(of_codes.size, codes) for codes, of_codes in given]
        return Combination(columns, np.int16, self._translation([each for _, each in given]))

    def _translation(self, of_codes: Sequence[Numbers]) -> Numbers:
        """Of each combination of codes that of their atoms; mostly a batch has the codes of the last."""
        key = [each.tobytes() for each in of_codes]
        last = self._translated
        if last is not None and last[0] == key:
            return last[1]
        table = np.zeros(1, np.int64)
        for level, each in zip(self.levels, of_codes, strict=True):
            table = np.add.outer(table * level.width, each).ravel()
        found = table.astype(self._combined)
        self._translated = key, found
        return found

    def of(self, states: Numbers | None, combined: Numbers, scratch: Scratch) -> Numbers:
        """The state of each row after these facts, in the scratch. states: before them; None: the first."""
        count = combined.size
        if len(self.levels) == 1:
            before = np.zeros(count, np.int32) if states is None else states
            return self.levels[0].of(before, combined)
        places = scratch.places[:count]
        if states is None:
            places[:] = combined
        else:
            np.multiply(states, self._product, out=places, dtype=np.intp)
            places += combined
        self._grow()
        found = self._taken(places, scratch)
        if self._open and count and found.min() == _NOT_MADE:
            lacking = np.unique(places[found == _NOT_MADE])
            self._fill(lacking)
            self._open -= lacking.size
            found = self._taken(places, scratch)
        return found

    def _taken(self, places: Numbers, scratch: Scratch) -> Numbers:
        out = scratch.states[self._table.dtype][: places.size]
        return self._table.take(places, out=out, mode="clip")

    def _fill(self, places: NDArray[Any]) -> None:
        """Put in what some places of the table lead to, by the single facts."""
        states, rest = np.divmod(places.astype(np.int32), self._product)
        left = self._product
        for level in self.levels:
            left //= level.width
            atoms, rest = np.divmod(rest, left)
            states = level.of(states, atoms)
        last = len(self.levels[-1].after.all) - 1
        if last > np.iinfo(self._table.dtype).max:
            self._table = self._table.astype(np.int16 if last < 2**15 else np.int32)
        self._table[places] = states

    def _grow(self) -> None:
        wanted = self.entries
        if wanted > self._table.size:
            used = self._table.size
            self._table = longer(self._table, wanted)
            self._table[used:] = _NOT_MADE
            self._open += self._table.size - used


def fused(levels: Sequence[Level], most: int) -> list[Fused]:
    """Levels put together while the combinations of their atoms are at most so many."""
    found: list[list[Level]] = []
    for level in levels:
        if found and prod(each.width for each in found[-1]) * level.width <= most:
            found[-1].append(level)
        else:
            found.append([level])
    return [Fused(each) for each in found]
