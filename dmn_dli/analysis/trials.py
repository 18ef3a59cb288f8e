"""Trials: whether the tables as they stand show what diagrams with free variables say may happen.

A clause that cannot be traced to single facts is a variable of its own in the diagrams, and their cases
combine it with facts as if the two had nothing to do with each other: `x` 1, `y` 6, and `x > y` true. So
cases are made up of the facts alone, and the tables are asked. Where a case of the diagrams names terms,
facts are solved for that make them lie where it says; all else is drawn by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from random import Random
from typing import Any

from dmn_dli.analysis.words import as_told, plain_fact
from dmn_dli.diagrams.build import PolicyDiagrams
from dmn_dli.diagrams.consistency import groups
from dmn_dli.diagrams.variables import DerivedVariable, FactVariable
from dmn_dli.feel import compile_expression
from dmn_dli.tables.firing import Firer
from dmn_dli.tables.limits import placed
from dmn_dli.tables.linked import LinkedTable
from dmn_dli.theories.cases.candidates import choice_of, hints_of
from dmn_dli.theories.cases.targets import Budget
from dmn_dli.theories.solving import BUDGET, Solver
from dmn_dli.theories.terms import Part

Path = Mapping[int, int]
"""A case of a diagram: variable to atom (0-based), as far as variables count."""

TRIES = 300
"""How many cases are made up for one question."""

WORK = 400_000
"""How many tests of cells all questions about the same tables may ask together."""

SOLVING = 60_000
"""How many values of terms all questions about the same tables may have worked out to solve paths."""

BUDGET_OF_DRAWN = 1_000
"""How many of them for a path that is drawn by chance; many are."""

SOLVED = 4
"""How many cases of each path that is given are tried."""

MOST_SOLVED = 40
"""How many paths are solved for one question."""

UNSOLVED = 4
"""After so many paths that no case was found of, one after the other, no more are solved for one question."""


class Trials:
    """Made-up cases of tables some of whose columns cannot be traced to single facts."""

    def __init__(
        self, diagrams: PolicyDiagrams, asked: Sequence[LinkedTable], free: Sequence[DerivedVariable]
    ) -> None:
        """asked: the tables that are to show something; free: the variables that no fact settles for them."""
        policy = diagrams.policy
        self._asked = [table.name for table in asked]
        self._firer = Firer(policy)
        self._assumptions = [
            placed(each.tree, compile_expression(each.tree), each.cell) for each in policy.assumptions
        ]
        assumed = frozenset[str]().union(*[each.names for each in policy.assumptions])
        reads = frozenset[str]().union(*[table.reads for table in asked])
        read = policy.facts_read(reads | assumed)
        self._facts = [each for each in diagrams.facts if each.fact.name in read]
        decisions = [name for name in reads if name in policy.decision_names]
        self._behind = policy.facts_read(frozenset(decisions).union(*[each.reads for each in free]))
        terms = [each for each in diagrams.derived if each.term is not None]
        self._terms = {each.term.name: each.number for each in terms if each.term is not None}
        wanted = [each.term for each in free if each.term is not None]
        self._solvers = [Solver(each) for each in groups(diagrams.columns.composition, wanted)]
        self._solving = Budget(SOLVING)
        self._unsolved, self._paths = 0, MOST_SOLVED
        variables: list[FactVariable | DerivedVariable] = [*diagrams.facts, *diagrams.derived]
        self._hints = hints_of(
            (each.domain for each in variables), (each.term.tree for each in terms if each.term is not None)
        )
        required = frozenset[str]().union(*[policy.requires(name) for name in self._asked])
        tables = [policy.by_name[name] for name in required]
        self._cost = 1 + sum(len(column.tests) for each in tables for column in each.columns)
        self._work = WORK
        self._values: dict[tuple[int, int], list[object]] = {}

    def real(
        self, first: Sequence[Path], another: Callable[[Random], Path], shows: Callable[..., bool]
    ) -> dict[str, Any] | None:
        """The facts of a case that shows something; None where none was found.

        first: paths to try before others, which `another` draws. shows: takes a `Firing` of each table.
        """
        chance = Random(0)  # noqa: S311 - the same cases each time
        draws: Iterator[tuple[Path, Random | None]] = chain(
            ((path, None) for path in first),
            ((another(chance), chance) for _ in repeat(None, TRIES)),
        )
        self._unsolved, self._paths = 0, MOST_SOLVED
        for path, drawn in draws:
            for case in self._cases(path, drawn):
                self._work -= self._cost
                if self._work < 0:
                    return None
                if any(holds(case) is False for holds in self._assumptions):
                    continue
                fired = [self._firer.fire(name, case) for name in self._asked]
                if None not in fired and shows(*fired):
                    return {
                        each.fact.name: plain_fact(case[each.fact.name])
                        for each in self._facts
                        if each.number in path or each.fact.name in self._behind
                    }
        return None

    def _cases(self, path: Path, chance: Random | None) -> Iterator[dict[str, object]]:
        """Cases of a path: those that its terms allow, where it names some and such are found; else any."""
        asked = [(solver, part) for solver in self._solvers if (part := self._part(solver, path)).terms]
        if self._unsolved >= UNSOLVED or not self._paths:
            asked = []
        rounds = SOLVED if chance is None else 1
        budget = BUDGET if chance is None else BUDGET_OF_DRAWN
        found = []
        for solver, part in asked:
            granted = Budget(min(budget, self._solving.left))
            self._solving.left -= granted.left
            chosen = chance or Random(0)  # noqa: S311 - the same cases each time
            found.append([*islice(solver.solved(part, chosen, granted), rounds)])
            self._solving.left += max(granted.left, 0)
        if asked:
            self._paths -= 1
            self._unsolved = 0 if all(found) else self._unsolved + 1
        for solved in zip(*found, strict=False) if found and all(found) else [()]:
            case = {each.fact.name: self._value(each, path, chance) for each in self._facts}
            for given in solved:
                case |= given
            yield {name: as_told(value) for name, value in case.items()}

    def _part(self, solver: Solver, path: Path) -> Part:
        """What a path says of the facts and terms of a group."""
        group = solver.group
        return Part(
            {
                each.fact.name: each.domain.atoms[path[each.number]]
                for each in self._facts
                if each.number in path and each.fact.name in group.facts
            },
            {
                term.name: term.domain.atoms[path[number]]
                for term in group.terms
                if (number := self._terms[term.name]) in path
            },
        )

    def _value(self, variable: FactVariable, path: Path, chance: Random | None) -> object:
        """A value of the atom that a path says, else of any; drawn by chance, or the first there is."""
        atoms = variable.domain.atoms
        atom = path.get(variable.number, 0 if chance is None else chance.randrange(len(atoms)))
        key = variable.number, atom
        if key not in self._values:
            choice = choice_of(variable.fact, variable.domain, atoms[atom])
            self._values[key] = choice.values(self._hints)
        values = self._values[key]
        return values[0] if chance is None else chance.choice(values)
