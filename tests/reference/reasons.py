"""Explanations by trying everything: every subset of the facts, every completion of each. docs/explain.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from tests.reference.policy import Case, Oracle

ERROR = "an error"
FactSet = frozenset[str]


class BruteForce:
    """What an oracle's policy says of each complete case, and questions put to that."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.names = oracle.names
        self._said: dict[tuple[int, ...], str] = {}
        for case in oracle.completions({}):
            places = tuple(self._place(name, case[name]) for name in self.names)
            self._said[places] = self._says(case)

    def _says(self, case: Case) -> str:
        answers = self.oracle.decide(case)
        determination = self.oracle.determination(answers[self.oracle.final.name])
        return repr(ERROR if self.oracle.failed(answers) else determination)

    def possible(self, facts: Mapping[str, Any]) -> set[str]:
        """What comes out of the completions of some facts."""
        return {said for _, said in self._completions(facts)}

    def _completions(self, facts: Mapping[str, Any]) -> Iterator[tuple[tuple[int, ...], str]]:
        fixed = {
            at: self._place(name, facts[name])
            for at, name in enumerate(self.names)
            if name in facts and name not in self.oracle.unknown(facts)
        }
        for places, said in self._said.items():
            if all(places[at] == place for at, place in fixed.items()):
                yield places, said

    def _place(self, name: str, value: Any) -> int:
        known = [(each.__class__, each) for each in self.oracle.domains[name]]
        return known.index((value.__class__, value))

    def smallest_reasons(self, facts: Mapping[str, Any]) -> set[FactSet]:
        """The sets of fewest given facts of which every completion says the same as the facts do."""
        for size in range(len(facts) + 1):
            found = {
                frozenset(chosen)
                for chosen in combinations(sorted(facts), size)
                if len(self.possible({name: facts[name] for name in chosen})) == 1
            }
            if found:
                return found
        raise AssertionError("the facts themselves settle the determination")

    def minimal_changes(self, facts: Mapping[str, Any], wanted: str) -> set[FactSet]:
        """The inclusion-minimal sets of given facts that some completion with the wanted answer changes."""
        given = {
            at: (name, self._place(name, facts[name]))
            for at, name in enumerate(self.names)
            if name in facts and name not in self.oracle.unknown(facts)
        }
        found = {
            frozenset(name for at, (name, place) in given.items() if places[at] != place)
            for places, said in self._said.items()
            if said == repr(wanted)
        }
        return {each for each in found if not any(other < each for other in found)}

    def worst_answers(self, facts: Mapping[str, Any], missing: Sequence[str]) -> dict[str, tuple[int, int]]:
        """For each missing fact how many determinations, and missing facts, its worst answer leaves."""
        found = {}
        for name in missing:
            answered = [{**facts, name: value} for value in self.oracle.domains[name]]
            found[name] = max((len(self.possible(each)), len(self._mattering(each))) for each in answered)
        return found

    def _mattering(self, facts: Mapping[str, Any]) -> set[str]:
        completions = list(self._completions(facts))
        if not completions:
            return set()
        cases = [
            {name: self.oracle.domains[name][place] for name, place in zip(self.names, places, strict=True)}
            for places, _ in completions
        ]
        return self.oracle.mattering(cases, self.oracle.unknown(facts), [said for _, said in completions])
