"""Three files made into one: read, merged by what they say, and written into OURS' file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen
from openpyxl.utils.cell import coordinate_to_tuple

from dmn_dli.excel.conflicts import SHEET, ListedConflict, listed_conflicts
from dmn_dli.excel.place import Place as Reading
from dmn_dli.excel.workbook import open_package
from dmn_dli.keeping.conflict_marks import mark, without_settled_marks
from dmn_dli.merge.apply import (
    Standing,
    apply,
    final_names,
    is_all_of_theirs,
    is_formula,
)
from dmn_dli.merge.books import Versions, aligned, merge_books
from dmn_dli.merge.charts import chart_conflicts, without_names_of_charts
from dmn_dli.merge.conflict_sheet import list_conflicts
from dmn_dli.merge.grids import Conflict, Edit, Grid, Grids, MergedBook
from dmn_dli.merge.in_form import kept_in_form
from dmn_dli.merge.notes import bring_notes, comment_conflicts
from dmn_dli.merge.reading import grid_of
from dmn_dli.model.cell import cell_name
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.repair import plain_word
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.errors import BrokenBookError, LostPartsError
from dmn_dli.ooxml.places import reference_of
from dmn_dli.ooxml.sheet import Place
from dmn_dli.runtime.input_error import InputError

_REFERENCE = re.compile("[A-Z]{1,3}[1-9][0-9]{0,6}")

FORMULA = "formula"
"""The kind of a conflict about a formula that THEIRS wrote."""


@frozen
class Version:
    """One of the three files: the name the user gave it, its bytes, its sheets, what is undecided in it.

    charts: the tabs of the sheets that hold a chart and no cells.
    """

    shown: str
    data: bytes
    grids: Grids
    conflicts: tuple[ListedConflict, ...] = ()
    charts: tuple[str, ...] = ()

    @property
    def is_dictionary(self) -> bool:
        """Whether it is a dictionary of facts and no workbook of tables."""
        names = {plain_word(name) for name in self.grids}
        return "facts" in names and "policy" not in names


@frozen
class Merged:
    """What comes of three files.

    data: the merged file's bytes. conflicts: what is to be decided, as its sheet Conflicts lists it; of them
    the first `earlier` were left by an earlier merge. edits: what each side changed that was taken over.
    unfilled: conditions and results of a new row in the other side's new column, which are blank.
    """

    data: bytes
    conflicts: tuple[ListedConflict, ...] = ()
    earlier: int = 0
    edits: tuple[Edit, ...] = ()
    unfilled: tuple[str, ...] = ()


def version(data: bytes, shown: str, *, may_be_empty: bool = False) -> Version:
    """A file as a merge sees it; may_be_empty: whether no bytes at all are a workbook of no sheets.

    Raises InputError, with every reason, where it cannot be read.
    """
    if may_be_empty and not data:
        return Version(shown, data, {})
    package, refusal = open_package(data, shown, Reading(shown))
    if package is None or refusal:
        raise InputError("\n".join(f"{shown}: {finding.text}" for finding in refusal))
    lists = [sheet for sheet in package.sheets if plain_word(sheet.name) == SHEET.casefold()]
    undecided = [line for sheet in lists for line in listed_conflicts(sheet)]
    read = [sheet for sheet in package.sheets if sheet not in lists and not sheet.is_chart]
    grids = {sheet.name: grid_of(sheet) for sheet in read}
    charts = tuple(sheet.name for sheet in package.sheets if sheet.is_chart)
    return Version(shown, data, grids, tuple(undecided), charts)


def merge_versions(
    base: Version, ours: Version, theirs: Version, *, dictionary: Dictionary | None = None
) -> Merged:
    """The merge of three files, in OURS' file.

    dictionary: that of the workbook's folder, if any, by whose words OURS may be in the house style. Raises
    InputError where a file holds what a change would spoil, and where some are dictionaries and some are not.
    """
    _check_alike(base, ours, theirs)
    book, their_book = _opened(ours), _opened(theirs)
    for each in (book, their_book):
        without_settled_marks(each)
    before = book.data()
    versions = aligned(base.grids, ours.grids, theirs.grids)
    merged = without_names_of_charts(merge_books(versions), versions, ours.charts)
    standings = apply(book, their_book, merged, versions)
    names = final_names(merged, versions)
    others = _opened(base) if base.data else None, their_book
    comments = tuple(comment_conflicts(book, others, merged, versions, standings, names))
    notes = tuple(bring_notes(book, others, merged, versions, standings, names))
    earlier = undecided(
        base.conflicts,
        _moved(ours.conflicts, versions.ours, standings, names),
        _moved(theirs.conflicts, versions.theirs, standings, names),
    )
    found = [*merged.conflicts, *(each for grid in merged.grids.values() for each in grid.conflicts)]
    found += (*formula_conflicts(merged, versions), *comments)
    found += chart_conflicts(base.charts, ours.charts, theirs.charts)
    listed = (*earlier, *(_listed(each, standings, names) for each in found))
    _mark(book, listed)
    list_conflicts(book, listed)
    edits = (*merged.edits, *(edit for grid in merged.grids.values() for edit in grid.edits), *notes)
    named = tuple(evolve(each, sheet=names.get(each.sheet, each.sheet)) for each in edits)
    unfilled = tuple(
        cell_name(names[name], _reference(standings[name].place(*cell)))
        for name, grid in merged.grids.items()
        for cell in grid.unfilled
    )
    data = kept_in_form(book.data(), before, dictionary)
    return Merged(data, listed, len(earlier), named, unfilled)


def _check_alike(base: Version, ours: Version, theirs: Version) -> None:
    """Raise InputError where some are dictionaries of facts and some are workbooks of tables."""
    files = [each for each in (base, ours, theirs) if each.data]
    dictionary = next((each for each in files if each.is_dictionary), None)
    other = next((each for each in files if not each.is_dictionary), None)
    if dictionary is not None and other is not None:
        raise InputError(
            f"{dictionary.shown} is a dictionary of facts, and {other.shown} is none; they do not merge."
        )
    if any(name.casefold() == SHEET.casefold() for name in ours.charts):
        raise InputError(
            f'{ours.shown}: The sheet "{SHEET}" is a chart; a merge lists conflicts on a sheet of that name. '
            "Give the chart's tab another name in Excel, and merge again."
        )


def formula_conflicts(merged: MergedBook, versions: Versions) -> Iterator[Conflict]:
    """The formulas of THEIRS that OURS does not get, since only a whole sheet brings its formulas along."""
    for name, grid in merged.grids.items():
        if is_all_of_theirs(grid, versions.theirs[name]):
            continue
        for (row, column), cell in grid.cells.items():
            if is_formula(cell):
                base, ours, theirs = (
                    each[name].at(row, column).text if name in each else ""
                    for each in (versions.base, versions.ours, versions.theirs)
                )
                yield Conflict(name, FORMULA, base, ours, theirs, row, column)


_Lines = Mapping[ListedConflict, ListedConflict]
"""Lines of a sheet Conflicts, as they stand there and as they are to stand."""


def undecided(base: Sequence[ListedConflict], ours: _Lines, theirs: _Lines) -> tuple[ListedConflict, ...]:
    """What earlier merges left: the lines of both sides but those of the base that one side has settled."""
    settled = [each for each in base if each not in ours or each not in theirs]
    left = (now for lines in (ours, theirs) for was, now in lines.items() if was not in settled)
    return tuple(dict.fromkeys(left))


def _moved(
    lines: Iterable[ListedConflict],
    grids: Grids,
    standings: Mapping[str, Standing],
    names: Mapping[str, str],
) -> dict[ListedConflict, ListedConflict]:
    """A version's lines with the sheets and cells in which things stand now."""
    found = {}
    for line in lines:
        found[line] = line
        place = _place(line.cell)
        for name, grid in grids.items():
            if grid.name == line.sheet and name in standings:
                now = None if place is None else _now(place, grid, standings[name])
                found[line] = evolve(
                    line, sheet=names[name], cell=line.cell if now is None else _reference(now)
                )
    return found


def _now(place: Place, grid: Grid, standing: Standing) -> Place | None:
    """Where a cell of a version stands after the merge; None where that is not known."""
    row, column = (
        next((key for key, number in axis.items() if number == wanted), None)
        for axis, wanted in zip((grid.rows, grid.columns), place, strict=True)
    )
    return None if row is None or column is None else standing.place(row, column)


def _opened(version: Version) -> EditedBook:
    try:
        return EditedBook(version.data)
    except LostPartsError as error:
        raise InputError(f"{version.shown}: {error}") from error
    except BrokenBookError as error:
        raise InputError(f"{version.shown}: The file is damaged: {error}") from error


def _listed(
    conflict: Conflict, standings: Mapping[str, Standing], names: Mapping[str, str]
) -> ListedConflict:
    standing = standings.get(conflict.sheet)
    cell = _reference(None if standing is None else standing.place(conflict.row, conflict.column))
    sheet = names.get(conflict.sheet, conflict.sheet)
    return ListedConflict(sheet, cell, conflict.kind, conflict.base, conflict.ours, conflict.theirs)


def _reference(place: Place | None) -> str:
    return "" if place is None else reference_of(*place)


def _place(reference: str) -> Place | None:
    """The place that a reference names; None for what is none, which somebody may have typed."""
    return coordinate_to_tuple(reference) if _REFERENCE.fullmatch(reference) else None


def _mark(book: EditedBook, listed: Iterable[ListedConflict]) -> None:
    """Colour the cells in question, those of earlier conflicts among them."""
    by_sheet: dict[str, dict[Place, list[ListedConflict]]] = {}
    for line in listed:
        place = _place(line.cell)
        if place is not None and line.sheet in book.worksheet_names:
            by_sheet.setdefault(line.sheet, {}).setdefault(place, []).append(line)
    for name, places in by_sheet.items():
        mark(book.sheet(name), places)
