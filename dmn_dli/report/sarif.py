"""What `check` found as SARIF 2.1.0, the format of code scanners."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from dmn_dli.checking import CheckResult
from dmn_dli.model.finding import Code, Finding, Severity
from dmn_dli.report.code_text import examples
from dmn_dli.report.documents import escaped, indented
from dmn_dli.report.fingerprints import fingerprints

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_text(result: CheckResult, version: str) -> str:
    """One run with a rule for each code that was found; `version` is the program's.

    A workbook has no lines, so that a place is a logical location (sheet and cell), which the message names
    too; the physical one is the file's beginning, as GitHub asks for one. `primaryLocationLineHash` is the
    fingerprint that GitHub looks at; where it is missing, one is made from the file's lines.
    """
    codes = {finding.code.code: finding.code for finding in result.findings}
    rules = [codes[code] for code in sorted(codes)]
    order = {code.code: index for index, code in enumerate(rules)}
    driver = {
        "name": "dmn-dli",
        "version": version,
        "rules": [_rule(code) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, order, result, fingerprint)
            for finding, fingerprint in zip(result.findings, fingerprints(result.findings), strict=True)
        ],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return indented(document)


def _rule(code: Code) -> dict[str, Any]:
    example = examples().get(code.code)
    return {
        "id": code.code,
        "name": code.kind.value,
        "shortDescription": {"text": code.title},
        "fullDescription": {
            "text": f"{code.title} For example, {example.message}" if example else code.title
        },
        "help": {"text": code.remedy, "markdown": escaped(code.remedy)},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(finding: Finding, order: dict[str, int], result: CheckResult, fingerprint: str) -> dict[str, Any]:
    place = f"{finding.place}: " if finding.place else ""
    sarif = {
        "ruleId": finding.code.code,
        "ruleIndex": order[finding.code.code],
        "level": _LEVELS[result.severity(finding)],
        "message": {"text": place + finding.text},
        "locations": [_location(finding)],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
        "properties": {
            "decision": finding.decision,
            "rules": list(finding.rules),
            "witness": dict(finding.witness),
        },
    }
    # The Accepted sheet is a part of the very file that is checked, so that scanners count it as the source.
    return {**sarif, "suppressions": [{"kind": "inSource"}]} if finding.waived else sarif


def _location(finding: Finding) -> dict[str, Any]:
    path = PurePath(finding.file)
    uri = path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 1}}
    }
    if finding.place:
        location["logicalLocations"] = [
            {
                "name": finding.cell or finding.sheet,
                "fullyQualifiedName": finding.place,
                "kind": "cell" if finding.cell else "sheet",
            }
        ]
    return location
