"""The decision requirements graph: which decision needs which, and in what order they can be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush


def decision_order(requires: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The decisions, each after those it requires, else in the given order.

    Raises CycleError; `cycle(error)` names the decisions on the circle.
    """
    position = {name: index for index, name in enumerate(requires)}
    sorter = TopologicalSorter(requires)
    sorter.prepare()
    names = list(requires)
    ready: list[int] = []
    order: list[str] = []
    while sorter.is_active() or ready:
        for name in sorter.get_ready():
            heappush(ready, position[name])
        first = names[heappop(ready)]
        order.append(first)
        sorter.done(first)
    return tuple(order)


def cycle(error: CycleError) -> tuple[str, ...]:
    """The decisions of a circle, the first repeated at the end."""
    return tuple(error.args[1])
