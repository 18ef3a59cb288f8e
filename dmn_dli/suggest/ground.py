"""What suggestions stand on: the policy's diagrams, its cases, and typical cases to start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from itertools import islice, product
from typing import Any

from attrs import field, frozen

from dmn_dli.analysis.gaps import Budget
from dmn_dli.cases.rows import KnownCase
from dmn_dli.diagrams.build import DecisionDiagram, PolicyDiagrams, build
from dmn_dli.diagrams.cases import Atoms, both, nearest, result, where
from dmn_dli.diagrams.composition import OpenOutcome
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.diagrams.variables import FactVariable
from dmn_dli.feel.python_dates import feel_fact
from dmn_dli.policy import Policy
from dmn_dli.runtime.errors import EvaluationError
from dmn_dli.runtime.kernel import DATE_FACT
from dmn_dli.runtime.record import NO_POLICY
from dmn_dli.suggest.probes import Probe, plain, probes
from dmn_dli.suggest.solved import SolvedFacts
from dmn_dli.tables.index import atom_masks
from dmn_dli.tables.linked import FactSource
from dmn_dli.tables.logic import Outcome

STEPS = 200_000
"""How many steps one goal may take in the diagrams."""

_SMALL = 3_000
"""How many nodes the diagrams of a policy may have to be searched for every goal."""

_SEARCHES = 10
"""How many goals are searched for in larger ones, after the cases made for single rules have failed."""

_BASES = 40
"""How many of the known cases are started from."""

_TRIES = 1_000
"""How many combinations are tried for facts that a diagram cannot tell."""

Facts = dict[str, Any]


@frozen(slots=False)
class Ground:
    """A policy with its known cases; those outside its dates, or that meet an error, try nothing."""

    policy: Policy
    diagrams: PolicyDiagrams
    cases: tuple[KnownCase, ...]
    small: bool
    searches: Budget
    _masks: dict[tuple[str, int], tuple[int, ...]] = field(factory=dict, eq=False, repr=False)

    def masks(self, decision: DecisionDiagram, position: int) -> tuple[int, ...]:
        """For each atom of the fact that a column asks about, the rules whose cells accept it."""
        key = decision.name, position
        if key not in self._masks:
            logic = decision.logic.columns[position]
            assert isinstance(logic.column.source, FactSource), "asked only of facts"
            domain = self.variables[logic.column.source.fact.name].domain
            self._masks[key] = atom_masks(logic, domain)
        return self._masks[key]

    @cached_property
    def variables(self) -> Mapping[str, FactVariable]:
        """The facts that tables read, by name."""
        return {variable.fact.name: variable for variable in self.diagrams.facts}

    @cached_property
    def probes(self) -> Mapping[str, tuple[Probe, ...]]:
        """The values to try of each fact that tables read."""
        return {name: probes(variable) for name, variable in self.variables.items()}

    @cached_property
    def bases(self) -> tuple[Facts, ...]:
        """Cases in which everything is known: the known ones filled up with their most usual values."""
        seen = {tuple(sorted(facts.items(), key=repr)): facts for facts in map(self._filled, self._usable)}
        return tuple(seen.values())[:_BASES] or (self._filled({}),)

    @cached_property
    def _starts(self) -> tuple[tuple[Atoms, Facts], ...]:
        """The bases with their atoms, from which a case is looked for again and again."""
        return tuple((self.atoms(facts), facts) for facts in self.bases)

    @cached_property
    def _solved(self) -> SolvedFacts:
        return SolvedFacts(self.diagrams)

    @cached_property
    def _usable(self) -> tuple[Facts, ...]:
        values = self.policy.kernel.case_reader.values
        usable = [values(case.facts) for case in self.cases if self.used(case.facts)]
        return tuple(sorted(usable, key=lambda facts: len(self.variables.keys() - facts.keys())))

    @cached_property
    def _usual(self) -> Facts:
        """The most usual value of each fact; without cases a middle one."""
        usual: Facts = {}
        for name, tried in self.probes.items():
            given = Counter(facts[name] for facts in self._usable if name in facts)
            values = [probe.value for probe in tried if probe.value is not None] or [None]
            middle = values[len(values) // 2 if self.variables[name].domain.slots else 0]
            usual[name] = given.most_common(1)[0][0] if given else middle
        begin = self.policy.effective_from
        if begin is not None and not self._usable and DATE_FACT in self.policy.kernel.case_reader.facts:
            usual[DATE_FACT] = begin
        return usual

    def _filled(self, facts: Mapping[str, Any]) -> Facts:
        return {**self._usual, **facts}

    def used(self, facts: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
        """For each table the ids of the rules that a case uses, for each row of criteria its status alone.

        Nothing where the case has no determination.
        """
        kernel = self.policy.kernel
        try:
            record = kernel.determine(facts)
            if record["determination"] == NO_POLICY:
                return {}
            statuses = zip(kernel.policy.criteria, record["criteria"], strict=True)
            return kernel.contributing_rules(facts) | {
                row.decision: (said["status"],) for row, said in statuses
            }
        except EvaluationError:
            return {}

    def pairs(self, facts: Mapping[str, Any]) -> set[tuple[str, str]]:
        """The same as pairs of a decision and the rule or the status."""
        return {(name, each) for name, used in self.used(facts).items() for each in used}

    def atoms(self, facts: Mapping[str, Any]) -> Atoms:
        """The atoms of the facts that are known and that tables read."""
        values = self.policy.kernel.case_reader.values(facts)
        return {
            variable.number: variable.domain.locate(feel_fact(values[name]))
            for name, variable in self.variables.items()
            if name in values
        }

    def is_sound(self, atoms: Atoms) -> bool:
        """Whether such a case gets a determination, as far as diagrams tell."""
        return result(self.diagrams.store, self.sound, atoms) is not False

    @cached_property
    def sound(self) -> int:
        """The cases that get a determination: no assumption, conflict or lack of a value stands against it.

        Where a table is too large for that, whether it has a problem is left open.
        """
        store = self.diagrams.store
        store.allow(STEPS)
        found = self.diagrams.admissible
        for decision in self.diagrams.decisions:
            if decision.root is None:
                continue
            final = decision.name == self.policy.kernel.final.name
            try:
                found = both(store, found, where(store, decision.root, partial(_sound, final)))
            except TooLarge:
                break
        return found

    def case_for(self, goal: int, check: Callable[[Facts], bool]) -> Facts | None:
        """A case that a diagram leads to true and that passes a check, with few changes to a known one.

        None where there is none. Raises TooLarge, and SearchLimitError where there were too many goals.
        """
        self.searches.spend()
        store = self.diagrams.store
        root = both(store, goal, self.sound)
        ways = [(nearest(store, root, atoms), facts) for atoms, facts in self._starts]
        reached = [(changes, facts) for changes, facts in ways if changes is not None]
        for changes, facts in sorted(reached, key=lambda way: len(way[0]))[:3]:
            found = self._checked(self._changed(facts, changes), changes, check)
            if found is not None:
                return found
        return None

    def _changed(self, facts: Facts, changes: Atoms) -> Facts:
        changed = {
            name: self._value(name, changes[variable.number])
            for name, variable in self.variables.items()
            if variable.number in changes
        }
        return {**facts, **changed}

    def _value(self, name: str, atom: int) -> Any:
        """A plain value of an atom: one that a known case has, else the middle one to try."""
        locate = self.variables[name].domain.locate
        given = Counter(
            facts[name] for facts in self._usable if name in facts and locate(facts[name]) == atom
        )
        if given:
            return given.most_common(1)[0][0]
        values = [probe.value for probe in self.probes[name] if probe.atom == atom]
        return values[len(values) // 2]

    def _checked(self, facts: Facts, changes: Atoms, check: Callable[[Facts], bool]) -> Facts | None:
        """The case if it passes; else with other values of facts behind terms, or what no diagram tells."""
        if check(facts):
            return facts
        near = self._solved.near(self.atoms(facts), changes)
        found = first_that(check, ({**facts, **solved} for solved in near))
        if found is not None:
            return found
        free = [each for each in self.diagrams.derived if each.number in changes]
        names = sorted(self.policy.linked.facts_read(frozenset().union(*[each.reads for each in free])))
        if not names:
            return None
        return first_that(check, self.combinations(facts, names))

    def combinations(self, facts: Facts, names: Iterable[str]) -> Iterable[Facts]:
        """The case with all combinations of the values to try of some facts, as far as they are few."""
        listed = tuple(names)
        values = product(*[[probe.value for probe in self.probes[name]] for name in listed])
        return ({**facts, **dict(zip(listed, each, strict=True))} for each in islice(values, _TRIES))

    def plain(self, facts: Mapping[str, Any]) -> Facts:
        """The facts in the order of the dictionary, as a person would give them."""
        return {
            fact.name: plain(facts[fact.name])
            for fact in self.policy.linked.dictionary.facts
            if fact.name in facts
        }


def _sound(final: bool, found: Any) -> bool:
    if isinstance(found, Outcome):
        return found.conflict is None and (not final or _first(found.value) is not None)
    return isinstance(found, OpenOutcome)


def _first(value: Any) -> Any:
    """The first output of a value (of the first entry, where it is a list)."""
    entry = next(iter(value), None) if isinstance(value, list) else value
    return next(iter(entry.values()), None) if isinstance(entry, dict) else entry


def ground(policy: Policy, cases: Iterable[KnownCase]) -> Ground:
    """The ground for suggestions about a policy."""
    return ground_of(policy, build(policy.linked), cases)


def ground_of(policy: Policy, diagrams: PolicyDiagrams, cases: Iterable[KnownCase]) -> Ground:
    """The ground on diagrams that are at hand."""
    # A diagram that became too large leaves nothing in the store, and is not small for that.
    whole = all(decision.root is not None for decision in diagrams.decisions)
    small = whole and len(diagrams.store.nodes) <= _SMALL
    return Ground(policy, diagrams, tuple(cases), small, Budget() if small else Budget(_SEARCHES))


def first_that(check: Callable[[Facts], bool], tried: Iterable[Facts]) -> Facts | None:
    """The first case that passes a check."""
    return next((facts for facts in tried if check(facts)), None)
