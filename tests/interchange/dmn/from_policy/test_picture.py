"""The picture of a model: every node once, names within, lines from what is required to who requires it."""

from __future__ import annotations

from itertools import combinations

import pytest

from dmn_dli.excel.sheet import Package
from dmn_dli.interchange.dmn.diagram import Bounds, Diagram
from dmn_dli.interchange.dmn.from_policy import picture
from dmn_dli.interchange.dmn.from_policy.model import definitions_of
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.requirements.layers import NotArranged
from tests.payers import WORKBOOKS, linked


@pytest.fixture(params=["arranged", "in rows"])
def rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """In rows: as where the library is not installed."""
    if request.param == "in rows":

        def not_arranged(*_: object) -> None:
            raise NotArranged

        monkeypatch.setattr(picture, "arrange", not_arranged)


def _drawn(name: str) -> tuple[Definitions, Diagram]:
    model = definitions_of(linked(name), Package(()))
    (diagram,) = model.diagrams
    return model, diagram


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.usefixtures("rows")
def test_all_that_decides_is_drawn_once_and_apart(name: str) -> None:
    model, diagram = _drawn(name)
    shown = [shape.element for shape in diagram.shapes]
    hrefs = {each.href.removeprefix("#") for decision in model.decisions for each in decision.requirements}
    assert sorted(shown) == sorted({each.id for each in model.decisions} | hrefs)
    for first, second in combinations((shape.bounds for shape in diagram.shapes), 2):
        assert not _meet(first, second)
    assert diagram.size is not None
    wide, high = diagram.size
    for shape in diagram.shapes:
        box = shape.bounds
        assert 0 <= box.x < box.x + box.width <= wide
        assert 0 <= box.y < box.y + box.height <= high


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.usefixtures("rows")
def test_lines_run_from_what_is_required_to_who_requires_it(name: str) -> None:
    model, diagram = _drawn(name)
    boxes = {shape.element: shape.bounds for shape in diagram.shapes}
    lines = {
        each.id: (each.href.removeprefix("#"), decision.id)
        for decision in model.decisions
        for each in decision.requirements
    }
    assert sorted(edge.element for edge in diagram.edges) == sorted(lines)
    for edge in diagram.edges:
        required, requiring = lines[edge.element]
        assert _on_edge(edge.points[0], boxes[required])
        assert _on_edge(edge.points[-1], boxes[requiring])


def _meet(first: Bounds, second: Bounds) -> bool:
    return (
        first.x < second.x + second.width
        and second.x < first.x + first.width
        and first.y < second.y + second.height
        and second.y < first.y + first.height
    )


def _on_edge(point: tuple[float, float], box: Bounds) -> bool:
    x, y = point
    return box.x <= x <= box.x + box.width and y in (box.y, box.y + box.height)
