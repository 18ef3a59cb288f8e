"""What cases expect of rows of a sheet of criteria, and what they cover of them."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from dmn_dli.cases.coverage import CriteriaCoverage
from dmn_dli.cases.sheet import CaseResult, WorkbookResult, case_findings, run_cases
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.workbook import CaseRow, CaseSheet, Workbook
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking import criteria_example
from tests.linking.books import cell, fact, kernel

MET: dict[str, Any] = {"service": "infusion", "disease": "relapsed", "age": 40, "risk": True, "cells": "none"}


def with_cases(linked: LinkedPolicy, *cases: dict[str, Any]) -> tuple[Workbook, PolicyKernel]:
    """The policy's workbook with a Cases sheet: a row for each case, a column for each key."""
    headings = list(dict.fromkeys(key for case in cases for key in case))
    rows = [
        CaseRow(
            f"case {number}",
            cell(f"case {number}", number + 1, 1),
            tuple(cell(case.get(key), number + 1, column) for column, key in enumerate(headings, 2)),
        )
        for number, case in enumerate(cases, 1)
    ]
    cells = tuple(cell(key, 1, column) for column, key in enumerate(headings, 2))
    return evolve(linked.workbook, cases=CaseSheet("Cases", cells, tuple(rows))), kernel(linked)


def run(*cases: dict[str, Any]) -> WorkbookResult:
    return run_cases(*with_cases(criteria_example.policy(payer="acme"), *cases))


def one(**case: Any) -> CaseResult:
    (result,) = run(case).cases
    return result


@pytest.mark.parametrize(
    ("criterion", "status"),
    [
        ("Criteria.2.a", "met"),
        ("criteria.2.A", " Met "),
        ("Criteria.2.b", "unknown"),
        ("Criteria.3.c", "met"),
        ("Criteria.X.1", "not met"),
        ("Criteria.X", "met"),
    ],
)
def test_a_status_that_the_record_says_passes(criterion: str, status: str) -> None:
    assert one(**MET, **{f"expect criterion {criterion}": status}).passed


def test_a_row_outside_its_reach_does_not_apply() -> None:
    assert one(service="boost", **{"expect criterion Criteria.1": "does not apply"}).passed


def test_a_status_that_is_another_says_which() -> None:
    (failure,) = one(**MET, **{"Expect criterion Criteria.2.a": "not met"}).failures
    assert (failure.expectation, failure.expected, failure.actual) == (
        "Expect criterion Criteria.2.a",
        "not met",
        "met",
    )


def test_outside_the_version_no_row_stands() -> None:
    linked = criteria_example.policy(
        fact("date_of_service", "date"),
        payer="acme",
        effective_from=criteria_example.SINCE,
    )
    case = {"date_of_service": "2024-01-01", "expect criterion Criteria.1": "none"}
    (result,) = run_cases(*with_cases(linked, case)).cases
    assert result.passed


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("mett", "met"), ("does not aply", "does not apply"), ("unmet", "not met"), ("Yes", "met")],
)
def test_another_word_than_a_status_fails_with_the_nearest(word: str, nearest: str) -> None:
    expected = {"expect criterion Criteria.2.a": word, "expect determination": "not addressed"}
    failures = one(**MET, **expected).failures
    said = [(each.expected, each.actual) for each in failures]
    assert said[0] == (
        "met, not met, unknown, does not apply",
        f'"{word}" is no status of a criterion. Did you mean "{nearest}"?',
    )
    assert said[1][1] == "medically necessary", "the other expectations are looked at all the same"


def test_check_finds_words_that_are_no_status_and_rows_that_do_not_exist() -> None:
    case = {"expect criterion Criteria.2.a": "mett", "expect criterion Criteria.2.z": "met"}
    found = case_findings(*with_cases(criteria_example.policy(payer="acme"), case))
    assert [(each.code.code, each.cell) for each in found] == [("DT305", "C1"), ("DT420", "B2")]
    assert 'Did you mean "expect criterion Criteria.2.' in found[0].message


def test_unmet_criteria_are_the_list_of_the_record() -> None:
    wrong = {"service": "infusion", "age": 4, "expect Unmet criteria": "none"}
    (failure,) = one(**wrong).failures
    assert failure.actual == "1: The patient is an adult (given: Age 4)"
    assert one(**wrong | {"expect Unmet criteria": failure.actual}).passed


def test_a_row_is_covered_where_cases_have_it_met_and_not_met() -> None:
    expect = {"expect criterion Criteria.1": "met"}
    result = run(
        {**MET, **expect},
        {"service": "infusion", "age": 4, "cells": "genetic", "expect criterion Criteria.1": "not met"},
        {"service": "boost", "expect criterion Criteria.1": "does not apply"},
    )
    assert result.passed
    (sheet,) = result.criteria
    assert (sheet.sheet, sheet.criteria, sheet.covered) == ("Criteria", 13, 4)
    assert sheet.never_met == ("2.b", "2.b.1", "2.b.2", "3.a")
    assert "1" not in sheet.never_not_met
    assert "2.a" in sheet.never_not_met


def test_a_case_that_meets_a_row_alone_does_not_cover_it() -> None:
    assert CriteriaCoverage("Criteria", 3, ("1",), ("1", "2")).covered == 1
