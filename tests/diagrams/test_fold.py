"""One pass from the terminals up sees each node once, after its children, however deep the diagram is."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings

from dmn_dli.diagrams.cases import a_case, certain, everywhere, nearest, nowhere, restrict, share, where
from dmn_dli.diagrams.fold import Node, below, fold
from dmn_dli.diagrams.store import Diagrams
from tests.diagrams.small import CASES, boxes, diagram, inside, new_store, truths

DEEP = 3_000
"""More variables than Python allows calls within calls."""


@settings(deadline=None)
@given(truths, boxes)
def test_a_pass_within_a_box_tells_what_its_cases_lead_to(results: list[bool], box: dict[int, int]) -> None:
    store = new_store()
    root = diagram(store, [str(holds) for holds in results])
    leaves, inner = below(store.nodes, root, box)
    met = {str(holds) for case, holds in zip(CASES, results, strict=True) if inside(case, box)}
    assert {store.results[~number] for number in leaves} == met
    assert inner == sorted(set(inner))


@settings(deadline=None)
@given(truths)
def test_children_come_before_their_parents_and_every_node_once(results: list[bool]) -> None:
    store = new_store()
    seen: list[Node] = []

    def step(node: Node, told: Mapping[int, int]) -> int:
        assert all(child in told for child in node[1:])
        seen.append(node)
        return 1 + max(told[child] for child in node[1:])

    root = diagram(store, results)
    assert fold(store.nodes, root, lambda _: 0, step)[root] <= 3
    assert len(seen) == len(set(seen)) == len(below(store.nodes, root)[1])


def test_no_walk_runs_out_of_calls_on_a_deep_diagram() -> None:
    store = Diagrams()
    store.allow(100_000)
    parity, other = [everywhere(store), nowhere(store)]
    for variable in range(DEEP, 0, -1):
        parity, other = store.node(variable, [parity, other]), store.node(variable, [other, parity])
    assert share(store, parity) == 0.5
    assert store.support(parity) == set(range(1, DEEP + 1))
    assert where(store, parity, lambda holds: not holds) == other
    assert store.apply(parity, other, lambda a, b: store.terminal(a != b)) == everywhere(store)
    assert store.if_then_else(parity, everywhere(store), nowhere(store)) == parity
    assert certain(store, parity, DEEP - 1) == nowhere(store)
    assert len(store.support(restrict(store, parity, DEEP // 2, 1))) == DEEP - 1
    found = a_case(store, parity)
    assert found is not None
    assert sum(found.values()) % 2 == 0
    changed = nearest(store, other, found)
    assert changed is not None
    assert len(changed) == 1
