"""What a reviewer reads of a record."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from dmn_dli.report.text import Page, Payer, case_text

RECORD: dict[str, Any] = {
    "format_version": 1,
    "case_id": "a1",
    "payer": "acme",
    "policy": {
        "number": "A-1",
        "title": "Donor cells",
        "effective_from": "2025-01-01",
        "last_review": None,
        "next_review": None,
        "source_document": None,
        "workbook": "acme-2025-01-01.xlsx",
        "sha256": "",
        "facts_sha256": "",
    },
    "determination": "criteria not met",
    "payer_wording": "not met",
    "reason": "Cells are not mixed.",
    "citation": "Section 1",
    "refer_to": "A-2",
    "rules": [{"decision": "Determination", "rule": "D-1", "cell": "Determination!A5"}],
    "decisions": {"Procedure codes": [{"Code": "1", "System": "CPT", "Until": None}, {"Code": "2"}]},
    "criteria": [],
    "unmet_criteria": ["1: mixed cells"],
    "documentation": ["Chart notes"],
    "procedure_codes": ["1", "2"],
    "missing_facts": [],
    "possible_determinations": ["criteria not met"],
    "notes": ["Remember."],
}
MISSING = RECORD | {
    "determination": "needs information",
    "payer_wording": None,
    "reason": None,
    "citation": None,
    "refer_to": None,
    "missing_facts": ["grade", "unheard_of"],
    "possible_determinations": ["criteria not met", "medically necessary"],
}
ERROR = {
    "format_version": 1,
    "case_id": "a1",
    "payer": "acme",
    "error": {"kind": "table", "message": "No.", "problems": [{"reason": "Two rules fire."}]},
}


class Words(NamedTuple):
    label: str
    question: str
    allowed: str | None


PAGE = Page({"acme": Payer("Acme Health", {"grade": Words("Grade", "Which grade?", '"low", "high"')})})


def lines(record: dict[str, Any]) -> list[str]:
    return [" ".join(line.split()) for line in case_text([record], PAGE).splitlines()]


@pytest.mark.parametrize(
    "line",
    [
        "Acme Health: CRITERIA NOT MET",
        "Why Cells are not mixed.",
        "Criterion Section 1",
        "Payer's wording not met",
        "Refer to A-2",
        "Unmet criteria 1: mixed cells",
        "Documentation Chart notes",
        "Procedure codes - 1 (CPT)",
        "- 2",
        "Notes Remember.",
        "Rules Determination D-1",
        "Policy A-1, Donor cells, version of 2025-01-01 (acme-2025-01-01.xlsx)",
    ],
)
def test_a_determination_is_told_with_its_reason_and_all_that_belongs_to_it(line: str) -> None:
    assert line in lines(RECORD)


def test_missing_facts_come_with_the_question_to_ask() -> None:
    found = lines(MISSING)
    assert "Why The determination depends on 2 facts that are not given." in found
    assert "Possible criteria not met, medically necessary" in found
    assert "Please find out - Grade: Which grade? (low, high)" in found
    assert "- unheard_of" in found


def test_an_error_says_whose_it_is() -> None:
    assert lines(ERROR)[2:] == ["Acme Health: CANNOT BE EVALUATED", "The tables Two rules fire."]


def test_several_payers_begin_with_a_table() -> None:
    text = case_text([RECORD, MISSING, ERROR], PAGE)
    assert text.splitlines()[2:6] == [
        "  Payer        Determination      In brief",
        "  Acme Health  criteria not met   Cells are not mixed.",
        "  Acme Health  needs information  2 facts are missing",
        "  Acme Health  error              1 problem with the tables",
    ]


def test_colour_adds_nothing_but_colour() -> None:
    styled = case_text([RECORD, MISSING, ERROR], PAGE._replace(styled=True))

    assert re.sub(r"\x1b\[[\d;]*m", "", styled) == case_text([RECORD, MISSING, ERROR], PAGE)
    assert "\x1b[1;31mCRITERIA NOT MET\x1b[0m" in styled
