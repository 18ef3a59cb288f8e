"""The Cases sheet, with what came of each case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from dmn_dli.cases.columns import EXPECT_CRITERION
from dmn_dli.cases.sheet import CaseResult, Failure, WorkbookResult
from dmn_dli.model.cell import Cell
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import CaseRow, CaseSheet
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.findings import mark
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.marks import Marks
from dmn_dli.page.text import cell_text, frame
from dmn_dli.report.test_results import shares, tally


def cases_section(policy: PagePolicy, marks: Marks) -> Element | None:
    """The cases as the sheet has them, each with its result; nothing where there is no such sheet."""
    sheet, result = policy.linked.workbook.cases, policy.cases
    if sheet is None or result is None:
        return None
    return h(
        "section",
        h("h2", sheet.sheet, mark(marks, sheet.sheet)),
        h("p", f"{tally(result)}. ", " ".join(shares([result])) if result.coverage else None),
        _problems(result),
        frame(_table(policy.key, sheet, result, marks), sheet.sheet),
        id=anchors.sheet(policy.key, sheet.sheet),
        class_="sheet cases-sheet",
    )


def _problems(result: WorkbookResult) -> Element | None:
    """What kept the cases from being run, or makes them doubtful as a whole."""
    if not result.problems:
        return None
    return h("ul", (h("li", each) for each in result.problems), class_="notice bad")


@frozen
class _Table:
    """The sheet while it is shown; apart: which columns stand for themselves, together: which share one.

    A policy may have dozens of criteria, and few cases expect anything of one: these share a column.
    """

    key: str
    sheet: CaseSheet
    marks: Marks
    apart: tuple[int, ...]
    together: tuple[int, ...]


def _table(key: str, sheet: CaseSheet, result: WorkbookResult, marks: Marks) -> Element:
    of_criteria = [plain_word(each.text).startswith(EXPECT_CRITERION) for each in sheet.headings]
    apart = tuple(column for column, shared in enumerate(of_criteria) if not shared)
    together = tuple(column for column, shared in enumerate(of_criteria) if shared)
    table = _Table(key, sheet, marks, apart, together)
    came: Sequence[CaseResult | None] = result.cases or [None] * len(sheet.rows)
    headings = ["case", "result", *(sheet.headings[column].text for column in apart)]
    headings += [EXPECT_CRITERION.strip()] if together else []
    return h(
        "table",
        h("thead", h("tr", (h("th", each, scope="col") for each in headings))),
        h("tbody", (_row(table, *each) for each in zip(sheet.rows, came, strict=True))),
        class_="pinned grid",
    )


def _row(table: _Table, row: CaseRow, came: CaseResult | None) -> Element:
    failures = {each.cell: each for each in came.failures} if came else {}
    said = mark(table.marks, table.sheet.sheet, str(row.cell.row))
    return h(
        "tr",
        h("th", row.name or "(no name)", said, scope="row"),
        h("td", _result(came, {each.reference for each in row.values})),
        (h("td", _cell(row.values[column], failures)) for column in table.apart),
        h("td", _criteria(table, row, failures)) if table.together else None,
        id=anchors.case(table.key, row.cell.row),
    )


def _criteria(table: _Table, row: CaseRow, failures: Mapping[str, Failure]) -> Element | None:
    """What the case expects of criteria: `Criteria.2.c: met`, and what came out instead."""
    named = [(table.sheet.headings[column].text.split(), row.values[column]) for column in table.together]
    start = len(EXPECT_CRITERION.split())
    items = [
        h("li", f"{' '.join(words[start:])}: ", _cell(cell, failures)) for words, cell in named if cell.text
    ]
    return h("ul", items, class_="expected") if items else None


def _result(came: CaseResult | None, shown: set[str]) -> Child:
    """Passed or failed; failures that are of no cell of the row's are told here."""
    if came is None:
        return h("span", "not run", class_="badge open")
    if came.passed:
        return h("span", "passed", class_="badge good")
    others = [[h("b", each.expectation), _failure(each)] for each in came.failures if each.cell not in shown]
    return [h("span", "failed", class_="badge bad"), others]


def _cell(cell: Cell, failures: Mapping[str, Failure]) -> Child:
    failure = failures.get(cell.reference)
    return [cell_text(cell.text), _failure(failure) if failure else None]


def _failure(failure: Failure) -> Element:
    return h("div", _told(failure), class_="notice bad")


def _told(failure: Failure) -> Iterator[Child]:
    yield f"expected {failure.expected}"
    yield h("br")
    yield f"came out: {failure.actual}"
