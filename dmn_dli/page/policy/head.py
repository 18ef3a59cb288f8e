"""The head of a policy's view: how it stands, and the fields of its Policy sheet."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.model.finding import errors
from dmn_dli.model.workbook import IN_FORCE, Workbook
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.findings import mark
from dmn_dli.page.html import Child, Element, h, joined
from dmn_dli.page.marks import POLICY_SHEET, Marks, tab_of
from dmn_dli.page.text import cell_text


def head_section(policy: PagePolicy, marks: Marks) -> Element:
    """The fields as the sheet writes them, and the file."""
    workbook = policy.linked.workbook
    tab = tab_of(workbook, POLICY_SHEET)
    badges = standing_badge(policy), overdue_badge(policy), broken_badge(policy)
    return h(
        "section",
        h("p", joined((each for each in badges if each is not None), " "), mark(marks, tab)),
        h("dl", _fields(workbook, tab, marks), h("dt", "Workbook"), h("dd", workbook.name)),
        id=anchors.sheet(policy.key, tab),
        class_="policy-head",
    )


def standing_badge(policy: PagePolicy) -> Element | None:
    """Whether the policy is in force; nothing where no payer is named."""
    if not policy.standing:
        return None
    return h("span", policy.standing, class_=f"badge {'good' if policy.standing == IN_FORCE else 'warn'}")


def overdue_badge(policy: PagePolicy) -> Element | None:
    """That the review is overdue."""
    return h("span", "review overdue", class_="badge warn") if policy.overdue else None


def broken_badge(policy: PagePolicy) -> Element | None:
    """That errors keep the workbook from deciding anything."""
    wrong = errors(policy.linked.findings)
    return h("span", "decides nothing until its errors are mended", class_="badge bad") if wrong else None


def _fields(workbook: Workbook, tab: str, marks: Marks) -> Iterator[Child]:
    """The fields in the order of the sheet; a blank one where something is to be said of it."""
    fields = workbook.policy
    cells = fields.places | fields.blank
    for name, cell in sorted(cells.items(), key=lambda each: each[1].row):
        said = mark(marks, tab, cell.reference)
        if cell.text or said:
            yield h("dt", name)
            yield h("dd", cell_text(cell.text) if cell.text else "(blank)", said)
