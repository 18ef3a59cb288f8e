"""What is exported and imported again is the workbook that it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dmn_dli
from dmn_dli import HitPolicyError
from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Package
from dmn_dli.excel.workbook import open_package
from dmn_dli.interchange.dmn.from_policy.model import definitions_of
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.interchange.dmn.to_workbook.book import workbook_of
from dmn_dli.keeping.new.imported import imported_file
from dmn_dli.policy import Policy
from dmn_dli.tables.linked import LinkedPolicy
from tests.docs.pages import ROOT
from tests.interchange.dmn.to_workbook.books import imported, through_xml
from tests.linking.books import kernel
from tests.properties.criteria_policies import criteria_policies
from tests.properties.policies import policies
from tests.reference.policy import Oracle

WORKBOOKS = sorted(path for path in (ROOT / "tables").glob("*.xlsx") if path.name != "facts.xlsx")


def grid(data: bytes, name: str) -> dict[str, list[list[str]]]:
    """The texts of each sheet's cells, without blank ends."""
    package = open_package(data, name, Place(name))[0]
    assert package is not None
    found: dict[str, list[list[str]]] = {}
    for sheet in package.sheets:
        rows = []
        for row in range(1, sheet.last_row + 1):
            cells = {cell.column: cell.text for cell in sheet.rows.get(row, ())}
            texts = [cells.get(column, "") for column in range(1, max(cells, default=0) + 1)]
            while texts and not texts[-1]:
                texts.pop()
            rows.append(texts)
        found[sheet.name] = rows
    return found


@pytest.mark.parametrize("version", ["1.5", "1.3"])
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_a_payer_s_workbook_comes_back_cell_by_cell(path: Path, version: str) -> None:
    (exported,) = dmn_dli.export(path, dmn_version=version)
    assert isinstance(exported, dmn_dli.Exported)
    definitions, findings = read_model(exported.data, "model.dmn")
    assert definitions is not None
    assert findings == ()
    book = workbook_of(definitions)
    assert book.name == path.name
    assert [each.text for each in book.guesses] == [
        "The facts stood in facts.xlsx; they are a sheet of the workbook now, which stands alone."
    ]
    before = grid(path.read_bytes(), path.name)
    after = grid(imported_file("model.dmn", book).file.data, path.name)
    facts = grid((ROOT / "tables" / "facts.xlsx").read_bytes(), "facts.xlsx")["Facts"]
    assert after.pop("Facts") == facts
    after.pop("Notes of the import")
    shared = grid((ROOT / "tables" / "facts.xlsx").read_bytes(), "facts.xlsx").get("Assumptions")
    if shared and "Assumptions" not in before:
        assert [row[:2] for row in after.pop("Assumptions")][1:] == [row[:2] for row in shared][1:]
    assert after == before


def _decided(policy: Policy, decision: str, facts: dict[str, Any]) -> Any:
    try:
        return policy.decide(decision, facts)
    except HitPolicyError as error:
        return str(error.decision)


def _survives(linked: LinkedPolicy, version: str, data: st.DataObject) -> None:
    model = through_xml(definitions_of(linked, Package(()), version=version), version)
    before, after = Policy(kernel(linked)), imported(model)
    oracle = Oracle(linked)
    for _ in range(4):
        facts = {
            name: data.draw(st.sampled_from(oracle.domains[name]))
            for name in oracle.names
            if data.draw(st.integers(0, 5))
        }
        for table in linked.tables:
            assert _decided(after, table.name, facts) == _decided(before, table.name, facts)


RANDOM = (st.one_of(policies(), criteria_policies()), st.sampled_from(["1.3", "1.5"]), st.data())


@settings(max_examples=20)
@given(*RANDOM)
def test_random_policies_decide_the_same_after_export_and_import(
    linked: LinkedPolicy, version: str, data: st.DataObject
) -> None:
    _survives(linked, version, data)


@pytest.mark.slow
@settings(max_examples=300)
@given(*RANDOM)
def test_many_random_policies_decide_the_same_after_export_and_import(
    linked: LinkedPolicy, version: str, data: st.DataObject
) -> None:
    _survives(linked, version, data)
