"""Edits that are alike in many rows or cases, told once: `53 cases: Date of service moved by 364 days`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from attrs import frozen

from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.report.cell_ranges import ranges
from dmn_dli.report.edit_words import parts, place
from dmn_dli.report.layout import many

FEWEST = 3
"""So many edits that are alike are told as one."""

_NAMED = 3
"""So many rows are named before the others are counted."""

_DAY = re.compile(r"(?P<heading>[^;]+): (?P<day>\d{4}-\d\d-\d\d)")


@frozen
class Edit:
    """An edit, or several that are alike: what was edited, what became of it, and the cells.

    decision: whose edit it is; "" of the policy's fields, the facts and the cases. changes: the edits
    themselves, which are told as one.
    """

    decision: str
    subject: str
    told: str
    places: str
    changes: tuple[Change, ...] = ()

    @property
    def words(self) -> str:
        """Both as one text."""
        return f"{self.subject}: {self.told}" if self.told else self.subject


class _Alike(NamedTuple):
    """What edits have in common that are told as one."""

    kind: ChangeKind
    decision: str
    column: str
    told: str


def edits(changes: Iterable[Change]) -> tuple[Edit, ...]:
    """The changes as they are told, in their order; those that are alike where the first of them stands."""
    groups: dict[_Alike | int, list[Change]] = {}
    for number, change in enumerate(changes):
        groups.setdefault(_alike(change) or number, []).append(change)
    return tuple(edit for alike, group in groups.items() for edit in _told(alike, group))


def _alike(change: Change) -> _Alike | None:
    """What an edit of a cell or case shares with others; None of what is always told by itself."""
    if change.old is None or change.new is None:
        return None
    if change.kind is ChangeKind.CASE_CHANGED:
        told = _moved(change.old, change.new) or parts(change)[1]
        return _Alike(change.kind, change.decision, "", told)
    if change.kind is ChangeKind.CELL and change.rule:
        column = change.label or change.subject
        return _Alike(change.kind, change.decision, column, parts(change)[1])
    return None


def _told(alike: _Alike | int, group: Sequence[Change]) -> Iterator[Edit]:
    if isinstance(alike, int) or len(group) < FEWEST:
        yield from (Edit(change.decision, *parts(change), place(change), (change,)) for change in group)
        return
    if alike.kind is ChangeKind.CASE_CHANGED:
        subject = many(len(group), "case")
    else:
        named, rest = [change.rule for change in group[:_NAMED]], len(group) - _NAMED
        rows = ", ".join(named) + (f" and {rest} more" if rest else "")
        subject = f"{rows}, {alike.column}"
    yield Edit(alike.decision, subject, alike.told, ranges([place(change) for change in group]), tuple(group))


def _moved(old: str, new: str) -> str | None:
    """That all a case's days which differ are moved by the same; None where anything else differs too."""
    before, after = ([_DAY.fullmatch(each) for each in text.split("; ")] for text in (old, new))
    moved: list[str] = []
    by = set()
    for first, second in zip(before, after, strict=False):
        if first is None or second is None or first["heading"] != second["heading"]:
            return None
        try:
            by.add((date.fromisoformat(second["day"]) - date.fromisoformat(first["day"])).days)
        except ValueError:
            return None
        moved.append(first["heading"])
    if len(before) != len(after) or len(by) != 1:
        return None
    return f"{' and '.join(moved)} moved by {many(by.pop(), 'day')}"
