"""Sets of a column's values in the words of a table: `relapsed, refractory`, `not(none)`, `(0..100]`, `-`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dmn_dli.analysis.text_words import in_text_words
from dmn_dli.feel import DateValue, DaysTimeDuration, to_feel
from dmn_dli.tables.domain import Atom

_LONG = 5
"""From this many values on a list is turned round where `not(...)` is shorter."""


def in_words(atoms: Sequence[Atom], chosen: Sequence[bool], *, quoted: bool = False) -> str:
    """A set of atoms as an input cell would hold it.

    atoms: all of the column, numbers and dates ascending; chosen: which of them are in the set;
    quoted: whether text must stand in quotes, as where the column lists no allowed values.
    """
    if all(chosen):
        return "-"
    if any(atom.texts is not None for atom in atoms):
        return in_text_words(atoms, chosen)
    if any(not atom.single for atom in atoms):
        return _ranges(atoms, chosen)
    inside = [atom for atom, taken in zip(atoms, chosen, strict=True) if taken]
    outside = [atom for atom, taken in zip(atoms, chosen, strict=True) if not taken]
    # Any other text cannot be named: it is what is left over where the others are.
    if any(atom.any_other for atom in outside):
        return _listed(inside, quoted)
    turned = any(atom.any_other for atom in inside)
    without_null = len(outside) == 1 and outside[0].representative is None
    few_left = len(outside) == 1 and len(inside) > 2
    if turned or without_null or few_left or (len(inside) >= _LONG > len(outside)):
        return f"not({_listed(outside, quoted)})"
    return _listed(inside, quoted)


def plain_fact(value: object) -> Any:
    """A value as a case states it in JSON: numbers as numbers, dates as ISO text."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case DateValue():
            return str(value)
        case None | bool() | str():
            return value
    return to_feel(value)


def as_told(value: object) -> object:
    """The value of a fact in a case that states it as `plain_fact` does: a number with what digits fit."""
    told = plain_fact(value)
    return Decimal(repr(told)) if isinstance(told, float) else value


def fact_text(value: Any) -> str:
    """A value as a case states it in JSON, within a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value == "":
        return '""'  # a sentence without a word in its place says nothing
    return "null" if value is None else str(value)


def _listed(atoms: Sequence[Atom], quoted: bool) -> str:
    return ", ".join(word(atom.representative, quoted=quoted) for atom in atoms)


def word(value: object, *, quoted: bool = False) -> str:
    """A single value as an input cell would hold it."""
    text = _shown(value)
    if quoted or not text.startswith('"') or any(mark in text for mark in ",\\()"):
        return text
    return text[1:-1]


def _shown(value: object) -> str:
    if isinstance(value, DaysTimeDuration) and not value.nanoseconds:
        return '@"P0D"'  # as people write it among days
    return str(value) if isinstance(value, DateValue) else to_feel(value)


def _ranges(atoms: Sequence[Atom], chosen: Sequence[bool]) -> str:
    parts: list[str] = []
    run: list[Atom] = []
    for atom, taken in [*zip(atoms, chosen, strict=True), (None, False)]:
        if taken and atom is not None and atom.representative is not None:
            run.append(atom)
            continue
        if run:
            parts.append(_run(run))
            run = []
        if taken:
            parts.append("null")
    return ", ".join(parts)


def _run(run: Sequence[Atom]) -> str:
    """Neighbouring atoms as one range."""
    first, last = run[0], run[-1]
    low = first.representative if first.single else first.low
    high = last.representative if last.single else last.high
    if len(run) == 1 and first.single:
        return _shown(low)
    if low is None and high is None:
        return "not(null)"
    if low is None:
        return f"{'<=' if last.single else '<'} {_shown(high)}"
    if high is None:
        return f"{'>=' if first.single else '>'} {_shown(low)}"
    opening, closing = "[" if first.single else "(", "]" if last.single else ")"
    return f"{opening}{_shown(low)}..{_shown(high)}{closing}"
