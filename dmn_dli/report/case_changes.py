"""What a change does to cases, as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from dmn_dli.diff.case_counts import BadRow, CaseChanges, PayerCases, Transition, total
from dmn_dli.report import case_change_words as words
from dmn_dli.report.difference_text import Page
from dmn_dli.report.documents import escaped, grid
from dmn_dli.report.layout import BOLD, paint, paragraph


def text(found: CaseChanges, page: Page) -> str:
    """The cases payer by payer: what changes, from what to what, and why."""
    title = f"CASES: {words.headline(found)}"
    lines = [paint(title, BOLD) if page.styled else title]
    for payer in found.payers:
        if not payer.changed:
            continue
        lines += paragraph(f"{payer.payer}: {words.payer_line(found, payer)}", page.width, "  ", "    ")
        for each in payer.changed[: words.TOLD]:
            lines += paragraph(words.transition(found, each), page.width, "    ", "      ")
            for cause in words.causes(each):
                lines += paragraph(cause, page.width, "        ", "          ")
        if words.untold(found, payer):
            lines += paragraph(words.untold(found, payer), page.width, "    ", "      ")
        if words.as_before(payer):
            lines += paragraph(f"as before: {words.as_before(payer)}", page.width, "    ", "      ")
    if words.unchanged(found):
        lines += paragraph(words.unchanged(found), page.width, "  ", "    ")
    for limit in words.limits(found):
        lines += paragraph(f"- {limit}", page.width, "  ", "    ")
    if found.bad:
        lines += ["", f"  {words.bad_title(found)}:"]
        for row in found.bad[: words.TOLD]:
            lines += paragraph(f"- {words.bad_row(row)}", page.width, "    ", "      ")
    return "\n".join(lines) + "\n"


def markdown(found: CaseChanges) -> str:
    """The same with a matrix for each payer whose determinations change."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: CaseChanges) -> Iterator[str]:
    yield f"### Cases: {escaped(words.headline(found))}"
    for payer in found.payers:
        if not payer.changed:
            continue
        yield from ("", f"**{escaped(payer.payer)}**: {escaped(words.payer_line(found, payer))}")
        cells = [*words.matrix(payer)]
        if cells:
            yield from grid(cells[0], cells[1:])
        yield ""
        for each in payer.changed[: words.TOLD]:
            yield f"- {escaped(words.transition(found, each))}"
            yield from (f"  - {escaped(cause)}" for cause in words.causes(each))
        if words.untold(found, payer):
            yield f"- {escaped(words.untold(found, payer))}"
    told = [*filter(None, [words.unchanged(found)]), *words.limits(found)]
    if told:
        yield ""
        yield from (f"- {escaped(limit)}" for limit in told)
    if found.bad:
        yield from ("", f"**{words.bad_title(found)}**", "")
        yield from (f"- {escaped(words.bad_row(row))}" for row in found.bad[: words.TOLD])


def changes_json(found: CaseChanges) -> dict[str, Any]:
    """All counts; amounts are text, so that no digit is lost."""
    return {
        "cases": found.cases,
        "changed": found.changed,
        "amount": found.amount,
        "total_amount": _sum(found.total_amount),
        "changed_amount": _sum(found.changed_amount),
        "without_amount": found.without_amount,
        "files_without_amount": list(found.lacking),
        "payers": [_payer(each, found.amount) for each in found.payers],
        "bad_rows": found.bad_rows,
        "errors": [_bad(each) for each in found.bad],
        "broken": [each.workbook for each in found.broken],
    }


def _sum(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _payer(payer: PayerCases, summed: str | None) -> dict[str, Any]:
    return {
        "payer": payer.payer,
        "cases": payer.cases,
        "changed": sum(each.cases for each in payer.changed),
        "total_amount": None if summed is None else _sum(total(payer.transitions)),
        "changed_amount": None if summed is None else _sum(total(payer.changed)),
        "transitions": [_transition(each) for each in payer.transitions],
    }


def _transition(each: Transition) -> dict[str, Any]:
    return {
        "old": each.old,
        "new": each.new,
        "changed": each.changed,
        "cases": each.cases,
        "amount": _sum(each.amount),
        "samples": list(each.samples),
        "causes": [
            {"criterion": cause.subject, "old": cause.old, "new": cause.new, "cases": cause.cases}
            for cause in each.causes
        ],
    }


def _bad(row: BadRow) -> dict[str, Any]:
    return {
        "file": row.file,
        "row": row.row,
        "case_id": row.case_id,
        "payer": row.payer or None,
        "error": {"kind": row.kind, "message": row.message, "problems": list(row.problems)},
    }
