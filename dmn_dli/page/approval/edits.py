"""Every edit of a workbook, table by table: each cell before and now, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmn_dli.diff.change import Change
from dmn_dli.page.approval.grid import Cells, grid
from dmn_dli.page.approval.marking import marked, shown
from dmn_dli.page.approval.places import Places
from dmn_dli.page.html import Child, h
from dmn_dli.report import difference_words as words
from dmn_dli.report.alike_edits import Edit, edits
from dmn_dli.report.edit_words import before_and_after, parts, place
from dmn_dli.report.layout import many

_HEADINGS = ("What", "Before", "Now", "Cell")


def edited(changes: Sequence[Change], places: Places) -> Child:
    """The edits in the order of the workbook."""
    if not changes:
        return h("p", words.NO_EDITS)
    told = edits(changes)
    first, rest = told[: places.most.edits], told[places.most.edits :]
    groups = dict.fromkeys(edit.decision for edit in told)
    return [
        h("p", _counted(changes)),
        (_group(name, [edit for edit in first if edit.decision == name], places) for name in groups),
        _left_out(rest),
    ]


def left_out(changes: Sequence[Change], places: Places) -> int:
    """How many edits are counted alone."""
    return sum(len(edit.changes) for edit in edits(changes)[places.most.edits :])


def _counted(changes: Sequence[Change]) -> str:
    return f"{many(len(changes), 'edit')}. What left a cell is struck through, what came to it is underlined."


def _group(name: str, told: Sequence[Edit], places: Places) -> Child:
    if not told:
        return None
    title = places.decision(name) if name else words.BESIDE_TABLES.capitalize()
    number = sum(len(edit.changes) for edit in told)
    return [
        h("h4", title, h("span", f" ({number:,})", class_="count")),
        grid(_HEADINGS, (_row(edit, places) for edit in told), "edits"),
    ]


def _row(edit: Edit, places: Places) -> Cells:
    change = edit.changes[0]
    before, now = _texts(edit)
    told = _told(edit)
    what = [edit.subject, " ", h("span", told, class_="told") if told else None]
    return (what, _one_by_one(edit, places)), before, now, places.cell(change, edit.places)


def _told(edit: Edit) -> str:
    """What became of it, where the two texts beside it do not show that."""
    change = edit.changes[0]
    if change.old is None or change.new is None:
        return ""
    return "" if edit.told == before_and_after(change.old, change.new) else edit.told


def _texts(edit: Edit) -> tuple[Child, Child]:
    """The text before and now; none where edits that are told as one have texts of their own."""
    pairs = {(change.old, change.new) for change in edit.changes}
    if len(pairs) > 1:
        return None, None
    return _sides(edit.changes[0])


def _sides(change: Change) -> tuple[Child, Child]:
    if change.old is not None and change.new is not None:
        return marked(change.old, change.new)
    if change.old is not None:
        return h("del", shown(change.old)), h("span", "removed", class_="badge bad")
    return h("span", "added", class_="badge good"), h("ins", shown(change.new or ""))


def _one_by_one(edit: Edit, places: Places) -> Child:
    """Edits that are told as one and have texts of their own."""
    if len({(change.old, change.new) for change in edit.changes}) == 1:
        return None
    first, rest = edit.changes[: places.most.alike], edit.changes[places.most.alike :]
    return h(
        "details",
        h("summary", "One by one"),
        h("ul", (_line(change, places) for change in first)),
        h("p", f"And {many(len(rest), 'further edit')} like these.") if rest else None,
    )


def _line(change: Change, places: Places) -> Child:
    before, now = _sides(change)
    return h("li", f"{parts(change)[0]}: ", before, " → ", now, " (", places.cell(change, place(change)), ")")


def _left_out(rest: Sequence[Edit]) -> Child:
    """How many edits there are besides, table by table: nothing is passed over in silence."""
    if not rest:
        return None
    return h(
        "p", "Not shown here: ", ", ".join(_numbers(rest)), ". ", words.WHERE_ALL_IS, class_="badge warn"
    )


def _numbers(rest: Sequence[Edit]) -> Iterator[str]:
    for name in dict.fromkeys(edit.decision for edit in rest):
        number = sum(len(edit.changes) for edit in rest if edit.decision == name)
        yield f"{many(number, 'further edit')} of {name or words.BESIDE_TABLES}"
