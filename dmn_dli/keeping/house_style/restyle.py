"""The house style brought into the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from dmn_dli.excel import WorkbookUnreadableError
from dmn_dli.excel.place import Place as Reading
from dmn_dli.excel.sheet import Package
from dmn_dli.excel.workbook import open_package, workbook_of
from dmn_dli.keeping.conflict_marks import without_settled_marks
from dmn_dli.keeping.house_style.highlights import MARKER
from dmn_dli.keeping.house_style.notes import is_ours
from dmn_dli.keeping.house_style.plan import SheetPlan
from dmn_dli.keeping.house_style.sheets import Left, sheet_plans
from dmn_dli.keeping.house_style.words import words_of
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import Dictionary
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.ooxml.sheet import EditedSheet


@frozen
class Restated:
    """Row 4 of a fact's clause, before and after: the only value that the house style changes."""

    sheet: str
    cell: str
    before: str
    after: str


@frozen
class Restyled:
    """A file in the house style.

    data: the bytes given where it was so already. restated: values that changed. left: what was not
    understood, and stays as it is.
    """

    data: bytes
    changed: bool
    restated: tuple[Restated, ...] = ()
    left: tuple[Left, ...] = ()


def in_house_style(data: bytes, dictionary: Dictionary | None) -> bytes:
    """A workbook or a dictionary file in the house style, with the dictionary's words in it.

    dictionary: that of the workbook's folder; a workbook with facts of its own takes those. Without one, what
    hangs on facts (row 4, their dropdowns, their notes) stays as it is. The bytes that are given come back
    where there is nothing to change. Raises as `restyled`.
    """
    return restyled(data, lambda: dictionary).data


def restyled(
    data: bytes, shared: Callable[[], Dictionary | None], name: str = "", *, restating: bool = True
) -> Restyled:
    """The same, with what was changed and what was left.

    shared: gives the dictionary, and is asked for it by a workbook without facts of its own. name: the
    file's, for messages. restating: whether row 4 of facts' clauses may take other values; else none changes.
    Raises WorkbookUnreadableError where the file or one of its sheets cannot be read,
    BrokenBookError and LostPartsError (`ooxml.errors`) where it cannot be changed.
    """
    place = Reading(name)
    package, findings = open_package(data, name, place)
    if package is None or findings:
        raise WorkbookUnreadableError(findings)
    workbook = workbook_of(package, place, name, "")
    words = words_of(workbook, workbook.dictionary or shared())
    plans, left = sheet_plans(package, workbook, words)
    book = EditedBook(data)
    without_settled_marks(book)
    if not restating:
        plans = [evolve(plan, values={}) for plan in plans]
    for plan in plans:
        _apply(plan, book.sheet(plan.sheet))
    styled = book.data()
    return Restyled(styled, styled != data, _restated(package, plans), tuple(left))


def _restated(package: Package, plans: list[SheetPlan]) -> tuple[Restated, ...]:
    sheets = {sheet.name: sheet for sheet in package.sheets}
    return tuple(
        Restated(plan.sheet, Cell(*place).reference, sheets[plan.sheet].at(*place).text, text or "")
        for plan in plans
        for place, text in plan.values.items()
    )


def _apply(plan: SheetPlan, sheet: EditedSheet) -> None:
    for place, text in plan.values.items():
        sheet.put(place, text)
    if plan.title and plan.title not in sheet.merges():
        sheet.merge(plan.title)
    for place, look in plan.looks.items():
        sheet.look(place, look)
    for column, width in plan.widths.items():
        sheet.column_width(column, width)
    for row, height in plan.heights.items():
        sheet.row_height(row, height)
    sheet.freeze(plan.kind.rows, plan.kind.columns if plan.columns is None else plan.columns)
    sheet.print_setup(plan.kind.printing)
    sheet.tab_colour(plan.tab or plan.kind.tab)
    for area, dropdowns in plan.choices:
        sheet.dropdowns(area, dropdowns)
    sheet.highlights(MARKER, plan.highlights)
    for place, note in plan.notes.items():
        there = sheet.note_text(place)
        # What somebody has added below our words stays, as every note of another's does.
        if there is None or (is_ours(there) and not there.startswith(note.text)):
            sheet.note(place, note.text, width=note.width)
