"""Paths, grown boxes and regions, against looking at every combination."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.diagrams.boxes import admitted, paths
from dmn_dli.diagrams.cases import everywhere, nowhere
from dmn_dli.diagrams.regions import Space
from tests.diagrams.small import CASES, SIZES, boxes, diagram, inside, new_store, truths


@settings(deadline=None)
@given(truths, st.dictionaries(st.integers(1, 3), st.integers(0, 1)))
def test_paths_are_disjoint_and_hold_all_that_leads_there(results: list[bool], known: dict[int, int]) -> None:
    store = new_store()
    root, yes = diagram(store, results), everywhere(store)
    fixed = {variable: 1 << atom for variable, atom in known.items()}
    found = [dict(box) for box in paths(store.nodes, root, {~yes}, fixed)]
    assert all(not known.keys() & box.keys() for box in found)
    for case, holds in zip(CASES, results, strict=True):
        if known.items() <= case.items():
            assert sum(inside(case, box) for box in found) == holds


@settings(deadline=None)
@given(truths, boxes, st.sampled_from([1, 2, 3]))
def test_an_atom_is_admitted_if_all_cases_of_the_box_lead_there(
    results: list[bool], box: dict[int, int], variable: int
) -> None:
    store = new_store()
    root, yes = diagram(store, results), everywhere(store)
    size = SIZES[variable - 1]
    found = admitted(store.nodes, root, {~yes}, box, variable, size)
    held = list(zip(CASES, results, strict=True))
    for atom in range(size):
        wanted = {**box, variable: 1 << atom}
        assert bool(found >> atom & 1) == all(holds for case, holds in held if inside(case, wanted))


@settings(deadline=None)
@given(truths, truths)
def test_regions_hold_all_of_a_set_and_none_could_be_larger(results: list[bool], besides: list[bool]) -> None:
    store = new_store()
    space = Space(store, SIZES)
    found = list(space.regions(diagram(store, results), diagram(store, besides)))
    allowed = {tuple(case.values()): a or b for case, a, b in zip(CASES, results, besides, strict=True)}
    covered = set()
    for region in found:
        held = {tuple(case.values()) for case in CASES if inside(case, dict(enumerate(region, 1)))}
        assert len(held) == space.volume(region)
        assert all(allowed[case] for case in held)
        covered |= held
        for position, atoms in enumerate(region):
            for atom in range(SIZES[position]):
                wider = dict(enumerate((*region[:position], atoms | 1 << atom, *region[position + 1 :]), 1))
                inner = [tuple(case.values()) for case in CASES if inside(case, wider)]
                assert atoms >> atom & 1 or not all(allowed[case] for case in inner)
    assert {tuple(case.values()) for case, holds in zip(CASES, results, strict=True) if holds} <= covered


def test_the_region_of_nothing_is_none() -> None:
    store = new_store()
    assert not list(Space(store, SIZES).regions(nowhere(store), nowhere(store)))
