"""Where two policies' answers differ: for each pair of different answers the diagram of its cases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import eq
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.cases import both, nowhere, where
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.diff.answers import LIST_DECISIONS, TEXTS, Aspect, Special, terminal


@frozen
class Pair:
    """Two different answers, `old` and `new`."""

    old: Any
    new: Any


@frozen
class Differing:
    """Two different answers as they are told, and the diagram of the cases that get them."""

    old: Any
    new: Any
    root: int


def pairs(store: Diagrams, old: int, new: int) -> int:
    """Two diagrams of answers as one: None where they are equal, a Pair where they differ, else Special."""

    def pair(left: Any, right: Any) -> int:
        for special in (Special.IMPOSSIBLE, Special.UNSURE):
            if left is special or right is special:
                return terminal(store, special)
        return terminal(store, None if repr(left) == repr(right) else Pair(left, right))

    return store.apply(old, new, pair)


def differing(store: Diagrams, aspect: Aspect, paired: int, same: int) -> Iterator[Differing]:
    """What differs of an aspect, from its diagram of pairs.

    same: the cases whose determination stays; only there is a difference in wording worth telling, and
    only where both sides have an answer a difference in a list or in how a criterion stands. A list differs
    item by item.
    """
    reached = {repr(result): result for result in store.reached(paired)}
    found = [reached[key] for key in sorted(reached) if isinstance(reached[key], Pair)]
    if aspect in LIST_DECISIONS:
        yield from _items(store, paired, [pair for pair in found if not _in_error(pair)])
        return
    for pair in found:
        root = where(store, paired, partial(eq, pair))
        if aspect is Aspect.DETERMINATION:
            yield Differing(_shown(pair.old), _shown(pair.new), root)
        elif aspect is Aspect.CRITERIA and not _in_error(pair):
            yield Differing(pair.old, pair.new, root)
        elif not _in_error(pair):
            root = both(store, root, same)
            if root != nowhere(store):
                yield Differing(*_texts(pair), root)


def _items(store: Diagrams, paired: int, found: list[Pair]) -> Iterator[Differing]:
    """For each item that one side lacks somewhere the cases, and the list with and without it."""
    items = {repr(item): item for pair in found for item in (*pair.old, *pair.new)}
    for item in (items[key] for key in sorted(items)):
        for lost in (True, False):

            def lacks(result: Any, item: Any = item, lost: bool = lost) -> bool:
                if not isinstance(result, Pair) or _in_error(result):
                    return False
                has = (item in result.old, item in result.new)
                return has == (lost, not lost)

            root = where(store, paired, lacks)
            if root != nowhere(store):
                yield Differing([item] if lost else [], [] if lost else [item], root)


def _texts(pair: Pair) -> tuple[dict[str, Any], dict[str, Any]]:
    """The texts that differ."""
    named = [(name, old, new) for name, old, new in zip(TEXTS, pair.old, pair.new, strict=True) if old != new]
    return {name: old for name, old, _ in named}, {name: new for name, _, new in named}


def _in_error(pair: Pair) -> bool:
    return Special.ERROR in (pair.old, pair.new)


def _shown(answer: Any) -> Any:
    return answer.value if isinstance(answer, Special) else answer
