"""Findings as other programs read them."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

from dmn_dli.checking import CheckResult, ClaimProof, TableProof
from dmn_dli.excel import codes as layout
from dmn_dli.model.finding import Finding, Severity
from dmn_dli.report.findings import github_text, json_text, text


def result(*findings: Finding, strict: bool = False) -> CheckResult:
    return CheckResult(findings, (TableProof("a.xlsx", "D", "U", 2, complete=True),), 1, strict)


def test_github_s_own_marks_are_escaped() -> None:
    finding = Finding(layout.GAP, "50 % of\nA, B: gone", file="a,b:c.xlsx", sheet="S", cell="A5")
    assert github_text(result(finding)) == (
        "::error file=a%2Cb%3Ac.xlsx,title=DT154 S!A5::a,b:c.xlsx, S!A5: 50 %25 of%0AA, B: gone\n"
    )


def test_strict_makes_warnings_errors_and_leaves_the_rest() -> None:
    findings = [Finding(code, "Said.") for code in (layout.GAP, layout.EMPTY_SHEET, layout.RETIRED)]
    for strict, errors, warnings in ((False, 1, 1), (True, 2, 0)):
        counted = result(*findings, strict=strict)
        assert counted.number(Severity.ERROR) == errors
        assert counted.number(Severity.WARNING) == warnings
        assert counted.number(Severity.INFO) == 1


def test_a_waived_error_does_not_count() -> None:
    waived = result(Finding(layout.GAP, "Said.", waived=True))
    assert waived.number(Severity.ERROR) == 0
    assert '"waived": true' in json_text(waived)


def test_what_is_proven_is_told_apart_from_what_is_not_known() -> None:
    assert '"complete": true,\n      "overlap_free": "unknown"' in json_text(result())


def test_claims_are_told_with_what_is_proven_of_each() -> None:
    held = [ClaimProof("a.xlsx", "Criteria", "DLI", "medically necessary", holds) for holds in (True, None)]
    told = evolve(result(), claims=tuple(held))
    assert "Claims proven: 1 of 2." in text(told, 100, colour=False).splitlines()
    assert "Claims proven" not in text(result(), 100, colour=False)
    claims = json.loads(json_text(told))["claims"]
    assert [claim["holds"] for claim in claims] == [True, "unknown"]
    assert claims[0] == {
        "file": "a.xlsx",
        "sheet": "Criteria",
        "id": "DLI",
        "means": "medically necessary",
        "holds": True,
    }


@pytest.mark.parametrize(
    ("findings", "summary"),
    [
        ((), "Nothing to object to in 1 workbook."),
        ((Finding(layout.GAP, "Said."),) * 2, "2 errors in 1 workbook."),
        ((Finding(layout.RETIRED, "Said."),), "1 note in 1 workbook."),
    ],
)
def test_the_last_line_sums_up(findings: tuple[Finding, ...], summary: str) -> None:
    assert text(result(*findings), 100, colour=False).splitlines()[-1] == summary
