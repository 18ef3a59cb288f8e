"""A renaming as text: every cell that changes, and the texts that speak of the old name and stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from dmn_dli.keeping.rename.data import Change, Mention, Renamed, Subject
from dmn_dli.report.cell_ranges import ranges
from dmn_dli.report.layout import many, paragraph, table

_LONGEST = 100
"""Characters of a free text that are shown around the old name."""


def renaming_text(renamed: Renamed, width: int, *, dry_run: bool) -> str:
    """What changes (with dry_run: would change), file by file, with each cell before and after."""
    lines = [*paragraph(_head(renamed, dry_run=dry_run), width)]
    for file, changes in groupby(renamed.changes, key=lambda change: change.file):
        lines += [f"  {file}", *_changes(changes, width)]
    if renamed.mentions:
        said = f'{many(len(renamed.mentions), "free text")} with "{renamed.request.old}", left as written:'
        lines += ["", *paragraph(said, width)]
    for file, mentions in groupby(renamed.mentions, key=lambda mention: mention.file):
        rows = [[each.place, _mention(each, renamed.request.old)] for each in mentions]
        lines += [f"  {file}", *table(rows, width, "    ")]
    lines += _apart(renamed.apart, width)
    return "\n".join(lines) + "\n"


def _head(renamed: Renamed, *, dry_run: bool) -> str:
    request = renamed.request
    whose = f' of "{request.fact}"' if request.subject is Subject.VALUE else ""
    whose = f' of "{request.sheet}"' if request.sheet else whose
    cells = many(sum(each.cell is not None for each in renamed.changes), "cell")
    where = f"{cells} in {many(len(renamed.files), 'file')}"
    what = f'The {request.subject.value} "{request.old}"{whose}'
    if dry_run:
        return f'{what} would become "{request.new}": {where}. Nothing was written.'
    return f'{what} is "{request.new}" now: {where}.'


def _changes(changes: Iterable[Change], width: int) -> Iterator[str]:
    """Each change once, with all cells in which it is made."""
    places: dict[str, list[Change]] = {}
    for change in changes:
        what = "the tab " if change.cell is None else ""
        places.setdefault(f"{what}{change.before} → {change.after}", []).append(change)
    for words, alike in places.items():
        at = "; ".join(
            ranges([each.place for each in cells]) for _, cells in groupby(alike, key=lambda each: each.sheet)
        )
        yield from paragraph(f"{at}: {words}", width, "    ", "      ")


def _mention(mention: Mention, old: str) -> str:
    """The text around the first place where the old name stands."""
    text = " ".join(mention.text.split())
    at = max(text.casefold().find(old.casefold()), 0)
    start = max(0, min(at - _LONGEST // 2, len(text) - _LONGEST))
    shown = text[start : start + _LONGEST]
    before, behind = "…" if start else "", "…" if start + _LONGEST < len(text) else ""
    return f"{'note: ' if mention.note else ''}{before}{shown}{behind}"


def _apart(files: Iterable[str], width: int) -> Iterator[str]:
    for file in files:
        yield from ["", *paragraph(f"{file} has facts of its own, and is left as it is.", width)]
