"""Differences as a workbook: verdicts, regions, every edit, and both versions of each edited table."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.diff.change import Change
from dmn_dli.diff.edition import Edition
from dmn_dli.diff.grid import OF_CRITERIA, OF_TABLES, Grid, grid_of
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.excel.layouts import FIRST_RULE_ROW
from dmn_dli.report import difference_words as words
from dmn_dli.report.layout import spoken
from dmn_dli.runtime.plain import visible

CHANGED = PatternFill("solid", fgColor="FFF2A8")
GONE = PatternFill("solid", fgColor="F8C9C4")
NEW = PatternFill("solid", fgColor="CBE8C6")

_HEAD = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")
_WIDEST = 60
_SHEET_NAME = 31
_RENAMED = (OF_TABLES.renamed, OF_CRITERIA.renamed)
_WHOLE_ROWS = [kind for each in (OF_TABLES, OF_CRITERIA) for kind in (each.row_added, each.row_removed)]
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def book(differences: Sequence[VersionDifference]) -> bytes:
    """The workbook's bytes; the same differences give the same bytes."""
    made = Workbook()
    made.remove(made.worksheets[0])
    _verdicts(made.create_sheet("Verdicts"), differences)
    _regions(made.create_sheet("Answers"), differences)
    if any(each.criteria for each in differences):
        _criteria(made.create_sheet("Criteria"), differences)
    _edits(made.create_sheet("Edits"), differences)
    for difference in differences:
        for decision in dict.fromkeys(change.decision for change in difference.changes if change.decision):
            _both_versions(made, difference, decision)
    stream = BytesIO()
    made.save(stream)
    return _timeless(stream.getvalue())


def _verdicts(sheet: Worksheet, differences: Iterable[VersionDifference]) -> None:
    rows: list[Sequence[Any]] = [("Policy", "Verdict", "In short", "Compared", "Not settled")]
    for each in differences:
        told = words.verdict(each.behaviour) if each.behaviour else ""
        limits = "\n".join(words.unmentioned(each.behaviour)) if each.behaviour else ""
        rows.append((each.edition.payer, words.headline(each), told, words.sides(each), limits))
    _fill(sheet, rows)


def _regions(sheet: Worksheet, differences: Iterable[VersionDifference]) -> None:
    rows: list[Sequence[Any]] = [
        ("Policy", "What", "Before", "After", "Where", "Share of all combinations", "For example")
    ]
    for each in differences:
        for part in each.behaviour.differences if each.behaviour else ():
            for subject, old, new in words.answer(part):
                where, example = words.region(part), words.witness(part)
                rows.append((each.edition.payer, subject, old, new, where, part.share, example))
        for case in each.cases:
            aspects = ", ".join(aspect.value for aspect in case.aspects)
            old, new = spoken(case.old), spoken(case.new)
            rows.append((each.edition.payer, aspects, old, new, f"case: {case.case}", None, None))
    _fill(sheet, rows)
    _as_shares(sheet, 6)


def _criteria(sheet: Worksheet, differences: Iterable[VersionDifference]) -> None:
    """A row for each region in which a criterion's status differs, for any other change of one a row."""
    rows: list[Sequence[Any]] = [
        (
            "Policy",
            "Criterion",
            "Asked",
            "Asks now",
            "Status",
            "Before",
            "After",
            "Where",
            "Share of all combinations",
            "For example",
        )
    ]
    for each in differences:
        for criterion in each.criteria:
            told = words.criterion(criterion), criterion.asked, criterion.asks, words.status(criterion)
            parts = criterion.status.differences if criterion.status else ()
            regions: list[Sequence[Any]] = [
                (part.old, part.new, words.region(part), part.share, words.witness(part)) for part in parts
            ]
            rows += [(each.edition.payer, *told, *region) for region in regions or [()]]
    _fill(sheet, rows)
    _as_shares(sheet, 9)


def _as_shares(sheet: Worksheet, column: int) -> None:
    for (cell,) in sheet.iter_rows(min_row=2, min_col=column, max_col=column):
        cell.number_format = "0.00%"


def _edits(sheet: Worksheet, differences: Iterable[VersionDifference]) -> None:
    rows: list[Sequence[Any]] = [
        ("Policy", "Kind", "Decision", "What", "Before", "After", "Cell before", "Cell after")
    ]
    for each in differences:
        for change in each.changes:
            subject, _ = words.change(change)
            rows.append(
                (
                    each.edition.payer,
                    change.kind.value,
                    change.decision,
                    subject,
                    change.old,
                    change.new,
                    change.old_place,
                    change.new_place,
                )
            )
    _fill(sheet, rows)


def _both_versions(made: Workbook, difference: VersionDifference, decision: str) -> None:
    """The old and the new table on a sheet each, what differs in colour."""
    changes = [change for change in difference.changes if change.decision == decision]
    renamed = next((each.old for each in changes if each.kind in _RENAMED), None)
    for edition, name, old in (
        (difference.old, renamed or decision, True),
        (difference.new, decision, False),
    ):
        marked = _marks(changes, old=old)
        for grid in _grids(edition, name):
            title = _title(made, f"{difference.edition.payer} {grid.name} {'before' if old else 'after'}")
            _draw(made.create_sheet(title), grid, marked)


def _grids(edition: Edition | None, name: str) -> Iterator[Grid]:
    """The tables and sheets of criteria of a name."""
    if edition is not None:
        workbook = edition.linked.workbook
        grids = [*map(grid_of, workbook.criteria), *map(grid_of, workbook.tables)]
        yield from (grid for grid in grids if grid.name == name)


def _marks(changes: Iterable[Change], *, old: bool) -> Mapping[str, tuple[PatternFill, bool]]:
    """For each cell that differs its colour, and whether its whole row has it."""
    marked = {}
    for change in changes:
        place = change.old_place if old else change.new_place
        one_side = change.old is None or change.new is None
        whole_row = change.kind in _WHOLE_ROWS
        marked[place] = ((GONE if old else NEW) if one_side else CHANGED), whole_row
    return marked


def _draw(sheet: Worksheet, grid: Grid, marked: Mapping[str, tuple[PatternFill, bool]]) -> None:
    """The table cell by cell where it stands in its workbook."""
    for cell in grid.cells():
        drawn = sheet.cell(cell.row, cell.column)
        _text(drawn, cell.text)
        drawn.font = _HEAD if cell.row < FIRST_RULE_ROW else Font()
    for place, (colour, whole_row) in marked.items():
        reference = place.rpartition("!")[2]
        if reference:
            drawn = sheet[reference]
            for cell in sheet[drawn.row] if whole_row else (drawn,):
                cell.fill = colour
    sheet.freeze_panes = f"B{FIRST_RULE_ROW}"
    _widen(sheet)


def _fill(sheet: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            _text(cell, value)
            cell.font = _HEAD if number == 1 else Font()
    sheet.freeze_panes = "A2"
    _widen(sheet)


def _text(cell: Any, value: Any) -> None:
    """A value as a cell holds it: text stays text, whatever it begins with, and shows what steers."""
    cell.value = visible(value, "\n") if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"


def _widen(sheet: Worksheet) -> None:
    for number, column in enumerate(sheet.iter_cols(), 1):
        longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest, 8) + 2, _WIDEST)
        for cell in column:
            cell.alignment = _WRAP


def _title(made: Workbook, wanted: str) -> str:
    """A name that Excel takes for a sheet, and that is not taken yet."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", visible(wanted))
    title, number = plain[-_SHEET_NAME:].strip(), 1
    while title.casefold() in {name.casefold() for name in made.sheetnames}:
        number += 1
        ending = f" {number}"
        title = plain[-(_SHEET_NAME - len(ending)) :].strip() + ending
    return title


def _timeless(data: bytes) -> bytes:
    """The archive without the times at which its parts were written."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
