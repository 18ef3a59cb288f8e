"""What `check` found: as text, as JSON, and as annotations for GitHub."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from dmn_dli.checking import COMPLETE, OVERLAP_FREE, CheckResult
from dmn_dli.model.finding import Finding, Severity
from dmn_dli.report.documents import json_document
from dmn_dli.report.layout import BOLD, RED, YELLOW, clean, many, paint, paragraph

_STYLES = {Severity.ERROR: (BOLD, RED), Severity.WARNING: (YELLOW,), Severity.INFO: ()}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def text(result: CheckResult, width: int, *, colour: bool) -> str:
    """The findings by file and sheet, what is proven of the tables, and a summary line last."""
    lines: list[str] = []
    for file in dict.fromkeys(finding.file for finding in result.findings):
        lines.append(paint(clean(file), BOLD) if colour else clean(file))
        for finding in result.findings:
            if finding.file == file:
                lines += _line(finding, result.severity(finding), width, colour=colour)
        lines.append("")
    return "\n".join([*lines, *outline(result)]) + "\n"


def _line(finding: Finding, severity: Severity, width: int, *, colour: bool) -> Iterator[str]:
    word = f"waived {severity.value}" if finding.waived else severity.value
    head = f"{word} {finding.code.code} {finding.place}".rstrip()
    first, *others = paragraph(f"{head}: {finding.text}", width, "  ", "      ")
    if colour and not finding.waived:
        end = 2 + len(word)
        first = first[:2] + paint(first[2:end], *_STYLES[severity]) + first[end:]
    yield first
    yield from others


def outline(result: CheckResult) -> Iterator[str]:
    """What is proven and what was found in all, in a line each, what was found last."""
    yield from _proven(result)
    files = many(result.files, "workbook")
    counts = _counts(result)
    yield f"{counts} in {files}." if counts else f"Nothing to object to in {files}."


def _proven(result: CheckResult) -> Iterator[str]:
    """How many tables are proven to be what their hit policies ask of them, and how many claims hold."""
    complete = [table.due[COMPLETE] for table in result.tables if COMPLETE in table.due]
    overlap_free = [table.due[OVERLAP_FREE] for table in result.tables if OVERLAP_FREE in table.due]
    holds = [claim.holds for claim in result.claims]
    if complete:
        yield f"Tables proven complete: {complete.count(True)} of {len(complete)} (U, A, P, F)."
    if overlap_free:
        yield f"Tables proven free of overlaps: {overlap_free.count(True)} of {len(overlap_free)} (U)."
    if holds:
        yield f"Claims proven: {holds.count(True)} of {len(holds)}."


def summary(result: CheckResult, file: str) -> str:
    """What was found in one of the files, in one line."""
    own = tuple(finding for finding in result.findings if finding.file == file)
    return (_counts(evolve(result, findings=own)) or "nothing to object to") + "."


def _counts(result: CheckResult) -> str:
    """How many findings there are of each severity; "" where there are none."""
    counts = [
        many(result.number(severity), noun)
        for severity, noun in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if result.number(severity)
    ]
    waived = sum(finding.waived for finding in result.findings)
    return ", ".join([*counts, f"{waived} waived"] if waived else counts)


def json_text(result: CheckResult) -> str:
    """Findings, tables and claims as one JSON object."""
    document = {
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
        "claims": [
            {
                "file": claim.file,
                "sheet": claim.sheet,
                "id": claim.id,
                "means": claim.means,
                "holds": _known(claim.holds),
            }
            for claim in result.claims
        ],
    }
    return json_document(document)


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
    """A workflow command for each finding, which GitHub shows beside the file; a waived one is a notice."""
    return "".join(_annotation(finding, result) for finding in result.findings)


def _annotation(finding: Finding, result: CheckResult) -> str:
    level = "notice" if finding.waived else _GITHUB[result.severity(finding)]
    waived = "waived " if finding.waived else ""
    title = _property(f"{waived}{finding.code.code} {finding.place}".rstrip())
    place = f"{finding.file}, {finding.place}" if finding.place else finding.file
    message = _data(f"{place}: {finding.text}")
    return f"::{level} file={_property(finding.file)},title={title}::{message}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
