"""A sheet of criteria as a nested checklist: groups with what they need, criteria with what shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.repair import plain_word
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.findings import mark
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.marks import Marks
from dmn_dli.page.policy.names import Names
from dmn_dli.page.policy.proofs import claim_badge
from dmn_dli.page.text import cell_text
from dmn_dli.report import explanation_words as words
from dmn_dli.runtime.words import folded

DEEP = 12
"""So many groups may stand in each other; what is deeper stands beside its group."""

_NEEDS = {
    "all": "all of these are needed",
    "any": "any one of these is enough",
    "none": "none of these may be true",
}
_ANY = "-"


@frozen
class _Checklist:
    """A sheet while it is shown.

    members: the rows of each group, by its id folded. first: the places of rows whose id no row above has.
    untried: by its id, what no case does with a row.
    """

    policy: PagePolicy
    sheet: CriteriaSheet
    marks: Marks
    names: Names
    members: Mapping[str, tuple[CriterionRow, ...]]
    first: frozenset[int]
    untried: Mapping[str, tuple[str, ...]]

    def mark(self, row: CriterionRow) -> Child:
        """The findings on a row."""
        return mark(self.marks, self.sheet.sheet, str(row.cell.row))


def checklist_section(policy: PagePolicy, sheet: CriteriaSheet, marks: Marks, names: Names) -> Element:
    """The sheet's rows, each in its group."""
    top, members = _arranged(sheet)
    ids = {row.id: row.cell.row for row in reversed(sheet.rows) if row.id}
    shown = _Checklist(policy, sheet, marks, names, members, frozenset(ids.values()), _untried(policy, sheet))
    return h(
        "section",
        h("h2", sheet.name, mark(marks, sheet.sheet)),
        h("p", sheet.question, class_="question", data_tip=True) if sheet.question else None,
        h("ul", (_items(shown, row) for row in top), class_="checklist"),
        id=anchors.sheet(policy.key, sheet.sheet),
        class_="sheet",
    )


def _untried(policy: PagePolicy, sheet: CriteriaSheet) -> dict[str, tuple[str, ...]]:
    """What no case does with a row, by the row's id."""
    found: dict[str, tuple[str, ...]] = {}
    for each in policy.cases.criteria if policy.cases else ():
        if each.sheet == sheet.name:
            sides = (each.never_met, "no case meets it"), (each.never_not_met, "no case fails it")
            for rows, said in sides:
                found |= {row: (*found.get(row, ()), said) for row in rows}
    return found


def _arranged(sheet: CriteriaSheet) -> tuple[list[CriterionRow], dict[str, tuple[CriterionRow, ...]]]:
    """The topmost rows, and the members of each group; rows of a circle or an unknown group are topmost."""
    groups = {folded(row.id): row for row in reversed(sheet.rows) if not row.needs.blank}
    parents = {row.cell.row: groups.get(folded(row.part_of.text)) for row in sheet.rows}
    top: list[CriterionRow] = []
    members: dict[str, tuple[CriterionRow, ...]] = {}
    for row in sheet.rows:
        parent = parents[row.cell.row]
        if parent is None or not _ends(row, parents):
            top.append(row)
        else:
            key = folded(parent.id)
            members[key] = (*members.get(key, ()), row)
    return top, members


def _ends(row: CriterionRow, parents: Mapping[int, CriterionRow | None]) -> bool:
    """Whether the groups above a row come to an end."""
    seen: set[int] = set()
    above: CriterionRow | None = row
    while above is not None and above.cell.row not in seen:
        seen.add(above.cell.row)
        above = parents[above.cell.row]
    return above is None


def _items(shown: _Checklist, row: CriterionRow, depth: int = 1) -> Iterator[Element]:
    """A row with the members of its group inside; with all below a very deep one behind it."""
    if row.needs.blank:
        yield _item(shown, row, [_head(shown, row), shown.mark(row), _told(shown, row)])
        return
    members = _members(shown, row)
    inside = depth < DEEP and members
    yield _item(
        shown,
        row,
        h(
            "details",
            h("summary", _head(shown, row)),
            shown.mark(row),  # not in the summary: a button holds no link
            _told(shown, row),
            h("ul", (_items(shown, each, depth + 1) for each in members)) if inside else None,
            open=True,
        ),
    )
    if not inside:
        yield from (
            _item(shown, each, [_head(shown, each), shown.mark(each), _told(shown, each)])
            for each in _below(shown, row)
        )


def _item(shown: _Checklist, row: CriterionRow, content: Child) -> Element:
    first = row.cell.row in shown.first
    return h(
        "li",
        content,
        id=anchors.criterion(shown.policy.key, shown.sheet.name, row.id) if first else None,
        class_="retired" if row.retired else None,
    )


def _below(shown: _Checklist, row: CriterionRow) -> Iterator[CriterionRow]:
    """All rows below a group, each group before its members."""
    waiting = [*reversed(_members(shown, row))]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += reversed(_members(shown, each))


def _members(shown: _Checklist, row: CriterionRow) -> tuple[CriterionRow, ...]:
    """The members of a group; none of a criterion, and of a group whose id is another's."""
    return shown.members.get(folded(row.id), ()) if row.cell.row in shown.first else ()


def _head(shown: _Checklist, row: CriterionRow) -> Child:
    """The number, what is required, and what a group needs."""
    needs = plain_word(row.needs.text)
    needed = _NEEDS.get(needs, f"{needs} of these are needed") if needs else None
    return [
        h("span", h("b", row.id), " ", row.requirement.text, data_tip=True, class_="requirement"),
        [" ", h("span", needed, class_=f"badge{' warn' if needs == 'none' else ''}")] if needed else None,
        [" ", h("span", "retired", class_="badge")] if row.retired else None,
        [[" ", h("span", each, class_="badge warn")] for each in shown.untried.get(row.id, ())],
    ]


def _told(shown: _Checklist, row: CriterionRow) -> Element | None:
    """Its conditions, what would show it, what it means, where it is printed, and its notes."""
    conditions: list[Child] = [
        [h("dt", "Met where" if row.needs.blank else "Applies where"), h("dd", condition)]
        for condition in _conditions(shown, row)
    ]
    means = claim_badge(shown.policy, shown.sheet, row)
    notes: list[Child] = [
        [h("dt", note.name), h("dd", cell_text(cell.text))]
        for note, cell in zip(shown.sheet.annotations, row.annotations, strict=True)
        if not cell.blank
    ]
    parts: list[Child] = [
        conditions,
        [h("dt", "Means"), h("dd", row.means.text, " ", means)] if not row.means.blank else None,
        [h("dt", "Shown by"), h("dd", cell_text(row.evidence.text))] if not row.evidence.blank else None,
        notes,
    ]
    return h("dl", parts) if any(parts) else None


def _conditions(shown: _Checklist, row: CriterionRow) -> Iterator[Child]:
    """`Disease status: relapsed, refractory`; a cell that accepts any value says nothing."""
    sheet = shown.sheet
    for clause, cell in zip(sheet.inputs, row.inputs, strict=True):
        if cell.text != _ANY and not cell.blank:
            said = words.test(cell.text)
            test = h("code", shown.names.test(sheet.sheet, clause, cell.text)) if said == cell.text else said
            yield [shown.names.clause(sheet.sheet, clause), ": ", test]
