"""Texts that quote what a renaming changes: how accepted findings stood, unmet criteria that cases expect."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from dmn_dli.cases.columns import Role
from dmn_dli.cases.rows import read_sheet
from dmn_dli.cases.sheet import WorkbookResult, run_cases
from dmn_dli.checking import CheckResult
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.excel.headings import read_headings
from dmn_dli.excel.place import Place
from dmn_dli.feel.syntax import Span
from dmn_dli.keeping.rename.cells import change
from dmn_dli.keeping.rename.data import Change
from dmn_dli.keeping.rename.reading import Reading
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.waiver import Waiver
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.record import LISTS
from dmn_dli.store.compile import compile_linked
from dmn_dli.waivers import as_it_stands, comparable, meets

_PIECES = re.compile(r"[^\n]+?(?= // |\n|\Z)")
"""Texts of one cell, parted by line breaks or ` // `; each may begin with what parts it from the last."""


@frozen
class Judged:
    """A workbook, its policy ready to decide, and what comes of its cases."""

    reading: Reading
    kernel: PolicyKernel
    results: WorkbookResult


def judged(reading: Reading) -> Judged:
    """A workbook without errors, its cases put to it."""
    compiled = compile_linked(reading.linked)[0]
    assert compiled is not None, "asked of workbooks without errors"
    kernel = PolicyKernel(compiled)
    return Judged(reading, kernel, run_cases(reading.workbook, kernel))


Key = tuple[str, str, str]


def _by_place(findings: Sequence[Finding], file: str, tabs: Mapping[str, str]) -> Mapping[Key, list[Finding]]:
    """The findings of a file by code, sheet and cell; tabs: sheets that are called otherwise now."""
    found: dict[Key, list[Finding]] = defaultdict(list)
    for each in findings:
        if each.file == file:
            found[each.code.code, tabs.get(each.sheet, each.sheet), each.cell].append(each)
    return found


def accepted_changes(
    old: Reading, new: Reading, checks: tuple[CheckResult, CheckResult], tabs: Mapping[str, str]
) -> Iterator[Change]:
    """The cells of the sheet Accepted that note how a finding stood, in the words that it stands in now."""
    book = old.workbook
    if not any(waiver.as_it_stood for waiver in book.accepted):
        return
    before = _by_place(checks[0].findings, old.shown, tabs)
    after = _by_place(checks[1].findings, new.shown, {})
    pairs = [pair for key, found in before.items() for pair in zip(found, after.get(key, ()), strict=False)]
    # In the copy the sheet stands as it did, but for what has been renamed there.
    sheet = new.sheets[new.workbook.accepted_sheet]
    column = next(
        each.column for each in read_headings(sheet, Place(""), []) if plain_word(each.text) == "as it stood"
    )
    for waiver in book.accepted:
        texts = {
            comparable(as_it_stands(first, book)): as_it_stands(second, new.workbook)
            for first, second in pairs
            if meets(waiver, first, book)
        }
        yield from _noted(new, sheet.at(waiver.cell.row, column), waiver, texts)


def _noted(new: Reading, cell: Cell, waiver: Waiver, texts: Mapping[str, str]) -> Iterator[Change]:
    sheet = new.sheets[new.workbook.accepted_sheet]
    noted = cell.text
    if comparable(waiver.as_it_stood) in texts:
        edits = [(Span(0, len(noted)), texts[comparable(waiver.as_it_stood)])]
    else:
        edits = []
        for piece in _PIECES.finditer(noted):
            text = piece[0].removeprefix(" // ")
            if comparable(text) in texts:
                edits.append((Span(piece.end() - len(text), piece.end()), texts[comparable(text)]))
    yield from change(new.shown, sheet, cell, noted, edits)


def unmet_changes(old: Judged, new: Judged) -> Iterator[Change]:
    """The cells of cases that expect unmet criteria in the words of a sheet of criteria."""
    book = old.reading.workbook
    if book.cases is None or not book.criteria:
        return
    sheet = new.reading.sheets[book.cases.sheet]
    before, after = (read_sheet(each.reading.workbook, each.kernel) for each in (old, new))
    for first, second in zip(before.rows, after.rows, strict=True):
        items: dict[str, str] | None = None
        for column, cell in first.expectations:
            if column.role is Role.DECISION and plain_word(column.name) == plain_word(
                LISTS["unmet_criteria"]
            ):
                if items is None:
                    unmet = [_unmet(each.kernel, row.facts) for each, row in ((old, first), (new, second))]
                    items = {plain_word(a): b for a, b in zip(*unmet, strict=False)}
                edits = list(_lines(cell.text, items))
                yield from change(new.reading.shown, sheet, cell, cell.text, edits)


def _unmet(kernel: PolicyKernel, facts: Mapping[str, object]) -> Sequence[str]:
    try:
        found: Sequence[str] = kernel.determine(facts)["unmet_criteria"]
    except EvaluationError:
        return ()
    return found


def _lines(text: str, items: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    for line in re.finditer(r"[^\n]+", text):
        new = items.get(plain_word(line[0].strip()))
        if new is not None:
            yield Span(line.start(), line.end()), new


def changed_verdicts(old: WorkbookResult, new: WorkbookResult) -> Iterator[tuple[str, str]]:
    """The cases that pass only before or only after, each with its cell and why."""
    for first, second in zip(old.cases, new.cases, strict=True):
        if len(first.failures) != len(second.failures):
            failed = (second if second.failures else first).failures
            yield (
                first.cell,
                f"the case would {'pass' if second.passed else 'fail'} afterwards: {failed[0].expectation}",
            )
