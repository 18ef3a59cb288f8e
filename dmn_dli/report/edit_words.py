"""An edit in words: `M-I3, Relapse-risk setting: now also other high risk`."""

from __future__ import annotations

import re

from attrs import frozen

from dmn_dli.analysis.place import listed
from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.diff.changes import ALLOWED_VALUES
from dmn_dli.diff.grid import IF
from dmn_dli.tables.allowed_values import is_quoted, split_items

BLANK = "blank"

_ANY = "-"
_SENTENCE = re.compile(r"[^\W\d]\w*\s+\w")
"""Words in a row, which a reader must tell from those around them."""
_WHOLE = {
    ChangeKind.RULE_MOVED: "rule",
    ChangeKind.CRITERION_MOVED: "criterion",
    ChangeKind.CRITERION_RENUMBERED: "criterion",
}
"""Changes of a row as a whole, and what it is called."""


@frozen
class _Items:
    """What an input cell lists; negated: whether it stands in `not(...)`."""

    items: tuple[str, ...]
    negated: bool = False


def edit(change: Change) -> str:
    """What was edited and how, without its place."""
    subject, told = parts(change)
    return f"{subject}: {told}" if told else subject


def parts(change: Change) -> tuple[str, str]:
    """What was edited, and what became of it."""
    kind = change.kind
    if kind in (ChangeKind.RULE_MOVED, ChangeKind.CRITERION_MOVED):
        return f"{_WHOLE[kind]} {change.rule}", f"moved, was {change.old}, now {change.new}"
    if kind is ChangeKind.CRITERION_RENUMBERED:
        return f"{_WHOLE[kind]} {change.rule}", f"renumbered, was {change.old}"
    if kind is ChangeKind.FIELD:
        return change.subject, before_and_after(change.old or "", change.new or "")
    if change.old is None or change.new is None:
        named = " ".join(filter(None, [kind.value, change.rule]))
        return named, change.new or change.old or ""
    subject = ", ".join(filter(None, [change.rule, change.label or change.subject])) or kind.value
    if kind is ChangeKind.VALUES:
        subject = f"{subject}, row 4"
    lists = change.column == IF or kind is ChangeKind.VALUES or change.subject.endswith(f", {ALLOWED_VALUES}")
    return subject, (_listed(change.old, change.new) if lists else None) or before_and_after(
        change.old, change.new
    )


def place(change: Change) -> str:
    """The cell where an edit stands, in the new version if it is there."""
    return change.new_place or change.old_place


def before_and_after(old: str, new: str) -> str:
    """Both texts as people say them."""
    return f"was {_said(old)}, now {_said(new)}"


def _said(text: str) -> str:
    """A text as part of a sentence: in quotes where it is more than a word or a test."""
    told = text.strip()
    return f'"{told}"' if _SENTENCE.search(told) else told or BLANK


def _listed(old: str, new: str) -> str | None:
    """What came to a list or left it; None where that does not tell it."""
    if _ANY in (old.strip(), new.strip()):
        texts = ["any value (-)" if text.strip() == _ANY else text.strip() or BLANK for text in (old, new)]
        return f"was {texts[0]}, now {texts[1]}"
    before, after = _items(old), _items(new)
    if before is None or after is None or before.negated is not after.negated:
        return None
    gone = [item for item in before.items if item not in after.items]
    come = [item for item in after.items if item not in before.items]
    if not (gone or come):
        same = before.items == after.items
        return "the same values, written otherwise" if same else "the same values in another order"
    if len(gone) == len(before.items) and not before.negated:
        return None
    if any(item[0] in "[](<>=" for item in (*gone, *come)):
        return None
    if before.negated:
        gone, come = come, gone
    told = [f"now also {listed(come)}"] if come else []
    return ", ".join(told + ([f"no longer {listed(gone)}"] if gone else []))


def _items(text: str) -> _Items | None:
    """The items of a list as people read them; None where it is blank or no list."""
    inner = text.strip()
    negated = inner.startswith("not(") and inner.endswith(")")
    found = split_items(inner[4:-1] if negated else inner)
    if not all(found):
        return None
    return _Items(tuple(item[1:-1] if is_quoted(item) else item for item in found), negated)
