"""Which unknown facts the assumptions tie together, so that one may be unable to change alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from dmn_dli.runtime.diagram import Remainder
from dmn_dli.runtime.policy import Assumption


class Ties:
    """The unknown facts of one case, as its assumptions tie them."""

    def __init__(
        self,
        assumptions: Sequence[Assumption],
        atoms: Sequence[int],
        behind: Mapping[int, frozenset[int]] = MappingProxyType({}),
    ) -> None:
        """Take the atom of each variable, 0 where it is unknown.

        behind: of terms that assumptions ask the variables of their facts.
        """
        self._assumptions = assumptions
        self._atoms = atoms
        self._behind = behind

    @cached_property
    def groups(self) -> list[frozenset[int]]:
        """The sets of variables that hang together; no variable is in two of them."""
        found: list[frozenset[int]] = []
        for each in self._assumptions:
            possible = {number: int(fulfils) for number, fulfils in enumerate(each.possible)}
            left = Remainder(each.diagram, self._atoms).reduced(possible).variables
            tied = frozenset(fact for variable in left for fact in self._facts(variable))
            apart = [other for other in found if not other & tied]
            found = [*apart, tied.union(*[other for other in found if other & tied])]
        return [each for each in found if each]

    def _facts(self, variable: int) -> Iterable[int]:
        """A fact's variable, or those of the unknown facts behind a term."""
        if variable not in self._behind:
            return (variable,)
        return (fact for fact in self._behind[variable] if not self._atoms[fact])

    def of(self, variables: Iterable[int]) -> set[frozenset[int]]:
        """The group of each variable; one that nothing ties to others is a group alone."""
        return {
            next((each for each in self.groups if variable in each), frozenset((variable,)))
            for variable in variables
        }
