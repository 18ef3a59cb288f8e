"""Sets of texts in the words of a table, where conditions part them: `"E2", starts with(?, "E11")`."""

from __future__ import annotations

from collections.abc import Sequence

from dmn_dli.feel import to_feel
from dmn_dli.tables.domain import Atom
from dmn_dli.tables.text_sets import Told, one_mark, text_set
from dmn_dli.tables.text_words import mark_test, marks_test


def in_text_words(atoms: Sequence[Atom], chosen: Sequence[bool]) -> str:
    """A set of atoms, classes of text among them, as an input cell would hold it."""
    alone = one_mark(atoms, chosen)
    if alone is not None:
        mark, holds = alone
        return mark_test(mark, holds=holds)
    # Null does not pass where conditions on text are turned round.
    null = [atom.representative is None for atom in atoms]
    outside = [not taken and not nothing for taken, nothing in zip(chosen, null, strict=True)]
    null_inside = any(taken and nothing for taken, nothing in zip(chosen, null, strict=True))
    if sum(outside) < sum(chosen) and not null_inside:
        return f"not({_listed(atoms, outside)})" if any(outside) else "not(null)"
    return _listed(atoms, chosen)


def _listed(atoms: Sequence[Atom], chosen: Sequence[bool]) -> str:
    found = text_set(atoms, chosen)
    return ", ".join([*map(to_feel, found.values), *map(_class, found.classes)])


def _class(told: Told) -> str:
    test = marks_test(told.marks)
    return f"{test} and not(? in ({', '.join(map(to_feel, told.but))}))" if told.but else test
