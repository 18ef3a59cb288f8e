"""Batches in which things are wrong or unusual are answered as their cases are, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

from dmn_dli.batch.answers import PayersAnswers
from dmn_dli.batch.cases import side_by_side, under_numbers
from dmn_dli.batch.fact_columns import ValuesColumn
from dmn_dli.cases.asking import ask, payers_of
from dmn_dli.cases.files import Case, given_case
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion, KernelSeries, Version
from dmn_dli.linking.link import link
from dmn_dli.model.facts import Dictionary
from dmn_dli.runtime.errors import problem
from tests.batch.test_answers import by_row
from tests.linking.books import fact, kernel, table, workbook

FACTS = [
    fact("date_of_service", "date"),
    fact("age", "integer", "[0..120]", label="Age in years"),
    fact("stage", "string", '"early", "late"', label="Stage"),
    fact("dose", "number", "> 0", nullable=True, label="Dose"),
]


def version(payer: str, begin: str, until: str | None = None, facts: Sequence[Any] = FACTS) -> PolicyKernel:
    """A version whose determination hangs on the stage, and on the dose where it knows one."""
    dose = len(FACTS) == len(facts)
    rules = [['"early"', "null", "a"], ['"late"', "> 1", "b"], ["-", "-", "c"]]
    made = workbook(
        table(
            "Final",
            "F",
            ["IF stage", *(["IF dose"] if dose else []), "THEN Final"],
            [None, *([None] if dose else []), "a, b, c"],
            *[rule if dose else [rule[0], rule[2]] for rule in rules],
        ),
        effective_from=date.fromisoformat(begin),
        effective_to=None if until is None else date.fromisoformat(until),
    )
    named = evolve(made, name=f"{payer}-{begin}.xlsx")
    found = kernel(link(named, Dictionary(tuple(facts), "facts.xlsx")))
    found.payer = payer
    return found


def series(payer: str, *versions: Version) -> KernelSeries:
    return KernelSeries(payer, versions)


def broken(payer: str, begin: str | None) -> BrokenVersion:
    return BrokenVersion(payer, f"{payer}-{begin}.xlsx", begin, None, [problem("A4 holds no rule.")])


SERIES: Mapping[str, KernelSeries] = {
    "Acme": series(
        "Acme",
        version("Acme", "2020-01-01"),
        broken("Acme", "2022-01-01"),
        version("Acme", "2024-01-01", "2024-12-31"),
    ),
    "beta": series("beta", version("beta", "2021-01-01", None, FACTS[:3]), version("beta", "2023-01-01")),
    "twice": series("twice", version("twice", "2020-01-01"), version("twice", "2020-01-01")),
    "undated": series("undated", version("undated", "2020-01-01"), broken("undated", None)),
    "none": series("none", broken("none", "2020-01-01")),
}

_DAYS = ["2019-12-31", "2020-06-01", "2022-06-01", "2024-06-01", "2025-06-01", "2023-05-05"]
_VALUES: Mapping[str, Sequence[Any]] = {
    "date_of_service": [*_DAYS, date(2023, 1, 1), "soon", None, float("nan")],
    "age": [3, 121, 4.5, True, None, "4"],
    "stage": ["early", " LATE ", "middle", None, 4],
    "dose": [None, 0, 1, 2.5, float("nan")],
    "Stage": ["early"],
    "colour": ["red", None],
    "_note": ["kept"],
}
_PAYERS = [None, "acme", " BETA", ["beta", "Acme", "ACME"], "nobody", ["none", "twice"], "undated", [], 7]
_TEXTS: Mapping[str, Sequence[str]] = {
    "date_of_service": [*_DAYS, "soon", "", "null"],
    "Age in years": ["3", "121", "4.5", "", " 7 "],
    "age": ["5", "", "x"],
    "STAGE": ["early", "Late", "middle", "", "null"],
    "Dose": ["null", "", "0", "1", "2.50"],
    "colour": ["red", ""],
}


def agree(cases: Sequence[Case], asked: Sequence[str] | None = None) -> None:
    answers = PayersAnswers(SERIES, asked)
    for some in (cases, cases[: len(cases) // 2]):
        found = by_row(side_by_side(some), answers)
        want = {
            (row, payer): ask(case, payer, SERIES)
            for row, case in enumerate(some)
            for payer in payers_of(case, asked, SERIES)
        }
        assert repr(found) == repr(want) or found == want


_SELDOM = ("colour", "Stage", "age")
"""What most cases leave out, since it makes them wrong."""


@st.composite
def case_dicts(draw: st.DrawFn, values: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """A case that gives some of the facts, each some value."""
    wanted = [name for name in values if not draw(st.integers(0, 7 if name in _SELDOM else 1))]
    return {name: draw(st.sampled_from(values[name])) for name in wanted}


_SETTINGS = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])


def test_one_moment_in_two_time_zones_is_two_values() -> None:
    east = datetime(2024, 6, 1, tzinfo=timezone(timedelta(hours=5)))
    west = east.astimezone(UTC)
    assert east == west
    column = ValuesColumn(under_numbers([east, west, east, None]))
    assert [column.value(row).isoformat() for row in range(3)] == [
        each.isoformat() for each in (east, west, east)
    ]
    for days in ([east, west], [west, east]):
        agree([given_case({"date_of_service": each, "age": 3}, row) for row, each in enumerate(days, 1)])


@_SETTINGS
@given(
    st.lists(st.tuples(case_dicts(_VALUES), st.sampled_from(_PAYERS)), max_size=12),
    st.sampled_from([None, ["ACME"], ["beta", "nobody"]]),
)
def test_versions_payers_and_values_of_every_kind(
    given_cases: list[tuple[dict[str, Any], Any]], asked: Sequence[str] | None
) -> None:
    cases = [
        given_case(values if payer is None else {**values, "payer": payer}, position)
        for position, (values, payer) in enumerate(given_cases, 1)
    ]
    agree(cases, asked)


@_SETTINGS
@given(st.lists(case_dicts(_TEXTS), max_size=12))
def test_text_of_sheets_under_labels_and_names(rows: list[dict[str, str]]) -> None:
    agree(
        [
            Case(str(position), None, values, written=True, problems=())
            for position, values in enumerate(rows, 1)
        ]
    )
