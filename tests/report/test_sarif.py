"""SARIF that code scanners accept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from jsonschema import FormatChecker, validators

from dmn_dli.analysis.catalogue import CATALOGUE
from dmn_dli.analysis.findings import review_passed
from dmn_dli.checking import CheckResult
from dmn_dli.excel import codes as layout
from dmn_dli.model.finding import Finding
from dmn_dli.report.sarif import sarif_text
from tests.report.sarif_structure import faults
from tests.report.standards import official

FINDINGS = (
    Finding(
        layout.GAP, "Said.", "Do.", "my tables/a b.xlsx", "Unmet criteria", "B7", "Unmet criteria", ("U-1",)
    ),
    Finding(layout.GAP, "Said.", "Do.", "/srv/tables/ä%.xlsx", "Scope", "B7"),
    Finding(layout.EMPTY_SHEET, "Said.", "Do.", "a.xlsx", "Scope", waived=True),
    Finding(
        review_passed.CODE, "Said.", "Do.", "a.xlsx", witness={"n": Decimal("0.5"), "d": date(2025, 1, 1)}
    ),
)


def sarif(*findings: Finding) -> Any:
    return json.loads(sarif_text(CheckResult(findings, (), 1), "1.0"))


@pytest.mark.parametrize(
    "findings", [(), FINDINGS, tuple(Finding(each, "Said.") for each in CATALOGUE.values())]
)
def test_what_is_written_has_the_structure_of_the_standard(findings: tuple[Finding, ...]) -> None:
    findings = tuple(each if each.file else Finding(each.code, "Said.", file="a.xlsx") for each in findings)
    assert faults(sarif(*findings)) == []


@pytest.mark.parametrize("findings", [(), FINDINGS])
def test_the_official_schema_has_no_objection(findings: tuple[Finding, ...]) -> None:
    schema = json.loads(official("sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    validator = validators.validator_for(schema)(schema, format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(sarif(*findings))] == []


def marks(*findings: Finding) -> list[str]:
    return [
        each["partialFingerprints"]["primaryLocationLineHash"]
        for each in sarif(*findings)["runs"][0]["results"]
    ]


def test_a_fingerprint_stays_when_rows_move_and_words_change() -> None:
    moved = [evolve(each, cell=each.cell and "C99", message="Worded anew.") for each in FINDINGS]
    assert marks(*moved) == marks(*FINDINGS)


@pytest.mark.parametrize(
    "change", [{"rules": ("U-2",)}, {"sheet": "Other"}, {"decision": "Other"}, {"code": layout.EMPTY_SHEET}]
)
def test_another_finding_has_another_fingerprint(change: dict[str, Any]) -> None:
    first = FINDINGS[0]
    assert len(set(marks(first, evolve(first, **change), first))) == 3


def test_a_rule_says_what_it_is_about_and_what_to_do() -> None:
    (rule,) = sarif(FINDINGS[0])["runs"][0]["tool"]["driver"]["rules"]
    assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
    assert rule["help"]["text"] == layout.GAP.remedy
    assert "helpUri" not in rule


def test_a_waived_finding_is_suppressed_by_the_workbook_itself() -> None:
    results = sarif(*FINDINGS)["runs"][0]["results"]
    assert [result.get("suppressions") for result in results] == [None, None, [{"kind": "inSource"}], None]


def test_sheet_and_cell_are_the_logical_place() -> None:
    (result,) = sarif(FINDINGS[0])["runs"][0]["results"]
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "B7", "fullyQualifiedName": "'Unmet criteria'!B7", "kind": "cell"}
    ]


def _break(document: Any, *path: Any, value: Any) -> Any:
    here = document
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), "2.2.0"),
        (("extra",), 1),
        (("runs", 0, "results", 0, "level"), "fatal"),
        (("runs", 0, "results", 0, "ruleIndex"), 0),
        (("runs", 0, "results", 0, "message"), {}),
        (
            ("runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation", "uri"),
            "a b.xlsx",
        ),
        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "startLine"), 0),
    ],
)
def test_the_structure_would_tell_what_is_wrong(path: tuple[Any, ...], value: Any) -> None:
    assert faults(_break(sarif(*FINDINGS), *path, value=value)) != []
