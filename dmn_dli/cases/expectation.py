"""What a case expects against what came out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.policy import Decision
from dmn_dli.runtime.record import LISTS, NO_POLICY

NOTHING = "none"
"""The word by which a case expects nothing."""

UNSETTLED = "not settled: it depends on facts that the case does not give"

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class Unsettled:
    """The value of a decision that depends on absent facts."""


def decision_value(record: Mapping[str, Any], decision: Decision) -> Any:
    """A decision's value in a record, as a case names it: the first output of each entry.

    A list that the record holds (unmet criteria, codes …) has the items of every completion.
    Gives `Unsettled` where absent facts leave more than one value.
    """
    for field, name in LISTS.items():
        if plain_word(name) == plain_word(decision.name) and field != "notes":
            return record[field]
    if record["determination"] == NO_POLICY:
        return None
    if decision.name not in record["decisions"]:
        return Unsettled()
    value = record["decisions"][decision.name]
    return (
        [_first(entry, decision) for entry in value] if isinstance(value, list) else _first(value, decision)
    )


def _first(entry: Any, decision: Decision) -> Any:
    return entry.get(decision.first) if decision.first and isinstance(entry, dict) else entry


def agrees(expected: str, actual: Any, *, ordered: bool) -> bool:
    """Whether a value is what a cell expects: `none` nothing, else an item a line.

    A list is compared in order where `ordered`, else as a set; repeats in it may be left out.
    """
    if isinstance(actual, Unsettled):
        return False
    items = [item for item in (actual if isinstance(actual, list) else [actual]) if item is not None]
    if plain_word(expected) == NOTHING and not _is_word(items):
        return not items
    wanted = _lines(expected)
    if not isinstance(actual, list):
        return _same(" ".join(wanted), items[0]) if items else False
    # An item of several lines is several lines of the cell.
    came = [line for item in items for line in (_lines(item) if isinstance(item, str) else [item])]
    if not ordered:
        return all(any(_same(line, item) for item in came) for line in wanted) and all(
            any(_same(line, item) for line in wanted) for item in came
        )
    once = [item for index, item in enumerate(came) if item not in came[:index]]
    return any(len(wanted) == len(found) and all(map(_same, wanted, found)) for found in (came, once))


def _is_word(items: Sequence[Any]) -> bool:
    """Whether what came out is itself the word `none`."""
    return len(items) == 1 and isinstance(items[0], str) and plain_word(items[0]) == NOTHING


def facts_named(text: str, names: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The facts that a cell names by name or label, a line each or parted by commas; and other words.

    names: folded name or label to the fact's name.
    """
    found: list[str] = []
    unknown: list[str] = []
    for line in _lines(text):
        whole = [line] if plain_word(line) in names else [part.strip() for part in re.split("[,;]", line)]
        for part in filter(None, whole):
            known = names.get(plain_word(part))
            if known is None:
                unknown.append(part)
            else:
                found.append(known)
    return found, unknown


def shown(value: Any) -> str:
    """A value as a cell would hold it."""
    if isinstance(value, Unsettled):
        return UNSETTLED
    if value is None or value == []:
        return NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "\n".join(shown(item) for item in value)
    return str(value)


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


def _same(text: str, item: Any) -> bool:
    """Whether a line is an item: a number by value, a boolean also as Yes or No, text without letter case."""
    key = plain_word(text)
    if isinstance(item, bool):
        return _TRUTH.get(key) is item
    if isinstance(item, int | float):
        try:
            return Decimal(key) == Decimal(str(item))
        except InvalidOperation:
            return False
    return key == plain_word(shown(item))
