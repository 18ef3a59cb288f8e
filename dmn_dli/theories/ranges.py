"""Ranges: what values an expression may have while its facts lie in given atoms (interval arithmetic)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product

from dmn_dli.feel import syntax
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

_CASES = (syntax.If, syntax.Comparison, syntax.Conjunction, syntax.Disjunction, syntax.Between, syntax.In)

_Atoms = tuple[Atom | None, ...]


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
        self._of_atoms: dict[tuple[str, _Atoms], ValueRange] = {}

    def refutes(self, part: Part) -> bool:
        """Whether surely no case lies in a part; false where that is not known."""
        said: list[tuple[Term, ValueRange]] = []
        for name, atom in part.terms.items():
            term = self._terms.get(name)
            if term is None:
                continue
            claim = self._claim(term, atom)
            if met(self._range(term, part.facts), claim).empty:
                return True
            said.append((term, claim))
        if not self._worth_narrowing(said):
            return False
        box = self._box(said, part.facts)
        return self._exclusive(part, box) or self._contradict(said, box)

    def _exclusive(self, part: Part, box: Box) -> bool:
        """Whether of two terms the bounds exclude each other."""
        bounds = [
            self._bounds_of(self._terms[name], atom, part.facts)
            for name, atom in part.terms.items()
            if name in self._terms
        ]
        return any(
            are_numbers(tuple({name for bound in (a, b) for name in bound.polynomial.names}), box)
            and exclusive(a, b, box)
            for some, others in combinations(bounds, 2)
            for a, b in product(some, others)
        )

    def _bounds_of(self, term: Term, atom: Atom, facts: Mapping[str, Atom]) -> tuple[Bound, ...]:
        key = term.name, atom, tuple(map(facts.get, term.reads))
        found = self._bounds.get(key)
        if found is None:
            box = {name: self._fact(name, facts.get(name)) for name in term.reads}
            found = bounds_of(term.tree, atom, box, self._ranges.of) if are_numbers(term.reads, box) else ()
            self._bounds[key] = found
        return found

    def _worth_narrowing(self, said: list[tuple[Term, ValueRange]]) -> bool:
        """Whether more can come of it than of each term's range; of one value's range nothing more does."""
        return len(said) > 1 or any(isinstance(term.tree, _CASES) for term, _ in said)

    def _contradict(self, said: list[tuple[Term, ValueRange]], box: Box) -> bool:
        """Whether what is said of the terms leaves nothing of their facts."""
        try:
            for _ in range(_MOST_ROUNDS):
                before = box
                for term, claim in said:
                    box = narrowed(term.tree, claim, box, self._ranges.of)
                if box is before:
                    break
        except Contradiction:
            return True
        return any(met(self._ranges.of(term.tree, box), claim).empty for term, claim in said)

    def _box(self, said: list[tuple[Term, ValueRange]], facts: Mapping[str, Atom]) -> Box:
        return {name: self._fact(name, facts.get(name)) for term, _ in said for name in term.reads}

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
