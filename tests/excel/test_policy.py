"""The Policy sheet: its fields, its dates, and what a payer's policy owes."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel import read_workbook_bytes
from dmn_dli.model.workbook import PolicyFields
from tests.excel.build import GOOD, GOOD_NAME, Rows, codes, make_workbook, put, spoil


def fields(data: bytes) -> PolicyFields:
    return read_workbook_bytes(data, GOOD_NAME, GOOD_NAME).policy


def test_fields_are_found_in_any_order_and_letter_case() -> None:
    rows: Rows = [
        ["field", "VALUE"],
        ["final Decision", " determination "],
        ["STATUS", "Draft"],
        [None, None],
        ["payer", "acme"],
        ["Effective  from", "2025-02-12"],
        ["effective to", date(2025, 12, 31)],
        ["Policy number", 210],
        ["Source document", "A policy\nof two lines"],
        ["Payer name", "Acme\u00a0Plan"],
        ["title", "x"],
    ]
    data = make_workbook(Policy=rows)
    read = fields(data)
    assert codes(data) == []
    assert read.draft
    assert (read.payer, read.policy_number, read.final_decision) == ("acme", "210", "Determination")
    assert (read.effective_from, read.effective_to) == (date(2025, 2, 12), date(2025, 12, 31))
    assert read.payer_name == "Acme\u00a0Plan", "the Policy sheet keeps every character but outer blanks"
    assert read.source_document == "A policy\nof two lines"
    assert read.places["Payer"].reference == "B5"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("August 2025", date(2025, 8, 31)),
        ("february 2024", date(2024, 2, 29)),
        ("Feb. 2025", date(2025, 2, 28)),
        ("2025-08-01", date(2025, 8, 1)),
        (date(2025, 8, 15), date(2025, 8, 15)),
    ],
)
def test_a_review_is_due_on_a_day_or_at_the_end_of_its_month(written: object, day: date) -> None:
    assert fields(put("Policy", B7=written)).next_review == day


@pytest.mark.parametrize(("shown", "day"), [("mmm-yy", 31), ("[$-409]mmmm\\ yyyy", 31), ("d-mmm-yy", 1)])
def test_a_month_that_excel_turned_into_its_first_day_is_still_a_month(shown: str, day: int) -> None:
    def type_august(sheet: Worksheet) -> None:
        sheet["B7"] = date(2025, 8, 1)
        sheet["B7"].number_format = shown

    assert fields(spoil("Policy", type_august)).next_review == date(2025, 8, day)


@pytest.mark.parametrize("written", ["2/12/2025", "12 Feb 2025", "August 2025", True, "2025-02-30"])
def test_the_first_day_must_be_a_day(written: object) -> None:
    assert codes(put("Policy", B6=written)) == ["DT133 Policy!B6"]


def test_a_blank_field_counts_as_missing() -> None:
    assert codes(put("Policy", B3=None, B6="  ")) == ["DT135 Policy!B3", "DT134 Policy!B6"]


def test_the_final_decision_is_found_by_the_name_in_a1_or_on_the_tab() -> None:
    data = put("Determination", A1="Is it covered?")
    read = read_workbook_bytes(data, GOOD_NAME, GOOD_NAME)
    assert read.policy.final_decision == "Is it covered?"
    assert "DT136 Policy!B8" not in codes(data)


def test_a_final_decision_that_could_not_be_read_is_not_called_missing() -> None:
    assert codes(put("Determination", A2="X")) == ["DT141 Determination!A2"]


def test_only_a_payers_workbook_owes_its_name_to_its_fields() -> None:
    generic = {**GOOD, "Policy": [["Field", "Value"], ["Final decision", "Determination"]]}
    assert codes(make_workbook(generic), "anything.xlsx") == []
    assert codes(make_workbook(), "ACME-2025-02-12.XLSX") == []
    assert codes(make_workbook(), "acme.xlsx") == ["DT107"]


def test_a_policy_may_hold_for_a_single_day() -> None:
    assert codes(put("Policy", A9="Effective to", B9="2025-02-12")) == []
