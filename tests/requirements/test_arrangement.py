"""Where nodes stand and lines run, against checks that look at every pair."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from dmn_dli.requirements.arrangement import Arrangement, Box, Point, Size, arrange
from dmn_dli.requirements.layers import MOST_NODES, NotArranged, Pair
from tests.payers import WORKBOOKS, linked
from tests.requirements.graphs import graphs, large
from tests.requirements.payers import payer_graph


def _overlap(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


def _span(start: Point, end: Point) -> Box:
    """What lies between two points; at least one unit wide and high, so that an upright line is something."""
    left, top = min(start.x, end.x), min(start.y, end.y)
    return Box(left, top, max(abs(start.x - end.x), 1), max(abs(start.y - end.y), 1))


def _check(found: Arrangement, sizes: Mapping[str, Size], pairs: Sequence[Pair]) -> None:
    assert {name: Size(box.width, box.height) for name, box in found.boxes.items()} == sizes
    assert [each for each in combinations(found.boxes.values(), 2) if _overlap(*each)] == []
    assert list(found.lines) == list(pairs)
    for box in found.boxes.values():
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= found.width
        assert box.bottom <= found.height
    for line in found.lines.values():
        assert all(0 <= point.x <= found.width and 0 <= point.y <= found.height for point in line)
        for piece in pairwise(line):
            assert [name for name, box in found.boxes.items() if _overlap(_span(*piece), box)] == []


def _ends_below(line: Sequence[Point], upper: Box, lower: Box) -> bool:
    """Whether a line runs from the upper edge of the one below to the lower edge of the one above."""
    start, end = line[0], line[-1]
    at_lower = start.y == lower.top and lower.left <= start.x <= lower.right
    return at_lower and end.y == upper.bottom and upper.left <= end.x <= upper.right


@given(graphs())
@settings(max_examples=60)
def test_nodes_stand_apart_and_above_what_they_require(graph: tuple[dict[str, Size], list[Pair]]) -> None:
    sizes, pairs = graph
    found = arrange(sizes, pairs)
    _check(found, sizes, pairs)
    for (requiring, required), line in found.lines.items():
        upper, lower = found.boxes[requiring], found.boxes[required]
        assert upper.bottom < lower.top
        assert _ends_below(line, upper, lower)


@given(graphs(circles=True))
@settings(max_examples=40)
def test_circles_are_drawn_as_well(graph: tuple[dict[str, Size], list[Pair]]) -> None:
    sizes, pairs = graph
    found = arrange(sizes, pairs)
    _check(found, sizes, pairs)
    for (requiring, required), line in found.lines.items():
        one, other = found.boxes[requiring], found.boxes[required]
        assert _ends_below(line, one, other) or _ends_below(line[::-1], other, one)


@pytest.mark.parametrize("workbook", WORKBOOKS)
def test_the_payers_graphs_are_drawn_within_a_page_s_width(workbook: str) -> None:
    sizes, pairs = payer_graph(linked(workbook))
    found = arrange(sizes, pairs)
    _check(found, sizes, pairs)
    assert found.width <= 1280
    assert all(_ends_below(line, found.boxes[a], found.boxes[b]) for (a, b), line in found.lines.items())


def test_sixty_decisions_are_drawn() -> None:
    sizes, pairs = large(60, 0.15)
    _check(arrange(sizes, pairs), sizes, pairs)


def test_parts_that_read_nothing_of_each_other_stand_in_rows() -> None:
    sizes = {f"n{number}": Size(200, 60) for number in range(60)}
    found = arrange(sizes, [])
    _check(found, sizes, [])
    assert found.width <= 1200


def test_lines_at_one_node_end_side_by_side() -> None:
    sizes = {name: Size(150, 60) for name in "abcde"}
    found = arrange(sizes, [("a", each) for each in "bcde"])
    assert len({line[-1] for line in found.lines.values()}) == 4


@pytest.mark.parametrize(
    ("number", "chance"), [(MOST_NODES + 1, 0.0), (130, 1.0)], ids=["decisions", "lines"]
)
def test_too_much_for_a_picture_is_said(number: int, chance: float) -> None:
    with pytest.raises(NotArranged, match="too much"):
        arrange(*large(number, chance))


def test_without_the_library_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "grandalf.graphs", None)
    with pytest.raises(NotArranged, match=r'pip install "dmn-dli\[page\]"'):
        arrange({"a": Size(10, 10)}, [])


def test_how_a_version_of_python_adds_numbers_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 3.12 on `sum` is more exact for floating-point numbers."""
    layouts = import_module("grandalf.layouts")
    before = [arrange(*large(60, 0.3, seed)) for seed in range(3)]
    monkeypatch.setattr(layouts, "sum", lambda numbers: sum(reversed(list(numbers))), raising=False)
    assert [arrange(*large(60, 0.3, seed)) for seed in range(3)] == before


def test_another_run_of_the_program_draws_the_same() -> None:
    program = "from tests.requirements.graphs import *; from dmn_dli.requirements.arrangement import arrange"
    there = subprocess.run(
        [sys.executable, "-c", f"{program}; print(arrange(*large(40, 0.2)))"],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout == f"{arrange(*large(40, 0.2))}\n"
