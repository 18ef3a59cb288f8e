"""The columns of records: which somebody means, and what stands in them."""

from __future__ import annotations

import json

import pytest

from dmn_dli.evaluate.record_fields import (
    CHOICES,
    COLUMNS,
    LISTED,
    ChosenColumns,
    chosen_columns,
    field,
    finals_of,
    keys_of,
    text_of,
)
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.record import new_record
from tests import payers
from tests.docs.pages import ROOT

KERNEL = payers.kernel("molina-2025-02-12.xlsx")
FINALS = finals_of({KERNEL.payer: KernelSeries(KERNEL.payer, [KERNEL])})
EXAMPLE = json.loads((ROOT / "docs" / "examples" / "mixed-chimerism.json").read_text(encoding="utf-8"))
GIVEN = {name: value for name, value in EXAMPLE.items() if name != "case_id"}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (("case_id,determination",), ("case_id", "determination")),
        ((" Case ID ,, MISSING-FACTS,\n",), ("case_id", "missing_facts")),
        (("rule", "case_id,rule", "Rule"), ("rule", "case_id")),
        (
            ("Policy.Number,policy,policy.source document",),
            ("policy.number", "policy", "policy.source_document"),
        ),
        ((",".join(CHOICES),), CHOICES),
    ],
)
def test_columns_are_known_as_people_type_them(given: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert chosen_columns(given) == meant


@pytest.mark.parametrize(
    ("given", "nearest"),
    [("determinaton", "determination"), ("policy.nr", "policy.number"), ("case_id;rule", None), ("*", None)],
)
def test_what_is_no_column_is_named_with_the_nearest(given: str, nearest: str | None) -> None:
    with pytest.raises(InputError) as caught:
        chosen_columns(["case_id", given])
    assert f'There is no column "{given}".' in str(caught.value)
    assert nearest is None or f'Did you mean "{nearest}"?' in str(caught.value)


@pytest.mark.parametrize("given", [(), ("",), (" , ,",), ("", "\t")])
def test_no_column_at_all_is_refused(given: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="No column is named"):
        chosen_columns(given)


def test_the_columns_of_a_table_are_all_of_the_record() -> None:
    assert keys_of(COLUMNS) == tuple(new_record("", ""))
    assert keys_of(("rule", "error.kind", "policy.title", "policy.number")) == ("rule", "policy")


def test_rule_names_what_decided_and_no_other_table_s_rules() -> None:
    record = KERNEL.determine(GIVEN, "1")
    (rule,) = [each["rule"] for each in record["rules"] if each["decision"] == KERNEL.final.name]
    assert len(record["rules"]) > 1
    assert field(record, "rule", FINALS) == rule
    assert field(KERNEL.determine({}, "1"), "rule", FINALS) is None
    assert field(KERNEL.determine({"date_of_service": "1999-01-01"}, "1"), "rule", FINALS) is None


def test_a_chosen_record_has_the_columns_as_keys_and_an_error_record_stays_whole() -> None:
    record = KERNEL.determine(GIVEN, "1")
    columns = ("determination", "policy.number", "policy", "error.kind", "case_id")
    made = ChosenColumns(columns, FINALS)
    found = made.of(record)
    assert tuple(found) == columns
    assert found["policy.number"] == record["policy"]["number"] == found["policy"]["number"]
    assert found["error.kind"] is None
    error = {"case_id": "1", "payer": "molina", "error": {"kind": "case", "message": "m", "problems": []}}
    assert made.of(error) is error


def test_lists_are_those_of_the_record() -> None:
    record = KERNEL.determine(GIVEN, "1")
    lists = {column for column in CHOICES if isinstance(field(record, column, FINALS), list)}
    assert lists == LISTED - {"error.problems"}


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("reason", None, ""),
        ("notes", ["a", None, ["b", 1], 2, {"c": "ü"}], 'a |  | ["b",1] | 2 | {"c":"ü"}'),
        ("decisions", {"a": [1]}, '{"a":[1]}'),
        (
            "criteria",
            [{"id": "1", "status": "met", "x": 1}, {"id": "2", "status": "not met"}],
            "1 met | 2 not met",
        ),
        ("format_version", 1, "1"),
    ],
)
def test_text_of_a_column(column: str, value: object, text: str) -> None:
    assert text_of(column, value) == text
