"""What cases with a certain value of a fact get, and through which rules: exactly, over all other facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import evolve, frozen

from dmn_dli.diagrams.cases import both, combinations, either, everywhere, nowhere, restrict, where
from dmn_dli.diagrams.store import Diagrams, TooLarge
from dmn_dli.diff.answers import STEPS, Special, final_answers, terminal
from dmn_dli.diff.broken import why_broken
from dmn_dli.diff.readings import Reading, Taken, readings
from dmn_dli.diff.share import Share
from dmn_dli.diff.value_changes import ChangedValues, ValueChange
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.theories.lowering import fact_domains

NO_DIAGRAM = "there are too many combinations of facts to look at"
UNTRACED = "some answers depend on several facts at once, or on computed values"


@frozen
class Given:
    """A determination that cases with the value get, and the rules of the final decision that give it.

    rules: their ids with their cells; none where the default or no rule answers. cells: those of the rules
    that read the fact themselves. combinations: of all other facts, how many get it so; deciding: how many of
    them would get another determination with another value of the fact.
    """

    determination: Any
    rules: tuple[tuple[str, str], ...]
    cells: tuple[Reading, ...]
    combinations: Share
    deciding: Share


@frozen
class ValueAnswers:
    """What a payer's cases with one value of a fact, or several that it treats alike, get.

    change: what became of the values; the answers to added ones are the new version's, those to removed ones
    the old version's. values: in the words of a table. read: whether the payer's tables read the fact at all;
    decisive: whether determinations depend on it. like: values that both dictionaries admit and by which
    every case gets the same determination, in words. given: see there; first those that the value decides.
    readers: the cells by which criteria and tables that lead to the determination take the value, of a table
    without `-`; aside: those of others. unknown: why something is not known.
    """

    change: ValueChange
    fact: str
    label: str
    values: str
    read: bool
    decisive: bool = False
    like: str = ""
    given: tuple[Given, ...] = ()
    readers: tuple[Reading, ...] = ()
    aside: tuple[Reading, ...] = ()
    unknown: str | None = None

    @property
    def named(self) -> bool:
        """Whether a cell that leads to the determination names the values, or holds them in a range.

        Else what they get is a catch-all's.
        """
        return any(each.taken.on_purpose for each in self.readers)


def value_answers(
    changes: Sequence[ChangedValues], policy: LinkedPolicy, kernel: PolicyKernel | None
) -> tuple[ValueAnswers, ...]:
    """The answers of a policy to values of its own dictionary; kernel: None where the workbook has errors."""
    return tuple(each for change in changes for each in _answers(change, policy, kernel))


def _answers(
    change: ChangedValues, policy: LinkedPolicy, kernel: PolicyKernel | None
) -> Iterator[ValueAnswers]:
    """Those to each value by itself, values that are treated alike together."""
    fact = change.fact
    bare = ValueAnswers(change.change, fact.name, fact.label, change.words(change.chosen), read=False)
    if kernel is None:
        yield evolve(bare, unknown=why_broken(policy.workbook.name, policy.findings))
        return
    domains = fact_domains(policy)
    if fact.name not in domains:
        yield bare
        return
    alike: dict[str, tuple[ValueAnswers, list[int]]] = {}
    asked = _Asked(policy, kernel, domains, change)
    for number in change.chosen:
        found = asked.of(bare, change.domain.atoms[number].representative)
        alike.setdefault(repr(found), (found, []))[1].append(number)
    for found, numbers in alike.values():
        yield evolve(found, values=change.words(numbers))


@frozen(slots=False)
class _Asked:
    """A policy that is asked of one fact's values."""

    policy: LinkedPolicy
    kernel: PolicyKernel
    domains: Mapping[str, Domain]
    change: ChangedValues

    @property
    def fact(self) -> str:
        return self.change.fact.name

    @cached_property
    def store(self) -> Diagrams:
        return Diagrams()

    @cached_property
    def variable(self) -> int:
        return list(self.domains).index(self.fact) + 1

    @cached_property
    def domain(self) -> Domain:
        return self.domains[self.fact]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """The classes of every fact, the one that is asked of left out of the count."""
        numbered = enumerate(self.domains.values(), 1)
        return tuple(1 if number == self.variable else len(each.atoms) for number, each in numbered)

    @cached_property
    def root(self) -> int | None:
        """The diagram of determinations with the rules that give them."""
        try:
            return final_answers(self.store, self.kernel, len(self.domains), _told)
        except TooLarge:
            return None

    @cached_property
    def determinations(self) -> int:
        assert self.root is not None, "asked where there is a diagram"
        store = self.store
        return store.map(self.root, lambda told: terminal(store, told if _special(told) else told[0]))

    def of(self, bare: ValueAnswers, value: object) -> ValueAnswers:
        """What cases with a value get."""
        leading = self.policy.requires(self.kernel.policy.final)
        told = tuple(self._readers(value, leading)), tuple(self._readers(value, self._others(leading)))
        found = evolve(bare, read=True, readers=told[0], aside=told[1])
        if self.root is None:
            return evolve(found, decisive=True, unknown=NO_DIAGRAM)
        if self.variable not in self.store.support(self.root):
            return found
        try:
            self.store.allow(STEPS)
            return self._decided(found, value)
        except TooLarge:
            return evolve(found, decisive=True, unknown=NO_DIAGRAM)

    def _decided(self, found: ValueAnswers, value: object) -> ValueAnswers:
        assert self.root is not None, "asked where there is a diagram"
        store, atom = self.store, self.domain.locate(value)
        answers = restrict(store, self.root, self.variable, atom)
        mine = self._determinations(atom)
        elsewhere = nowhere(store)
        for other in range(len(self.domain.atoms)):
            elsewhere = either(store, elsewhere, self._parted(mine, self._determinations(other)))
        possible = self._count(where(store, answers, lambda told: told is not Special.IMPOSSIBLE))
        reached = sorted(store.reached(answers), key=self._place)
        given = [self._given(told, answers, elsewhere, possible, value) for told in reached if _plain(told)]
        unsure = any(told is Special.UNSURE for told in reached)
        return evolve(
            found,
            decisive=True,
            like=self._like(mine),
            given=tuple(sorted(given, key=lambda each: not each.deciding.part)),
            unknown=UNTRACED if unsure else None,
        )

    def _given(self, told: Any, answers: int, elsewhere: int, possible: int, value: object) -> Given:
        store = self.store
        cases = where(store, answers, lambda each: each is told)
        determination, rules = (told.value, ()) if _special(told) else told
        places = self.kernel.final.decision.rules
        return Given(
            determination,
            tuple((rule, places[rule].cell) for rule in rules),
            tuple(each for each in self._final_cells(value) if each.rule in rules),
            Share(self._count(cases), possible),
            Share(self._count(both(store, cases, elsewhere)), possible),
        )

    def _parted(self, mine: int, other: int) -> int:
        """Where two diagrams give different determinations, of cases that both admit."""
        yes, no = everywhere(self.store), nowhere(self.store)

        def differ(left: Any, right: Any) -> int:
            return yes if left is not right and _plain(left) and _plain(right) else no

        return no if mine == other else self.store.apply(mine, other, differ)

    def _count(self, root: int) -> int:
        return combinations(self.store, root, self.sizes)

    def _determinations(self, atom: int) -> int:
        return restrict(self.store, self.determinations, self.variable, atom)

    def _place(self, told: Any) -> tuple[int, ...]:
        """Where the rules of an answer stand among all; what has none comes last."""
        order = list(self.kernel.final.decision.rules)
        rules = () if _special(told) else told[1]
        return tuple(order.index(rule) for rule in rules) or (len(order),)

    def _like(self, mine: int) -> str:
        """The values of both dictionaries with the same determination in every case."""
        both_have = [
            (number, self.domain.locate(atom.representative))
            for number, atom in enumerate(self.change.domain.atoms)
            if number not in self.change.chosen
        ]
        alike = [number for number, atom in both_have if self._determinations(atom) == mine]
        return self.change.words(alike) if alike else ""

    def _final_cells(self, value: object) -> list[Reading]:
        table = self.policy.by_name[self.kernel.policy.final]
        return list(readings(table, self.fact, value))

    def _others(self, leading: Collection[str]) -> Collection[str]:
        return [each.name for each in self.policy.decisions if each.name not in leading]

    def _readers(self, value: object, decisions: Collection[str]) -> Iterator[Reading]:
        """Each cell once: those of criteria, and those of tables that take the value and are not `-`."""
        seen: set[str] = set()
        for table in self.policy.decisions:
            if table.name not in decisions:
                continue
            for each in readings(table, self.fact, value):
                silent = table.criterion is None and (each.taken is Taken.REFUSED or each.text == "-")
                if not silent and each.place not in seen:
                    seen.add(each.place)
                    yield each


def _told(outcome: OutcomeView) -> tuple[Any, tuple[str, ...]]:
    return outcome.first, outcome.rules


def _special(told: Any) -> bool:
    return isinstance(told, Special)


def _plain(told: Any) -> bool:
    """Whether an answer is told: an error is, what is impossible or unsure is not."""
    return told not in (Special.IMPOSSIBLE, Special.UNSURE)
