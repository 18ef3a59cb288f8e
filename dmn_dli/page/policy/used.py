"""Which cases reach a rule: how many, and their names, which lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dmn_dli.model.workbook import CaseRow
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.html import Child, Element, h, joined
from dmn_dli.report.layout import many

NAMED = 8
"""So many cases of a rule are told by their names, the others by their rows."""


def case_links(policy: PagePolicy, positions: Sequence[int]) -> Element:
    """The number of cases, which opens to their names; that there is none stands out."""
    sheet = policy.linked.workbook.cases
    if not positions or sheet is None:
        return h("span", "no case", class_="badge warn")
    rows = [sheet.rows[each] for each in positions]
    others = rows[NAMED:]
    return h(
        "details",
        h("summary", many(len(positions), "case")),
        h(
            "ul",
            (h("li", _link(policy.key, row, row.name or "(no name)")) for row in rows[:NAMED]),
            h("li", "also rows ", joined(_runs(policy.key, others))) if others else None,
        ),
        class_="cases",
    )


def _runs(key: str, rows: Iterable[CaseRow]) -> Iterator[Child]:
    """Rows of the sheet that follow each other, as `12-15`; each run leads to its first."""
    runs: list[list[CaseRow]] = []
    for row in rows:
        if runs and runs[-1][-1].cell.row == row.cell.row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in runs:
        first, last = run[0].cell.row, run[-1].cell.row
        yield _link(key, run[0], str(first) if first == last else f"{first}–{last}")


def _link(key: str, row: CaseRow, words: str) -> Element:
    return h("a", words, href=f"#{anchors.case(key, row.cell.row)}")
