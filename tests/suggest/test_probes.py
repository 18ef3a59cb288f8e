"""The values worth trying of a fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Context, Inexact, Rounded, localcontext
from typing import Any

import pytest
from hypothesis import given, settings

from dmn_dli.diagrams.variables import FactVariable
from dmn_dli.feel import from_python
from dmn_dli.suggest.probes import plain, probes
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.theories.lowering import fact_domains
from tests.linking.books import fact, linked, table
from tests.properties.policies import policies


def values(type_: str, allowed: str | None, tests: Sequence[str], *, nullable: bool = False) -> list[Any]:
    rules = [[test, "x"] for test in tests]
    made = linked(
        [fact("f", type_, allowed, nullable=nullable)], table("T", "C", ["IF f", "THEN t"], None, *rules)
    )
    assert not [finding.text for finding in made.findings if finding.is_error]
    return [plain(probe.value) for probe in probes(variables(made)[0])]


def variables(made: LinkedPolicy) -> list[FactVariable]:
    return [
        FactVariable(number, made.dictionary.by_name[name], domain)
        for number, (name, domain) in enumerate(fact_domains(made).items(), 1)
    ]


@pytest.mark.parametrize(
    ("type_", "allowed", "tests", "expected"),
    [
        ("number", "[0..100]", ["0", "(0..100)", "100"], ["0", "0.1", "50", "99.9", "100"]),
        ("number", None, [">= 2.5"], ["1.5", "2.49", "2.5", "2.51", "3.5"]),
        ("number", "(0..1)", ["-"], ["0.1", "0.5", "0.9"]),
        ("number", "[0..100]", ["< 2", ">= 2.05"], ["0", "0.1", "1", "1.9", "2", "2.025", "2.049", "2.05"]),
        ("integer", None, [">= 18"], ["17", "18", "19"]),
        ("integer", None, ["> 2.5"], ["1", "2", "3"]),
        ("integer", "0, 1, 2", [">= 1"], ["0", "1", "2"]),
        ("string", "b, a", ["a"], ["b", "a"]),
        ("boolean", None, ["true"], ["False", "True"]),
    ],
)
def test_values_at_and_beside_each_constant(
    type_: str, allowed: str | None, tests: list[str], expected: list[str]
) -> None:
    found = [str(value) for value in values(type_, allowed, tests)]
    assert found[: len(expected)] == expected


def test_days_beside_a_date() -> None:
    days = values("date", None, ["< 2024-03-01"])
    assert days == [date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2)]


def test_the_calendar_ends() -> None:
    days = values("date", None, ["> 9999-12-30", "0001-01-01"])
    assert days[0] == date(1, 1, 1)
    assert days[-1] == date(9999, 12, 31)


def test_null_comes_last_where_it_is_a_value() -> None:
    numbers = values("number", "[0..1]", ["0"], nullable=True)
    assert [str(value) for value in numbers] == ["0", "0.1", "0.5", "0.9", "1", "None"]
    assert values("string", "a, b", ["a"], nullable=True) == ["a", "b", None]


def test_text_that_no_cell_names_can_be_typed() -> None:
    assert values("string", None, ['"Another text"', '"x"']) == ["Another text", "x", "yet another text"]


@settings(deadline=None, max_examples=100)
@given(policies())
def test_every_atom_has_a_value_and_every_value_its_atom(made: LinkedPolicy) -> None:
    for variable in variables(made):
        found = probes(variable)
        assert {probe.atom for probe in found} == set(range(len(variable.domain.atoms)))
        assert all(variable.domain.locate(from_python(probe.value)) == probe.atom for probe in found)
        assert len({probe.value for probe in found}) == len(found)


def test_numbers_next_to_a_constant_are_exact_whatever_decimal_context_the_caller_has() -> None:
    tests = ["< 1234567.891", "1234567.891", "> 1234567.891"]
    expected = values("number", None, tests)
    with localcontext(Context(prec=3, traps=[Inexact, Rounded])):
        assert values("number", None, tests) == expected
