"""Workbooks as sides of a comparison: the page's own, and those that were dropped."""

from __future__ import annotations

from pathlib import Path

from dmn_dli.diff.edition import Edition
from dmn_dli.runtime.bounded_files import WORKBOOK_BYTES, read_within
from dmn_dli.store.folder import dictionary_file
from dmn_dli.store.given import workbooks_of


def own_editions(home: Path) -> tuple[Edition, ...]:
    """The page's own workbooks; those that cannot be read are left out."""
    found = []
    for path in workbooks_of(home):
        try:
            found.append(edition_at(path, f"the page's {path.name}"))
        except OSError:
            continue
    return tuple(found)


def edition_at(path: Path, shown: str) -> Edition:
    """A workbook with its dictionary. Raises OSError where they cannot be read."""
    dictionary = dictionary_file(path.parent)
    return Edition(
        shown,
        path.name,
        read_within(path, WORKBOOK_BYTES),
        read_within(dictionary, WORKBOOK_BYTES) if dictionary.is_file() else b"",
    )
