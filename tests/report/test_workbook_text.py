"""The text of a workbook, which git compares line by line."""

from __future__ import annotations

import difflib

import pytest

from dmn_dli.excel.place import Place
from dmn_dli.excel.workbook import open_package
from dmn_dli.report.workbook_text import workbook_text
from tests.cli.tables import ACME, changed
from tests.excel.build import CRITERIA, Rows, make_workbook


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


def test_a_criterion_is_a_block_without_what_is_blank_or_any_value() -> None:
    assert shown({"Criteria": CRITERIA}).splitlines() == [
        "## Criteria",
        "",
        "criteria: Criteria",
        "question: Which of the criteria are met?",
        "GROUP: Part of",
        "GROUP: Needs",
        "GROUP: Means",
        "IF: Service",
        "  values: donor lymphocyte infusion, other",
        "IF: Acute GVHD grade",
        "THEN: Requirement",
        "THEN: Evidence",
        "NOTE: Citation",
        "NOTE: Status",
        "",
        "criterion: DLI",
        "  GROUP Needs: all",
        "  GROUP Means: medically necessary",
        "  THEN Requirement: The infusion is necessary",
        "  NOTE Citation: Title",
        "",
        "criterion: 1",
        "  GROUP Part of: DLI",
        "  IF Service: donor lymphocyte infusion",
        "  THEN Requirement: It is of donor cells",
        "  THEN Evidence: Order",
        "      Chart",
        "  NOTE Citation: 1",
        "",
        "criterion: 2",
        "  GROUP Part of: DLI",
        "  IF Acute GVHD grade: < 2",
        "  THEN Requirement: GVHD is absent or mild",
        "  THEN Evidence: Grade, dated",
        "  NOTE Citation: 2",
        "",
        "criterion: 2.old",
        "  GROUP Part of: DLI",
        "  IF Acute GVHD grade: < 1",
        "  THEN Requirement: GVHD is absent",
        "  NOTE Citation: 2",
        "  NOTE Status: retired",
    ]


def test_a_requirement_that_is_missing_is_seen() -> None:
    rows = [list(row) for row in CRITERIA]
    rows[5][6] = None
    assert "  THEN Requirement: (blank)\n" in shown({"Criteria": rows})


def test_a_misspelt_word_in_a2_is_a_line_and_the_rest_is_shown_all_the_same() -> None:
    rows = [CRITERIA[0], ["Criterion", *CRITERIA[1][1:]], *CRITERIA[2:]]
    lines = shown({"Criteria": rows}).splitlines()
    assert lines.pop(4) == "A2: Criterion"
    assert lines == shown({"Criteria": CRITERIA}).splitlines()
