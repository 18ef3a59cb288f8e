"""Sets of atoms of a domain that marks part: by which conditions on text they can be told."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from dmn_dli.runtime.marks import Mark, bears
from dmn_dli.tables.domain import Atom
from dmn_dli.tables.text_words import telling


@frozen
class Told:
    """A class of text: marks, each with whether it holds; single texts that fit these and are not meant."""

    marks: tuple[tuple[Mark, bool], ...]
    but: tuple[object, ...]


@frozen
class TextSet:
    """A set of atoms: single values (null among them) and classes; what a class covers is not listed."""

    values: tuple[object, ...]
    classes: tuple[Told, ...]


def one_mark(atoms: Sequence[Atom], chosen: Sequence[bool]) -> tuple[Mark, bool] | None:
    """The mark that the chosen atoms alone bear, or alone do not; null does neither."""
    marks = next((atom.texts.marks for atom in atoms if atom.texts is not None), ())
    for mark in marks:
        held = [_bears(atom, mark) for atom in atoms]
        for holds in (True, False):
            if [each is holds for each in held] == list(chosen):
                return mark, holds
    return None


def text_set(atoms: Sequence[Atom], chosen: Sequence[bool]) -> TextSet:
    """The chosen atoms, in their order."""
    inside = [atom for atom, taken in zip(atoms, chosen, strict=True) if taken]
    outside = [atom for atom, taken in zip(atoms, chosen, strict=True) if not taken]
    covered: set[object] = set()
    classes = []
    for atom in inside:
        if atom.texts is None:
            continue
        told = tuple(telling(atom.texts))
        covered |= {other.representative for other in inside if _fits(other, told)}
        classes.append(Told(told, tuple(other.representative for other in outside if _fits(other, told))))
    single = (atom.representative for atom in inside if atom.texts is None)
    return TextSet(tuple(value for value in single if value not in covered), tuple(classes))


def _fits(atom: Atom, told: Sequence[tuple[Mark, bool]]) -> bool:
    """Whether a single text answers some marks as told."""
    single = atom.texts is None and atom.representative is not None
    return single and all(_bears(atom, mark) is holds for mark, holds in told)


def _bears(atom: Atom, mark: Mark) -> bool | None:
    """Whether a mark holds of an atom's texts; None of null."""
    return bears(mark, atom.representative) if isinstance(atom.representative, str) else None
