"""Two functions of the facts asked together: whether few unknown facts that change part both at once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import combinations

from dmn_dli.runtime.diagram import IMPOSSIBLE
from dmn_dli.runtime.policy import Diagram

PARTING_STEPS = 200_000
"""Steps that one question may take before it is answered with caution."""

_RULED_OUT = ~IMPOSSIBLE


def part_together(first: Diagram, second: Diagram, groups: Iterable[Container[int]] | None = None) -> bool:
    """Whether two completions that differ in little have different classes of both diagrams.

    The diagrams are reduced, over the unknown variables alone; their terminals number classes, IMPOSSIBLE
    for what no real case has. groups: the completions differ in one of these sets of variables alone; without
    them in one variable, whichever it is. A question of too many steps is answered yes.
    """
    if set(first.variables).isdisjoint(second.variables):
        return False
    try:
        if groups is None:
            return _Pair(first, second, ()).parts_alone()
        return any(_Pair(first, second, free).parts() for free in groups)
    except _TooLong:
        return True


class _TooLong(Exception):
    """The walk has taken all its steps."""


class _Pair:
    """Two diagrams, walked together; `free` variables may have another value in each of two completions."""

    def __init__(self, first: Diagram, second: Diagram, free: Container[int]) -> None:
        self.nodes = (first.nodes, second.nodes)
        self.start = (first.root, second.root)
        self.free = free
        self.left = PARTING_STEPS
        self.seen: set[tuple[int, int, int, int]] = set()

    def parts_alone(self) -> bool:
        """Whether completions that differ in one variable alone part both."""
        seen: set[tuple[int, int]] = set()
        waiting = [self.start]
        while waiting:
            place = waiting.pop()
            if place in seen or place[0] < 0 or place[1] < 0:
                continue
            seen.add(place)
            following = [*self._following(place)]
            waiting += following
            if any(self._apart(one + other) for one, other in combinations(following, 2)):
                return True
        return False

    def parts(self) -> bool:
        """Whether completions that differ in the free variables alone part both."""
        return self._apart(self.start * 2)

    def _following(self, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Where each atom of the next variable leads in both diagrams."""
        first, second = (
            nodes[number] if number >= 0 else () for nodes, number in zip(self.nodes, place, strict=True)
        )
        variable = min(node[0] for node in (first, second) if node)
        asked = first if first and first[0] == variable else second
        for atom in range(1, len(asked)):
            yield (
                first[atom] if first and first[0] == variable else place[0],
                second[atom] if second and second[0] == variable else place[1],
            )

    def _apart(self, start: tuple[int, int, int, int]) -> bool:
        """Whether two completions lead from two places to classes that differ in both diagrams."""
        waiting = [start]
        while waiting:
            state = waiting.pop()
            one, one_too, other, other_too = state
            if state in self.seen or (not self.free and (one == other or one_too == other_too)):
                continue
            if _RULED_OUT in state:
                continue
            self.seen.add(state)
            self.left -= 1
            if self.left < 0:
                raise _TooLong
            if max(state) < 0:
                if one != other and one_too != other_too:
                    return True
                continue
            waiting += self._both_following(state)
        return False

    def _both_following(self, state: tuple[int, int, int, int]) -> Iterator[tuple[int, int, int, int]]:
        """Where two completions lead on: by the same atom, or by any two of a free variable."""
        nodes = [self.nodes[place % 2][number] if number >= 0 else () for place, number in enumerate(state)]
        variable = min(node[0] for node in nodes if node)
        asked = [node if node and node[0] == variable else () for node in nodes]
        atoms = range(1, len(next(node for node in asked if node)))

        def led(place: int, atom: int) -> int:
            return asked[place][atom] if asked[place] else state[place]

        for atom in atoms:
            for another in atoms if variable in self.free else (atom,):
                yield led(0, atom), led(1, atom), led(2, another), led(3, another)
