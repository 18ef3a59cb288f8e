"""Three versions of a small workbook, made of the command line's own tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.merge.checked import MergeResult, merge_checked
from dmn_dli.merge.merging import Merged, Version, merge_versions, version
from tests.cli.tables import ACME, FACTS, changed
from tests.excel.build import Rows, make_workbook

NAME = "acme-2025-01-01.xlsx"
DICTIONARY = make_workbook({"Facts": FACTS})
Sheets = Mapping[str, Rows]


def with_row(sheets: Sheets, sheet: str, before: int, *values: Any) -> dict[str, Rows]:
    """The sheets with a new row, from column A on."""
    rows = list(sheets[sheet])
    return {**sheets, sheet: [*rows[: before - 1], list(values), *rows[before - 1 :]]}


def without_row(sheets: Sheets, sheet: str, row: int) -> dict[str, Rows]:
    rows = list(sheets[sheet])
    return {**sheets, sheet: [*rows[: row - 1], *rows[row:]]}


def edited(sheet: str, changes: Mapping[tuple[int, int], object], sheets: Sheets = ACME) -> dict[str, Rows]:
    return changed(sheets, sheet, changes)


def versions(ours: Sheets, theirs: Sheets, base: Sheets | None = ACME) -> tuple[Version, Version, Version]:
    first = b"" if base is None else make_workbook(base)
    return (
        version(first, "base.xlsx", may_be_empty=True),
        version(make_workbook(ours), "ours.xlsx"),
        version(make_workbook(theirs), "theirs.xlsx"),
    )


def merged(ours: Sheets, theirs: Sheets, base: Sheets | None = ACME) -> Merged:
    return merge_versions(*versions(ours, theirs, base))


def checked(ours: Sheets, theirs: Sheets, base: Sheets | None = ACME) -> MergeResult:
    return merge_checked(*versions(ours, theirs, base), name=NAME, dictionary=DICTIONARY)
