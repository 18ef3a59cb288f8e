"""Sets of a column's values in the words of a table: `relapsed, refractory`, `not(none)`, `(0..100]`, `-`."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.compiler.domain import Atom
from dmn_dli.feel import to_feel


def in_words(atoms: Sequence[Atom], chosen: Sequence[bool]) -> str:
    """A set of atoms as unary tests.

    atoms: all of the column, numbers and dates ascending; chosen: which of them are in the set.
    """
    if all(chosen):
        return "-"
    if any(not atom.single for atom in atoms):
        return _ranges(atoms, chosen)
    inside = [atom.text for atom, taken in zip(atoms, chosen, strict=True) if taken]
    outside = [atom.text for atom, taken in zip(atoms, chosen, strict=True) if not taken]
    if len(outside) == 1 and len(inside) > 2:
        return f"not({_bare(outside[0])})"
    return ", ".join(_bare(text) for text in inside)


def _bare(text: str) -> str:
    return text[1:-1] if text.startswith('"') and "," not in text and "\\" not in text else text


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
    if len(run) == 1:
        return first.text
    low = first.representative if first.single else first.low
    high = last.representative if last.single else last.high
    if low is None and high is None:
        return "-"
    if low is None:
        return f"{'<=' if last.single else '<'} {to_feel(high)}"
    if high is None:
        return f"{'>=' if first.single else '>'} {to_feel(low)}"
    opening, closing = "[" if first.single else "(", "]" if last.single else ")"
    return f"{opening}{to_feel(low)}..{to_feel(high)}{closing}"
