"""One pass over a diagram, from the terminals up: what is told of a node follows from its children.

    nodes[1] = (1, 0, ~1)       sum of what the children give      1 + 1 = 2
    nodes[0] = (2, ~0, ~1)      sum of what the children give      0 + 1 = 1
    terminals ~0, ~1            0 and 1

Every walk over a diagram is such a pass, or a way down that it has prepared. It takes no recursion, however
many variables there are: children are made before their parents, so that ascending numbers lead upward.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from sys import maxsize
from typing import TypeAlias, TypeVar

Node: TypeAlias = tuple[int, ...]
"""`(variable, child of atom 1, child of atom 2, …)`; a child is a node, or `~number` of a terminal."""

Box: TypeAlias = Mapping[int, int]
"""For some variables the atoms that they may have, as a bitmask: bit 0 for the first atom."""

T = TypeVar("T")

ANYWHERE: Box = {}


def fold(
    nodes: Sequence[Node],
    root: int,
    leaf: Callable[[int], T],
    step: Callable[[Node, Mapping[int, T]], T],
    within: Box = ANYWHERE,
    last: int = maxsize,
) -> dict[int, T]:
    """What is told of a root and of all that is below it, by number.

    leaf: what is told of a terminal (`~number`). step: of a node, given what is told of its children.
    within, last: as in `below`; `leaf` is then asked of the nodes behind `last` as well.
    """
    leaves, inner = below(nodes, root, within, last)
    told = {number: leaf(number) for number in leaves}
    for number in inner:
        told[number] = step(nodes[number], told)
    return told


def below(
    nodes: Sequence[Node], root: int, within: Box = ANYWHERE, last: int = maxsize
) -> tuple[list[int], list[int]]:
    """The terminals below a root in the order of a search from the first atoms on, and the nodes, ascending.

    within: only what the cases of a box lead to. last: nodes of variables behind it count as terminals.
    """
    leaves: list[int] = []
    inner: list[int] = []
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        if number < 0 or nodes[number][0] > last:
            leaves.append(number)
        else:
            inner.append(number)
            node = nodes[number]
            waiting += open_children(node, within)[::-1] if node[0] in within else node[:0:-1]
    inner.sort()
    return leaves, inner


def open_children(node: Node, box: Box) -> Sequence[int]:
    """The children that the cases of a box go on with."""
    taken = box.get(node[0])
    if taken is None:
        return node[1:]
    return [child for atom, child in enumerate(node[1:]) if taken >> atom & 1]
