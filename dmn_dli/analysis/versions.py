"""What a new version of a policy has kept of the one before it, and should not have."""

from __future__ import annotations

from dmn_dli.model.to_fill_in import is_to_fill_in
from dmn_dli.model.workbook import ChangeEntry, Workbook

SOURCE, REVIEWS, HISTORY = "the source document", "the reviews", "the Change History"


def untouched(before: Workbook, after: Workbook) -> tuple[str, ...]:
    """Which of source, reviews and history nobody has touched since the version before.

    The source document: it is the same text, or blank. The reviews: each of the two dates is the same, or
    blank. The history: it has no line with a what or a why that the version before lacks. Blanks and letter
    case make no difference; what is yet to be filled in (`to fill in`) is blank.
    """
    old, new = before.policy, after.policy
    source = new.source_document is None or _same(new.source_document, old.source_document or "")
    reviews = (new.last_review, old.last_review), (new.next_review, old.next_review)
    told = [entry for entry in new_lines(before, after) if _says_something(entry)]
    found = {
        SOURCE: source or is_to_fill_in(new.source_document or ""),
        REVIEWS: all(now in (None, then) for now, then in reviews),
        HISTORY: not told,
    }
    return tuple(name for name, kept in found.items() if kept)


def new_lines(before: Workbook, after: Workbook) -> tuple[ChangeEntry, ...]:
    """The lines of the Change History that the version before lacks; blanks and letter case do not count."""
    lines = {_line(entry) for entry in before.changes}
    return tuple(entry for entry in after.changes if _line(entry) not in lines)


def _same(text: str, other: str) -> bool:
    return _folded(text) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _line(entry: ChangeEntry) -> tuple[object, ...]:
    return entry.date, *map(_folded, (entry.who, entry.what, entry.why))


def _says_something(entry: ChangeEntry) -> bool:
    return any(text and not is_to_fill_in(text) for text in (entry.what, entry.why))
