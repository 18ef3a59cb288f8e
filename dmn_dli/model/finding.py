"""What is to be said about a workbook: a finding names the place, what was read, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from attrs import field, frozen

from dmn_dli.model.cell import cell_name


class Severity(Enum):
    """How bad a finding is; only an error keeps a table from being evaluated."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Kind(Enum):
    """What a finding is about; the values are those of the `check` records."""

    LAYOUT = "layout"
    FILE = "file"
    CLAIM = "claim"
    SYNTAX = "syntax"
    UNKNOWN_NAME = "unknown-name"
    TYPE = "type"
    NOT_ALLOWED = "not-allowed"
    GAP = "gap"
    OVERLAP = "overlap"
    CONFLICT = "conflict"
    UNREACHABLE = "unreachable"
    REDUNDANT = "redundant"
    MERGE = "merge"
    MERGEABLE = "mergeable"
    UNUSED = "unused"
    CITATION = "citation"
    VERSION = "version"
    UNKNOWN = "unknown"


@frozen
class Code:
    """A stable code: what it stands for, how bad it is, and how to mend it in general."""

    code: str
    kind: Kind
    severity: Severity
    title: str
    remedy: str


@frozen
class Finding:
    """One thing found, at one place.

    message: what was read and what is expected; `remedy` how to mend it in Excel.
    sheet, cell, decision: "" where the finding is about more than one (or the file).
    rules: ids of the rules concerned; `witness` a concrete set of facts that shows it.
    entries: the row that the remedy would have somebody write, cell by cell, as far as its texts are known.
    """

    code: Code
    message: str
    remedy: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    decision: str = ""
    rules: tuple[str, ...] = ()
    witness: Mapping[str, Any] = field(factory=dict)
    waived: bool = False
    entries: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The whole message: what was read, what is expected, how to mend it."""
        return f"{self.message} {self.remedy}".strip()

    @property
    def place(self) -> str:
        """The place in the workbook as a person writes it: `Scope!B5`, a sheet, or ""."""
        return cell_name(self.sheet, self.cell) if self.sheet and self.cell else self.sheet

    @property
    def is_error(self) -> bool:
        """Whether the finding is an error that nobody has waived."""
        return self.code.severity is Severity.ERROR and not self.waived


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that keep a table from being evaluated."""
    return tuple(finding for finding in findings if finding.is_error)
