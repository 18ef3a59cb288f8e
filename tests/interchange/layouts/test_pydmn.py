"""Workbooks of pyDMNrules: rows, columns, crosstabs, their glossary and their order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.interchange.layouts.books import (
    book,
    double_below,
    double_right,
    imported,
    policy,
    put,
    saved,
    told,
)

GLOSSARY: list[list[Any]] = [
    ["Glossary of loans"],
    ["Variable", "Business Concept", "Attribute", "Data Type", "Comments"],
    ["Client", "Client", "sector", None, "who asks"],
    ["Order Size", "Order", "size", "number"],
    ["Speed", None, "speed"],
    ["Rebate", "Rebate", "rebate"],
]
DECISION: list[list[Any]] = [
    ["Decision - find the rebate"],
    ["Decisions", "Execute Decision Tables"],
    ["What?", "Rebates"],
]
CASES = [
    ({"client": "firm", "order_size": 5, "speed": "slow"}, "0.05"),
    ({"client": "firm", "order_size": 10, "speed": "fast"}, "0.1"),
    ({"client": "person", "order_size": 3, "speed": "fast"}, "0"),
    ({"client": "person", "order_size": 3, "speed": "slow"}, "0.05"),
    ({"client": "state", "order_size": 30, "speed": "slow"}, "0.15"),
]


def _with(name: str = "Rebates") -> tuple[Workbook, Any]:
    made = book({"Glossary": GLOSSARY, "Decision": DECISION})
    made["Glossary"].merge_cells("B4:B5")
    return made, made.create_sheet(name)


def _rows(*, values: bool = True) -> Workbook:
    made, sheet = _with()
    head = [["Rebates"], ["U", "Client", "Order Size", "Speed", "Rebate", "Description"]]
    listed: list[list[Any]] = [
        [None, "firm, person, state", "<10, >=10", "fast, slow", "0, 0.05, 0.10, 0.15"]
    ]
    rules: list[list[Any]] = [
        [1, "firm", "<10", "-", 0.05, "small"],
        [2, None, ">=10", None, 0.1, "usual"],
        [3, "person", "-", "fast", 0],
        [4, None, None, "slow", 0.05],
        [5, '"state"', None, None, 0.15],
    ]
    put(sheet, [*head, *(listed if values else []), *rules], 2, 2)
    first = 5 if values else 4
    if values:
        sheet.merge_cells("B3:B4")
    for column, row in (("C", first), ("C", first + 2), ("D", first + 2)):
        sheet.merge_cells(f"{column}{row}:{column}{row + 1}")
    double_below(sheet, first - 1, 2, 7)
    double_right(sheet, 5, 3, 9)
    double_right(sheet, 6, 3, 9)
    return made


def _columns() -> Workbook:
    made, sheet = _with()
    put(
        sheet,
        [
            ["Rebates"],
            ["Client", "firm, person, state", "firm", None, "person", None, "state"],
            ["Order Size", "<10, >=10", "<10", ">=10", "-", None, "-"],
            ["Speed", "fast, slow", "-", "-", "fast", "slow", "-"],
            ["Rebate", "0, 0.05, 0.10, 0.15", 0.05, 0.1, 0, 0.05, 0.15],
            ["Description", None, "small", "usual"],
            ["U", None, 1, 2, 3, 4, 5],
        ],
        2,
        2,
    )
    for area in ("D3:E3", "F3:G3", "F4:G4"):
        sheet.merge_cells(area)
    double_below(sheet, 5, 2, 8)
    double_below(sheet, 6, 2, 8)
    double_right(sheet, 3, 3, 6)
    return made


def _crosstab() -> Workbook:
    made, sheet = _with()
    put(
        sheet,
        [
            ["Rebates"],
            ["Rebate", None, "Client, Speed"],
            [None, None, "firm", "person", None, "state"],
            [None, None, "-", "fast", "slow", "-"],
            ["Order Size", "<10", 0.05, 0, 0.05, 0.15],
            [None, ">=10", 0.1, 0, 0.05, 0.15],
        ],
        2,
        2,
    )
    for area in ("B3:C5", "D3:G3", "E4:F4", "B6:B7"):
        sheet.merge_cells(area)
    double_below(sheet, 5, 4, 7)
    double_right(sheet, 3, 6, 7)
    return made


BOOKS = {
    "rows": _rows(),
    "rows without values": _rows(values=False),
    "columns": _columns(),
    "crosstab": _crosstab(),
}


@pytest.mark.parametrize("layout", BOOKS)
def test_each_layout_decides_alike(layout: str, tmp_path: Path) -> None:
    made = policy(tmp_path, saved(BOOKS[layout]), "loans.xlsx")
    for facts, rebate in CASES:
        assert str(made.evaluate(facts).determination) in (rebate, f"{rebate}0"), facts


@pytest.mark.parametrize("layout", BOOKS)
def test_each_layout_is_proven(layout: str, tmp_path: Path) -> None:
    import dmn_dli

    policy(tmp_path, saved(BOOKS[layout]), "loans.xlsx")
    (proof,) = dmn_dli.check([tmp_path / "imported-loans.xlsx"]).tables
    assert (proof.complete, proof.overlap_free) == (True, True)


def test_the_glossary_gives_types_and_descriptions() -> None:
    made = imported(saved(_rows()), "loans.xlsx")
    assert [row[:4] for row in made.sheets["Facts"][1:]] == [
        ("client", "Client", "string", '"firm", "person", "state"'),
        ("order_size", "Order Size", "number", None),
        ("speed", "Speed", "string", '"fast", "slow"'),
    ]
    assert made.sheets["Facts"][1][7] == "Client.sector; Comments: who asks"
    assert made.sheets["Facts"][3][7] == "Order.speed"
    assert made.sheets["Policy"][1] == ("Title", "find the rebate")
    assert made.sheets["Rebates"][0] == ("Rebates", "What?")


def test_without_glossary_and_decision_double_lines_are_enough(tmp_path: Path) -> None:
    made = _rows()
    del made["Glossary"], made["Decision"]
    assert "No sheet Decision says" in told(imported(saved(made), "loans.xlsx"))
    found = policy(tmp_path, saved(made), "loans.xlsx")
    assert str(found.evaluate(CASES[0][0]).determination) == "0.05"


def _chain() -> Workbook:
    """Two tables in order, the second of which runs for firms alone and reckons with the first's output."""
    made = book(
        {
            "Glossary": [
                ["Glossary"],
                ["Variable", "Business Concept", "Attribute"],
                ["Kind", "Client", "kind"],
                ["Gross", "Order", "gross"],
                ["Rebate", "Order", "rebate"],
                ["Net", "Order", "net"],
            ],
            "Decision": [
                ["Decision"],
                ["Kind", "Decisions", "Execute Decision Tables", "Why"],
                [None, "first", "Find rebate"],
                ["firm", "then", "Find net", "firms alone"],
                [None, "gone", "No such"],
            ],
        }
    )
    first, second = made.create_sheet("One"), made.create_sheet("Two")
    put(first, [["Find rebate"], ["U", "Gross", "Rebate"], ["a", "< 100", 0], ["b", ">= 100", "10%"]])
    put(
        second,
        [["Find net"], ["U", "Rebate", "Net"], ["a", "> 0", "Order.gross * (1 - Rebate)"], ["b", 0, "Gross"]],
    )
    put(second, [["a remark aside"]], 9, 5)
    for sheet in (first, second):
        double_below(sheet, 2, 1, 3)
        double_right(sheet, 2, 2, 4)
    return made


def test_tables_read_each_other_and_reckon(tmp_path: Path) -> None:
    made = policy(tmp_path, saved(_chain()), "net.xlsx")
    assert made.evaluate({"kind": "firm", "gross": 200}).determination == 180
    assert made.evaluate({"kind": "firm", "gross": 50}).determination == 50
    assert made.evaluate({"kind": "person", "gross": 50}).determination is None


def test_what_the_order_says_and_what_is_left_is_told() -> None:
    said = told(imported(saved(_chain()), "net.xlsx"))
    for line in (
        'Decision!A4: "Find net" runs only if Kind is firm: a column of it says so now.',
        'Decision!C5: No table is named "No such"; the line is left out.',
        'Decision!D4: "firms alone" is an annotation of the line; it is left out.',
        'Two!E9: "a remark aside" belongs to no table; it is left out.',
        "One!C4: The cell shows a percentage; the number is 0.1.",
    ):
        assert line in said.splitlines()


def test_an_execute_column_is_a_name_and_told() -> None:
    made = _rows()
    made["Rebates"]["F3"].value = "Execute"
    said = told(imported(saved(made), "loans.xlsx"))
    assert "Rebates!F3: An output Execute runs another table" in said
