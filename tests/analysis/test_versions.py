"""Versions of a payer: the days on which each is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from dmn_dli.analysis.check import version_findings
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import PolicyFields, Workbook

TODAY = date(2025, 6, 1)


def version(start: str, end: str | None = None, *, payer: str = "acme", **fields: Any) -> Workbook:
    policy = PolicyFields(
        payer=payer,
        effective_from=date.fromisoformat(start),
        effective_to=date.fromisoformat(end) if end else None,
        places={"Effective to": Cell(8, 2)},
    )
    name = f"{payer}-{start}.xlsx"
    return Workbook(name, name, "", evolve(policy, **fields))


def said(*workbooks: Workbook) -> list[str]:
    return [f"{each.code.code} {each.file} {each.cell}".strip() for each in found(*workbooks)]


def found(*workbooks: Workbook) -> Iterator[Finding]:
    return version_findings(workbooks, TODAY)


@pytest.mark.parametrize("end", [None, "2025-02-11"])
def test_versions_that_follow_each_other_are_in_order(end: str | None) -> None:
    assert said(version("2025-02-12"), version("2024-01-01", end)) == []


def test_an_end_after_the_next_beginning_is_reported() -> None:
    assert said(version("2024-01-01", "2025-02-12"), version("2025-02-12")) == [
        "DT503 acme-2024-01-01.xlsx B8"
    ]


def test_days_without_a_version_are_named() -> None:
    (finding,) = found(version("2024-01-01", "2025-02-09"), version("2025-02-12"))
    assert finding.code.code == "DT504"
    assert "from 2025-02-10 to 2025-02-11" in finding.message


def test_a_last_version_may_end_and_another_payers_does_not_matter() -> None:
    assert said(version("2024-01-01", "2024-12-31"), version("2025-02-12", payer="other")) == []


def test_a_draft_is_not_in_force() -> None:
    assert said(version("2024-01-01", "2024-12-31"), version("2025-02-12", status="Draft")) == []


def test_two_versions_of_one_day_are_an_error() -> None:
    assert said(version("2024-01-01"), version("2024-01-01")) == ["DT502 acme-2024-01-01.xlsx"]


def test_a_review_is_due_the_day_after_its_date() -> None:
    assert said(version("2024-01-01", next_review=TODAY)) == []
    assert said(version("2024-01-01", next_review=date(2025, 5, 31))) == ["DT501 acme-2024-01-01.xlsx"]
