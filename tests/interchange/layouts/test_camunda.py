"""Camunda's advanced layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.interchange.layouts.books import book, imported, policy, saved, told

ROWS: list[list[Any]] = [
    [None, "Input", "Input", "Output", "Output"],
    [None, "Age of the applicant", "Sector", "Rate", "Reason"],
    [None, "FEEL", None, None, "Expression"],
    [None, "applicant.age", "sector", "rate", "reason"],
    ["FIRST", "integer", "string", "double", "string"],
    ["r1", "[18..25)", "private, public", 0.5, "young"],
    ["r2", ">= 18", None, 1, "grown", "seen by the board"],
    ["r3", "-", 'not("public")', 2, None],
]


def test_it_decides(tmp_path: Path) -> None:
    made = policy(tmp_path, saved(book({"Rates": ROWS})), "rates.xlsx")
    assert made.decide("Rates", {"applicant_age": 20, "sector": "public"})["reason"] == "young"
    assert made.decide("Rates", {"applicant_age": 30, "sector": "public"})["rate"] == 1
    assert made.decide("Rates", {"applicant_age": 3, "sector": "private"}) == {"rate": 2, "reason": None}
    assert made.decide("Rates", {"applicant_age": 3, "sector": "public"}) is None


def test_types_ids_labels_and_notes_are_kept() -> None:
    made = imported(saved(book({"Rates": ROWS})), "rates.xlsx")
    assert made.sheets["Facts"][1][:3] == ("applicant_age", "applicant.age", "integer")
    assert made.sheets["Facts"][1][7] == "Age of the applicant"
    table = made.sheets["Rates"]
    assert table[1] == ("F", "IF", "IF", "THEN", "THEN", "NOTE")
    assert table[5] == ("r2", ">= 18", "-", "1", "grown", "seen by the board")
    assert "Rates!F1: Row 1 says nothing of this column; it is kept as notes." in told(made)


@pytest.mark.parametrize(
    ("written", "letter"),
    [("HitPolicy: COLLECT SUM", "C+"), ("hit policy:any", "A"), ("RULE_ORDER", "R"), (None, "U")],
)
def test_hit_policies(written: str | None, letter: str) -> None:
    rows = [list(row) for row in ROWS]
    rows[4][0] = written
    assert imported(saved(book({"Rates": rows})), "rates.xlsx").sheets["Rates"][1][0] == letter


def test_another_language_is_told_and_its_value_asked_for() -> None:
    rows = [list(row) for row in ROWS]
    rows[2][1], rows[3][1] = "javascript", "if (age % 2) { x = 1 }"
    made = imported(saved(book({"Rates": rows})), "rates.xlsx")
    assert made.sheets["Facts"][1][1] == "Age of the applicant"
    assert "reckoned in javascript, which is not run" in told(made)


def test_an_expression_becomes_the_clause(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[3][1] = "year - birth year"
    rows[3][1] = "thisYear - birthYear"
    made = policy(tmp_path, saved(book({"Rates": rows})), "rates.xlsx")
    found = made.decide("Rates", {"this_year": 2025, "birth_year": 2005, "sector": "public"})
    assert found["reason"] == "young"
