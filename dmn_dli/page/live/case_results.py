"""What came of a workbook's Cases sheet, as people read it."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.cases.sheet import CaseResult, WorkbookResult
from dmn_dli.page.html import Element, h, lines
from dmn_dli.report.layout import many
from dmn_dli.report.test_results import all_cases, shares, tally, untried

MOST_FAILED = 200
"""How many failed cases of one workbook are shown."""


def case_results(result: WorkbookResult) -> Element:
    """How many cases passed, what came out of those that failed, and what no case tries."""
    failed = [case for case in all_cases(result) if not case.passed]
    badge = "bad" if failed else "good"
    section = h(
        "section",
        h("h3", "Cases"),
        h("p", h("span", tally(result), class_=f"badge {badge}" if all_cases(result) else "badge")),
        h("ul", (h("li", _failed(case)) for case in failed[:MOST_FAILED]), class_="failed")
        if failed
        else None,
        class_="cases",
    )
    if len(failed) > MOST_FAILED:
        section.append(h("p", f"{many(len(failed) - MOST_FAILED, 'further case')} failed."))
    if result.coverage:
        section.extend(_coverage(result))
    return section


def _failed(case: CaseResult) -> Iterator[Element]:
    where = f" ({case.cell})" if case.cell else ""
    yield h("p", h("strong", case.case or "(no name)"), where)
    for failure in case.failures:
        if not failure.cell:
            yield h("p", failure.actual)
            continue
        yield h(
            "dl",
            h("dt", f"{failure.expectation} ({failure.cell})"),
            h("dd", "expected: ", lines(failure.expected)),
            h("dd", "came out: ", lines(failure.actual)),
        )


def _coverage(result: WorkbookResult) -> Iterator[Element]:
    yield h("p", " ".join(shares([result])))
    lacking = [h("li", f"{label}: {named}") for label, named in untried(result)]
    if lacking:
        yield h("details", h("summary", "What no case tries"), h("ul", lacking))
