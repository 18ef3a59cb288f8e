"""The Cases sheet tests its own workbook: every way for a case to fail, and which rules the cases use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from dmn_dli.cases.rows import KnownCase, known_cases
from dmn_dli.cases.sheet import CaseResult, WorkbookResult, case_findings, run_cases
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.excel import read_workbook
from dmn_dli.store.load import load_version
from tests.cli.tables import ACME, ACME_BROKEN, BETA, FACTS, changed
from tests.excel.build import Rows, make_book, make_workbook

NAME = "acme-2025-01-01.xlsx"


def write(folder: Path, sheets: Mapping[str, Rows]) -> Path:
    (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    (folder / NAME).write_bytes(make_workbook(sheets))
    return folder / NAME


def results(folder: Path, sheets: Mapping[str, Rows]) -> WorkbookResult:
    path = write(folder, sheets)
    return run_cases(read_workbook(path, NAME), load_version(path))


def one(folder: Path, headings: list[object], values: list[object]) -> CaseResult:
    (case,) = results(folder, {**ACME, "Cases": [["case", *headings], ["a case", *values]]}).cases
    return case


def test_cases_that_expect_what_comes_out_pass(tmp_path: Path) -> None:
    result = results(tmp_path, ACME)
    assert result.passed
    assert [case.case for case in result.cases] == [row[0] for row in ACME["Cases"][1:]]
    assert [each.uncovered for each in result.coverage] == [()] * 5


INFUSION: tuple[list[object], list[object]] = (
    ["Service", "GVHD grade", "Donor cells"],
    ["infusion", 1, "0.5"],
)


@pytest.mark.parametrize(
    ("heading", "expected", "actual"),
    [
        ("expect determination", "investigational", "medically necessary"),
        ("Expect  Determination", "none", "medically necessary"),
        ("expect Scope", "not addressed", "addressed"),
        ("expect Unmet criteria", "1: cells are not mixed", "none"),
        ("expect Procedure codes", "38242", "38242\nS2150"),
        ("expect Procedure codes", "none", "38242\nS2150"),
        (
            "expect Plan notes",
            "Prior authorization is required.\nThe benefit plan takes precedence.",
            "The benefit plan takes precedence.\nPrior authorization is required.",
        ),
        ("expect missing", "Donor cells", "none"),
    ],
)
def test_an_expectation_that_is_not_met_says_what_came_out(
    heading: str, expected: str, actual: str, tmp_path: Path
) -> None:
    case = one(tmp_path, [*INFUSION[0], heading], [*INFUSION[1], expected])
    (failure,) = case.failures
    assert (failure.expected, failure.actual, failure.cell) == (expected, actual, "E2")


def test_a_set_may_be_written_in_any_order_and_a_list_may_not(tmp_path: Path) -> None:
    case = one(tmp_path, [*INFUSION[0], "expect Procedure codes"], [*INFUSION[1], "S2150\n38242"])
    assert case.passed


def test_a_blank_expectation_is_not_checked(tmp_path: Path) -> None:
    case = one(
        tmp_path, ["Service", "expect Scope", "expect determination"], ["boost", None, "not addressed"]
    )
    assert case.passed


def test_a_list_holds_what_every_completion_has(tmp_path: Path) -> None:
    headings: list[object] = ["GVHD grade", "expect Unmet criteria", "expect missing"]
    case = one(tmp_path, ["Service", *headings], ["infusion", 3, "2: GVHD of grade 2 or more", "none"])
    assert case.passed


def test_a_decision_that_is_not_settled_meets_no_expectation(tmp_path: Path) -> None:
    case = one(tmp_path, ["GVHD grade", "expect Scope"], [1, "none"])
    assert [failure.actual[:11] for failure in case.failures] == ["not settled"]


@pytest.mark.parametrize("day", [date(2024, 12, 31), "2024-12-31"])
def test_a_date_outside_the_version_expects_no_policy_on_file(day: object, tmp_path: Path) -> None:
    case = one(
        tmp_path,
        ["Date of service", "expect determination", "expect Scope", "expect Procedure codes"],
        [day, "no policy on file", "none", "none"],
    )
    assert case.passed


def test_a_case_needs_a_name_and_an_expectation(tmp_path: Path) -> None:
    rows: Rows = [["case", "Service", "expect determination", "why"], [None, "boost", "not addressed", None]]
    (nameless, without) = results(
        tmp_path, {**ACME, "Cases": [*rows, ["x", "boost", None, "No expectation."]]}
    ).cases
    assert [(each.expectation, each.cell) for each in nameless.failures] == [("case", "A2")]
    assert [each.expected for each in without.failures] == ["at least one expectation"]


@pytest.mark.parametrize(
    ("heading", "value", "part"),
    [
        ("Service", "infussion", "not among the allowed values"),
        ("GVHD grade", 1.5, "a whole number is expected"),
        ("gvhd_grade", "high", "a number is expected"),
        ("To prevent relapse", "perhaps", "true or false is expected"),
        ("Date of service", "1.2.2025", "a date such as"),
        ("Donor cells", 100.5, "not among the allowed values"),
    ],
)
def test_a_value_that_the_dictionary_does_not_allow_fails_the_case(
    heading: str, value: object, part: str, tmp_path: Path
) -> None:
    (failure,) = one(tmp_path, [heading, "expect determination"], [value, "needs information"]).failures
    assert part in failure.actual
    assert failure.cell == "B2"


def test_a_percentage_is_refused_rather_than_read_as_a_hundredth(tmp_path: Path) -> None:
    book = make_book({**ACME, "Cases": [["case", "Donor cells", "expect Scope"], ["x", 0.5, "addressed"]]})
    book["Cases"]["B2"].number_format = "0%"
    path = write(tmp_path, ACME)
    book.save(path)
    (case,) = run_cases(read_workbook(path), load_version(path)).cases
    said = case.failures[0].actual
    assert "is shown as 50 % and would be read as 0.5" in said, said
    kernel = load_version(path)
    assert isinstance(kernel, PolicyKernel)
    assert known_cases(read_workbook(path), kernel) == (KnownCase("x", {}),)


def test_a_misspelt_heading_fails_the_workbook_rather_than_testing_nothing(tmp_path: Path) -> None:
    result = results(tmp_path, changed(ACME, "Cases", {(1, 6): "expect determintion"}))
    assert not result.passed
    (problem,) = result.problems
    assert problem.startswith("Cases!F1: ")
    assert 'Did you mean "expect determination"?' in problem


def test_a_fact_by_name_and_by_label_is_one_column_too_many(tmp_path: Path) -> None:
    cases: Rows = [["case", "Service", "service_", "expect Scope"], ["x", "boost", None, "not addressed"]]
    assert len(results(tmp_path, {**ACME, "Cases": cases}).problems) == 1
    cases = [["case", "Donor cells", "donor_cells", "expect Scope"], ["x", 5, None, "not addressed"]]
    (problem,) = results(tmp_path, {**ACME, "Cases": cases}).problems
    assert 'The headings "Donor cells" and "donor_cells" mean the same.' in problem


def test_a_misspelt_missing_fact_is_not_taken_for_another_expectation(tmp_path: Path) -> None:
    (failure,) = one(tmp_path, ["Service", "expect missing"], ["boost", "Donor cels"]).failures
    assert failure.actual == '"Donor cels" is no fact. Did you mean "Donor cells"?'


def test_rules_that_conflict_fail_the_case_with_their_names(tmp_path: Path) -> None:
    sheets = changed(ACME, "Scope", {(6, 2): "infusion, boost, other"})
    cases: Rows = [["case", "Service", "expect Scope"], ["x", "infusion", "addressed"]]
    result = results(tmp_path, {**sheets, "Cases": cases})
    (failure,) = result.cases[0].failures
    assert "S-1 (Scope!A5), S-2 (Scope!A6) fire together" in failure.actual
    assert result.coverage[0].uncovered == ("S-1", "S-2")


def test_a_workbook_with_errors_runs_no_case_and_names_them(tmp_path: Path) -> None:
    result = results(tmp_path, ACME_BROKEN)
    assert (result.passed, result.cases) == (False, ())
    assert sum("Scope!B5" in problem for problem in result.problems) == 1


def test_coverage_names_the_rules_that_no_case_uses_and_leaves_out_retired_ones(tmp_path: Path) -> None:
    (tmp_path / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    path = tmp_path / "beta-2024-06-01.xlsx"
    path.write_bytes(make_workbook(BETA))
    (coverage,) = run_cases(read_workbook(path), load_version(path)).coverage
    assert (coverage.rules, coverage.covered, coverage.uncovered) == (2, 1, ("B-2",))


def test_coverage_knows_the_cases_of_each_rule(tmp_path: Path) -> None:
    used = {each.decision: each.used for each in results(tmp_path, ACME).coverage}
    assert used["Scope"] == {"S-1": (0, 1, 2, 4), "S-2": (3,)}
    assert used["Determination"] == {"D-1": (3,), "D-2": (2,), "D-3": (0,), "D-4": (1,)}
    assert used["Unmet criteria"] == {"C-1": (2,), "C-2": (1,)}


def test_a_first_hit_table_covers_the_winner_alone(tmp_path: Path) -> None:
    cases: Rows = [["case", "Service", "GVHD grade", "expect Scope"], ["x", "infusion", 3, "addressed"]]
    result = results(tmp_path, {**ACME, "Cases": cases})
    uncovered = {each.decision: each.uncovered for each in result.coverage}
    assert uncovered["Determination"] == ("D-1", "D-3", "D-4")


def test_check_finds_what_is_wrong_with_headings_and_values(tmp_path: Path) -> None:
    sheets = changed(ACME, "Cases", {(1, 12): "whi", (4, 4): 9})
    path = write(tmp_path, sheets)
    kernel = load_version(path)
    assert isinstance(kernel, PolicyKernel)
    found = case_findings(read_workbook(path, NAME), kernel)
    assert [(each.code.code, each.cell) for each in found] == [("DT305", "L1"), ("DT420", "D4")]
