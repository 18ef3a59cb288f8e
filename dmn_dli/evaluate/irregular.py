"""Decisions that a diagram alone does not answer.

Three kinds: a table too large for a diagram over all facts; a clause or cell
that cannot be traced to atoms of facts (a derived variable); outputs computed
from facts that have no atoms. Where all that such a decision reads is known,
its table is evaluated as it stands. Else

- the large one gets a diagram over the unknown facts alone; where that too would be
  large, every rule that the known facts leave standing may decide,
- a derived variable is free: every value that its tests tell apart may come,
- a computed output stays open,

and a note names the cell and the unknown facts behind it, all of which count as mattering.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dmn_dli.compiler.build import build
from dmn_dli.compiler.composition import output_value
from dmn_dli.compiler.payload import decision_data
from dmn_dli.compiler.table_logic import Outcome, bits
from dmn_dli.evaluate.decide import Decider
from dmn_dli.evaluate.decision import DecisionKernel, OutcomeView, Settled

if TYPE_CHECKING:
    from dmn_dli.evaluate.kernel import PolicyKernel

RESTRICTED_LIMIT = 400_000
"""How many steps a diagram over the unknown facts may take."""


def settle(kernel: PolicyKernel, atoms: list[int], facts: Mapping[str, Any]) -> dict[DecisionKernel, Settled]:
    """What the facts settle of each decision."""
    return _Settling(kernel, atoms, facts).run()


class _Settling:
    def __init__(self, kernel: PolicyKernel, atoms: list[int], facts: Mapping[str, Any]) -> None:
        self.kernel = kernel
        self.atoms = atoms
        self.policy = kernel.linked
        self.decider: Decider = kernel.decider
        self.known = kernel.case_reader.values(facts)
        self.settled: dict[DecisionKernel, Settled] = {}
        self.by_name: dict[str, Settled] = {}
        self.restricted: Mapping[str, DecisionKernel] | None = None

    def run(self) -> dict[DecisionKernel, Settled]:
        for decision in self.kernel.decisions:
            settled = self._decision(decision)
            self.settled[decision] = self.by_name[decision.name] = settled
        return self.settled

    def _decision(self, decision: DecisionKernel) -> Settled:
        derived = [each for each in self.kernel.payload["derived"] if each["decision"] == decision.name]
        if decision.regular and not derived:
            return decision.settle(self.atoms)
        scope = self._scope(decision)
        if scope is not None:
            return self._direct(decision, scope)
        found = decision if decision.root is not None else self._restricted(decision)
        if found.root is None:
            return self._standing(decision)
        settled = found.settle(self.atoms)
        notes = [self._note(each["place"], each["facts"]) for each in derived]
        if any(outcome.open for outcome in settled.outcomes):
            notes.append(self._note(decision.sheet, decision.open_facts))
        # A settled outcome may be shared between cases: the notes are this case's own.
        own = Settled(settled.decision, settled.outcomes, settled.atoms)
        own.notes = notes
        return own

    def _scope(self, decision: DecisionKernel) -> dict[str, object] | None:
        """The values of all names that the table reads, or None where one is not settled."""
        scope: dict[str, object] = {}
        for name in self.policy.by_name[decision.name].reads:
            required = self.policy.decision_names.get(name)
            if required is None:
                if name not in self.known:
                    return None
                scope[name] = self.known[name]
                continue
            settled = self.by_name[required]
            if not settled.one_value or settled.problems:
                return None
            value = settled.outcomes[0].value
            scope[name] = value if name == required else output_value(value, name[len(required) + 1 :])
        return scope

    def _direct(self, decision: DecisionKernel, scope: Mapping[str, object]) -> Settled:
        """The table evaluated on known values."""
        table = self.decider.table(decision.name)
        arrival = table.arrival(scope)
        if arrival is not None:
            trouble: Any = ("arrival", *arrival)
            return Settled(decision, [OutcomeView(decision, 0, (), None, trouble)])
        outcome: Outcome = table.outcome(scope)
        trouble = None if outcome.conflict is None else ("conflict", outcome.conflict)
        return Settled(decision, [OutcomeView(decision, 0, outcome.rules, outcome.value, trouble)])

    def _restricted(self, decision: DecisionKernel) -> DecisionKernel:
        """The decision with a diagram over the unknown facts alone."""
        if self.restricted is None:
            readers = self.kernel.case_reader.facts
            fixed = {
                name: self.atoms[fact.variable] - 1
                for name, fact in readers.items()
                if fact.variable and self.atoms[fact.variable]
            }
            diagrams = build(
                self.policy, RESTRICTED_LIMIT, fixed, lambda name: self.decider.table(name).logic
            )
            decisions = [DecisionKernel(data) for data in decision_data(diagrams)]
            self.restricted = {each.name: each for each in decisions}
        return self.restricted[decision.name]

    def _standing(self, decision: DecisionKernel) -> Settled:
        """Each rule that the known facts do not rule out, as if it alone fired."""
        table = self.decider.table(decision.name)
        mask = table.standing(self.known)
        outcomes = []
        for number, rule in enumerate(bits(mask)):
            scope = self.known if table.table.computed else None
            outcome = table.logic.outcome(1 << rule, scope)
            trouble = ("open", mask) if table.table.computed or table.table.hit_policy.gives_list else None
            outcomes.append(OutcomeView(decision, number, outcome.rules, outcome.value, trouble))
        if not outcomes:
            outcomes = [OutcomeView(decision, 0, (), table.logic.outcome(0).value, None)]
        readers = self.kernel.case_reader.facts
        unknown = {readers[name].variable for name in decision.facts if name not in self.known}
        settled = Settled(decision, outcomes, free_variables=frozenset(unknown))
        settled.notes = [self._note(decision.sheet, decision.facts)]
        return settled

    def _note(self, place: str, facts: Any) -> str:
        readers = self.kernel.case_reader.facts
        labels = ", ".join(readers[name].label for name in facts if name not in self.known)
        return f"{place} cannot be analysed while unknown: {labels}; each counts as mattering"
