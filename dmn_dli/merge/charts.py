"""Sheets that hold a chart and no cells: a merge reads nothing in them, brings none, and says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import evolve

from dmn_dli.merge.books import SHEET_NAME, Versions
from dmn_dli.merge.grids import Conflict, MergedBook, Side
from dmn_dli.merge.words import REMOVED
from dmn_dli.runtime.words import folded

CHART_SHEET = "chart sheet"
"""The kind of a conflict about a chart on a sheet of its own."""

_CHART, _CELLS = "(a chart)", "(a sheet with cells)"


def chart_conflicts(
    base: Collection[str], ours: Collection[str], theirs: Collection[str]
) -> Iterator[Conflict]:
    """The charts, by their tabs, that THEIRS alone has added or removed; OURS has them as before."""
    for name in theirs:
        if name not in base and name not in ours:
            yield Conflict(name, CHART_SHEET, "", "", _CHART)
    for name in ours:
        if name in base and name not in theirs:
            yield Conflict(name, CHART_SHEET, _CHART, _CHART, REMOVED)


def without_names_of_charts(merged: MergedBook, versions: Versions, charts: Collection[str]) -> MergedBook:
    """The merge without the sheets and the new tabs of THEIRS whose names charts of OURS have: conflicts."""
    taken = {folded(name) for name in charts}
    added = [
        name
        for name, side in merged.sheets
        if side is Side.THEIRS and folded(versions.theirs[name].name) in taken
    ]
    renamed = [name for name, new in merged.renamed.items() if folded(new) in taken]
    if not (added or renamed):
        return merged
    conflicts = [Conflict(versions.theirs[name].name, CHART_SHEET, "", _CHART, _CELLS) for name in added]
    conflicts += [
        Conflict(name, SHEET_NAME, versions.ours[name].name, versions.ours[name].name, merged.renamed[name])
        for name in renamed
    ]
    return evolve(
        merged,
        sheets=tuple(each for each in merged.sheets if each[0] not in added),
        conflicts=(*merged.conflicts, *conflicts),
        edits=tuple(
            each
            for each in merged.edits
            if each.side is not Side.THEIRS or each.sheet not in (*added, *renamed)
        ),
        renamed={name: new for name, new in merged.renamed.items() if name not in renamed},
    )
