"""Which unknown facts matter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import combinations
from typing import Any

from dmn_dli.source.runtime.settling import _follow, spread
from dmn_dli.source.runtime.terms import Outcome, Settled


def depends_on(
    settled: Settled, answer: Callable[[Outcome], Hashable], places: Mapping[str, int]
) -> set[str]:
    """The unknown facts on which an answer depends: those that matter.

    A fact matters when it belongs to a smallest set of facts by which two possible completions of
    different answers differ. Without assumptions every such set is a single fact.
    places: of the facts in the order in which diagrams ask for them.
    """
    if len({answer(each) for each in settled.outcomes.values()}) == 1:
        return set()
    outcomes = settled.decision.outcomes
    impossible = ("impossible",)
    answers = [impossible if each.trouble == impossible else ("answer", answer(each)) for each in outcomes]
    _, candidates = spread(settled.decision.diagram, settled.classes, answers)
    if impossible not in answers:
        return candidates
    found = {each for each in candidates if _differ(settled, answers, {each}, places)}
    others = sorted(candidates - found)
    minimal: list[set[str]] = []
    for size in range(2, len(others) + 1):
        for chosen in map(set, combinations(others, size)):
            if not any(each <= chosen for each in minimal) and _differ(settled, answers, chosen, places):
                minimal.append(chosen)
    return found.union(*minimal)


def _differ(settled: Settled, answers: Sequence[Any], free: set[str], places: Mapping[str, int]) -> bool:
    """Whether possible completions that differ in the free facts alone have different answers.

    Walks all the nodes that one choice of the other facts leads to at once.
    """
    diagram, classes = settled.decision.diagram, settled.classes
    seen: set[frozenset[int]] = set()
    waiting = [frozenset({_follow(diagram, diagram.root, classes)})]
    while waiting:
        numbers = waiting.pop()
        if numbers in seen:
            continue
        seen.add(numbers)
        inner = [number for number in numbers if number >= 0]
        if not inner:
            if len({answers[~number] for number in numbers} - {("impossible",)}) > 1:
                return True
            continue
        fact = min((diagram.nodes[number][0] for number in inner), key=lambda each: places[each])
        asked = [number for number in inner if diagram.nodes[number][0] == fact]
        following = [
            numbers.difference(asked).union(_follow(diagram, child, classes) for child in children)
            for children in zip(*[diagram.nodes[number][1:] for number in asked], strict=True)
        ]
        waiting += [frozenset().union(*following)] if fact in free else following
    return False
