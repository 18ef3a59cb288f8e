"""Linked policies survive the artefact unchanged."""

from __future__ import annotations

import marshal
from datetime import date
from decimal import Decimal

import pytest

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import compile_policy
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.feel import (
    DateTimeValue,
    DateValue,
    DaysTimeDuration,
    RangeValue,
    TimeValue,
    YearsMonthsDuration,
)
from dmn_dli.linking.portable import decode, encode
from tests import payers
from tests.linking.broken import BROKEN_CELLS, BrokenCell


@pytest.mark.parametrize("name", payers.WORKBOOKS)
def test_the_payers_policies_come_back_as_they_were(name: str) -> None:
    linked = payers.linked(name)
    assert PolicyKernel(compile_policy(build(linked))).linked == linked


@pytest.mark.parametrize("broken", BROKEN_CELLS, ids=lambda broken: broken.what)
def test_tables_with_findings_come_back_as_they_were(broken: BrokenCell) -> None:
    linked = broken.make()
    assert decode(encode(linked)) == linked


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1,
        "text",
        Decimal("0.10"),
        date(2025, 2, 12),
        DateValue(-1_000_000),
        DateTimeValue(739_294, 9_000_000_000_001, "Europe/Paris", later=True),
        TimeValue(30_600_000_000_000, -3600),
        DaysTimeDuration(-(10**30)),
        YearsMonthsDuration(14),
        RangeValue(Decimal(1), None, low_closed=True, high_closed=False),
        [Decimal(1), "a", [None]],
        {"a": {"b": [True]}},
        ("tuple", ("list", 1)),
        frozenset({"b"}),
    ],
    ids=repr,
)
def test_every_feel_value_comes_back_with_its_type(value: object) -> None:
    back = decode(marshal.loads(marshal.dumps(encode(value), 2)))  # noqa: S302 - written a moment ago
    assert back == value
    assert type(back) is type(value)


def test_what_has_no_portable_form_is_refused() -> None:
    with pytest.raises(TypeError, match="no portable form: object"):
        encode(object())


def test_data_of_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        decode(("subprocess.Popen", "true"))
