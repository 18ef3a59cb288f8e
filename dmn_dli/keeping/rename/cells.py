"""Cells in which stretches of text are replaced, all else in them kept as it is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dmn_dli.excel.sheet import Sheet
from dmn_dli.feel.syntax import Span
from dmn_dli.feel.walk import free_occurrences
from dmn_dli.keeping.rename.data import Change
from dmn_dli.keeping.rename.reading import Passage
from dmn_dli.model.cell import Cell

Edit = tuple[Span, str]
"""A stretch of a text, and what is to stand there."""

Speller = Callable[[str, str], str | None]
"""From a canonical name and how a text spells it to its new spelling; None where that stays."""

_BEFORE_DEFAULT = re.compile(r".*\bdefault\s*:\s*", re.IGNORECASE | re.DOTALL)


def spliced(stored: str, text: str, edits: Sequence[Edit]) -> str:
    """A stored text with these stretches of what it is read as (`text`) replaced.

    Where it is read otherwise than it is stored (odd blanks, curly quotes), it becomes what it is read as.
    A default is the end of its cell, whose other lines stay.
    """
    new = text
    for span, replacement in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        new = new[: span.start] + replacement + new[span.end :]
    at = stored.rfind(text)
    if at >= 0:
        return stored[:at] + new + stored[at + len(text) :]
    before = _BEFORE_DEFAULT.match(stored)
    return before[0] + new if before else new


def change(file: str, sheet: Sheet, cell: Cell, text: str, edits: Sequence[Edit]) -> Iterator[Change]:
    """The change of a cell whose text is edited; nothing where it stays.

    text: as the cell is read. The cell need only tell where it stands.
    """
    stored = sheet.at(cell.row, cell.column)
    after = spliced(stored.text, text, edits)
    if edits and after != stored.text:
        yield Change(file, sheet.name, stored, stored.text, after)


def whole(file: str, sheet: Sheet, cell: Cell, new: str) -> Iterator[Change]:
    """The change of a cell that is nothing but a name or value; outer blanks are kept."""
    text = sheet.at(cell.row, cell.column).text.strip()
    return change(file, sheet, cell, text, [(Span(0, len(text)), new)])


def respelt(
    file: str, sheets: Mapping[str, Sheet], passages: Iterable[Passage], speller: Speller
) -> Iterator[Change]:
    """The cells whose FEEL reads a name that is spelt anew."""
    for passage in passages:
        edits = [
            (node.span, new)
            for node in free_occurrences(passage.tree)
            if (new := speller(node.name, passage.text[node.span.start : node.span.end])) is not None
        ]
        yield from change(file, sheets[passage.sheet], passage.cell, passage.text, edits)
