"""The JSON Schemas that we publish: what we write keeps to them, and cases are judged as the program does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.program import invoke
from tests.docs.pages import ROOT
from tests.linking.books import fact, kernel, table
from tests.linking.criteria_books import criteria, linked

GOLDEN = Path(__file__).parent / "golden"
RECORDS = sorted(GOLDEN.glob("evaluate/json*/stdout"))
FINDINGS = sorted(GOLDEN.glob("check/json*/stdout"))


def validator(subject: str, *more: str) -> Draft202012Validator:
    """What judges by the published schema."""
    schema = json.loads(invoke("schema", subject, *more).stdout)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def objections(subject: str, document: Any, *more: str) -> list[str]:
    """What the published schema has to object."""
    return [error.message for error in validator(subject, *more).iter_errors(document)]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.parent.name)
def test_records_keep_to_their_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = (
        [json.loads(line) for line in text.splitlines()] if "jsonl" in path.parent.name else json.loads(text)
    )
    assert objections("records", lines) == []


@pytest.mark.usefixtures("here")
def test_the_schema_of_records_would_object() -> None:
    (path,) = [each for each in RECORDS if each.parent.name == "json-list-of-records"]
    record = json.loads(path.read_text(encoding="utf-8"))[0]
    for broken in (
        {**record, "reasn": ""},
        {**record, "format_version": 2},
        {**record, "missing_facts": [1]},
    ):
        assert objections("records", [broken]) != []
    assert objections("records", [{key: record[key] for key in record if key != "rules"}]) != []


@pytest.mark.usefixtures("here")
def test_criteria_keep_to_the_schema_of_records() -> None:
    sheet = criteria(
        ["grade"],
        ["1", None, "all", "yes", "-"],
        ["1.a", "1", None, None, "1"],
        ["1.b", "1", None, None, "> 0"],
    )
    final = table("Final", "F", ["IF Criteria.1", "THEN Outcome"], None, ["true", "yes"], ["-", "no"])
    decides = kernel(linked([fact("grade", "integer", "0, 1, 2")], [sheet], final))
    records = [decides.determine(facts, "a") for facts in ({}, {"grade": 1}, {"grade": 0})]
    assert {row["status"] for each in records for row in each["criteria"]} == {"met", "not met", "unknown"}
    assert objections("records", json.loads(json.dumps(records))) == []
    records[0]["criteria"][0]["status"] = "perhaps"
    assert objections("records", json.loads(json.dumps(records))) != []


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.parent.name)
def test_findings_keep_to_their_schema(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert objections("findings", document) == []
    assert objections("findings", {**document, "tables": [{}]}) != []


@pytest.mark.usefixtures("here")
def test_a_summary_keeps_to_its_schema() -> None:
    document = json.loads((GOLDEN / "evaluate" / "summary-json" / "stdout").read_text(encoding="utf-8"))
    assert objections("summary", document) == []
    (first, *_) = document["payers"]
    for broken in ({**first, "records": -1}, {**first, "errors": [{"kind": "weather", "records": 1}]}):
        assert objections("summary", {**document, "payers": [broken]}) != []


@pytest.mark.parametrize("name", ["cases.json", "mixed-chimerism.json", "denied.json"])
def test_the_examples_are_cases_by_the_schema(name: str) -> None:
    document = json.loads((ROOT / "docs" / "examples" / name).read_text(encoding="utf-8"))
    assert objections("cases", document, "--tables", str(ROOT / "tables")) == []


@pytest.mark.usefixtures("with_tables")
@pytest.mark.parametrize(
    ("fact", "value", "fits"),
    [
        ("service", "infusion", True),
        ("service", "infussion", False),
        ("service", None, True),
        ("gvhd_grade", 4, True),
        ("gvhd_grade", 5, False),
        ("gvhd_grade", 1.5, False),
        ("gvhd_grade", "1", False),
        ("donor_cells", 0, True),
        ("donor_cells", 100.0, True),
        ("donor_cells", 100.5, False),
        ("donor_cells", -1, False),
        ("prevents_relapse", True, True),
        ("prevents_relapse", "yes", False),
        ("date_of_service", "2025-02-12", True),
        ("date_of_service", "2025-02-30", False),
        ("servise", "infusion", False),
        ("_note", ["anything"], True),
    ],
)
def test_the_schema_and_the_program_judge_a_value_alike(fact: str, value: object, fits: bool) -> None:
    case = {"case_id": "a", "payer": "acme", fact: value}
    assert (objections("cases", case) == []) is fits
    assert (objections("cases", [case]) == []) is fits
    result = invoke("evaluate", "-", "--format", "json", stdin=json.dumps(case))
    assert (result.exit_code == 0) is fits
