"""The rows of sheets of criteria as a checklist: how each stands, what is given, what would show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from dmn_dli.runtime.criteria import MEDICALLY_NECESSARY
from dmn_dli.runtime.criterion import DOES_NOT_APPLY, MET, NOT_MET, UNKNOWN

_WORDS = {UNKNOWN: "not known"}
_OF_EXCLUSIONS = {MET: "EXCLUDED", NOT_MET: "not excluded"}
"""How the members of a group stand that needs none of them: a met one is no success."""


@frozen
class Entry:
    """A line of the checklist.

    sheet: the name of its sheet in A1. depth: how many groups the row is part of. shown_by: what would show
    that it is met. adverse: whether it is part of what speaks against medical necessity, so that to be met is
    no success.
    """

    sheet: str
    depth: int
    id: str
    status: str
    text: str
    shown_by: tuple[str, ...]
    adverse: bool


def checklist(criteria: Sequence[Mapping[str, Any]]) -> Iterator[Entry]:
    """The rows of a record's `criteria`; below a group that does not apply nothing is said."""
    rows = by_number(criteria)
    for each in criteria:
        groups = [*groups_of(each, rows)]
        if any(group["status"] == DOES_NOT_APPLY for group in groups):
            continue
        status = each["status"]
        words = _OF_EXCLUSIONS if groups and groups[0]["needs"] == "none" else _WORDS
        excluding = any(group["needs"] == "none" for group in groups)
        group = each["needs"] is not None or status == DOES_NOT_APPLY
        yield Entry(
            each["sheet"],
            len(groups),
            each["id"],
            words.get(status, _WORDS.get(status, status)),
            each["requirement"] if group else each["finding"],
            tuple(each["evidence"]) if status == UNKNOWN or (status == NOT_MET and not excluding) else (),
            excluding or any(row["means"] not in (None, MEDICALLY_NECESSARY) for row in (each, *groups)),
        )


def by_number(criteria: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """The rows of a record's `criteria` by sheet and number."""
    return {(each["sheet"], each["id"]): each for each in criteria}


def groups_of(
    row: Mapping[str, Any], rows: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """The groups of a row, the nearest first."""
    while row["part_of"] is not None:
        row = rows[row["sheet"], row["part_of"]]
        yield row
