"""Sets of atoms of a domain that marks part: by which conditions on text they can be told."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from dmn_dli.runtime.marks import Mark, bears
from dmn_dli.tables.domain import Atom
from dmn_dli.tables.text_words import Told, telling


@frozen
class TextSet:
    """A set of atoms: what is told by marks, each with the single texts that fit and are not meant; values.

    values: the single ones that no marks tell, null among them.
    """

    told: tuple[tuple[Told, tuple[object, ...]], ...]
    values: tuple[object, ...]

    @property
    def plain(self) -> bool:
        """Whether it says only what texts are, and not what they are not."""
        return all(holds for told, _ in self.told for _, holds in told)

    @property
    def size(self) -> int:
        """How much there is to say; what a text is not counts twice."""
        marks = sum(
            1 if holds or mark.kind == "length" else 2 for told, _ in self.told for mark, holds in told
        )
        return len(self.values) + marks + sum(len(but) for _, but in self.told)


def text_set(atoms: Sequence[Atom], chosen: Sequence[bool]) -> TextSet:
    """The chosen atoms."""
    inside = [atom for atom, taken in zip(atoms, chosen, strict=True) if taken]
    outside = [atom for atom, taken in zip(atoms, chosen, strict=True) if not taken]
    classes = [atom.texts for atom in inside if atom.texts is not None]
    found = [
        (told, tuple(each.representative for each in outside if _fits(each, told)))
        for told in (telling(classes) if classes else ())
    ]
    values = (
        atom.representative
        for atom in inside
        if atom.texts is None and not any(_fits(atom, told) for told, _ in found)
    )
    return TextSet(tuple(found), tuple(values))


def _fits(atom: Atom, told: Sequence[tuple[Mark, bool]]) -> bool:
    """Whether a single text answers some marks as told."""
    text = atom.representative
    return (
        atom.texts is None
        and isinstance(text, str)
        and all(bears(mark, text) is holds for mark, holds in told)
    )
