"""Dropdowns, notes on headings and widths after a renaming, in workbooks that are in the house style."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dmn_dli.excel import WorkbookUnreadableError
from dmn_dli.keeping.house_style import in_house_style
from dmn_dli.keeping.rename.scope import Scope
from dmn_dli.model.facts import Dictionary
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError


def styled_before(scope: Scope) -> frozenset[Path]:
    """The files that are in the house style, so that they are to be in it afterwards too."""
    return frozenset(path for path, (_, data) in scope.held.items() if _styled(data, scope, path) == data)


def in_style(after: Scope, paths: Iterable[Path]) -> dict[Path, bytes]:
    """These files in the house style, those that it changes; after: the files as they are renamed in.

    A workbook in which no cell changes may be among them: notes and dropdowns say the dictionary's words.
    """
    styled = {path: _styled(after.held[path][1], after, path) for path in paths}
    return {path: data for path, data in styled.items() if data is not None and data != after.held[path][1]}


def _styled(data: bytes, scope: Scope, path: Path) -> bytes | None:
    """A file in the house style; None where it cannot be brought into it."""
    file = scope.dictionary
    if file is not None and path == file.path and not scope.edited:
        return None
    shared: Dictionary | None = None if file is None or path == file.path else file.dictionary
    try:
        return in_house_style(data, shared)
    except (WorkbookUnreadableError, BrokenBookError, LostPartsError):
        return None
