"""JUnit XML that Jenkins takes."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import xmlschema

from dmn_dli.cases.coverage import Coverage
from dmn_dli.cases.sheet import CaseResult, Failure, WorkbookResult
from dmn_dli.report.test_results import junit_text
from tests.report.standards import official

FAILED = CaseResult("a::b\n\x1b", "Cases!A2", (Failure("determination", "a", "b", "Cases!B2"),), 1.2345)
RESULTS = (
    WorkbookResult(
        "tables/acme-2025-01-01.xlsx",
        "Cases",
        cases=(CaseResult("all known", "Cases!A3", (), 0.25), FAILED),
        coverage=(Coverage("Scope", 2, ("S-1",)),),
    ),
    WorkbookResult("tables/beta.xlsx", "Cases", ("It has errors.",)),
)


@pytest.mark.parametrize("results", [(), RESULTS])
def test_the_official_schema_has_no_objection(results: tuple[WorkbookResult, ...]) -> None:
    schema = xmlschema.XMLSchema(str(official("junit-10.xsd")))
    assert [error.reason for error in schema.iter_errors(junit_text(results))] == []


def test_times_are_those_that_the_cases_took() -> None:
    root = ElementTree.fromstring(junit_text(RESULTS))  # noqa: S314 - our own text
    assert [each.get("time") for each in root.iter("testcase")] == ["0.250", "1.234", "0.000"]
    assert [each.get("time") for each in root.iter("testsuite")] == ["1.484", "0.000"]
    assert root.get("time") == "1.484"
