"""Regions: where a diagram holds, as few and large boxes of facts.

A box gives for each variable the set of atoms (a bitmask) that it may take. Each
box is as large as can be: no variable of it could take one more atom. Boxes may
share cases; together they are all cases of the diagram.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import TypeAlias

from attrs import frozen

from dmn_dli.diagrams.boxes import admitted, edge
from dmn_dli.diagrams.cases import a_case, both, combinations, either, everywhere, negation, nowhere
from dmn_dli.diagrams.fold import Node, fold
from dmn_dli.diagrams.store import Diagrams

Region: TypeAlias = tuple[int, ...]
"""For each variable, from the first on, the set of its atoms."""


@frozen(slots=False)
class Space:
    """All combinations of atoms: `sizes` are the numbers of atoms, the first variable's first."""

    store: Diagrams
    sizes: tuple[int, ...]

    @cached_property
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
            left = both(store, left, negation(store, self.diagram(chosen)))

    def largest_path(self, root: int) -> Region:
        """The largest of the regions that single paths of the diagram lead through."""
        yes = everywhere(self.store)

        def ways(node: Node, best: Mapping[int, float]) -> dict[int, float]:
            """For each child how much single paths through it hold at most, in shares of one atom."""
            children = node[1:]
            return {child: children.count(child) * best[child] for child in children}

        best = fold(
            self.store.nodes,
            root,
            lambda number: float(number == yes),
            lambda node, best: max(ways(node, best).values()) / (len(node) - 1),
        )
        region = list(self.whole)
        while root >= 0:
            node = self.store.nodes[root]
            shares = ways(node, best)
            root = max(shares, key=lambda child: shares[child])
            region[node[0] - 1] = edge(node, root)
        return tuple(region)

    def count(self, root: int) -> int:
        """How many combinations lead to true."""
        return combinations(self.store, root, self.sizes)

    def count_inside(self, root: int, region: Region) -> int:
        """How many combinations of a region lead to true."""
        return self.count(both(self.store, root, self.diagram(region)))

    def a_case(self, root: int, region: Region) -> dict[int, int]:
        """A case of the region that leads to true: the atom of each variable that counts."""
        found = a_case(self.store, both(self.store, root, self.diagram(region)))
        assert found is not None, "every region holds a case"
        return found

    def _narrowed(self, region: Region) -> Sequence[int]:
        return [position for position, atoms in enumerate(region) if atoms != self.whole[position]]

    def _grown(self, region: Region, within: int, first: int) -> Region:
        """A region widened in every variable as far as the diagram stays true, `first` variable first."""
        nodes, accepted = self.store.nodes, (~everywhere(self.store),)
        narrowed = self._narrowed(region)
        box = {position + 1: region[position] for position in narrowed}
        for position in (first, *[each for each in narrowed if each != first]):
            box[position + 1] = admitted(nodes, within, accepted, box, position + 1, self.sizes[position])
        return tuple(box.get(position + 1, atoms) for position, atoms in enumerate(region))
