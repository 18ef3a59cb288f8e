"""The suite's models as workbooks: their tables are tables, and decide as the model does on its cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dmn_dli.feel import to_feel
from dmn_dli.interchange.dmn.expressions import DecisionTable
from dmn_dli.interchange.dmn.lower import lower
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.read import read_model_file
from dmn_dli.interchange.dmn.references import elements
from dmn_dli.interchange.dmn.to_workbook.book import workbook_of
from dmn_dli.interchange.imported import ImportedBook
from dmn_dli.interchange.tck.cases import read_test_file
from dmn_dli.interchange.tck.comparison import as_expected
from dmn_dli.model.finding import errors
from dmn_dli.policy import Policy
from tests.interchange.dmn.suite import suite
from tests.interchange.dmn.to_workbook.books import linked
from tests.linking.books import kernel

INEXPRESSIBLE = {
    "0008-listGen": {"listGen7"},
    "0039-dt-list-semantics": {"Symptom Analysis"},
}
"""Decisions, by folder, that read an input which is a list: no fact of a workbook can be one."""


def tables_in(part: object) -> list[DecisionTable]:
    return [each for each in elements(part) if isinstance(each, DecisionTable)]


@cache
def with_tables() -> tuple[tuple[Path, Definitions], ...]:
    """The models of the levels that hold a decision table."""
    found = []
    for path in sorted(suite().glob("compliance-level-*/*/*.dmn")):
        definitions, _ = read_model_file(path)
        assert definitions is not None
        if tables_in(definitions):
            found.append((path, definitions))
    return tuple(found)


def test_there_are_all_tables() -> None:
    assert sum(len(tables_in(definitions)) for _, definitions in with_tables()) == 58


def facts_of(book: ImportedBook, given: dict[str, Any]) -> dict[str, Any]:
    """The inputs of a case as facts, by the labels of the sheet Facts."""
    rows = {str(row[1] or row[0]): row for row in book.sheets["Facts"][1:]}
    names = {label: str(row[0]) for label, row in rows.items()}

    def parts(name: str, value: Any) -> Iterator[tuple[str, Any]]:
        if name in names:
            text = rows[name][2] == "string" and value is not None and not isinstance(value, str)
            yield names[name], to_feel(value).strip('@"') if text else value
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from parts(f"{name}.{key}", inner)

    return dict(fact for name, value in given.items() for fact in parts(name, value))


def others_of(path: Path, definitions: Definitions) -> dict[str, Definitions]:
    """The models beside one, by namespace."""
    found = {}
    for beside in sorted(path.parent.glob("*.dmn")) if definitions.imports else ():
        other, _ = read_model_file(beside)
        if other is not None and other.namespace != definitions.namespace:
            found[other.namespace] = other
    return found


def decided_alike(model: LoweredModel, policy: Policy, book: ImportedBook, path: Path) -> Counter[str]:
    """How many results of the suite's cases the model and its workbook share, by decision."""
    alike: Counter[str] = Counter()
    for file in sorted(path.parent.glob("*-test-*.xml")):
        tests = read_test_file(file)
        for case in tests.cases if tests.model == path.name else ():
            given = {each.name: each.value for each in case.given}
            for expected in case.expected if case.kind == "decision" else ():
                value = policy.decide(expected.name, facts_of(book, given))
                assert as_expected(value, model.decide(expected.name, given)), (case.id, expected.name)
                alike[expected.name] += 1
    return alike


@pytest.mark.parametrize("place", range(31))
def test_a_model_s_workbook_decides_as_the_model(place: int) -> None:
    """Each of the 58 tables, but the one whose input is a list, and all logic around them."""
    path, definitions = with_tables()[place]
    others = others_of(path, definitions)
    book = workbook_of(definitions, others)
    made = linked(book)
    wrong = {each.sheet for each in errors(made.findings)}
    assert wrong == INEXPRESSIBLE.get(path.parent.name, set())
    if not wrong:
        decided_alike(lower(definitions, others), Policy(kernel(made)), book, path)


def test_the_suite_s_tables_are_tables() -> None:
    """A table on which a decision rests is a sheet with columns; those within other logic are text."""
    sheets = 0
    for path, definitions in with_tables():
        book = workbook_of(definitions, others_of(path, definitions))
        sheets += sum(1 for rows in book.sheets.values() if len(rows) > 1 and "IF" in rows[1])
    assert sheets == 51
