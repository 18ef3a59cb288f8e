"""Facts that make terms lie where a diagram's case says: `weight / height ** 2` in [30..35), say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from random import Random
from typing import Any

from dmn_dli.diagrams.build import PolicyDiagrams
from dmn_dli.diagrams.cases import Atoms
from dmn_dli.diagrams.consistency import groups
from dmn_dli.feel.python_dates import python_fact
from dmn_dli.theories.cases.targets import Budget
from dmn_dli.theories.solving import BUDGET, Solver
from dmn_dli.theories.terms import Part

_EACH = 8
"""How many cases of each group of terms are tried."""


class SolvedFacts:
    """The terms of a policy's diagrams, solved for facts."""

    def __init__(self, diagrams: PolicyDiagrams) -> None:
        """Take the diagrams; what is needed of a group is made when it is asked for."""
        self._diagrams = diagrams
        self._numbers = {
            each.term.name: each.number for each in diagrams.derived if each.term is not None
        } | {each.fact.name: each.number for each in diagrams.facts}

    @cached_property
    def _solvers(self) -> list[Solver]:
        terms = [each.term for each in self._diagrams.derived if each.term is not None]
        return [Solver(group) for group in groups(self._diagrams.columns.composition, terms)]

    def near(self, atoms: Atoms, wanted: Atoms) -> Iterator[Mapping[str, Any]]:
        """Values of the facts behind the wanted terms; first with all facts in their atoms, then with few.

        atoms: of the facts of a case, by variable. wanted: those that must be so, among them terms.
        """
        if not any(each.term is not None and each.number in wanted for each in self._diagrams.derived):
            return
        for kept in (atoms, wanted):
            found = [[*self._of(solver, kept, wanted)] for solver in self._solvers]
            for solved in zip(*[each for each in found if each], strict=False):
                yield {name: python_fact(value) for given in solved for name, value in given.items()}

    def _of(self, solver: Solver, kept: Atoms, wanted: Atoms) -> Iterator[Mapping[str, object]]:
        """Cases of one group, none where nothing of it is wanted."""
        group, numbers = solver.group, self._numbers
        terms = {
            term.name: term.domain.atoms[wanted[numbers[term.name]]]
            for term in group.terms
            if numbers[term.name] in wanted
        }
        if not terms:
            return
        facts = {
            name: domain.atoms[kept[numbers[name]]]
            for name, domain in group.domains.items()
            if numbers[name] in kept
        }
        chance = Random(0)  # noqa: S311 - the same cases each time
        yield from islice(solver.solved(Part(facts, terms), chance, Budget(BUDGET)), _EACH)
