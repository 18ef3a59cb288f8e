"""The nearest changes in words: facts with the values that they must have, those that can change apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from dmn_dli.analysis.words import in_words
from dmn_dli.diagrams.fold import Box
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.explain.changes import Change, nearest_changes
from dmn_dli.explain.explanation import ChangedFact, GivenFact, NearChange, Setting
from dmn_dli.explain.verdicts import Verdicts
from dmn_dli.feel import DateValue, to_feel
from dmn_dli.model.facts import Changeable, Fact
from dmn_dli.tables.domain import Atom, Domain

SETTLED = frozenset({"service", "malignancy_type", "transplant_type", "transplant_determination"})
"""Facts that make a case another case: another service, malignancy or transplant is no change of this one."""

MOST_CHANGES, MOST_WAYS = 10, 5
"""How many changes, and ways of one change, an explanation lists; it counts them all."""


@frozen
class NearChanges:
    """Changes of facts that can change, and of those that would have to be documented otherwise."""

    possible: tuple[NearChange, ...]
    otherwise: tuple[NearChange, ...]


class ChangeSearch:
    """Looks for the nearest changes of one policy's cases."""

    def __init__(
        self,
        kernel: PolicyKernel,
        domains: Mapping[str, Domain],
        given: Callable[[str, Mapping[str, Any]], GivenFact],
        *,
        across: bool,
    ) -> None:
        """Take a compiled policy, its facts' domains, and what words a given fact.

        across: whether facts may change too that make a case another case.
        """
        self._readers = kernel.case_reader.facts
        self._facts: Mapping[str, Fact] = kernel.linked.dictionary.by_name
        self._names = kernel.facts_by_variable
        self._domains = domains
        self._given = given
        self._across = across

    def to(
        self, seen: Verdicts, atoms: Sequence[int], facts: Mapping[str, Any], result: object
    ) -> NearChanges:
        """The changes of a case that lead to a result, fewest facts first."""
        wanted = seen.number(result)
        if wanted is None:
            return NearChanges((), ())
        places = {variable: place for place, variable in enumerate(self._names)}
        found = sorted(
            nearest_changes(seen, atoms, {wanted}),
            key=lambda each: (len(each.variables), sorted(places[variable] for variable in each.variables)),
        )
        changes = [
            self._near_change(each, facts) for each in found if self._across or not self._crosses(each)
        ]
        return NearChanges(
            tuple(each for each in changes if each.possible),
            tuple(each for each in changes if not each.possible),
        )

    def _crosses(self, change: Change) -> bool:
        return not SETTLED.isdisjoint(self._names[variable] for variable in change.variables)

    def _near_change(self, change: Change, facts: Mapping[str, Any]) -> NearChange:
        names = in_order(self._names, change.variables)
        ways = tuple(self._way(box, names) for box in change.boxes[:MOST_WAYS])
        return NearChange(tuple(self._changed(name, facts) for name in names), ways, len(change.boxes))

    def _changed(self, name: str, facts: Mapping[str, Any]) -> ChangedFact:
        fact = self._facts[name]
        return ChangedFact(
            self._given(name, facts), fact.can_change, stated=fact.changeable is Changeable.REQUEST
        )

    def _way(self, box: Box, changed: Sequence[str]) -> tuple[Setting, ...]:
        """The settings of a box, those of the changed facts first."""
        taken = {self._names[variable]: mask for variable, mask in box.items()}
        further = [name for name in in_order(self._names, box) if name not in changed]
        return tuple(self._setting(name, taken[name]) for name in (*changed, *further))

    def _setting(self, name: str, taken: int) -> Setting:
        atoms = self._domains[name].atoms
        return Setting(name, self._readers[name].label, _values(atoms, taken), self._readers[name].unit)


def in_order(names: Mapping[int, str], variables: Iterable[int]) -> list[str]:
    """The facts of variables, in the order of `names`, which is the dictionary's."""
    wanted = set(variables)
    return [name for variable, name in names.items() if variable in wanted]


def _values(atoms: Sequence[Atom], taken: int) -> str:
    """The values of some atoms: listed one by one where they can be, else as an input cell would say it."""
    chosen = [bool(taken >> position & 1) for position in range(len(atoms))]
    inside = [atom for atom, each in zip(atoms, chosen, strict=True) if each]
    if all(atom.single and not atom.any_other for atom in inside):
        return ", ".join(_word(atom.representative) for atom in inside)
    return in_words(atoms, chosen)


def _word(value: object) -> str:
    match value:
        case str() | DateValue():
            return str(value)
    return to_feel(value)
