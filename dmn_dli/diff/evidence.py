"""Whether a case is behind a difference, where assumptions over several facts rule cases out.

A part of the facts' atoms that the diagrams of answers leave may hold no case that fulfils `lean < weight`.
So a difference is told of a part only where a case in it fulfils the assumptions of both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from random import Random
from typing import Any

from attrs import evolve

from dmn_dli.analysis.columns import stated
from dmn_dli.analysis.trials import Trials
from dmn_dli.diagrams.build import PolicyDiagrams, build
from dmn_dli.diagrams.cases import a_case, both, everywhere, nowhere
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.diagrams.transfer import compiled_diagram, stored_diagram
from dmn_dli.diff.common_facts import CommonFacts, with_facts
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.theories.lowering import lower

EVIDENCE_STEPS = 300_000
"""How many steps the search for one case may take."""


class Evidence:
    """Cases that fulfil what two policies assume of several facts."""

    def __init__(self, policies: tuple[LinkedPolicy, LinkedPolicy], common: CommonFacts) -> None:
        """Take the policies and their facts together."""
        self._policies, self._common = policies, common
        over_terms = {
            each.place: None
            for policy in policies
            for position, each in enumerate(policy.assumptions)
            if lower(policy).over_terms(position)
        }
        self.places = tuple(over_terms)
        """The assumptions over several facts; where there is none every part holds a case."""

    @cached_property
    def _diagrams(self) -> PolicyDiagrams:
        """Those of the assumptions of both sides, over the common facts and the terms."""
        old, new = self._policies
        assumptions = (*old.assumptions, *new.assumptions)
        joint = evolve(with_facts(new, self._common), decisions=(), assumptions=assumptions)
        return build(joint, domains=self._common.domains)

    @cached_property
    def _trials(self) -> Trials:
        return Trials(self._diagrams, (), self._diagrams.derived)

    def cases(self, store: Diagrams, root: int) -> int:
        """The cases of a diagram of `store` that theories leave, as a diagram of its own. Raises TooLarge."""
        own = self._diagrams.store
        own.allow(EVIDENCE_STEPS)
        diagram, results = compiled_diagram(store, root)
        found = stored_diagram(
            own, diagram, lambda number: everywhere(own) if results[number] else nowhere(own), own.node
        )
        return both(own, found, self._diagrams.admissible)

    @property
    def contradictory(self) -> bool:
        """Whether theories see that nothing fulfils what both sides assume."""
        return bool(self.places) and self.are_none(self._diagrams.admissible)

    def are_none(self, cases: int) -> bool:
        """Whether theories leave nothing."""
        return cases == nowhere(self._diagrams.store)

    def case(self, cases: int) -> dict[str, Any] | None:
        """One of what theories leave that fulfils all assumptions; None where none was found."""
        own = self._diagrams.store
        path = a_case(own, cases)
        if path is None:
            return None

        def another(chance: Random) -> Mapping[int, int]:
            return a_case(own, cases, chance) or {}

        real = self._trials.real([path], another, lambda: True)
        return None if real is None else {**stated(self._diagrams, path), **real}
