"""Decisions that a diagram alone does not answer.

Three kinds: a table too large for a diagram over all facts; a clause or cell
that cannot be traced to atoms of facts (a derived variable); outputs computed
from facts that have no atoms. Where all that such a decision reads is known,
its table is evaluated as it stands. Else

- the large one gets a diagram over the unknown facts alone; where that too would be
  large, every rule that the known facts leave standing may decide,
- a derived variable that cannot be worked out is free: every value that its tests tell apart may come,
- a computed output stays open,

and a note names the cell and the unknown facts behind it, all of which count as mattering.
A conflict that only a free variable leads to may not happen at all: it is a doubt,
which forbids a determination but is no error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.columns import derived_atom
from dmn_dli.diagrams.payload import decision_data, derived_data
from dmn_dli.evaluate.decide import Decider
from dmn_dli.evaluate.decision import DOUBT, OPEN, DecisionKernel, OutcomeView
from dmn_dli.evaluate.settled import Opaque, Settled
from dmn_dli.evaluate.spread import survey
from dmn_dli.evaluate.table_function import TableFunction
from dmn_dli.tables.admission import output_value
from dmn_dli.tables.linked import FactSource
from dmn_dli.tables.logic import Outcome
from dmn_dli.tables.masks import members

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
        self.readers = kernel.case_reader.facts
        self.known = kernel.case_reader.values(facts)
        self.by_name: dict[str, Settled] = {}
        self.derived: dict[int, Mapping[str, Any]] = {}
        self.restricted: Mapping[str, DecisionKernel] | None = None

    def run(self) -> dict[DecisionKernel, Settled]:
        self._take(self.kernel.payload["derived"])
        settled: dict[DecisionKernel, Settled] = {}
        for decision in self.kernel.decisions:
            self._work_out(decision.name)
            settled[decision] = self.by_name[decision.name] = self._decision(decision)
        return settled

    def _take(self, derived: Iterable[Mapping[str, Any]]) -> None:
        self.derived |= {each["number"]: each for each in derived}

    def _work_out(self, decision: str) -> None:
        """Give each derived variable of a decision its atom where all that it reads is settled."""
        table = self.policy.by_name[decision]
        for number, data in self.derived.items():
            if data["decision"] == decision and not self.atoms[number]:
                column = table.columns[data["column"]]
                scope = self._scope(column.names)
                if scope is not None:
                    self.atoms[number] = derived_atom(column, data["test"], scope) + 1

    def _decision(self, decision: DecisionKernel) -> Settled:
        free = any(not self.atoms[number] for number in self.derived)
        if decision.regular and not free:
            return decision.settle(self.atoms)
        scope = self._scope(self.policy.by_name[decision.name].reads)
        if scope is not None:
            return self._direct(decision, scope)
        found = decision if decision.root is not None else self._restricted(decision)
        if found.root is None:
            return self._standing(decision)
        return self._cautious(decision, found.settle(self.atoms))

    def _scope(self, names: Iterable[str]) -> dict[str, object] | None:
        """The values of facts and decisions, or None where one is not settled."""
        scope: dict[str, object] = {}
        for name in names:
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

    def _cautious(self, decision: DecisionKernel, settled: Settled) -> Settled:
        """What a diagram settles, with doubts for what may fail, and notes on what is free or open."""
        free = {number for number in self.derived if not self.atoms[number]}
        sure, met = survey(settled.decision.root, self.atoms, free)
        final = decision is self.kernel.final

        def view(outcome: OutcomeView) -> OutcomeView:
            if outcome.open:
                outcome = self._computed(decision, outcome)
            fails = bool(outcome.problems) or (final and not outcome.open and outcome.first is None)
            if outcome.number in sure or settled.single or not fails:
                return outcome
            return OutcomeView(decision, outcome.number, (), None, DOUBT)

        outcomes = [view(outcome) for outcome in settled.outcomes]
        behind = {number: self._unknown(self.derived[number]["facts"]) for number in met}
        notes = [self._note(self.derived[each]["place"], self.derived[each]["facts"]) for each in sorted(met)]
        cautious = frozenset(variable for variables in behind.values() for variable in variables)
        if any(before.open and now.open for before, now in zip(settled.outcomes, outcomes, strict=True)):
            cautious |= self._unknown(decision.open_facts)
            notes.append(self._note(decision.sheet, decision.open_facts))
        return Settled(settled.decision, outcomes, settled.atoms, Opaque(behind, cautious, notes))

    def _computed(self, decision: DecisionKernel, outcome: OutcomeView) -> OutcomeView:
        """An open outcome; its value where all that its outputs are computed from is settled."""
        _, mask = outcome.trouble
        logic = self.decider.table(decision.name).logic
        scope = self._scope(logic.outcome_names(mask))
        if scope is None:
            may_disagree = logic.table.hit_policy.must_agree and mask.bit_count() > 1
            return OutcomeView(decision, outcome.number, (), None, DOUBT) if may_disagree else outcome
        found = logic.outcome(mask, scope)
        trouble = None if found.conflict is None else ("conflict", found.conflict)
        return OutcomeView(decision, outcome.number, found.rules, found.value, trouble)

    def _restricted(self, decision: DecisionKernel) -> DecisionKernel:
        """The decision with a diagram over the unknown facts alone."""
        if self.restricted is None:
            fixed = {
                name: self.atoms[fact.variable] - 1
                for name, fact in self.readers.items()
                if fact.variable and self.atoms[fact.variable]
            }
            diagrams = build(
                self.policy, RESTRICTED_LIMIT, fixed, lambda name: self.decider.table(name).logic
            )
            decisions = [DecisionKernel(data) for data in decision_data(diagrams)]
            self.restricted = {each.name: each for each in decisions}
            self._take(derived_data(diagrams))
            for each in (*self.by_name, decision.name):
                self._work_out(each)
        return self.restricted[decision.name]

    def _standing(self, decision: DecisionKernel) -> Settled:
        """What the rules that the known facts leave standing may give, each as if it alone decided."""
        table = self.decider.table(decision.name)
        may, sure = table.standing(self.known)
        found = [table.logic.outcome(1 << rule) for rule in _candidates(table, may, sure)]
        if not sure:
            found.append(table.logic.outcome(0))
        outcomes = [
            OutcomeView(decision, number, each.rules, each.value, None) for number, each in enumerate(found)
        ]
        hit_policy = table.table.hit_policy
        if table.table.computed or hit_policy.gives_list or hit_policy.own_values:
            outcomes = [OutcomeView(decision, 0, (), None, OPEN)]
        elif decision is self.kernel.final and len(outcomes) > 1:
            outcomes = [outcome for outcome in outcomes if outcome.first is not None]
        if len(outcomes) < len(found) or self._may_fail(table, may):
            outcomes.append(OutcomeView(decision, len(found), (), None, DOUBT))
        notes = [self._note(decision.sheet, decision.facts)]
        return Settled(decision, outcomes, (), Opaque({}, self._unknown(decision.facts), notes))

    def _may_fail(self, table: TableFunction, may: int) -> bool:
        """Whether a conflict, a value that row 4 does not list, or a failure upstream cannot be ruled out."""
        rules = members(may)
        values = {repr(table.logic.outcome(1 << rule).value) for rule in rules}
        listed = any(
            column.allowed is not None and not isinstance(column.source, FactSource)
            for column in table.table.columns
        )
        upstream = {self.policy.decision_names.get(name) for name in table.table.reads}
        return (
            (table.table.hit_policy.forbids_overlap and len(rules) > 1)
            or (table.table.hit_policy.must_agree and len(values) > 1)
            or listed
            or any(name is not None and self.by_name[name].doubtful for name in upstream)
        )

    def _unknown(self, facts: Iterable[str]) -> frozenset[int]:
        return frozenset(self.readers[name].variable for name in facts if name not in self.known)

    def _note(self, place: str, facts: Sequence[str]) -> str:
        labels = ", ".join(self.readers[name].label for name in facts if name not in self.known)
        return f"{place} cannot be analysed while unknown: {labels}; each counts as mattering"


def _candidates(table: TableFunction, may: int, sure: int) -> list[int]:
    """The rules that may decide alone: of an F table none behind the first that surely fires."""
    if table.table.hit_policy.first_wins and sure:
        first = sure & -sure
        return members(may & (2 * first - 1))
    return members(may)
