"""Values of facts worth trying: few of each atom, but various."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random

from attrs import frozen

from dmn_dli.feel import children, constant_value, is_plain, syntax
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.domain import Atom, Domain
from dmn_dli.theories.cases.scales import Scale, place_of, scale_of

_TEXTS = ("any other text", "", "~", "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~")
_NEAR_TEXTS = ("{0}~", "~{0}", "{0}~~~~~~~~", "{0} {0}")

_MOST = 64
"""How many values of a fact without order are tried."""


@frozen(slots=False)
class Choice:
    """A fact, and which of its atoms it may lie in; scale: the line of its values where they have one."""

    fact: Fact
    domain: Domain
    atoms: tuple[int, ...]
    scale: Scale | None

    @property
    def free(self) -> bool:
        """Whether it may have more than one value."""
        return len(self.atoms) > 1 or not self.domain.atoms[self.atoms[0]].single or self._other

    @property
    def _other(self) -> bool:
        return self.domain.other in self.atoms

    def holds(self, value: object) -> bool:
        """Whether a value is one that the fact may have here."""
        whole = self.fact.type is FactType.INTEGER
        if whole and isinstance(value, Decimal) and value != value.to_integral_value():
            return False
        return self.domain.locate(value) in self.atoms

    def at(self, place: Fraction) -> object:
        """The value at a place of the line, None where the fact may not have it."""
        value = None if self.scale is None else self.scale.value(place)
        return value if value is not None and self.holds(value) else None

    def values(self, hints: Collection[object]) -> list[object]:
        """Values to try, those of the first atoms first; hints: constants with which it may be compared."""
        found = {freeze(each): each for number in self.atoms for each in self._of_atom(number, hints)}
        kept = [value for value in found.values() if self.holds(value)]
        return kept if self.scale is not None else kept[:_MOST]

    def _of_atom(self, number: int, hints: Collection[object]) -> Iterator[object]:
        atom = self.domain.atoms[number]
        if atom.texts is not None:
            sample = atom.texts.sample
            near = (form.format(sample) for form in _NEAR_TEXTS)
            tried = (sample, *near, *_TEXTS, *[hint for hint in hints if isinstance(hint, str)])
            yield from (text for text in tried if self.domain.locate(text) == number)
            return
        if atom.any_other:
            texts = [hint for hint in hints if isinstance(hint, str)]
            yield from (*_TEXTS, *texts, *[f"{text}~" for text in texts], *[text[:-1] for text in texts])
            return
        yield atom.representative
        if not atom.single and self.scale is not None:
            for place in _places(atom, self.scale, hints):
                value = self.scale.value(place)
                if value is not None and self.domain.locate(value) == number:
                    yield value


def choice_of(fact: Fact, domain: Domain, atom: Atom | None) -> Choice:
    """A fact that lies in an atom of its domain, or in any where that is None."""
    atoms = range(len(domain.atoms)) if atom is None else (domain.atoms.index(atom),)
    scale = None if domain.whole else scale_of(domain.type, integer=fact.type is FactType.INTEGER)
    return Choice(fact, domain, tuple(atoms), scale)


def drawn(choice: Choice, values: list[object], chance: Random) -> object:
    """One of the values of a choice, or one between two neighbours of them."""
    value = chance.choice(values)
    if choice.scale is None or chance.random() < 0.5:
        return value
    first, second = place_of(value), place_of(chance.choice(values))
    if first is None or second is None:
        return value
    between = first + (second - first) * Fraction(chance.randrange(1, 16), 16)
    for place in choice.scale.rounder(between):
        found = choice.at(place)
        if found is not None:
            return found
    return value


def hints_of(domains: Iterable[Domain], trees: Iterable[syntax.Node]) -> tuple[object, ...]:
    """The constants with which domains are cut or which they list, and those that stand in trees."""
    found: dict[tuple[type, object], object] = {}
    for domain in domains:
        for atom in domain.atoms:
            single = atom.representative if atom.single and not atom.any_other else None
            _add(found, atom.low, atom.high, single)
    for tree in trees:
        _add(found, *_literals(tree))
    return tuple(found.values())


def _add(found: dict[tuple[type, object], object], *values: object) -> None:
    for value in values:
        if value is not None and not isinstance(value, list | dict):
            found.setdefault((type(value), value), value)  # true is no 1


def _literals(tree: syntax.Node) -> Iterator[object]:
    if is_plain(tree) and not isinstance(tree, syntax.Range):
        yield constant_value(tree)
        return
    for child in children(tree):
        yield from _literals(child)


def _places(atom: Atom, scale: Scale, hints: Collection[object]) -> Iterator[Fraction]:
    """Places in an open interval: near its ends, in the middle, round ones, and constants of its kind."""
    low, high = place_of(atom.low), place_of(atom.high)
    inside = place_of(atom.representative)
    kind = type(atom.representative)
    if low is not None and high is not None:
        yield from scale.rounder((low + high) / 2)
    for end in (low, high, inside):
        if end is not None:
            yield from (end + step for step in scale.steps)
            yield from (end - step for step in scale.steps)
    yield from scale.usual
    for hint in hints:
        place = place_of(hint) if type(hint) is kind else None
        if place is not None:
            yield from (place, place + scale.steps[0], place - scale.steps[0])
