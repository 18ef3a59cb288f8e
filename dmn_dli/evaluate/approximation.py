"""Over-approximation: decisions that a diagram alone does not answer, exactly where that can be had.

Three kinds: a table too large for a diagram over all facts; an input clause or cell that cannot be traced to
atoms of facts (a derived variable); outputs computed from facts that have no atoms. Each decision takes the
first of four steps that answers it. The first two are exact; the others may hold outcomes that no completion
reaches, but never lack one that some completion does.

1. *Walk*: the diagram, where it is there and no derived variable is free. Where that comes to a conflict of
   which it names two rules alone, step 2 or 3 names all that fire, if they can.
2. *Known values*: the table as it stands, where all that it reads is known.
3. *Restricted diagram*: over the unknown facts alone, built for the case at hand where the whole one would be
   too large; for a table that asks facts alone it is made of the rules that are live (`LiveRules`). A derived
   variable that cannot be worked out is free: every value that its tests tell apart may come. A computed
   output stays open.
4. *Live rules*: where even that would be too large, every rule that the known facts do not rule out may
   decide.

A note names the cell and the unknown facts behind it, all of which count as mattering. Under assumptions a
fact may only change together with others, and a free variable may stand for a change that none of them makes:
facts that are tied together then matter together. A conflict that only a free variable leads to may not
happen at all: it is a doubt, which forbids a determination but is no error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from dmn_dli.evaluate.approximation_memory import Approximated, ApproximationMemory
from dmn_dli.evaluate.decide import Decider
from dmn_dli.evaluate.frame import Frame, Given, Restricted, Values, restricted
from dmn_dli.evaluate.known_in_tables import known_nodes
from dmn_dli.evaluate.live_rules import may_decide
from dmn_dli.evaluate.table_function import TableFunction
from dmn_dli.evaluate.table_outcomes import DOUBT, GAP, OPEN, of_known, of_table, troubled
from dmn_dli.evaluate.ties import Ties
from dmn_dli.feel.python_dates import feel_fact
from dmn_dli.runtime.compiled import CompiledPolicy
from dmn_dli.runtime.diagram import Remainder, certain
from dmn_dli.runtime.kernel import DecisionKernel, Kernel
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.runtime.policy import Decision
from dmn_dli.runtime.record import LISTS
from dmn_dli.runtime.residual import Opaque, PartedResidual, Residual
from dmn_dli.tables.admission import named_value, restriction
from dmn_dli.tables.limits import CellLimit, table_error
from dmn_dli.tables.masks import members


class Approximation:
    """One case on its way through the decisions, each after those that it requires."""

    def __init__(
        self,
        kernel: Kernel,
        compiled: CompiledPolicy,
        decider: Decider,
        memory: ApproximationMemory,
        atoms: list[int],
        facts: Mapping[str, Any],
        *,
        fine: bool = False,
    ) -> None:
        """Take a kernel with its compiled policy, its tables as functions and its memory, and a case.

        fine: whether a fact's atom may not be its own, so that tables come first, and nothing is remembered.
        """
        self.fine = fine
        self.compiled = compiled
        self.decisions = kernel.decisions
        self.readers = kernel.case_reader.facts
        self.decider = decider
        self.memory = memory
        self.atoms = atoms
        self.policy = decider.policy
        self.known = kernel.case_reader.values(facts)
        self.found: dict[str, Residual] = {}
        self.values: dict[str, object] = {}
        self.frame = Frame(decider.policy, atoms, memory.derived, memory.term, memory.assumed)
        self.ties = Ties(compiled.policy.assumptions, atoms, memory.behind)
        self.restricted: Restricted | None = None

    def residuals(self) -> dict[str, Residual]:
        """What the facts leave of each decision, by name."""
        for decision in self.decisions:
            answer = self._worked_out(decision) if self.fine else self._answer(decision)
            self.found[decision.name] = answer.residual
            for variable, atom in answer.derived.items():
                self.atoms[variable] = atom
            if answer.value:
                (self.values[decision.name],) = answer.value
        return self.found

    def _answer(self, decision: DecisionKernel) -> Approximated:
        """What is worked out, or was for such a case before."""
        key = self.memory.key(decision.name, self.atoms, self.known)
        answer = self.memory.get(key)
        if answer is None:
            answer = self._worked_out(decision)
            self.memory.keep(key, answer, decision.decision)
        return answer

    def _worked_out(self, decision: DecisionKernel) -> Approximated:
        name = decision.name
        try:
            self.frame.work_out(name, self._scope)
            residual = self._decision(decision)
        except CellLimit as limit:
            raise table_error(self.policy.by_name[name], limit) from None
        derived = {variable: self.atoms[variable] for variable in self.frame.of({name})}
        return Approximated(residual, derived, (self.values[name],) if name in self.values else ())

    def _decision(self, decision: DecisionKernel) -> Residual:
        values = self._compiled_values(decision.name)
        if self.fine:
            scope = self._scope(self.policy.by_name[decision.name].reads)
            if scope is not None:
                return self._direct(decision.decision, scope)
        residual = self._walked(decision, self.frame)
        if residual is not None and not residual.names_two and not _unnamed_arrival(residual):
            return self._remembered(residual, values)
        scope = self._scope(self.policy.by_name[decision.name].reads)
        if scope is not None:
            return self._direct(decision.decision, scope)
        if residual is not None:
            return self._in_full(decision) or residual if residual.names_two else residual
        careful = None
        if decision.diagram is None:
            found = self._over_live_rules(decision)
            if found is not None:
                return found
        else:
            careful = self._cautious(decision, values, self.frame)
            if not (self._says_more(careful.opaque.behind) and (self._assumes_more or not careful.single)):
                return careful
        restricted, values = self._restricted(decision)
        found = None if restricted.diagram is None else self._left(restricted, values)
        if careful is None:
            return found or self._live(decision.decision)
        # What theories say of a group that is too large for one case may be missing in its own diagram.
        return careful if found is None or len(found.outcomes) > len(careful.outcomes) else found

    def _over_live_rules(self, decision: DecisionKernel) -> Residual | None:
        """What the rules that known facts leave live say; None where they do not say all."""
        rules = self.memory.live_rules(decision.decision, self.decider.table(decision.name))
        found = None if rules is None else rules.of(rules.left(self.atoms))
        if found is None:
            return None
        return self._remembered(found.decision.residual(self.atoms), found.values.__getitem__)

    def _says_more(self, free: Iterable[int]) -> bool:
        """Whether something is known of what is behind a free variable on which the answer hangs."""
        return any(name in self.known for each in free for name in self.frame.derived[each].facts)

    @cached_property
    def _assumes_more(self) -> bool:
        """Whether known values may contradict what assumptions say of several facts."""
        return self._says_more(self.frame.assumed & self.frame.free)

    def _walked(self, decision: DecisionKernel, frame: Frame) -> Residual | None:
        """What the diagram says, where it says all."""
        free = any(not frame.atoms[each] for each in frame.of(self.memory.requires[decision.name]))
        return decision.residual(frame.atoms) if decision.regular and not free else None

    def _left(self, restricted: DecisionKernel, values: Values) -> Residual:
        """What a diagram over the unknown facts alone leaves."""
        assert self.restricted is not None, "it is of these"
        frame = self.restricted.frame
        residual = self._walked(restricted, frame)
        if residual is None:
            residual = self._cautious(restricted, values, frame)
        else:
            self._remembered(residual, values)
        residual.of_case = self.restricted.own
        return residual

    def _in_full(self, decision: DecisionKernel) -> Residual | None:
        """The same with all rules of each conflict, where a diagram over the unknown facts alone has them."""
        restricted, values = self._restricted(decision)
        if restricted.diagram is None:
            return None
        residual = self._left(restricted, values)
        return None if residual.names_two else residual

    def _compiled_values(self, decision: str) -> Values:
        return lambda number: self.memory.value(decision, number)

    def _remembered(self, residual: Residual, values: Values) -> Residual:
        """The residual; where it is one value, that value is kept for what reads the decision."""
        name = residual.decision.name
        if isinstance(residual, PartedResidual) and residual.is_list and residual.one_value:
            self.values[name] = self._whole_list(residual)
        elif residual.one_value:
            self.values[name] = values(residual.outcomes[0].number)
        return residual

    def _whole_list(self, residual: PartedResidual) -> object:
        """The FEEL value of a list of which it is settled rule by rule what is in it."""
        logic = self.decider.table(residual.decision.name).logic
        firing = set(residual.firing)
        mask = sum(1 << position for position, rule in enumerate(logic.table.rules) if rule.id in firing)
        return logic.outcome(mask).value

    def _scope(self, names: Iterable[str]) -> dict[str, object] | None:
        """The values of facts and decisions, or None where one is not settled."""
        scope: dict[str, object] = {}
        for name in names:
            required = self.policy.decision_names.get(name)
            if required is None:
                if name not in self.known:
                    return None
                scope[name] = feel_fact(self.known[name])
                continue
            if required not in self.values or self.found[required].problems:
                return None
            scope[name] = named_value(name, required, self.values[required])
        return scope

    def _direct(self, decision: Decision, scope: Mapping[str, object]) -> Residual:
        """The table evaluated on known values."""
        table = self.decider.table(decision.name)
        arrival = table.arrival(scope)
        if arrival is not None:
            return Residual(decision, [troubled(decision, 0, ("arrival", *arrival))])
        outcome = table.outcome(scope)
        residual = of_known(decision, table.table, outcome, self.policy)
        gap = residual.outcomes[0].trouble == GAP
        return residual if gap else self._remembered(residual, lambda _: outcome.value)

    def _cautious(self, decision: DecisionKernel, values: Values, frame: Frame) -> Residual:
        """What a diagram leaves, with doubts for what may fail, and notes on what is free or open."""
        assert decision.diagram is not None, "asked only where there is a diagram"
        atoms, free = frame.atoms, frame.free
        residual = decision.residual(atoms)
        left = Remainder(decision.diagram, atoms).reduced()
        asked = set(left.variables).union(
            *[Remainder(part, atoms).reduced().variables for part in decision.decision.parts.values()]
        )
        met = free & asked
        # Where an assumption asks a term, what theories leave of a part may hold no case all the same.
        sure = set() if frame.assumed & met else certain(left, free, decision.impossible)
        final = decision.name == self.compiled.policy.final
        computed: dict[int, object] = {}

        def view(outcome: OutcomeView) -> OutcomeView:
            if outcome.open:
                outcome = self._computed(decision.decision, outcome, computed)
            fails = bool(outcome.problems) or (final and not outcome.unspoken and outcome.first is None)
            if outcome.number in sure or residual.single or not fails:
                return outcome
            return troubled(decision.decision, outcome.number, DOUBT)

        outcomes = [view(outcome) for outcome in residual.outcomes]
        behind = {variable: self._unknown(frame.derived[variable].facts) for variable in met}
        clauses = [frame.derived[each] for each in sorted(met) if not frame.is_followed(each)]
        notes = [self._note(each.place, each.facts) for each in clauses]
        cautious = frozenset().union(*behind.values())
        unspoken = [
            before
            for before, now in zip(residual.outcomes, outcomes, strict=True)
            if before.unspoken and now.unspoken
        ]
        if unspoken:
            logic = self.decider.table(decision.name).logic
            facts = self._facts_behind(
                frozenset[str]().union(*[logic.outcome_names(each.trouble[1]) for each in unspoken])
            )
            cautious |= self._unknown(facts)
            if decision.name not in self.memory.read or decision.name in LISTS.values():
                notes.append(self._note(decision.decision.sheet, facts))  # else those who read it tell
        bound: Sequence[frozenset[int]] = ()
        if behind or (cautious and self.ties.groups):
            tied = self.ties.of(frozenset(asked - free | cautious))
            bound = [each.union(*[{d} for d in behind if behind[d] & each]) for each in tied]
            cautious = frozenset().union(*self.ties.of(cautious))
        opaque = Opaque(behind, cautious, notes, bound)
        found = type(residual)(decision.decision, outcomes, residual.atoms, decision.impossible, opaque)
        return self._remembered(
            found, lambda number: computed[number] if number in computed else values(number)
        )

    def _computed(self, decision: Decision, outcome: OutcomeView, computed: dict[int, object]) -> OutcomeView:
        """An open outcome; where all that its outputs are computed from is settled, that with its value."""
        _, mask, _ = outcome.trouble
        logic = self.decider.table(decision.name).logic
        scope = self._scope(logic.outcome_names(mask))
        if scope is None:
            may_disagree = logic.table.hit_policy.must_agree and mask.bit_count() > 1
            return troubled(decision, outcome.number, DOUBT) if may_disagree else outcome
        found = logic.outcome(mask, scope)
        computed[outcome.number] = found.value
        return of_table(decision, outcome.number, logic.table, found)

    def _restricted(self, decision: DecisionKernel) -> tuple[DecisionKernel, Values]:
        """The decision with a diagram over the unknown facts alone, and the values of its outcomes."""
        if self.restricted is None or decision.name not in self.restricted.decisions:
            known = {name: feel_fact(value) for name, value in self.known.items()}
            for name, required in self.policy.decision_names.items():
                if required in self.found and required in self.values and not self.found[required].problems:
                    known[name] = named_value(name, required, self.values[required])
            by_name = {each.name: each for each in self.decisions}
            self.restricted = restricted(
                self.policy,
                [decision.name, *self._hanging()],
                Given(self.atoms, known_nodes(known), self.memory.domains),
                self.decider.logic,
                by_name.__getitem__,
            )
        for name in (*self.found, decision.name):
            if name in self.restricted.decisions:
                self.restricted.frame.work_out(name, self._scope)
        return self.restricted.decisions[decision.name]

    def _hanging(self) -> list[str]:
        """The decisions still to come that hang on a free variable."""
        later = [each.name for each in self.decisions if each.name not in self.found]
        return [
            name
            for name in later
            if any(not self.atoms[each] for each in self.frame.of(self.memory.requires[name]))
        ]

    def _live(self, decision: Decision) -> Residual:
        """What the rules that the known facts leave standing may give, each as if it alone decided."""
        table = self.decider.table(decision.name)
        may, sure = table.live(self.known)
        deciding = may_decide(may, sure, first_wins=table.table.hit_policy.first_wins)
        found = [table.logic.outcome(1 << rule) for rule in members(deciding)]
        may_gape = not sure and self.policy.must_answer(table.table)
        if not sure and not may_gape:
            found.append(table.logic.outcome(0))
        outcomes = [of_table(decision, number, table.table, each) for number, each in enumerate(found)]
        hit_policy = table.table.hit_policy
        if table.table.computed or hit_policy.gives_list or hit_policy.own_values:
            outcomes = [troubled(decision, 0, OPEN)]
        elif decision.name == self.compiled.policy.final and len(outcomes) > 1:
            outcomes = [outcome for outcome in outcomes if outcome.first is not None]
        if len(outcomes) < len(found) or may_gape or self._may_fail(table, may):
            outcomes.append(troubled(decision, len(found), DOUBT))
        facts = self._facts_behind(table.table.reads)
        cautious = frozenset().union(*self.ties.of(self._unknown(facts)))
        opaque = Opaque({}, cautious, [self._note(decision.sheet, facts)])
        residual = Residual(decision, outcomes, opaque=opaque)
        return self._remembered(residual, lambda number: found[number].value)

    def _may_fail(self, table: TableFunction, may: int) -> bool:
        """Whether a conflict, a value that row 4 does not list, or a failure upstream cannot be ruled out."""
        rules = members(may)
        values = {repr(table.logic.outcome(1 << rule).value) for rule in rules}
        listed = any(restriction(column) is not None for column in table.table.columns)
        upstream = {self.policy.decision_names.get(name) for name in table.table.reads}
        return (
            (table.table.hit_policy.forbids_overlap and len(rules) > 1)
            or (table.table.hit_policy.must_agree and len(values) > 1)
            or listed
            or any(name is not None and self.found[name].doubtful for name in upstream)
        )

    def _facts_behind(self, names: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(self.policy.facts_read(names)))

    def _unknown(self, facts: Iterable[str]) -> frozenset[int]:
        return frozenset(self.readers[name].variable for name in facts if name not in self.known)

    def _note(self, place: str, facts: Sequence[str]) -> str:
        labels = ", ".join(self.readers[name].label for name in facts if name not in self.known)
        return f"{place} cannot be analysed while unknown: {labels}; each counts as mattering"


def _unnamed_arrival(residual: Residual) -> bool:
    """Whether a value arrives that row 4 does not list, and the diagram cannot tell which."""
    return residual.troubled and any(each.trouble[:2] == ("arrival", "") for each in residual.outcomes)
