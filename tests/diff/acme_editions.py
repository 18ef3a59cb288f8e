"""Acme's policy before and after edits, as the two sides of a difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from dmn_dli.diff.edition import Edition
from dmn_dli.diff.version_difference import VersionDifference, version_difference
from tests.cli.tables import ACME, FACTS, changed
from tests.excel.build import Rows, make_workbook

NAME = "acme-2025-01-01.xlsx"

LINE = (date(2025, 3, 1), "B. Nurse", "grade 1 is too much", "new evidence")

EDITED: Mapping[str, Rows] = {
    **changed(
        changed(ACME, "Determination", {(6, 3): ">= 1", (7, 7): "Some cells are the donor's."}),
        "Scope",
        {(5, 2): "infusion, boost", (6, 2): "other"},
    ),
    "Change History": [*ACME["Change History"], list(LINE)],
}
"""A stricter grade, a service more, another reason."""


@cache
def _dictionary() -> bytes:
    return make_workbook({"Facts": FACTS})


def edition(book: Mapping[str, Rows], folder: str = "new", dictionary: bytes | None = None) -> Edition:
    """A state of the workbook beside the dictionary."""
    return Edition(f"{folder}/{NAME}", NAME, make_workbook(book), dictionary or _dictionary())


def difference(new: Mapping[str, Rows], old: Mapping[str, Rows] = ACME) -> VersionDifference:
    """What differs between two states of the workbook."""
    return version_difference(edition(old, "old"), edition(new))
