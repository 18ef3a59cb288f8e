"""The atoms of a batch's rows, by variable; of columns with codes made only where they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from dmn_dli.batch.transitions import CHUNK, Numbers


class AtomColumns(Mapping[int, Numbers]):
    """For each variable the atom in each row, 0 where it is unknown."""

    def __init__(self) -> None:
        """Start without any."""
        self._atoms: dict[int, Numbers] = {}
        self._coded: dict[int, tuple[Numbers, Numbers]] = {}
        self._fresh: set[int] = set()

    def put(self, variable: int, atoms: Numbers) -> None:
        """Take the atoms of a variable."""
        self._atoms[variable] = atoms

    def put_coded(self, variable: int, codes: Numbers, atoms: Numbers) -> None:
        """Take a variable's code in each row, and the atom of each code."""
        self._coded[variable] = codes, atoms
        self._fresh.add(variable)

    def codes(self, variable: int) -> tuple[Numbers, Numbers] | None:
        """Codes and the atom of each, for the first who asks: one walk over codes is quicker than over atoms.

        None where there are none, and for all who come after: they share the atoms.
        """
        if variable not in self._fresh or variable in self._atoms:
            return None
        self._fresh.discard(variable)
        return self._coded[variable]

    def taken(self, rows: Numbers) -> AtomColumns:
        """Those of some rows alone."""
        found = AtomColumns()
        for variable in self:
            if variable in self._atoms:
                found.put(variable, self._atoms[variable][rows])
            else:
                codes, atoms = self._coded[variable]
                found.put_coded(variable, codes[rows], atoms)
        return found

    def placed(self, row: int, size: int) -> list[int]:
        """The atom of each variable in a row, by variable, of which there are fewer than `size`."""
        found = [0] * size
        for variable in self:
            if variable in self._atoms:
                found[variable] = int(self._atoms[variable][row])
            else:
                codes, atoms = self._coded[variable]
                found[variable] = int(atoms[codes[row]])
        return found

    def __getitem__(self, variable: int) -> Numbers:
        """The atoms of a variable. Raises KeyError."""
        if variable not in self._atoms:
            codes, atoms = self._coded[variable]
            self._atoms[variable] = by_code(atoms, codes)
        return self._atoms[variable]

    def __iter__(self) -> Iterator[int]:
        return iter({**self._coded, **self._atoms})

    def __len__(self) -> int:
        return len({**self._coded, **self._atoms})


def by_code(each: Numbers, codes: Numbers) -> Numbers:
    """What stands under the code of each row. Raises IndexError where nothing does.

    It is gathered in pieces that stay in the processor's cache.
    """
    found: Numbers = np.empty(codes.size, each.dtype)
    if codes.size and not (codes.min() >= 0 and codes.max() < each.size):
        raise IndexError("a code of a column is out of the bounds of its dictionary")
    places = np.empty(min(codes.size, CHUNK), np.intp)
    for start in range(0, codes.size, CHUNK):
        some = codes[start : start + CHUNK]
        places[: some.size] = some
        each.take(places[: some.size], out=found[start : start + CHUNK], mode="clip")
    return found
