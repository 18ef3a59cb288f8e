"""Sums and differences: several terms that are sums of facts, judged together (linear inequalities).

The page is docs/theories/two-facts.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dmn_dli.tables.domain import Atom, Domain
from dmn_dli.theories.sums.claims import guards
from dmn_dli.theories.sums.guarded import ALL, Guard
from dmn_dli.theories.sums.models import models
from dmn_dli.theories.sums.reading import Reading
from dmn_dli.theories.sums.spans import spans
from dmn_dli.theories.sums.systems import Claim, Frame, System
from dmn_dli.theories.terms import Group, Part

MOST = 64
"""How many alternatives are followed at once; a claim that makes more of them is left aside."""

_REMEMBERED = 20_000
"""How many beginnings of parts are kept with what they leave."""

_STEPS = 3
"""How many expressions' ranges are worked out in the time in which one system is narrowed, about."""

_CASES = 8

_Key = tuple[tuple[int, int], ...]
"""Facts, and behind them terms, with the positions of their atoms; in order."""


class LinearTheory:
    """A group of terms, those that are no sums left aside."""

    def __init__(self, group: Group) -> None:
        """Take the group; what can be worked out beforehand is."""
        self.steps = 0
        """How much work has been done so far, in the measure of `RangeTheory.steps`."""
        self.group = group
        reading = Reading(group.facts, group.domains)
        said = [
            [guards(pieces, atom) for atom in term.domain.atoms]
            for term in group.terms
            for pieces in [reading.pieces(term.tree)]
        ]
        variables = reading.variables
        always = [bound for each, number in variables.outcomes.items() for bound in each.always(number)]
        bounds = [bound for term in said for atom in term for guard in atom for bound in guard.bounds]
        self._frame = Frame.of(
            variables.whole[1:],
            [spans(group.facts[name], domain) for name, domain in group.domains.items()],
            variables.outcomes,
            [*always, *bounds],
        )
        self._claims = [[tuple(map(self._frame.claim, atom)) for atom in term] for term in said]
        start = self._frame.start(self._frame.claim(Guard(tuple(always))))
        self._left: dict[_Key, tuple[System, ...]] = {(): () if start is None else (start,)}
        self._places = {
            name: _Places(place, domain) for place, (name, domain) in enumerate(group.domains.items())
        }
        self._terms = {
            term.name: _Places(len(self._places) + place, term.domain)
            for place, term in enumerate(group.terms)
            if any(guard != ALL for atom in said[place] for guard in atom) or not all(said[place])
        }

    def refutes(self, part: Part) -> bool:
        """Whether surely no case lies in a part; false where that is not known."""
        return not self._systems(self._key(part))

    def cases(self, part: Part) -> Iterator[Mapping[str, object]]:
        """Facts (FEEL values by name) that lie in a part as far as this theory can tell; few, and various.

        They surely lie in the facts' atoms. Whether they lie in those of the terms evaluation says, since
        what stands in a term beside sums is known only roughly here.
        """
        found: list[Mapping[str, object]] = []
        for case in models(self._frame, self._systems(self._key(part)), self.group):
            if case not in found:
                found.append(case)
                yield case
            if len(found) == _CASES:
                return

    def _key(self, part: Part) -> _Key:
        key = [self._places[name].of(atom) for name, atom in part.facts.items() if name in self._places]
        key += [self._terms[name].of(atom) for name, atom in part.terms.items() if name in self._terms]
        return tuple(sorted(key))

    def _systems(self, key: _Key) -> tuple[System, ...]:
        """The alternatives that facts and terms in these atoms leave."""
        done = len(key)
        while key[:done] not in self._left:
            done -= 1
        systems = self._left[key[:done]]
        if len(self._left) > _REMEMBERED:
            self._left = {(): self._left[()]}
        for place, atom in key[done:]:
            if not systems:
                break
            systems = self._narrowed(systems, place, atom)
            done += 1
            self._left[key[:done]] = systems
        return systems

    def _narrowed(self, systems: tuple[System, ...], place: int, atom: int) -> tuple[System, ...]:
        count = len(self._places)
        claims = (Claim(((place, 1 << atom),)),) if place < count else self._claims[place - count][atom]
        self.steps += _STEPS * len(systems) * len(claims)
        found = dict.fromkeys(
            narrowed
            for system in systems
            for claim in claims
            if (narrowed := self._frame.narrowed(system, claim)) is not None
        )
        return systems if len(found) > MOST else tuple(found)


class _Places:
    """Where a fact or a term stands in keys, and which position an atom of it has."""

    def __init__(self, place: int, domain: Domain) -> None:
        self.place = place
        self._domain = domain
        self._positions = {id(atom): position for position, atom in enumerate(domain.atoms)}

    def of(self, atom: Atom) -> tuple[int, int]:
        """Raises ValueError for an atom of another domain."""
        position = self._positions.get(id(atom))
        return self.place, self._domain.atoms.index(atom) if position is None else position
