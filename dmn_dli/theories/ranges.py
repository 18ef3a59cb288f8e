"""Ranges: what values an expression may have while its facts lie in given atoms (interval arithmetic)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from dmn_dli.tables.domain import Atom
from dmn_dli.theories.intervals.bounds import Bound, bounds_of, exclusive
from dmn_dli.theories.intervals.expressions import ExpressionRanges, is_followed
from dmn_dli.theories.intervals.facts import all_of, fact_range, term_range
from dmn_dli.theories.intervals.narrowing import Box, Contradiction, narrowed
from dmn_dli.theories.intervals.quotients import are_numbers
from dmn_dli.theories.intervals.values import ValueRange, met
from dmn_dli.theories.terms import Group, Part, Term

_MOST_ROUNDS = 2
"""How often each term narrows the facts for the others."""

_REMEMBERED = 20_000
"""How many parts are kept with what they leave."""

_Atoms = tuple[Atom | None, ...]

_Key = tuple[tuple[int | None, ...], tuple[tuple[str, int], ...]]
"""Facts that terms read, and the terms by name, with the identities of their atoms."""


class RangeTheory:
    """A group of terms: each judged by itself, then by what the others leave of its facts."""

    def __init__(self, group: Group) -> None:
        """Take the group; what can be worked out beforehand is."""
        self.group = group
        self._ranges = ExpressionRanges()
        self._terms = {term.name: term for term in group.terms if is_followed(term.tree)}
        self._facts: dict[tuple[str, Atom | None], ValueRange] = {}
        self._claims: dict[tuple[str, Atom], ValueRange] = {}
        self._bounds: dict[tuple[str, Atom, _Atoms], tuple[Bound, ...]] = {}
        self._remembered: dict[_Key, tuple[Part, Box | None]] = {}
        self._of_atoms: dict[tuple[str, _Atoms], ValueRange] = {}

    @property
    def steps(self) -> int:
        """How much work has been done so far: how often an expression's range was worked out."""
        return self._ranges.steps

    def refutes(self, part: Part) -> bool:
        """Whether surely no case lies in a part; false where that is not known."""
        return self._left(part) is None

    def _left(self, part: Part) -> Box | None:
        """What a part leaves of the facts that its terms read; None where that is nothing.

        It goes on from what the terms but the last leave, so that going through parts term by term asks of
        each only what it adds.
        """
        terms = [(name, atom) for name, atom in part.terms.items() if name in self._terms]
        keys = [self._key(part.facts, terms[:count]) for count in range(len(terms) + 1)]
        done = next((count for count in range(len(terms), 0, -1) if keys[count] in self._remembered), 0)
        left: Box | None = self._remembered[keys[done]][1] if done else {}
        for count in range(done, len(terms)):
            if left is None:
                break
            left = self._narrowed(part.facts, terms[: count + 1], left)
            if len(self._remembered) > _REMEMBERED:
                self._remembered.clear()
            # The part is kept, so that what its atoms' identities stand for stays.
            self._remembered[keys[count + 1]] = part, left
        return left

    def _key(self, facts: Mapping[str, Atom], terms: Sequence[tuple[str, Atom]]) -> _Key:
        """What a narrowing goes by: the terms' atoms, and those of the facts that they read."""
        names = dict.fromkeys(name for term, _ in terms for name in self._terms[term].reads)
        read = tuple(id(facts[name]) if name in facts else None for name in names)
        return read, tuple((name, id(atom)) for name, atom in terms)

    def _narrowed(
        self, facts: Mapping[str, Atom], terms: Sequence[tuple[str, Atom]], left: Box
    ) -> Box | None:
        """What the last of the terms leaves of what the others do."""
        said = [(self._terms[name], self._claim(self._terms[name], atom)) for name, atom in terms]
        (term, claim), atom = said[-1], terms[-1][1]
        if met(self._range(term, facts), claim).empty:
            return None
        box = {**{name: self._fact(name, facts.get(name)) for name in term.reads}, **left}
        if self._exclusive(term, atom, terms[:-1], facts, box):
            return None
        try:
            narrower = narrowed(term.tree, claim, box, self._ranges.of)
            return box if narrower is box else self._in_turn(said, narrower)
        except Contradiction:
            return None

    def _in_turn(self, said: Sequence[tuple[Term, ValueRange]], box: Box) -> Box:
        """What is left when each term narrows the facts for the others. Raises Contradiction."""
        for _ in range(_MOST_ROUNDS):
            before = box
            for term, claim in said:
                box = narrowed(term.tree, claim, box, self._ranges.of)
            if box is before:
                return box
        if any(met(self._ranges.of(term.tree, box), claim).empty for term, claim in said):
            raise Contradiction
        return box

    def _exclusive(
        self,
        term: Term,
        atom: Atom,
        others: Sequence[tuple[str, Atom]],
        facts: Mapping[str, Atom],
        box: Box,
    ) -> bool:
        """Whether the bounds of a term and those of one of the others exclude each other."""
        bounds = self._bounds_of(term, atom, facts)
        return any(
            are_numbers(tuple({name for bound in (a, b) for name in bound.polynomial.names}), box)
            and exclusive(a, b, box)
            for name, its in others
            if bounds
            for a, b in product(bounds, self._bounds_of(self._terms[name], its, facts))
        )

    def _bounds_of(self, term: Term, atom: Atom, facts: Mapping[str, Atom]) -> tuple[Bound, ...]:
        key = term.name, atom, tuple(map(facts.get, term.reads))
        found = self._bounds.get(key)
        if found is None:
            box = {name: self._fact(name, facts.get(name)) for name in term.reads}
            found = bounds_of(term.tree, atom, box, self._ranges.of) if are_numbers(term.reads, box) else ()
            self._bounds[key] = found
        return found

    def _range(self, term: Term, facts: Mapping[str, Atom]) -> ValueRange:
        """What a term may be while its facts lie in their atoms."""
        key = term.name, tuple(map(facts.get, term.reads))
        found = self._of_atoms.get(key)
        if found is None:
            box = {name: self._fact(name, facts.get(name)) for name in term.reads}
            found = self._of_atoms[key] = self._ranges.of(term.tree, box)
        return found

    def _fact(self, name: str, atom: Atom | None) -> ValueRange:
        found = self._facts.get((name, atom))
        if found is None:
            domain, fact = self.group.domains[name], self.group.facts[name]
            found = all_of(domain, fact) if atom is None else fact_range(atom, domain, fact)
            self._facts[name, atom] = found
        return found

    def _claim(self, term: Term, atom: Atom) -> ValueRange:
        found = self._claims.get((term.name, atom))
        if found is None:
            found = self._claims[term.name, atom] = term_range(atom, term.domain)
        return found
