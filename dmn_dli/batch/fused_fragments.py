"""Neighbouring fragments of which there are few combinations, fused into one: rows are joined of fewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dmn_dli.batch.coded import Coded
from dmn_dli.batch.transitions import Numbers

_MOST = 4_096
"""How many combinations of fragments may be fused; those that no row has are never made."""

_NOT_MADE = -1


class FragmentFuser:
    """Fuses fragments; what was fused for one batch serves all further ones."""

    def __init__(self) -> None:
        """Start without any."""
        self._fusions: dict[tuple[tuple[int, int], ...], _Fusion] = {}

    def __len__(self) -> int:
        return len(self._fusions)

    def clear(self) -> None:
        """Forget what was fused."""
        self._fusions.clear()

    def fused(self, fragments: Sequence[Coded]) -> Iterator[Coded]:
        """The fragments of the same text, as few as may be."""
        group = _Group()
        for each in fragments:
            if each.own:
                yield from self._of(group)
                yield each
                group = _Group()
                continue
            if not group.takes(each):
                yield from self._of(group)
                group = _Group()
            group.add(each)
        yield from self._of(group)

    def _of(self, group: _Group) -> Iterator[Coded]:
        if len(group.fragments) < 2:
            yield from group.fragments
            return
        key = tuple(
            [(id(each.values), which) for each, which in zip(group.fragments, group.which, strict=True)]
        )
        fusion = self._fusions.get(key)
        if fusion is None:
            lists = [each.values for each in group.fragments]
            fusion = self._fusions[key] = _Fusion(lists, group.which)
        yield fusion.of(group.numbers, group.sizes) if group.numbers else fusion.constant(group.fragments[0])


class _Group:
    """Fragments that stand side by side, and the numbers, each once, that say what they are in a row."""

    def __init__(self) -> None:
        self.fragments: list[Coded] = []
        self.which: list[int] = []
        """For each fragment which of the numbers is its own; -1 where it is the same in all rows."""
        self.numbers: list[Numbers] = []
        self.sizes: list[int] = []
        self._places: dict[int, int] = {}
        self._product = 1

    def takes(self, fragment: Coded) -> bool:
        """Whether one more may be fused with these."""
        known = fragment.settled == 1 or id(fragment.numbers) in self._places
        return known or not self.numbers or self._product * fragment.settled <= _MOST

    def add(self, fragment: Coded) -> None:
        """Take one more."""
        self.fragments.append(fragment)
        if fragment.settled == 1:
            self.which.append(-1)
            return
        place = self._places.setdefault(id(fragment.numbers), len(self.numbers))
        if place == len(self.numbers):
            self.numbers.append(fragment.numbers)
            self.sizes.append(fragment.settled)
            self._product *= fragment.settled
        self.which.append(place)


class _Fusion:
    """Some lists of fragments, fused. which: as of a group."""

    def __init__(self, lists: Sequence[Sequence[bytes]], which: Sequence[int]) -> None:
        self._lists = lists  # kept, since their ids stand for them
        self._which = which
        self.made: list[bytes] = []
        self._known: dict[tuple[int, ...], int] = {}
        self._sizes: tuple[int, ...] = ()
        self._table: NDArray[Any] = np.empty(0, np.int32)

    def constant(self, like: Coded) -> Coded:
        """The fragment that all rows have."""
        if not self.made:
            self._make(())
        return Coded(like.numbers, self.made, 1)

    def of(self, numbers: Sequence[Numbers], sizes: Sequence[int]) -> Coded:
        """The fragment of each row."""
        if len(numbers) == 1:
            for number in range(len(self.made), sizes[0]):
                self._make((number,))
            return Coded(numbers[0], self.made, sizes[0])
        had = self._sizes or tuple(sizes)
        # A column may have come later than another of the same lists, of which fewer were settled.
        if self._sizes != (needed := tuple(map(max, had, sizes))):
            self._resize(needed)
        codes = numbers[0].astype(np.int32)
        for column, size in zip(numbers[1:], self._sizes[1:], strict=True):
            codes *= size
            np.add(codes, column, out=codes, casting="unsafe")
        found = self._table.take(codes)
        if found.size and found.min() == _NOT_MADE:
            for code in np.unique(codes[found == _NOT_MADE]).tolist():
                self._table[code] = self._make(tuple(map(int, np.unravel_index(code, self._sizes))))
            found = self._table.take(codes)
        return Coded(found, self.made, len(self.made))

    def _make(self, numbers: tuple[int, ...]) -> int:
        """The number of what a combination is."""
        lists = zip(self._lists, self._which, strict=True)
        self.made.append(b"".join([values[numbers[place] if place >= 0 else 0] for values, place in lists]))
        self._known[numbers] = len(self.made) - 1
        return len(self.made) - 1

    def _resize(self, sizes: tuple[int, ...]) -> None:
        """The lists have grown: codes are others."""
        self._sizes = sizes
        self._table = np.full(int(np.prod(sizes)), _NOT_MADE, np.int32)
        if self._known:
            places = np.ravel_multi_index(np.array([*self._known]).T, sizes)
            self._table[places] = [*self._known.values()]
