"""What `check` found as GitLab's Code Quality report.

Source: GitLab, "Code Quality", custom tools: a list of objects with `description`, `check_name`,
`fingerprint`, `severity` and `location`.
"""

from __future__ import annotations

import json
from pathlib import PurePath

from dmn_dli.checking import CheckResult
from dmn_dli.model.finding import Finding, Severity
from dmn_dli.report.fingerprints import fingerprints

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab_text(result: CheckResult) -> str:
    """A list with an object for each finding, an accepted one as a mere information.

    A workbook has no lines: all stand at its first one, and the description names sheet and cell.
    """
    marks = fingerprints(result.findings)
    report = [
        {
            "description": _description(finding),
            "check_name": finding.code.code,
            "fingerprint": mark,
            "severity": "info" if finding.waived else _SEVERITIES[result.severity(finding)],
            "location": {"path": PurePath(finding.file).as_posix(), "lines": {"begin": 1}},
        }
        for finding, mark in zip(result.findings, marks, strict=True)
    ]
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _description(finding: Finding) -> str:
    place = f"{finding.place}: " if finding.place else ""
    return f"{'accepted: ' if finding.waived else ''}{place}{finding.text}"
