"""Versions of a payer: the days on which each is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from dmn_dli.analysis.check import version_findings
from dmn_dli.analysis.versions import HISTORY, REVIEWS, SOURCE, untouched
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Finding
from dmn_dli.model.workbook import ChangeEntry, PolicyFields, Workbook

TODAY = date(2025, 6, 1)


def version(start: str, end: str | None = None, *, payer: str = "acme", **fields: Any) -> Workbook:
    """A version with a source, a review and a history of its own."""
    policy = PolicyFields(
        payer=payer,
        source_document=f"Policy of {start}",
        last_review=date.fromisoformat(start),
        effective_from=date.fromisoformat(start),
        effective_to=date.fromisoformat(end) if end else None,
        places={"Effective to": Cell(8, 2), "Last review": Cell(9, 2)},
        blank={"Source document": Cell(11, 2)},
    )
    name = f"{payer}-{start}.xlsx"
    return Workbook(name, name, "", evolve(policy, **fields), changes=(line(f"as of {start}"),))


def line(what: str, who: str = "A. Nurse", why: str = "") -> ChangeEntry:
    return ChangeEntry(None, who, what, why, Cell(2, 1))


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


FIRST = version("2024-01-01")


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({}, ()),
        ({"source_document": None}, (SOURCE,)),
        ({"source_document": "policy  OF 2024-01-01"}, (SOURCE,)),
        ({"source_document": "to fill in: the document"}, (SOURCE,)),
        ({"last_review": date(2024, 1, 1)}, (REVIEWS,)),
        ({"last_review": None}, (REVIEWS,)),
        ({"last_review": None, "next_review": date(2026, 1, 1)}, ()),
    ],
)
def test_a_field_that_is_blank_or_as_before_is_untouched(fields: dict[str, Any], kept: tuple[str]) -> None:
    assert untouched(FIRST, version("2025-02-12", **fields)) == kept


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((), False),
        ((line("as of 2024-01-01"),), False),
        ((line("as of 2024-01-01"), line("")), False),
        ((line("as of 2024-01-01"), line("To fill in: what"), line("to fill in")), False),
        ((line("as of 2024-01-01"), line("Criterion 2.c")), True),
        ((line("", why="the document of 2025"),), True),
        ((line("as of 2024-01-01", who="B. Ray"),), True),
    ],
)
def test_a_history_is_touched_by_a_line_that_says_something_new(
    lines: tuple[ChangeEntry, ...], told: bool
) -> None:
    after = evolve(version("2025-02-12"), changes=lines)
    assert untouched(FIRST, after) == (() if told else (HISTORY,))


def test_an_untouched_version_is_told_at_the_first_field_that_is_and_a_draft_too() -> None:
    for status in (None, "draft"):
        copied = version("2025-02-12", status=status, source_document=None)
        assert said(FIRST, copied) == ["DT505 acme-2025-02-12.xlsx B11"]
    assert said(FIRST, version("2025-02-12", last_review=None)) == ["DT505 acme-2025-02-12.xlsx B9"]


def test_a_version_is_held_to_the_one_before_it_and_to_no_other() -> None:
    again = version("2026-01-01", source_document="Policy of 2024-01-01")
    assert said(version("2025-02-12"), again, FIRST) == []
    assert said(again, FIRST) == ["DT505 acme-2026-01-01.xlsx B11"]
    assert said(FIRST, evolve(again, policy=evolve(again.policy, payer="other"))) == []


def test_a_withdrawn_version_is_neither_asked_nor_a_measure() -> None:
    copied = version("2025-02-12", source_document="Policy of 2024-01-01", status="Withdrawn")
    assert said(FIRST, copied) == []
    withdrawn = version("2025-01-01", source_document="Policy of 2025-02-12", status="withdrawn")
    assert said(withdrawn, version("2025-02-12")) == []


def test_of_a_version_that_lies_beside_nothing_is_said() -> None:
    copied = version("2025-02-12", source_document=None)
    codes = [each.code.code for each in version_findings([copied], TODAY, [FIRST])]
    assert codes == ["DT505"]
    assert list(version_findings([version("2025-02-12")], TODAY, [copied, FIRST])) == []
