"""Payers side by side: criteria on the same facts stand together, and an exclusion is no good news."""

from __future__ import annotations

import json
from typing import Any

from dmn_dli.report.comparison import cases_json, cases_markdown, cases_text
from dmn_dli.report.comparison_criteria import criteria_json, criteria_lines, subjects
from dmn_dli.report.difference_text import Page
from dmn_dli.runtime.record import new_record

LABELS = {key: {"disease": "Disease status", "kind": "Malignancy"} for key in ("acme", "beta", "old")}


def row(
    number: str,
    part_of: str | None,
    needs: str | None,
    status: str,
    read: dict[str, Any],
    *missing: str,
    means: str | None = None,
) -> dict[str, Any]:
    return {
        "sheet": "Criteria",
        "id": number,
        "part_of": part_of,
        "needs": needs,
        "means": means,
        "requirement": f"What {number} asks",
        "status": status,
        "facts": read,
        "not_given": list(missing),
    }


def record(payer: str, *criteria: dict[str, Any]) -> dict[str, Any]:
    return new_record(payer, "a") | {"determination": "criteria not met", "criteria": list(criteria)}


RECORDS = [
    record(
        "acme",
        row("DLI", None, "all", "not met", {"kind": "solid"}, "disease", means="medically necessary"),
        row("1", "DLI", None, "unknown", {}, "disease"),
        row("No", "DLI", "none", "not met", {"kind": "solid"}),
        row("No.1", "No", "all", "met", {"kind": "solid"}),
        row("No.1.a", "No.1", None, "met", {"kind": "solid"}),
        row("Else", None, "any", "met", {"kind": "solid"}, means="investigational"),
        row("Else.1", "Else", None, "met", {"kind": "solid"}),
    ),
    record("beta", row("I", None, None, "not met", {"kind": "solid"})),
    record("old"),
    {"case_id": "a", "payer": "wrong", "error": {"kind": "table", "problems": []}},
]


def test_criteria_that_read_the_same_facts_stand_together_in_the_order_of_the_dictionary() -> None:
    first, second = subjects(RECORDS, LABELS)
    assert (first.facts, first.given, first.silent) == (("disease",), "Disease status: not given", ("beta",))
    assert (second.facts, second.given, second.silent) == (("kind",), "Malignancy: solid", ())
    assert [(each.payer, each.id) for each in second.asked] == [("acme", "No.1"), ("beta", "I")]


def test_an_exclusion_stands_whole_and_is_excluded_where_it_is_met() -> None:
    _, second = subjects(RECORDS, LABELS)
    assert [each.shown for each in second.asked] == ["excluded", "not met"]
    free = [row("No", None, "none", "met", {}), row("No.1", "No", None, "not met", {"kind": "solid"})]
    ((only,),) = [each.asked for each in subjects([record("acme", *free)], LABELS)]
    assert only.shown == "not excluded"


def test_the_text_gives_the_status_of_each_criterion_with_its_requirement() -> None:
    assert list(criteria_lines(subjects(RECORDS, LABELS), 80)) == [
        "",
        "  Criteria on      Disease status: not given",
        "    acme  unknown  1  What 1 asks",
        "    not asked by beta",
        "",
        "  Criteria on      Malignancy: solid",
        "    acme  excluded  No.1  What No.1 asks",
        "    beta  not met   I     What I asks",
    ]
    assert "Criteria on" in cases_text([RECORDS], Page(80, styled=False), LABELS)


def test_the_table_has_a_column_for_each_payer_that_has_criteria() -> None:
    table = cases_markdown([RECORDS[:3]], LABELS).partition("| Criteria on ")[2].splitlines()
    assert table[0] == "| acme | beta |"
    assert table[2] == "| Disease status: not given | 1 unknown: What 1 asks |  |"
    assert table[3] == "| Malignancy: solid | No.1 excluded: What No.1 asks | I not met: What I asks |"


def test_json_has_the_statuses_of_the_records() -> None:
    (case,) = json.loads(cases_json([RECORDS], LABELS))["cases"]
    assert case["criteria"] == criteria_json(subjects(RECORDS, LABELS))
    assert case["criteria"][1] == {
        "facts": ["kind"],
        "payers": {
            "acme": [
                {
                    "sheet": "Criteria",
                    "id": "No.1",
                    "requirement": "What No.1 asks",
                    "exclusion": True,
                    "status": "met",
                }
            ],
            "beta": [
                {
                    "sheet": "Criteria",
                    "id": "I",
                    "requirement": "What I asks",
                    "exclusion": False,
                    "status": "not met",
                }
            ],
        },
        "not_asked_by": [],
    }


def test_without_sheets_of_criteria_nothing_is_added() -> None:
    assert subjects(RECORDS[2:], LABELS) == []
    assert "Criteria on" not in cases_markdown([RECORDS[2:3]], LABELS)
