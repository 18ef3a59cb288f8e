"""Workbooks as DMN models: valid, the same each time, everything told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from attrs import evolve
from lxml import etree

import dmn_dli
from dmn_dli import Exported, InputError, NotExported
from dmn_dli.interchange.dmn.expressions import DecisionTable
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.ours import all_of, as_written, attribute, logic_digest, one_of
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.model.finding import errors
from dmn_dli.store.folder import bundled_tables
from tests.cli.tables import ACME, FACTS, changed, write_tables
from tests.docs.pages import ROOT
from tests.excel.build import make_workbook
from tests.interchange.dmn.suite import suite
from tests.payers import WORKBOOKS, linked

VERSIONS = ("1.5", "1.3")


def _made(path: Path, version: str = "1.5") -> bytes:
    (found,) = dmn_dli.export(path, dmn_version=version)
    assert isinstance(found, Exported), found
    return found.data


def _model(path: Path, version: str = "1.5") -> Definitions:
    model, findings = read_model(_made(path, version), "model.dmn")
    assert model is not None
    assert errors(findings) == ()
    return model


def _schema(version: str) -> etree.XMLSchema:
    (file,) = suite().rglob(f"DMN{version.replace('.', '')}.xsd")
    return etree.XMLSchema(etree.parse(file))


@pytest.fixture(params=[*WORKBOOKS, "lumbar-mri.xlsx"])
def workbook(request: pytest.FixtureRequest) -> Path:
    if request.param == "lumbar-mri.xlsx":
        return ROOT / "docs" / "examples" / "lumbar-mri.xlsx"
    return bundled_tables() / str(request.param)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_model_is_valid_by_the_standard_s_schema(workbook: Path, version: str) -> None:
    schema = _schema(version)
    assert schema.validate(etree.fromstring(_made(workbook, version))), schema.error_log


@pytest.mark.parametrize("version", VERSIONS)
def test_a_workbook_gives_the_same_bytes(workbook: Path, version: str) -> None:
    assert _made(workbook, version) == _made(workbook, version)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_read_again_says_nothing_is_wrong(workbook: Path, version: str) -> None:
    model, findings = read_model(_made(workbook, version), "model.dmn")
    assert model is not None
    assert findings == ()


def test_each_rule_fact_and_criterion_is_there() -> None:
    policy, model = linked("molina-2025-02-12.xlsx"), _model(bundled_tables() / "molina-2025-02-12.xlsx")
    assert [each.name for each in model.inputs] == [fact.name for fact in policy.dictionary.facts]
    assert [each.label for each in model.inputs] == [fact.label for fact in policy.dictionary.facts]
    tables = {each.name: each.expression for each in model.decisions}
    for table in policy.tables:
        made = tables[table.name]
        assert isinstance(made, DecisionTable)
        assert [rule.label for rule in made.rules] == [rule.id for rule in table.rules]
        assert [rule.annotations for rule in made.rules] == [
            tuple(cell.text for cell in rule.annotations) for rule in table.rules
        ]
    rows = [found for each in model.decisions for found in all_of(each, "criterion")]
    assert {attribute(row, "name") for row in rows} == {row.name for row in policy.criteria}


def test_what_the_workbook_said_is_kept_as_long_as_the_model_says_the_same() -> None:
    model = _model(bundled_tables() / "molina-2025-02-12.xlsx")
    scope = next(each.expression for each in model.decisions if each.name == "Scope")
    assert isinstance(scope, DecisionTable)
    cell = scope.rules[0].inputs[0]
    assert cell.text == '"donor lymphocyte infusion"'
    assert as_written(cell, cell.text) == "donor lymphocyte infusion"
    assert as_written(cell, '"hpc boost"') is None


def test_a_changed_table_of_a_criterion_is_known_by_its_digest() -> None:
    model = _model(bundled_tables() / "molina-2025-02-12.xlsx")
    decision = next(each for each in model.decisions if one_of(each, "criterion"))
    row = one_of(decision, "criterion")
    assert row is not None
    table = decision.expression
    assert isinstance(table, DecisionTable)
    assert attribute(row, "logic") == logic_digest(table)
    assert attribute(row, "logic") != logic_digest(evolve(table, rules=table.rules[:-1]))


def test_a_workbook_with_errors_is_told_with_all_of_them(tmp_path: Path) -> None:
    write_tables(tmp_path / "tables", "broken")
    found = {Path(each.workbook).name: each for each in dmn_dli.export(tmp_path / "tables")}
    broken = found["acme-2025-01-01.xlsx"]
    assert isinstance(broken, NotExported)
    assert len(broken.findings) > 1
    assert isinstance(found["beta-2024-06-01.xlsx"], Exported)


def test_a_character_that_xml_cannot_hold_is_told(tmp_path: Path) -> None:
    (tmp_path / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    book = changed(ACME, "Scope", {(1, 2): "bell _x0007_"})
    (tmp_path / "acme-2025-01-01.xlsx").write_bytes(make_workbook(book))
    (found,) = dmn_dli.export(tmp_path)
    assert isinstance(found, NotExported)
    assert "XML" in found.findings[0].text


def test_without_lxml_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    with pytest.raises(InputError, match=r"dmn-dli\[dmn\]"):
        dmn_dli.export(bundled_tables())


def test_a_dictionary_alone_is_no_model() -> None:
    with pytest.raises(InputError, match="a dictionary of facts decides nothing"):
        dmn_dli.export(bundled_tables() / "facts.xlsx")


@pytest.mark.parametrize(("to", "version"), [("pmml", "1.5"), ("dmn", "1.4")])
def test_another_format_is_refused(to: str, version: str) -> None:
    with pytest.raises(ValueError, match="can be written"):
        dmn_dli.export(bundled_tables(), to=to, dmn_version=version)
