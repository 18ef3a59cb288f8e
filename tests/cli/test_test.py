"""What `test` promises to those who rely on it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from tests.cli.program import invoke
from tests.cli.tables import ACME, BETA, write_tables
from tests.excel.build import make_workbook


def test_junit_counts_what_it_holds(here: Path) -> None:
    write_tables(here / "tables", "failing")
    root = ElementTree.fromstring(invoke("test", "tables", "--format", "junit").stdout)  # noqa: S314 - our own
    assert root.tag == "testsuites"
    for element in (root, *root.iter("testsuite")):
        assert int(element.attrib["tests"]) == len(list(element.iter("testcase")))
        assert int(element.attrib["failures"]) == len(list(element.iter("failure"))) > 0
    assert [suite.attrib["file"] for suite in root.iter("testsuite")] == ["tables/acme-2025-01-01.xlsx"]


def test_without_a_single_case_there_is_nothing_to_be_content_with(here: Path) -> None:
    write_tables(here / "tables")
    (here / "tables" / "beta-2024-06-01.xlsx").write_bytes(make_workbook(BETA, without=["Cases"]))
    assert invoke("test", "tables/beta-2024-06-01.xlsx").exit_code == 1
    assert invoke("test", "tables").exit_code == 0


def test_drafts_are_tested_where_they_are_found(here: Path) -> None:
    write_tables(here / "tables")
    draft = {**ACME, "Policy": [*ACME["Policy"], ["Status", "draft"]]}
    (here / "tables" / "acme-2025-01-01.xlsx").write_bytes(make_workbook(draft))
    assert "acme-2025-01-01.xlsx: 6 of 6 cases passed" in invoke("test").stdout


def test_the_bundled_workbooks_pass_their_cases_and_use_every_rule() -> None:
    tables = Path(__file__).resolve().parents[2] / "tables"
    result = invoke("test", str(tables))
    assert result.exit_code == 0
    assert "(100 %)." in result.stdout.splitlines()[-1]
