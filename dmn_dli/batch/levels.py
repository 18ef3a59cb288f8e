"""From what functions are before a fact is put in to what they are after it, by gathers over tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.transitions import Numbers, States
from dmn_dli.diagrams.store import Diagrams

_NOT_MADE = -1


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
        self._used = 0

    @property
    def size(self) -> int:
        """How much was remembered."""
        return len(self._restricted)

    def of(self, states: Numbers, atoms: Numbers) -> Numbers:
        """The state of each row after the fact, given the state before it and the fact's atom."""
        self._know()
        rows = self._rows.take(states)
        passing = rows < 0
        places = np.where(passing, 0, rows + atoms)
        if not self._used:
            return ~rows
        found = self._table.take(places)
        lacking = np.unique(places[(found == _NOT_MADE) & ~passing])
        if lacking.size:
            starts = {start: state for state, start in enumerate(self._rows[: self._known].tolist())}
            for place in lacking.tolist():
                atom = place % self.width
                function = self.before.all[starts[place - atom]]
                self._table[place] = self.after.number(self._put_in(function, atom))
            found = self._table.take(places)
        return np.where(passing, ~rows, found)

    def _know(self) -> None:
        """Give each new state its row, where it asks for the fact."""
        count = len(self.before.all)
        self._rows = _longer(self._rows, count)
        while self._known < count:
            function = self.before.all[self._known]
            if self._put_in(function, 1) == function:
                self._rows[self._known] = ~self.after.number(function)
            else:
                self._table = _longer(self._table, self._used + self.width)
                self._table[self._used : self._used + self.width] = _NOT_MADE
                self._rows[self._known] = self._used
                self._used += self.width
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


class Fused:
    """Facts that follow one another, asked for together: one table over all combinations of their atoms."""

    def __init__(self, levels: Sequence[Level]) -> None:
        """Take the levels, in their order."""
        self.levels = levels
        self._product = prod(each.width for each in levels)
        self._combined: Any = np.int16 if self._product < 2**15 else np.int32
        self._table: Numbers = np.empty(0, np.int8)
        self._open = 0

    @property
    def entries(self) -> int:
        """How many entries the table has for the states that there are."""
        return len(self.levels[0].before.all) * self._product

    def combined(self, atoms: Mapping[int, Numbers], rows: slice) -> Numbers:
        """The number of each row's combination of atoms, the first fact's counting most."""
        found: Numbers = np.zeros(rows.stop - rows.start, self._combined)
        for place, level in enumerate(self.levels):
            if place:
                found *= level.width
            column = atoms.get(level.variable)
            if column is not None:
                np.add(found, column[rows], out=found, casting="unsafe")
        return found

    def of(self, states: Numbers | None, combined: Numbers) -> Numbers:
        """The state of each row after these facts. states: those before them; None: all are the first."""
        if len(self.levels) == 1:
            return self.levels[0].of(
                np.zeros(combined.size, np.int32) if states is None else states, combined
            )
        if states is None:
            places = combined
        else:
            places = states.astype(np.int32)
            places *= self._product
            places += combined
        self._grow()
        found: Numbers = self._table.take(places)
        if self._open and found.size and found.min() == _NOT_MADE:
            lacking = np.unique(places[found == _NOT_MADE])
            self._fill(lacking)
            self._open -= lacking.size
            found = self._table.take(places)
        return found

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
            self._table = _longer(self._table, wanted)
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


def _longer(numbers: Numbers, size: int) -> Numbers:
    """The array with room for so many entries, at least twice as long where it has to grow."""
    if size <= numbers.size:
        return numbers
    found: Numbers = np.empty(max(size, 2 * numbers.size), numbers.dtype)
    found[: numbers.size] = numbers
    return found
