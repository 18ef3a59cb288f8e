"""The text of a workbook, which git compares line by line."""

from __future__ import annotations

import difflib

import pytest

from dmn_dli.excel.place import Place
from dmn_dli.excel.workbook import open_package
from dmn_dli.report.workbook_text import workbook_text
from tests.cli.tables import ACME, changed
from tests.excel.build import Rows, make_workbook


def shown(sheets: dict[str, Rows]) -> str:
    package, _ = open_package(make_workbook(sheets), "a.xlsx", Place("a.xlsx"))
    assert package is not None
    return workbook_text(package)


def changes(sheets: dict[str, Rows]) -> list[str]:
    lines = difflib.ndiff(shown(dict(ACME)).splitlines(), shown(sheets).splitlines())
    return [line for line in lines if line[0] in "+-" and line[2:].strip()]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "expected"),
    [
        ("Determination", 7, 4, "[0..100]", ["-   IF Donor cells: (0..100)", "+   IF Donor cells: [0..100]"]),
        ("Determination", 7, 4, "-", ["-   IF Donor cells: (0..100)"]),
        ("Determination", 7, 3, "0", ["+   IF GVHD grade: 0"]),
        ("Determination", 7, 7, None, ["-   THEN Reason: Cells are mixed.", "+   THEN Reason: (blank)"]),
        ("Scope", 2, 1, "A", ["- hit policy: U", "+ hit policy: A"]),
        ("Scope", 4, 2, "infusion", ["+   values: infusion"]),
        ("Policy", 4, 2, "A-2", ["- Policy number: A-1", "+ Policy number: A-2"]),
        ("Cases", 3, 4, 0, ["-   GVHD grade: 1", "+   GVHD grade: 0"]),
        ("Notes", 1, 2, "GvHD", ["- GVHD | graft-versus-host disease", "+ GVHD | GvHD"]),
    ],
)
def test_a_changed_cell_is_a_changed_line(
    sheet: str, row: int, column: int, value: object, expected: list[str]
) -> None:
    assert changes(changed(ACME, sheet, {(row, column): value})) == expected


def test_an_inserted_rule_is_inserted_lines_alone() -> None:
    rows = [list(row) for row in ACME["Scope"]]
    rows.insert(4, ["S-0", "-", "addressed", "Title"])
    found = changes({**ACME, "Scope": rows})
    assert found == ["+ rule: S-0", "+   THEN Scope: addressed", "+   NOTE Citation: Title"]


def test_a_cell_of_several_lines_is_shown_whole() -> None:
    text = shown(changed(ACME, "Plan notes", {(5, 3): "One.\nTwo."}))
    assert "  THEN Note: One.\n      Two.\n" in text


def test_no_line_ends_in_blanks() -> None:
    assert [line for line in shown(dict(ACME)).splitlines() if line != line.rstrip()] == []
