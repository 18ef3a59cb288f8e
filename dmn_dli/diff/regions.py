"""Regions: where a diagram holds, as few and large boxes of facts.

A box gives for each variable the set of atoms (a bitmask) that it may take. Each
box is as large as can be: no variable of it could take one more atom. Boxes may
share cases; together they are all cases of the diagram.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import TypeAlias

from attrs import frozen

from dmn_dli.analysis.reach import a_case, both, everywhere, nowhere, share
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.tables.masks import members

Region: TypeAlias = tuple[int, ...]
"""For each variable, from the first on, the set of its atoms."""


@frozen
class Space:
    """All combinations of atoms: `sizes` are the numbers of atoms, the first variable's first."""

    store: Diagrams
    sizes: tuple[int, ...]

    @property
    def whole(self) -> Region:
        """The region of all combinations."""
        return tuple((1 << size) - 1 for size in self.sizes)

    def diagram(self, region: Region) -> int:
        """The diagram that is true inside a region."""
        yes, no = everywhere(self.store), nowhere(self.store)
        root = yes
        for position in range(len(region) - 1, -1, -1):
            atoms = region[position]
            if atoms != self.whole[position]:
                children = [root if atoms >> atom & 1 else no for atom in range(self.sizes[position])]
                root = self.store.node(position + 1, children)
        return root

    def volume(self, region: Region) -> int:
        """How many combinations a region holds."""
        return prod(atoms.bit_count() for atoms in region)

    def regions(self, root: int, besides: int) -> Iterator[Region]:
        """Maximal regions within a diagram and `besides`, one after the other, until they hold all of `root`.

        besides: combinations that regions may hold as well, such as those that never arrive.
        Raises TooLarge; the caller grants the store its steps.
        """
        store = self.store
        no = nowhere(store)
        within = either(store, root, besides)
        left = root
        while left != no:
            seed = self.largest_path(left)
            grown = {self._grown(seed, within, first) for first in self._narrowed(seed)} or {seed}
            chosen = max(sorted(grown), key=self.volume)
            yield chosen
            left = both(store, left, self._outside(chosen))

    def largest_path(self, root: int) -> Region:
        """The largest of the regions that single paths of the diagram lead through."""
        best: dict[int, float] = {everywhere(self.store): 1.0}

        def weigh(number: int) -> float:
            """The largest share of all combinations below a node."""
            if number not in best:
                best[number] = 0.0
                if number >= 0:
                    children = self.store.nodes[number][1]
                    best[number] = max(
                        children.count(child) * weigh(child) / len(children)
                        for child in dict.fromkeys(children)
                    )
            return best[number]

        weigh(root)
        region = list(self.whole)
        number = root
        while number >= 0:
            variable, children = self.store.nodes[number]
            chosen = max(dict.fromkeys(children), key=lambda child: children.count(child) * best[child])
            region[variable - 1] = sum(1 << atom for atom, child in enumerate(children) if child == chosen)
            number = chosen
        return tuple(region)

    def share(self, root: int, region: Region, possible: int) -> float:
        """How much of all possible cases lies in a region and leads to true, 0 to 1, atoms counted alike."""
        inside = both(self.store, root, self.diagram(region))
        return share(self.store, inside) / share(self.store, possible)

    def a_case(self, root: int, region: Region) -> dict[int, int]:
        """A case of the region that leads to true: the atom of each variable that counts."""
        found = a_case(self.store, both(self.store, root, self.diagram(region)))
        assert found is not None, "every region holds a case"
        return found

    def _narrowed(self, region: Region) -> Sequence[int]:
        return [position for position, atoms in enumerate(region) if atoms != self.whole[position]]

    def _grown(self, region: Region, within: int, first: int) -> Region:
        """A region widened in every variable as far as the diagram stays true, `first` variable first."""
        grown = list(region)
        for position in (first, *[each for each in self._narrowed(region) if each != first]):
            grown[position] = self._admitted(within, grown, position)
        return tuple(grown)

    def _admitted(self, root: int, region: Sequence[int], position: int) -> int:
        """The atoms of a variable with which a diagram is true for all that a region allows of the others."""
        whole = self.whole[position]
        known = {everywhere(self.store): whole, nowhere(self.store): 0}
        nodes = self.store.nodes

        def visit(number: int) -> int:
            found = known.get(number)
            if found is None:
                variable, children = nodes[number]
                if variable == position + 1:
                    found = sum(1 << atom for atom, child in enumerate(children) if visit(child))
                else:
                    found = whole
                    for atom in members(region[variable - 1]):
                        found &= visit(children[atom])
                        if not found:
                            break
                known[number] = found
            return found

        return visit(root)

    def _outside(self, region: Region) -> int:
        return self.store.map(self.diagram(region), self._negated())

    def _negated(self) -> Callable[[bool], int]:
        yes, no = everywhere(self.store), nowhere(self.store)
        return lambda result: no if result else yes


def either(store: Diagrams, left: int, right: int) -> int:
    """The cases of either diagram."""
    yes, no = everywhere(store), nowhere(store)
    return store.combine(left, right, lambda a, b: yes if a or b else no, yes)
