"""How much of the sheets of criteria the cases cover, beside the rules, in every format."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from attrs import evolve

from dmn_dli.cases.coverage import Coverage, CriteriaCoverage
from dmn_dli.cases.sheet import CaseResult, WorkbookResult
from dmn_dli.report.test_results import json_text, junit_text, text

PLAIN = WorkbookResult(
    "tables/acme.xlsx",
    "Cases",
    cases=(CaseResult("a case", "Cases!A2", ()),),
    coverage=(Coverage("Scope", 2, ("S-1",)),),
)
RESULT = evolve(PLAIN, criteria=(CriteriaCoverage("Criteria", 4, ("2.a",), ("2.a", "3")),))


def test_text_says_what_is_lacking_after_the_rules() -> None:
    assert text([RESULT], 80, colour=False).splitlines() == [
        "tables/acme.xlsx: 1 of 1 case passed",
        "  1 of 2 rules covered (50 %). 2 of 4 criteria covered (50 %).",
        "    not covered      Scope: S-1",
        "    never met        Criteria: 2.a",
        "    never not met    Criteria: 2.a, 3",
        "",
        "The only case passed. 1 of 2 rules covered (50 %). 2 of 4 criteria covered (50 %).",
    ]
    assert "never" not in text([RESULT], 80, colour=False, uncovered=False)


def test_without_a_sheet_of_criteria_nothing_is_said_of_any() -> None:
    assert "criteri" not in text([PLAIN], 80, colour=False)
    assert "criteri" not in junit_text([PLAIN])


def test_json_keeps_the_totals_of_rules_and_has_criteria_beside_them() -> None:
    document = json.loads(json_text([RESULT]))
    plain = json.loads(json_text([PLAIN]))
    assert document["summary"] == plain["summary"] | {"criteria": 4, "criteria_covered": 2}
    assert document["coverage"] == plain["coverage"]
    assert document["criteria_coverage"] == [
        {
            "file": "tables/acme.xlsx",
            "sheet": "Criteria",
            "criteria": 4,
            "covered": 2,
            "never_met": ["2.a"],
            "never_not_met": ["2.a", "3"],
        }
    ]


def test_junit_counts_criteria_among_its_properties() -> None:
    root = ElementTree.fromstring(junit_text([RESULT]))  # noqa: S314 - our own text
    found = {each.get("name"): each.get("value") for each in root.iter("property")}
    assert found == {"rules": "2", "rules covered": "1", "criteria": "4", "criteria covered": "2"}
