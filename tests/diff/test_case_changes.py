"""What a change does to cases: counted case by case, as each version decides it, with sums and causes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dmn_dli.cases.files import read_case_file
from dmn_dli.diff.case_changes import CaseChanges, PlacedCase, case_changes, total
from dmn_dli.diff.case_pairs import payer_versions
from dmn_dli.diff.edition import Edition
from dmn_dli.diff.editions import Editions
from dmn_dli.diff.version_difference import folder_difference
from dmn_dli.report import case_changes as told
from dmn_dli.report.difference_book import book
from dmn_dli.report.difference_text import Page
from dmn_dli.runtime.input_error import InputError
from tests.cli.tables import ACME, BETA, FACTS, changed
from tests.excel.build import Rows, make_workbook

FACTS_BYTES = make_workbook({"Facts": FACTS})
STRICTER = changed(ACME, "Determination", {(6, 3): ">= 1"})


def _edition(book: Any, name: str = "acme-2025-01-01.xlsx", facts: bytes = FACTS_BYTES) -> Edition:
    return Edition(name, name, make_workbook(book), facts)


OLD, NEW = (_edition(ACME),), (_edition(STRICTER),)


def _placed(folder: Path, *rows: dict[str, Any] | str, aside: Sequence[str] = ()) -> Iterator[PlacedCase]:
    file = folder / "claims.jsonl"
    file.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    for row, case in enumerate(read_case_file(str(file), count(1), aside), 1):
        yield PlacedCase(file.name, row, case)


def _changes(
    folder: Path,
    *rows: dict[str, Any] | str,
    sides: tuple[Editions, Editions] = (OLD, NEW),
    amount: str | None = None,
    samples: int = 5,
) -> CaseChanges:
    aside = () if amount is None else (amount,)
    return case_changes(*sides, _placed(folder, *rows, aside=aside), amount, samples)


def _every_case() -> list[dict[str, Any]]:
    """Every combination of some values, unknown ones among them."""
    names = ("service", "gvhd_grade", "donor_cells", "prevents_relapse")
    values = ("infusion", "boost", None), (0, 1, 2, None), (0, 50, None), (True, None)
    return [
        {"case_id": f"c{number}"}
        | {name: value for name, value in zip(names, case, strict=True) if value is not None}
        for number, case in enumerate(product(*values))
    ]


def test_the_counts_are_those_of_each_case_decided_by_itself(tmp_path: Path) -> None:
    cases = _every_case()
    expected: Counter[tuple[str, str]] = Counter()
    for case in cases:
        facts = {name: value for name, value in case.items() if name != "case_id"}
        kernels = [edition.kernel for edition in (*OLD, *NEW)]
        expected[tuple(kernel.determine(facts)["determination"] for kernel in kernels if kernel)] += 1
    found = _changes(tmp_path, *cases)
    (payer,) = found.payers
    assert {(each.old, each.new): each.cases for each in payer.transitions} == expected
    assert found.cases == payer.cases == len(cases)
    assert found.changed == sum(number for (old, new), number in expected.items() if old != new) > 0
    assert found.whole


def test_a_change_is_told_with_its_first_cases_its_sum_and_what_parts_them(tmp_path: Path) -> None:
    case = {"service": "infusion", "gvhd_grade": 1, "donor_cells": 50}
    rows = [{"case_id": f"a{number}", **case, "paid": "0.10"} for number in range(7)]
    found = _changes(
        tmp_path, *rows, {"case_id": "z", "service": "boost", "paid": 1000}, amount="Paid", samples=2
    )
    (each,) = found.payers[0].changed
    assert (each.old, each.new, each.cases) == ("medically necessary", "investigational", 7)
    assert each.samples == ("a0", "a1")
    assert each.amount == Decimal("0.70")
    assert [(cause.subject, cause.old, cause.new, cause.cases) for cause in each.causes] == [
        ("rule", "D-3", "D-2", 7)
    ]
    assert total(found.payers[0].transitions) == Decimal("1000.70")


def test_sums_are_exact_however_many_digits_they_have(tmp_path: Path) -> None:
    rows = [
        {"service": "boost", "paid": "99999999999999999999.01"},
        {"service": "boost", "paid": "0.0000000001"},
    ]
    (payer,) = _changes(tmp_path, *rows, amount="paid").payers
    assert total(payer.transitions) == Decimal("99999999999999999999.0100000001")


def test_bad_rows_are_named_with_file_row_and_reason_and_the_others_are_counted(tmp_path: Path) -> None:
    found = _changes(
        tmp_path,
        {"case_id": "good", "service": "boost", "paid": "1"},
        {"case_id": "word", "service": "bost", "paid": "1"},
        "no json",
        {"case_id": "sum", "service": "boost", "paid": "1,5"},
        {"case_id": "whose", "payer": "acne", "service": "boost", "paid": "1"},
        amount="paid",
    )
    assert [(each.file, each.row) for each in found.bad] == [("claims.jsonl", row) for row in (2, 3, 4, 5)]
    reasons = [each.problems[0]["reason"] for each in found.bad]
    assert ["allowed" in reasons[0], "JSON" in reasons[1], "amount" in reasons[2], "acme" in reasons[3]] == [
        True
    ] * 4
    assert (found.cases, found.bad_rows, found.payers[0].cases, found.whole) == (5, 4, 1, False)


def test_a_value_that_one_dictionary_alone_knows_is_no_bad_row(tmp_path: Path) -> None:
    facts = [list(row) for row in FACTS]
    facts[2][3] = '"infusion", "boost", "other", "new"'
    newer = changed(ACME, "Scope", {(6, 2): "not(infusion)"})
    sides = OLD, (_edition(newer, facts=make_workbook({"Facts": facts})),)
    found = _changes(tmp_path, {"service": "new"}, sides=sides)
    assert [(each.old, each.new) for each in found.payers[0].transitions] == [
        ("not accepted", "not addressed")
    ]
    assert found.whole


def test_a_fact_that_one_dictionary_alone_knows_is_left_out_on_the_other_side(tmp_path: Path) -> None:
    facts: Rows = [*FACTS, ["height", "Height", "number", "[0..300]", "cm", "No", "How tall?", None]]
    sides = OLD, (_edition(ACME, facts=make_workbook({"Facts": facts})),)
    found = _changes(tmp_path, {"service": "boost", "height": 170}, sides=sides)
    assert (found.changed, found.whole) == (0, True)


def test_a_case_goes_to_the_version_of_its_day_and_to_what_has_taken_its_place() -> None:
    later = changed(STRICTER, "Policy", {(6, 2): "2026-01-01"})
    added = (*OLD, _edition(later, "acme-2026-01-01.xlsx"))
    versions = payer_versions(OLD, added)["acme"]
    names = [
        tuple(each.name if each else None for each in (pair.old, pair.new))
        for pair in (versions.pair(day) for day in ("2025-06-01", "2026-06-01", None))
    ]
    assert names == [("acme-2025-01-01.xlsx", "acme-2026-01-01.xlsx")] * 3
    edited = (NEW[0], added[1])
    pair = payer_versions(OLD, edited)["acme"].pair("2025-06-01")
    assert pair.new is NEW[0]
    before = versions.pair("2024-06-01")
    assert (before.old, before.new) == (None, None)


def test_a_payer_that_one_side_lacks_has_no_policy_there(tmp_path: Path) -> None:
    beta = _edition(BETA, "beta-2024-06-01.xlsx")
    found = _changes(tmp_path, {"service": "boost"}, sides=(OLD, (*OLD, beta)))
    by_payer = {each.payer: [each.old for each in each.transitions] for each in found.payers}
    assert by_payer["beta"] == ["no policy on file"]


def test_a_fact_is_no_column_of_amounts(tmp_path: Path) -> None:
    for column in ("donor_cells", "Donor cells", "payer"):
        with pytest.raises(InputError, match="no amount"):
            _changes(tmp_path, {"service": "boost"}, amount=column)


def test_every_format_tells_the_change(tmp_path: Path) -> None:
    row = {"case_id": "a1", "service": "infusion", "gvhd_grade": 1, "donor_cells": 50, "paid": "1234.50"}
    found = _changes(tmp_path, row, {"case_id": "a2", "service": "bost"}, amount="paid")
    text = told.text(found, Page())
    assert "1 of 2 cases get another determination; paid: 1,234.50" in text
    assert "medically necessary → investigational: 1 case, paid 1,234.50 (a1)" in text
    assert "rule: D-3 → D-2 (1 case)" in text
    assert "claims.jsonl, case 2 (id a2)" in text
    assert "| medically necessary | 1 |" in told.markdown(found)
    (payer,) = told.changes_json(found)["payers"]
    assert payer["transitions"][0]["amount"] == "1234.50"
    made = load_workbook(BytesIO(book(folder_difference(OLD, NEW), found)))
    assert [cell.value for cell in made["Changed cases"][3]][:5] == [
        *("acme", "medically necessary", "investigational", "1", "1,234.50")
    ]
    assert made["Cases left out"]["B3"].value == "2"
