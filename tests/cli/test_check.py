"""What `check` promises to the programs that read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import invoke
from tests.cli.tables import ACME, FACTS, changed, write_tables
from tests.excel.build import make_workbook


@pytest.fixture
def broken(here: Path) -> Path:
    write_tables(here / "tables", "broken")
    return here


def test_sarif_points_at_rules_and_at_cells(broken: Path) -> None:
    document = json.loads(invoke("check", "tables", "--format", "sarif").stdout)
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        physical = result["locations"][0]["physicalLocation"]
        assert (broken / physical["artifactLocation"]["uri"]).is_file()
        assert physical["region"]["startLine"] == 1
    named = [result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for result in run["results"]]
    assert "Scope!B5" in named


def test_sarif_of_a_file_named_in_full_is_a_uri(broken: Path) -> None:
    path = broken / "tables" / "acme-2025-01-01.xlsx"
    document = json.loads(invoke("check", str(path), "--format", "sarif").stdout)
    location = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == path.as_uri()


def test_a_shared_dictionary_s_problems_are_listed_once(with_tables: Path) -> None:
    rows = [list(row) for row in FACTS]
    rows[3][2] = "integr"
    rows[4][3] = "[0.."
    (with_tables / "tables" / "facts.xlsx").write_bytes(make_workbook({"Facts": rows}))
    for paths in (["tables"], ["tables/acme-2025-01-01.xlsx", "tables/beta-2024-06-01.xlsx"]):
        result = invoke("check", *paths, "--format", "json")
        found = json.loads(result.stdout)["findings"]
        about = [(each["code"], each["cell"]) for each in found if each["file"] == "tables/facts.xlsx"]
        assert sorted(about) == [("DT172", "C4"), ("DT412", "D5")]
        assert result.exit_code == 1


@pytest.mark.usefixtures("with_tables")
def test_the_dictionary_can_be_checked_alone() -> None:
    result = invoke("check", "tables/facts.xlsx")
    assert (result.exit_code, result.stdout) == (0, "Nothing to object to in 1 workbook.\n")


def test_an_unreadable_workbook_is_a_finding(here: Path) -> None:
    (here / "a.xlsx").write_bytes(b"hello")
    result = invoke("check", "a.xlsx", "--format", "json")
    assert result.exit_code == 1
    assert "DT101" in [each["code"] for each in json.loads(result.stdout)["findings"]]


def test_two_versions_for_one_day_are_an_error_unless_one_is_a_draft(with_tables: Path) -> None:
    folder = with_tables / "tables"
    (folder / "acme-2025-01-01 copy.xlsx").write_bytes((folder / "acme-2025-01-01.xlsx").read_bytes())
    found = json.loads(invoke("check", "--format", "json").stdout)["findings"]
    assert [each["cell"] for each in found if each["code"] == "DT502"] == ["B6"]


@pytest.mark.usefixtures("with_tables")
def test_a_review_is_due_until_the_end_of_its_day() -> None:
    def codes(day: str) -> list[str]:
        text = invoke("check", "tables/beta-2024-06-01.xlsx", "--today", day, "--format", "json").stdout
        return [each["code"] for each in json.loads(text)["findings"] if each["kind"] == "version"]

    assert (codes("2030-01-01"), codes("2030-01-02")) == ([], ["DT501"])


def test_wrong_values_of_cases_are_told_beside_errors_of_the_tables(with_tables: Path) -> None:
    spoilt = {**changed(ACME, "Scope", {(5, 2): None}), "Cases": [[*ACME["Cases"][0]], ["x", "boosst"]]}
    (with_tables / "tables" / "acme-2025-01-01.xlsx").write_bytes(make_workbook(spoilt))
    text = invoke("check", "tables/acme-2025-01-01.xlsx", "--format", "json").stdout
    found = [(each["code"], each["sheet"], each["cell"]) for each in json.loads(text)["findings"]]
    assert ("DT153", "Scope", "B5") in found
    assert ("DT420", "Cases", "B2") in found


def test_findings_come_in_the_order_of_the_tabs(with_tables: Path) -> None:
    unfilled = {"Scope": (5, 4), "Determination": (5, 8), "Plan notes": (5, 4)}
    book = {name: changed(ACME, name, {at: "to fill in"})[name] for name, at in unfilled.items()}
    tabs = ["Plan notes", "Policy", "Scope", "Procedure codes", "Unmet criteria", "Determination"]
    ordered = {name: book.get(name, ACME[name]) for name in tabs}
    (with_tables / "tables" / "acme-2025-01-01.xlsx").write_bytes(make_workbook(ordered))
    text = invoke("check", "tables/acme-2025-01-01.xlsx", "--format", "json").stdout
    found = [each["sheet"] for each in json.loads(text)["findings"] if each["code"] == "DT616"]
    assert found == ["Plan notes", "Scope", "Determination"]
