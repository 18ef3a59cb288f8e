"""The plans of a file's sheets, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Package
from dmn_dli.excel.workbook import open_package, read_dictionary_bytes, read_workbook_bytes
from dmn_dli.keeping.house_style.plan import SheetPlan
from dmn_dli.keeping.house_style.sheets import Left, sheet_plans
from dmn_dli.keeping.house_style.words import words_of
from dmn_dli.model.facts import Dictionary
from dmn_dli.store.folder import bundled_tables
from tests.excel.build import FACTS, Rows, make_workbook

OURS = tuple(sorted(bundled_tables().glob("*.xlsx")))


@cache
def our_dictionary() -> Dictionary:
    """The dictionary of the bundled tables."""
    return read(bundled_tables() / "facts.xlsx")


def read(path: Path) -> Dictionary:
    """The dictionary in a file."""
    dictionary, _ = read_dictionary_bytes(path.read_bytes(), path.name, path.name)
    assert dictionary is not None
    return dictionary


def dictionary_of(rows: Rows = FACTS) -> Dictionary:
    """The dictionary with these rows."""
    dictionary, _ = read_dictionary_bytes(make_workbook({"Facts": rows}), "facts.xlsx", "facts.xlsx")
    assert dictionary is not None
    return dictionary


def package_of(data: bytes) -> Package:
    """The sheets of a file."""
    package, findings = open_package(data, "a.xlsx", Place("a.xlsx"))
    assert package is not None, findings
    return package


def planned(data: bytes, dictionary: Dictionary | None) -> tuple[Mapping[str, SheetPlan], list[Left]]:
    """What each sheet is to be like, and what is left."""
    workbook = read_workbook_bytes(data, "a.xlsx", "a.xlsx")
    words = words_of(workbook, workbook.dictionary or dictionary)
    plans, left = sheet_plans(package_of(data), workbook, words)
    return {plan.sheet: plan for plan in plans}, left
