"""What is exported and imported again is the workbook: the same decisions, records, cases and texts."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dmn_dli.excel.place import Place
from dmn_dli.excel.workbook import open_package, read_workbook_bytes
from dmn_dli.interchange.dmn.from_policy.model import definitions_of
from dmn_dli.interchange.dmn.read import read_model
from dmn_dli.interchange.dmn.to_workbook.book import workbook_of
from dmn_dli.interchange.dmn.write import model_xml
from dmn_dli.interchange.imported import ImportedBook
from dmn_dli.keeping.new.imported import imported_file
from dmn_dli.linking.link import link
from dmn_dli.model.finding import errors
from dmn_dli.store.compile import link_file
from dmn_dli.store.folder import bundled_tables
from dmn_dli.tables.linked import Column, FactSource, LinkedPolicy, LinkedTable, Source
from tests.docs.pages import ROOT
from tests.excel.build import make_workbook
from tests.interchange.dmn.from_policy.sheets import sheets_of
from tests.payers import WORKBOOKS
from tests.properties.criteria_policies import criteria_policies
from tests.properties.policies import policies

VERSIONS = ("1.5", "1.3")


def _imported(policy: LinkedPolicy, data: bytes, version: str) -> ImportedBook:
    """The workbook that comes of a policy's model; data: of its own workbook."""
    package, _ = open_package(data, policy.workbook.name, Place(policy.workbook.name))
    assert package is not None
    written = model_xml(definitions_of(policy, package, version=version), version)
    model, findings = read_model(written, "model.dmn")
    assert model is not None
    assert findings == ()
    return workbook_of(model)


def _linked(data: bytes, name: str) -> LinkedPolicy:
    workbook = read_workbook_bytes(data, name, name)
    assert workbook.dictionary is not None
    return link(workbook, workbook.dictionary)


def _same_policy(first: LinkedPolicy, second: LinkedPolicy) -> None:
    """Both decide by the same trees: whatever is asked of them, they answer alike."""
    assert [each.text for each in errors(second.findings)] == []
    assert [_table(each) for each in first.decisions] == [_table(each) for each in second.decisions]
    assert {name: (each.tests, each.values) for name, each in first.allowed.items()} == {
        name: (each.tests, each.values) for name, each in second.allowed.items()
    }
    assert [(each.tree, each.reason) for each in first.assumptions] == [
        (each.tree, each.reason) for each in second.assumptions
    ]
    assert first.workbook.policy == second.workbook.policy


def _table(table: LinkedTable) -> Any:
    own = table.table
    notes = [[cell.text for cell in rule.annotations] for rule in own.rules]
    retired = [(rule.id, rule.retired) for rule in own.rules]
    outputs = [
        (each.name, each.type, each.allowed and each.allowed.tests, each.entries, each.default)
        for each in table.outputs
    ]
    return (
        (table.name, own.question, table.hit_policy, retired, notes),
        [_column(each) for each in table.columns],
        outputs,
        table.criterion and (table.criterion.needs, table.criterion.members, table.criterion.means),
    )


def _source(source: Source) -> Any:
    """What a clause is; of a fact all but where it stands in its sheet."""
    if isinstance(source, FactSource):
        allowed = source.fact.allowed.text if source.fact.allowed else ""
        return evolve(source.fact, allowed=None, row=0), allowed
    return source


def _column(column: Column) -> Any:
    return (
        column.label,
        _source(column.source),
        column.type,
        column.allowed and column.allowed.tests,
        column.tests,
        column.rules,
    )


_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(policies(opaque=True), st.sampled_from(VERSIONS))
@settings(_SETTINGS, max_examples=15)
def test_random_policies_come_back(made: LinkedPolicy, version: str) -> None:
    _comes_back(made, version)


@pytest.mark.slow
@given(policies(opaque=True), st.sampled_from(VERSIONS))
@settings(_SETTINGS, max_examples=150)
def test_many_random_policies_come_back(made: LinkedPolicy, version: str) -> None:
    _comes_back(made, version)


@given(criteria_policies(opaque=True), st.sampled_from(VERSIONS))
@settings(_SETTINGS, max_examples=10)
def test_random_criteria_come_back(made: LinkedPolicy, version: str) -> None:
    _comes_back(made, version)


@pytest.mark.slow
@given(criteria_policies(opaque=True), st.sampled_from(VERSIONS))
@settings(_SETTINGS, max_examples=150)
def test_many_random_criteria_come_back(made: LinkedPolicy, version: str) -> None:
    _comes_back(made, version)


def _comes_back(made: LinkedPolicy, version: str) -> None:
    data = make_workbook(sheets_of(made))
    policy = _linked(data, "book.xlsx")
    assume(not errors(policy.findings))  # such as a heading that stands twice
    book = _imported(policy, data, version)
    again = _linked(make_workbook({name: [*rows] for name, rows in book.sheets.items()}), "book.xlsx")
    _same_policy(policy, again)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", [*WORKBOOKS, "lumbar-mri.xlsx"])
def test_our_own_workbooks_come_back(name: str, version: str) -> None:
    folder = ROOT / "docs" / "examples" if name == "lumbar-mri.xlsx" else bundled_tables()
    policy = link_file(folder / name)
    book = _imported(policy, (folder / name).read_bytes(), version)
    assert book.name == name
    told = [] if policy.workbook.dictionary else ["The facts stood in facts.xlsx"]
    assert [each.text.partition(";")[0] for each in book.guesses] == told
    again = _linked(imported_file("model.dmn", book).file.data, name)
    _same_policy(policy, again)
    first, second = policy.workbook, again.workbook
    assert _cases(first) == _cases(second)
    assert [(each.date, each.who, each.what, each.why) for each in first.changes] == [
        (each.date, each.who, each.what, each.why) for each in second.changes
    ]
    for before, after in zip(first.notes, second.notes, strict=False):
        kept = [[cell.text for cell in row] for row in after.rows]
        # What an import has to tell stands below the notes, or on a sheet of its own.
        assert kept[: len(before.rows)] == [[cell.text for cell in row] for row in before.rows]


def _cases(workbook: Any) -> Any:
    sheet = workbook.cases
    return sheet and (
        [each.text for each in sheet.headings],
        [(row.name, [cell.text for cell in row.values]) for row in sheet.rows],
    )
