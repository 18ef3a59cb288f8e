"""Sets of texts in the words of a table, where conditions part them: `"E2", starts with(?, "E11")`."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.feel import to_feel
from dmn_dli.tables.domain import Atom
from dmn_dli.tables.text_sets import TextSet, text_set
from dmn_dli.tables.text_words import Told, marks_test


def in_text_words(atoms: Sequence[Atom], chosen: Sequence[bool]) -> str:
    """A set of atoms, classes of text among them, as an input cell would hold it."""
    found = text_set(atoms, chosen)
    if None not in found.values:
        # Null does not pass where conditions on text are turned round.
        outside = [
            not taken and atom.representative is not None for atom, taken in zip(atoms, chosen, strict=True)
        ]
        if not any(outside):
            return "not(null)"
        turned = text_set(atoms, outside)
        if turned.plain and turned.size < found.size:
            return f"not({_listed(turned)})"
    return _listed(found)


def _listed(found: TextSet) -> str:
    return ", ".join([*map(to_feel, found.values), *(_test(told, but) for told, but in found.told)])


def _test(told: Told, but: Sequence[object]) -> str:
    test = marks_test(told)
    return f"{test} and not(? in ({', '.join(map(to_feel, but))}))" if but else test
