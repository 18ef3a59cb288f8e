"""Terms that are to lie in an atom, ready to be asked of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from attrs import define, frozen

from dmn_dli.feel import FeelLimit, compile_expression
from dmn_dli.theories.cases.crossings import compared
from dmn_dli.theories.cases.scales import place_of, scale_of
from dmn_dli.theories.terms import Term

Case = Mapping[str, object]

_INSIDE = (Fraction(1, 2), Fraction(1, 1_000), Fraction(999, 1_000), Fraction(1, 4), Fraction(3, 4))
"""Where in a bounded interval a term's value is aimed at."""


class Spent(Exception):
    """As many terms have been worked out as may be."""


@define
class Budget:
    """How many values may still be worked out."""

    left: int

    def spend(self, count: int = 1) -> None:
        """Take some. Raises Spent where none are left."""
        if self.left <= 0:
            raise Spent
        self.left -= count


@frozen(slots=False)
class Clause:
    """A term, compiled."""

    term: Term

    @cached_property
    def value(self) -> Callable[[Case], object]:
        """Its value for a case. Raises FeelLimit."""
        return compile_expression(self.term.tree)

    @cached_property
    def compared(self) -> tuple[tuple[Callable[[Case], object], Callable[[Case], object]], ...]:
        """The pairs of values that are compared with each other within it."""
        pairs = compared(self.term.tree, frozenset(self.term.reads))
        return tuple((compile_expression(left), compile_expression(right)) for left, right in pairs)


@frozen(slots=False)
class Target:
    """A clause that is to lie in an atom of its domain; atom: its number there."""

    clause: Clause
    atom: int
    budget: Budget

    @property
    def reads(self) -> tuple[str, ...]:
        """The facts that it reads."""
        return self.clause.term.reads

    def asked(self, case: Case) -> tuple[Fraction | None, bool]:
        """Where its value for a case stands on its line, and whether it lies in the atom. Raises Spent."""
        self.budget.spend()
        try:
            value = self.clause.value(case)
        except FeelLimit:
            return None, False
        return place_of(value), self.clause.term.domain.locate(value) == self.atom

    def distances(self, case: Case) -> Iterator[Fraction | None]:
        """How far apart the values are that are compared within it, pair by pair. Raises Spent."""
        for left, right in self.clause.compared:
            self.budget.spend()
            try:
                first, second = place_of(left(case)), place_of(right(case))
            except FeelLimit:
                first = second = None
            yield None if first is None or second is None else first - second

    @cached_property
    def aims(self) -> tuple[Fraction, ...]:
        """Places of the atom to be reached, the likeliest first; none where its values have no place."""
        atom = self.clause.term.domain.atoms[self.atom]
        inside, low, high = (place_of(each) for each in (atom.representative, atom.low, atom.high))
        if inside is None:
            return ()
        if atom.single:
            return (inside,)
        if low is not None and high is not None:
            return (inside, *[low + (high - low) * share for share in _INSIDE])
        scale = scale_of(self.clause.term.domain.type)
        steps = () if scale is None else scale.steps
        if low is not None:
            return (inside, *[low + step for step in steps])
        return (inside, *[high - step for step in steps]) if high is not None else (inside,)
