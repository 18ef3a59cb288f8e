"""The order in which elements are lowered, held to a naive search for circles."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.interchange.dmn.lower_order import lowering_order, together

NAMES = "abcdefg"
graphs = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(NAMES), max_size=3, unique=True) for name in NAMES}
)


def reach(requires: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        more = set(requires.get(waiting.pop(), [])) - found
        found |= more
        waiting += more
    return found


@given(graphs)
def test_names_are_together_that_reach_each_other(requires: dict[str, list[str]]) -> None:
    far = {name: reach(requires, name) | {name} for name in requires}
    naive = {frozenset(b for b in NAMES if b in far[a] and a in far[b]) for a in NAMES}
    groups = together(requires)
    assert {frozenset(group) for group in groups} == naive
    assert sorted(name for group in groups for name in group) == list(NAMES)


@given(graphs, st.sets(st.sampled_from(NAMES)))
def test_every_decision_comes_after_those_that_it_requires(
    requires: dict[str, list[str]], decisions: set[str]
) -> None:
    order = lowering_order(requires, decisions)
    assert sorted(order.names) == list(NAMES)
    informed = {name: [each for each in requires[name] if each in decisions] for name in decisions}
    assert order.circular == {name for name in decisions if name in reach(informed, name)}
    place = {name: at for at, name in enumerate(order.names)}
    for name in decisions - order.circular:
        assert all(place[each] < place[name] for each in informed[name])
    for name in NAMES:
        for each in requires[name]:
            # A function comes first, too, where it does not need its caller.
            if each not in decisions and name not in reach(requires, each):
                assert place[each] < place[name]
    for circle in order.circles:
        assert circle[0] == circle[-1]
        assert all(b in informed[a] for a, b in pairwise(circle))


def test_long_chains_and_long_circles_are_no_recursion_and_take_no_time() -> None:
    chain = {str(at): [str(at + 1)] for at in range(20_000)} | {"20000": []}
    assert lowering_order(chain, set(chain)).names[0] == "20000"
    ring = chain | {"20000": ["0"]}
    assert len(lowering_order(ring, set(ring)).circular) == 20_001
    pairs = {str(at): [str(at ^ 1)] for at in range(20_000)}
    assert len(lowering_order(pairs, set(pairs)).circles) == 10_000
