"""Exported models in dmn-js, in a real browser: no warning, every decision drawn, every table with its rules.

With DMN_JS_PICTURES=FOLDER pictures of what the browser shows are left there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dmn_dli.exporting import Exported, export_dmn
from dmn_dli.interchange.dmn.expressions import DecisionTable
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.store.folder import bundled_tables
from dmn_dli.store.given import Given
from tests.browser import missing
from tests.interchange.dmn import dmn_js
from tests.interchange.dmn.dmn_js import DIGESTS, FOLDER, VIEWER
from tests.payers import WORKBOOKS

_OPEN = """async xml => {
  window.viewer = new DmnJS({ container: '#canvas' });
  const { warnings } = await viewer.importXML(xml);
  return warnings.map(each => each.message);
}"""
_SHAPES = """() => {
  const drawn = viewer.getActiveViewer().get('elementRegistry').filter(each => each.businessObject);
  return drawn.filter(each => each.width).map(each => each.businessObject.id);
}"""
_LINES = """() => {
  const drawn = viewer.getActiveViewer().get('elementRegistry').filter(each => each.waypoints);
  return drawn.map(each => each.businessObject.id);
}"""
_TABLE = """async id => {
  const view = viewer.getViews().find(each => each.id === id);
  const { warnings } = await viewer.open(view);
  const rows = [...document.querySelectorAll('#canvas tbody tr')];
  return [warnings.map(each => each.message),
          rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent))];
}"""


@pytest.fixture(scope="module")
def viewer(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    wrong = dmn_js.missing(FOLDER)
    if wrong:
        missing(wrong)
    styles = "".join(
        f'<link rel="stylesheet" href="{(FOLDER / name).as_uri()}">'
        for name in DIGESTS
        if name.endswith("css")
    )
    file = tmp_path_factory.mktemp("viewer") / "viewer.html"
    file.write_text(
        f'<!doctype html><meta charset="utf-8">{styles}'
        '<div id="canvas" style="width: 1600px; height: 1000px"></div>'
        f'<script src="{(FOLDER / VIEWER).as_uri()}"></script>',
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(file.as_uri())
    yield page
    page.close()


def _exported(name: str) -> tuple[str, Definitions]:
    (made,) = export_dmn([Given(bundled_tables() / name, name)], "1.3")
    assert isinstance(made, Exported)
    model, _ = read_model(made.data, made.name)
    assert model is not None
    return made.data.decode(), model


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_payer_s_policy_opens_as_it_is(viewer: Page, name: str) -> None:
    xml, model = _exported(name)
    viewer.evaluate("() => { document.querySelector('#canvas').innerHTML = ''; }")
    assert viewer.evaluate(_OPEN, xml) == []
    shapes = viewer.evaluate(_SHAPES)
    assert {each.id for each in model.decisions} <= set(shapes)
    required = {each.id: each.href for decision in model.decisions for each in decision.requirements}
    assert {href.removeprefix("#") for href in required.values()} <= set(shapes)
    assert sorted(viewer.evaluate(_LINES)) == sorted(required)
    _picture(viewer, model.name)
    for decision in model.decisions:
        warnings, rows = viewer.evaluate(_TABLE, decision.id)
        assert warnings == []
        assert rows == _rows(decision.expression)
        _picture(viewer, f"{model.name} {decision.name}")


def _rows(table: Any) -> list[list[str]]:
    """What the viewer shows of a table: number, cells, and the rule's description."""
    assert isinstance(table, DecisionTable)
    return [
        [
            str(number),
            *(cell.text for cell in rule.inputs),
            *(cell.text for cell in rule.outputs),
            rule.description,
        ]
        for number, rule in enumerate(table.rules, 1)
    ]


def _picture(viewer: Page, name: str) -> None:
    folder = os.environ.get("DMN_JS_PICTURES")
    if folder:
        viewer.screenshot(path=Path(folder) / f"{name}.png")


def test_every_name_stands_within_its_shape(viewer: Page) -> None:
    xml, _ = _exported(WORKBOOKS[0])
    viewer.evaluate("() => { document.querySelector('#canvas').innerHTML = ''; }")
    viewer.evaluate(_OPEN, xml)
    too_wide = viewer.evaluate("""() => {
      const registry = viewer.getActiveViewer().get('elementRegistry');
      return registry.filter(each => each.width && each.businessObject.name).filter(each => {
        const label = registry.getGraphics(each).querySelector('.djs-label').getBBox();
        return label.width > each.width || label.height > each.height;
      }).map(each => each.businessObject.name);
    }""")
    assert too_wide == []
