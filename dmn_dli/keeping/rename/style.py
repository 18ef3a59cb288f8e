"""Dropdowns, notes on headings and widths after a renaming, in workbooks that are in the house style."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dmn_dli.keeping.house_style import NotStyledError, in_house_style
from dmn_dli.keeping.rename.scope import Scope
from dmn_dli.model.facts import Dictionary
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError


def in_style(scope: Scope, files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """The files that change, those in the house style again that were before; others keep their looks.

    A workbook in which no cell changes may be among them: notes and dropdowns say the dictionary's words.
    """
    after = scope.with_data(files)
    found = dict(files)
    for path, (_, data) in scope.held.items():
        changed = after.held[path][1]
        if _styled(data, scope, path) == data:
            styled = _styled(changed, after, path) or changed
            if styled != data:
                found[path] = styled
    return found


def _styled(data: bytes, scope: Scope, path: Path) -> bytes | None:
    """A file in the house style; None where it cannot be brought into it."""
    file = scope.dictionary
    if file is not None and path == file.path and not scope.edited:
        return None
    shared: Dictionary | None = None if file is None or path == file.path else file.dictionary
    try:
        return in_house_style(data, shared)
    except (NotStyledError, BrokenBookError, LostPartsError):
        return None
