"""GitLab's Code Quality report."""

from __future__ import annotations

import json

from dmn_dli.checking import CheckResult
from dmn_dli.report.code_quality import gitlab_text
from tests.report.test_sarif import FINDINGS


def test_a_report_has_what_gitlab_needs_of_each_finding() -> None:
    report = json.loads(gitlab_text(CheckResult(FINDINGS, (), 1)))
    first, second, accepted, warning = report
    assert first == {
        "description": "'Unmet criteria'!B7: Said. Do.",
        "check_name": FINDINGS[0].code.code,
        "fingerprint": first["fingerprint"],
        "severity": "critical",
        "location": {"path": "my tables/a b.xlsx", "lines": {"begin": 1}},
    }
    assert len({each["fingerprint"] for each in report}) == len(report)
    assert (accepted["severity"], accepted["description"]) == ("info", "accepted: Scope: Said. Do.")
    assert (second["severity"], warning["severity"]) == ("critical", "minor")


def test_a_path_is_one_within_the_repository() -> None:
    finding = FINDINGS[2].__class__(FINDINGS[2].code, "Said.", file="./tables/a.xlsx")
    (entry,) = json.loads(gitlab_text(CheckResult((finding,), (), 1)))
    assert entry["location"]["path"] == "tables/a.xlsx"
