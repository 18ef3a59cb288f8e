"""Graphs at random, small and large."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from dmn_dli.requirements.arrangement import Size
from dmn_dli.requirements.layers import Pair


@st.composite
def sizes(draw: st.DrawFn) -> dict[str, Size]:
    """Up to fourteen nodes, narrow and wide, flat and high."""
    measure = st.sampled_from([41, 120, 177, 520])
    number = draw(st.integers(1, 14))
    return {f"n{each}": Size(draw(measure), draw(measure)) for each in range(number)}


@st.composite
def graphs(draw: st.DrawFn, *, circles: bool = False) -> tuple[dict[str, Size], list[Pair]]:
    """Nodes, and requirements among them, which go in circles only where they may."""
    nodes = draw(sizes())
    names = list(nodes)
    possible = [
        (upper, lower)
        for number, upper in enumerate(names)
        for lower in (names if circles else names[number + 1 :])
        if upper != lower
    ]
    pairs = draw(st.lists(st.sampled_from(possible), unique=True)) if possible else []
    return nodes, draw(st.permutations(pairs))


def large(number: int, chance: float, seed: int = 0) -> tuple[dict[str, Size], list[Pair]]:
    """So many decisions, each of which reads some of the next twelve."""
    random = Random(seed)
    names = [f"Decision {each}" for each in range(number)]
    pairs = [
        (upper, lower)
        for position, upper in enumerate(names)
        for lower in names[position + 1 : position + 13]
        if random.random() < chance
    ]
    return {name: Size(random.choice([140, 240]), random.choice([60, 200])) for name in names}, pairs
