"""Cases of a part: values for its facts that make its terms lie where the part says.

All facts but one are given values; the one that is left is looked for where the terms reach what they are to
reach. Then another one is, until all terms lie there; and again from other values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from dmn_dli.theories.cases.candidates import Choice, choice_of, drawn, hints_of
from dmn_dli.theories.cases.changes import Change
from dmn_dli.theories.cases.targets import Budget, Case, Clause, Spent, Target
from dmn_dli.theories.linear import LinearTheory
from dmn_dli.theories.terms import Group, Part

BUDGET = 3_000
"""How many values of terms are worked out for one part at most."""

_MOVES = 8
"""How many facts are changed, one after the other, before all are drawn anew."""

_DRAWN = 30
"""Of so many cases that are drawn by chance the best is where the next walk starts."""

_STRAIGHT = 0.5
"""How often a fact that alone cannot bring a term to its atom brings it near; else it is drawn by chance."""

_REPEATS = 5
"""How many cases that are known already are found before no more are looked for."""


def solved(group: Group, part: Part, chance: Random) -> Iterator[Mapping[str, object]]:
    """Cases (FEEL values by fact) that lie in a part, each tried by evaluation; the likeliest ways first.

    A case gives the facts that the part names, and those that its terms read.
    Ends when no way is left that is worth trying: then there may be a case all the same.
    """
    return Solver(group).solved(part, chance, Budget(BUDGET))


class Solver:
    """A group of which several parts are to be solved."""

    def __init__(self, group: Group) -> None:
        """Compile the terms, and keep their constants."""
        self.group = group
        self.linear = LinearTheory(group)
        self.hints = hints_of((term.domain for term in group.terms), (term.tree for term in group.terms))
        self._clauses = {term.name: Clause(term) for term in group.terms}
        self._values: dict[tuple[str, tuple[int, ...]], list[object]] = {}

    def solved(self, part: Part, chance: Random, budget: Budget) -> Iterator[Case]:
        """As the function of that name; budget: how many values of terms may be worked out."""
        search = _Search(self, part, chance, budget)
        try:
            yield from search.cases()
        except Spent:
            return

    def targets(self, part: Part, budget: Budget) -> tuple[Target, ...]:
        """The terms that a part names."""
        clauses = [(self._clauses[name], atom) for name, atom in part.terms.items()]
        return tuple(Target(clause, clause.term.domain.atoms.index(atom), budget) for clause, atom in clauses)

    def values(self, choice: Choice) -> list[object]:
        """Values worth trying of a fact."""
        key = choice.fact.name, choice.atoms
        if key not in self._values:
            self._values[key] = choice.values(self.hints)
        return self._values[key]


class _Search:
    """The search for cases of one part."""

    def __init__(self, solver: Solver, part: Part, chance: Random, budget: Budget) -> None:
        self._solver = solver
        self._part = part
        self._chance = chance
        group = solver.group
        self._targets = solver.targets(part, budget)
        read = {name for target in self._targets for name in target.reads}
        names = [name for name in group.facts if name in read or name in part.facts]
        self._choices = {
            name: choice_of(group.facts[name], group.domains[name], part.facts.get(name)) for name in names
        }
        self._found: set[str] = set()

    def cases(self) -> Iterator[Case]:
        """All that are found, each once. Raises Spent."""
        if not all(self._solver.values(choice) for choice in self._choices.values()):
            return
        first = self._first()
        for given in self._solver.linear.cases(self._part):
            case = {**first, **{name: given[name] for name in first if name in given}}
            held = all(choice.holds(case[name]) for name, choice in self._choices.items())
            if held and not self._missed(case) and self._new(case):
                yield case
        known, case = 0, first
        while known < _REPEATS:
            found = self._walk(case)
            if found is not None:
                if self._new(found):
                    yield found
                else:
                    known += 1
            if not any(choice.free for choice in self._choices.values()):
                return
            drawn_cases = [self._drawn() for _ in range(_DRAWN)]
            case = min(drawn_cases, key=lambda each: len(self._missed(each)))

    def _walk(self, case: dict[str, object]) -> Case | None:
        """A case of the part that is reached from another by changing one fact after the other."""
        for move in range(_MOVES):
            missed = self._missed(case)
            if not missed:
                return case
            target = self._chance.choice(missed)
            names = [name for name in target.reads if self._choices[name].free]
            if not names:
                return None
            name = self._chance.choice(names)
            choice = self._choices[name]
            reading = [target for target in self._targets if name in target.reads]
            change = Change(choice, case, reading)
            number = reading.index(target)
            values = self._solver.values(choice)
            found = change.best(values, number, self._chance, exactly=move % 3 == 2)
            if not found and self._chance.random() < _STRAIGHT:
                found = change.nearest(number)
            case = {**case, name: found[0] if found else drawn(choice, values, self._chance)}
        return None if self._missed(case) else case

    def _missed(self, case: Case) -> list[Target]:
        return [target for target in self._targets if not target.asked(case)[1]]

    def _new(self, case: Case) -> bool:
        key = repr(sorted(case.items()))
        fresh = key not in self._found
        self._found.add(key)
        return fresh

    def _first(self) -> dict[str, object]:
        """Each fact with the first of its values."""
        return {name: self._solver.values(choice)[0] for name, choice in self._choices.items()}

    def _drawn(self) -> dict[str, object]:
        """Each fact with one of its values by chance."""
        return {
            name: drawn(choice, self._solver.values(choice), self._chance)
            for name, choice in self._choices.items()
        }
