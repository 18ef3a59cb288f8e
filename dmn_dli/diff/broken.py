"""Why a workbook with errors decides nothing, and what to do about it, in a line."""

from __future__ import annotations

from collections.abc import Iterable

from dmn_dli.linking.codes import ALLOWED_DIFFER
from dmn_dli.model.finding import Finding, errors


def why_broken(workbook: str, findings: Iterable[Finding]) -> str:
    """What keeps a workbook from deciding: where it is row 4 alone, a command mends it."""
    found = errors(findings)
    if found and all(each.code.code == ALLOWED_DIFFER.code for each in found):
        return f"row 4 of {workbook} lacks the dictionary's values; `dmn-dli format` writes them there"
    return f"{workbook} has errors; `dmn-dli check` says which"
