"""Cells that hold a list, merged item by item: allowed values, and lines of evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dmn_dli.merge.sequence import merged_order
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.words import folded
from dmn_dli.tables.allowed_values import BOOLEAN_WORDS, is_quoted, split_items

_NO_VALUE = re.compile(r"\.\.|[<>=()\[\]{}:?]|^-$|^$")
"""What a range, a test or an expression holds, and a plain word or number does not."""

_DEFAULT = "default:"


def merged_values(base: str, ours: str, theirs: str, *, ordered: bool) -> str | None:
    """A list of allowed values that both sides have added to or taken from; None where it is no such list.

    ordered: whether the order of the values means something; then both orders are kept, or None is given.
    A last line `default: …` is merged by itself.
    """
    texts = [_parted(text) for text in (base, ours, theirs)]
    defaults = [default for _, default in texts]
    default = defaults[2] if defaults[1] == defaults[0] else defaults[1]
    if defaults[2] not in (defaults[0], default):
        return None
    lists = [_named(split_items(values)) for values, _ in texts]
    if None in lists or any(_NO_VALUE.search(item) for each in lists if each for item in _bare(each)):
        return None
    items = _merged(*(each or {} for each in lists), ordered=ordered)
    if items is None:
        return None
    lined = re.search(r",[ \t]*\r?\n", ours) is not None
    return "\n".join([*filter(None, ((",\n" if lined else ", ").join(items), default))])


def merged_lines(base: str, ours: str, theirs: str) -> str | None:
    """Items, one a line, that both sides have added to or taken from; None where they changed the same."""
    lists = [_named(text.splitlines()) for text in (base, ours, theirs)]
    items = None if None in lists else _merged(*(each or {} for each in lists), ordered=False)
    return None if items is None else "\n".join(items)


def values_of(text: str) -> frozenset[str] | None:
    """The plain values that a cell lists, as they are compared; None where it holds anything else."""
    named = _named(split_items(text))
    if named is None or any(_NO_VALUE.search(item) for item in _bare(named)):
        return None
    return frozenset(str(BOOLEAN_WORDS.get(name, name)).casefold() for name in named)


def _parted(text: str) -> tuple[str, str]:
    """The values, and the last line where it gives a default."""
    *lines, last = text.splitlines() or [""]
    return ("\n".join(lines), last) if plain_word(last).startswith(_DEFAULT) else (text, "")


def _named(items: Sequence[str]) -> dict[str, str] | None:
    """Items by how they are compared; None where one stands there twice."""
    named = {folded(item[1:-1] if is_quoted(item) else item): item for item in items}
    return named if len(named) == len(items) else None


def _bare(named: Mapping[str, str]) -> Sequence[str]:
    """The items that are no strings in quotes."""
    return [item for item in named.values() if not is_quoted(item)]


def _merged(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str], *, ordered: bool
) -> Sequence[str] | None:
    added = [side.keys() - base.keys() for side in (ours, theirs)]
    if not (base.keys() & ours.keys() & theirs.keys()):
        return None  # it was written anew
    if base.keys() - ours.keys() - theirs.keys() and all(added):
        return None  # both may have put another in its place
    gone = [base.keys() - side.keys() for side in (ours, theirs)]
    merged = merged_order(
        list(base),
        [each for each in ours if each not in gone[1]],
        [each for each in theirs if each not in gone[0]],
    )
    if ordered and merged.clashes:
        return None
    spelt = dict(theirs)
    spelt |= {each: text for each, text in ours.items() if text != base.get(each) or each not in theirs}
    return [spelt[each] for each in merged.order]
