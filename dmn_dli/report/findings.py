"""What `check` found: as text, as JSON, and as annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from dmn_dli.model.finding import Finding, Severity
from dmn_dli.report.layout import BOLD, RED, YELLOW, clean, paint, paragraph

FORMAT_VERSION = 1

_STYLES = {Severity.ERROR: (BOLD, RED), Severity.WARNING: (YELLOW,), Severity.INFO: ()}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@frozen
class TableProof:
    """What is proven of a table: its number of rules, and whether it is complete and free of overlaps.

    complete, overlap_free: None while that is not known.
    """

    file: str
    decision: str
    hit_policy: str
    rules: int
    complete: bool | None = None
    overlap_free: bool | None = None


@frozen
class CheckResult:
    """All findings, the tables, and how many files were looked at; `strict` makes warnings errors."""

    findings: tuple[Finding, ...]
    tables: tuple[TableProof, ...]
    files: int
    strict: bool = False

    def severity(self, finding: Finding) -> Severity:
        """How bad a finding is here."""
        raised = self.strict and finding.code.severity is Severity.WARNING
        return Severity.ERROR if raised else finding.code.severity

    def number(self, severity: Severity) -> int:
        """How many findings that nobody waived are as bad as this."""
        return sum(self.severity(finding) is severity and not finding.waived for finding in self.findings)


def text(result: CheckResult, width: int, *, colour: bool) -> str:
    """The findings by file and sheet, and a summary line last."""
    lines: list[str] = []
    for file in dict.fromkeys(finding.file for finding in result.findings):
        lines.append(paint(clean(file), BOLD) if colour else clean(file))
        for finding in result.findings:
            if finding.file == file:
                lines += _line(finding, result.severity(finding), width, colour=colour)
        lines.append("")
    return "\n".join([*lines, _summary(result)]) + "\n"


def _line(finding: Finding, severity: Severity, width: int, *, colour: bool) -> Iterator[str]:
    head = f"{severity.value} {finding.code.code} {finding.place}".rstrip()
    first, *others = paragraph(f"{head}: {finding.text}", width - 4)
    if colour:
        first = paint(first[: len(severity.value)], *_STYLES[severity]) + first[len(severity.value) :]
    yield f"  {first}"
    yield from (f"      {line}" for line in others)


def _summary(result: CheckResult) -> str:
    files = _many(result.files, "workbook")
    counts = [
        _many(result.number(severity), noun)
        for severity, noun in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if result.number(severity)
    ]
    return f"{', '.join(counts)} in {files}." if counts else f"Nothing to object to in {files}."


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def json_text(result: CheckResult) -> str:
    """Findings and tables as one JSON object."""
    document = {
        "format_version": FORMAT_VERSION,
        "findings": [_json_finding(finding, result) for finding in result.findings],
        "tables": [
            {
                "file": table.file,
                "decision": table.decision,
                "hit_policy": table.hit_policy,
                "rules": table.rules,
                "complete": _known(table.complete),
                "overlap_free": _known(table.overlap_free),
            }
            for table in result.tables
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"


def _known(proven: bool | None) -> bool | str:
    return "unknown" if proven is None else proven


def _json_finding(finding: Finding, result: CheckResult) -> dict[str, Any]:
    return {
        "code": finding.code.code,
        "kind": finding.code.kind.value,
        "severity": result.severity(finding).value,
        "waived": finding.waived,
        "file": finding.file,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "decision": finding.decision,
        "rules": list(finding.rules),
        "message": finding.text,
        "witness": dict(finding.witness),
    }


def github_text(result: CheckResult) -> str:
    """A workflow command for each finding, which GitHub shows beside the file."""
    return "".join(_annotation(finding, result) for finding in result.findings)


def _annotation(finding: Finding, result: CheckResult) -> str:
    level = _GITHUB[result.severity(finding)]
    title = _property(f"{finding.code.code} {finding.place}".rstrip())
    place = f"{finding.file}, {finding.place}" if finding.place else finding.file
    message = _data(f"{place}: {finding.text}")
    return f"::{level} file={_property(finding.file)},title={title}::{message}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
