"""Each decision's diagram: its outcome as a function of the facts alone, upstream decisions composed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from attrs import evolve, field, frozen

from dmn_dli.diagrams.cases import both, everywhere, where
from dmn_dli.diagrams.choice import Agreement, Choice, Order, Settle, Total, two_of
from dmn_dli.diagrams.columns import ColumnDiagrams, meeting
from dmn_dli.diagrams.composition import IMPOSSIBLE, Composition, Gap, OpenOutcome
from dmn_dli.diagrams.guard import MOST_PARTS, Guard
from dmn_dli.diagrams.store import Diagrams, TooLarge
from dmn_dli.diagrams.variables import DerivedVariable, FactVariable
from dmn_dli.feel.budget import together
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.runtime.hit_policy import rounded_sum
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.limits import CellLimit
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from dmn_dli.tables.logic import Outcome, TableLogic
from dmn_dli.tables.open_values import has_open, holds_open, without_computed
from dmn_dli.theories.lowering import EntryPair

SEARCH_STEPS = 100_000
"""How many of them the search for what fires, or decides, may take."""

MOST_SETS = 256
"""How many sets of rules may fire together before a table that gathers them is composed without the sets."""

STEP_LIMIT = 500_000
"""How many steps the diagram of one decision may take before it is left to the evaluation of single cases."""


@frozen
class DecisionDiagram:
    """A decision as a diagram over the policy's variables; `root` is None where it would be too large.

    parts: where `root` does not say which rules contribute, for each rule (by position) where it fires, true
    or false. The root then ends in the first rule of a list, in a number, or in a value that rules agree on.
    two: whether a conflict names two of the rules that fire, and there may be more.
    """

    name: str
    logic: TableLogic
    root: int | None
    parts: tuple[int, ...] = ()
    two: bool = False


@frozen
class PolicyDiagrams:
    """All decisions of a policy, in the order of the linked tables.

    assumptions: for each its diagram. admissible: whether facts fulfil all of them, and no theory refutes
    that facts and terms go together; where not, the decisions' diagrams say IMPOSSIBLE, each as far as it
    asks for terms.
    limits: by decision what takes more work than is allowed on some case, so that there is no diagram.
    """

    policy: LinkedPolicy
    store: Diagrams
    facts: tuple[FactVariable, ...]
    derived: tuple[DerivedVariable, ...]
    columns: ColumnDiagrams
    decisions: tuple[DecisionDiagram, ...]
    assumptions: tuple[int, ...]
    admissible: int
    limits: Mapping[str, CellLimit] = field(factory=dict, eq=False)

    @property
    def tables(self) -> tuple[DecisionDiagram, ...]:
        """The decisions that are tables of the workbook."""
        return tuple(each for each in self.decisions if each.logic.table.criterion is None)

    @property
    def criteria(self) -> tuple[DecisionDiagram, ...]:
        """The decisions that are rows of a sheet of criteria, in the order of need."""
        rows = {each.name for each in self.policy.criteria}
        return tuple(each for each in self.decisions if each.name in rows)


@together()
def build(
    policy: LinkedPolicy,
    limit: int = STEP_LIMIT,
    fixed: Mapping[str, int] | None = None,
    logic: Callable[[str], TableLogic] | None = None,
    domains: Mapping[str, Domain] | None = None,
    parts: int = MOST_PARTS,
) -> PolicyDiagrams:
    """Build the diagrams of a policy that has no errors.

    fixed: facts whose atom (0-based) is known beforehand; the diagrams then speak of the others alone.
    logic: gives a decision's table logic where it is at hand already.
    domains: of all facts that are read, finer ones than the policy needs (default: its own).
    parts: how many parts a group of terms may have for theories to go through it as a whole.
    """
    logic = logic or (lambda decision: TableLogic(policy.by_name[decision]))
    builder = _Builder(Composition(policy, fixed or {}, domains), limit, logic)
    decisions = tuple(builder.decision(table) for table in policy.decisions)
    guard = Guard(builder.composition, parts)
    return PolicyDiagrams(
        policy,
        builder.store,
        tuple(builder.composition.facts.values()),
        tuple(builder.columns.derived[number] for number in sorted(builder.columns.derived)),
        builder.columns,
        tuple(builder.constrained(decision, guard) for decision in decisions),
        guard.assumptions,
        guard.admissible,
        builder.limits,
    )


class _Builder:
    def __init__(self, composition: Composition, limit: int, logic: Callable[[str], TableLogic]) -> None:
        self.composition = composition
        self.store = composition.store
        self.columns = ColumnDiagrams(composition)
        self.limit = limit
        self.logic = logic
        self.limits: dict[str, CellLimit] = {}

    def constrained(self, decision: DecisionDiagram, guard: Guard) -> DecisionDiagram:
        """A decision whose diagrams say IMPOSSIBLE for facts and terms that no case has."""
        store = self.store
        if decision.root is None:
            return decision
        admissible = guard.of(store.support(decision.root).union(*map(store.support, decision.parts)))
        if admissible == everywhere(store):
            return decision
        store.allow(self.limit)
        impossible = store.terminal(IMPOSSIBLE)
        try:
            return evolve(
                decision,
                root=store.if_then_else(admissible, decision.root, impossible),
                parts=tuple(store.if_then_else(admissible, part, impossible) for part in decision.parts),
            )
        except TooLarge:
            return evolve(decision, root=None, parts=())

    def decision(self, table: LinkedTable) -> DecisionDiagram:
        logic = self.logic(table.name)
        self.store.allow(self.limit)
        try:
            columns = [self.columns.column(table, *column) for column in enumerate(logic.columns)]
            made = self._composed(table, logic, columns)
        except TooLarge:
            made = DecisionDiagram(table.name, logic, None)
        except CellLimit as limit:
            self.limits[table.name] = limit
            made = DecisionDiagram(table.name, logic, None)
        self.composition.roots[table.name] = made.root
        if made.parts and table.hit_policy.gives_list:
            self.composition.parted.add(table.name)
        return made

    def _composed(self, table: LinkedTable, logic: TableLogic, columns: Sequence[int]) -> DecisionDiagram:
        """The decision's diagram: of what decides where that is one rule, else of all that fire.

        Where too many sets of rules may fire together, of what the hit policy makes of them, with the parts.
        """
        hit_policy = table.hit_policy
        if hit_policy.first_wins or (hit_policy.one_rule and hit_policy.ranked and not table.computed):
            masks = self._chosen(logic, columns, Order(logic.order))
            return DecisionDiagram(table.name, logic, self._outcomes(table, logic, masks))
        # Who reads a list reads the whole, and a record quotes the final decision's rules: their sets are
        # kept as long as can be.
        few = hit_policy.one_answer or table.computed or self._is_quoted(table)
        try:
            self.store.allow(min(self.limit, SEARCH_STEPS))
            masks = meeting(self.store, logic.all_rules, columns)
            self.store.allow(self.limit)
            if hit_policy.forbids_overlap:
                # Each set that fires becomes an outcome that lists its rules: two of them say as much.
                self.store.afford(sum(map(_size, self.store.reached(masks))))
            if few or len(self.store.reached(masks)) <= MOST_SETS:
                return DecisionDiagram(table.name, logic, self._outcomes(table, logic, masks))
        except TooLarge:
            if table.computed and not hit_policy.forbids_overlap:
                raise
        if hit_policy.gives_list and self._is_final(table) and self.composition.policy.workbook.generic:
            raise TooLarge  # parts do not tell which lists may come out, and each is a determination
        self.store.allow(self.limit)
        if hit_policy.forbids_overlap:
            masks = self._chosen(logic, columns, two_of)
            return DecisionDiagram(table.name, logic, self._outcomes(table, logic, masks), two=True)
        parts = tuple(self._part(logic, columns, rule) for rule in range(len(logic.table.rules)))
        return DecisionDiagram(table.name, logic, self._gathered(table, logic, columns), parts)

    def _is_quoted(self, table: LinkedTable) -> bool:
        return self._is_final(table) or (table.hit_policy.gives_list and table.name in self._read)

    def _is_final(self, table: LinkedTable) -> bool:
        return table.name == self.composition.policy.workbook.policy.final_decision

    @cached_property
    def _read(self) -> set[str]:
        """The decisions that others read."""
        names, decisions = self.composition.policy.decision_names, self.composition.policy.decisions
        return {names[name] for table in decisions for name in table.reads if name in names}

    def _chosen(self, logic: TableLogic, columns: Sequence[int], settle: Settle) -> int:
        """The diagram of the rules (masks) that are left of those that fire; problems as they are."""
        store = self.store
        states = self._search(logic, columns, settle)
        return self._beside_problems(columns, store.map(states, lambda state: store.terminal(state[1])))

    def _search(self, logic: TableLogic, columns: Sequence[int], settle: Settle, gathered: Any = None) -> int:
        self.store.allow(min(self.limit, SEARCH_STEPS))
        root = Choice(self.store, logic, columns, settle).root(gathered)
        self.store.allow(self.limit)
        return root

    def _beside_problems(self, columns: Sequence[int], root: int) -> int:
        """The diagram, but where a column has a problem that one."""
        store = self.store

        def first(left: Any, right: Any) -> int:
            return store.terminal(right if isinstance(left, int) else left)

        problems = store.terminal(0)
        for column in columns:
            if not all(isinstance(mask, int) for mask in store.reached(column)):
                problems = store.apply(problems, column, first)
        never = problems < 0 and isinstance(store.results[~problems], int)
        return root if never else store.apply(problems, root, first)

    def _part(self, logic: TableLogic, columns: Sequence[int], rule: int) -> int:
        """Where a rule fires."""
        found = everywhere(self.store)
        for column, indifferent in zip(columns, logic.indifferent, strict=True):
            if not indifferent >> rule & 1:
                accepts = where(self.store, column, partial(_holds, rule))
                found = both(self.store, found, accepts)
        return found

    def _gathered(self, table: LinkedTable, logic: TableLogic, columns: Sequence[int]) -> int:
        """The diagram of what all rules that fire result in together; of a list, of its first rule alone."""
        hit_policy, store = table.hit_policy, self.store
        if hit_policy.must_agree:
            return self._outcomes(table, logic, self._chosen(logic, columns, Agreement(logic)))
        if not hit_policy.own_values:
            return self._outcomes(table, logic, self._chosen(logic, columns, Order(logic.order)))
        states = self._search(logic, columns, Total(logic.weights), (Decimal(0), 0))

        def outcome(state: Any) -> int:
            total, fired = state[0]
            value = None if total is None else rounded_sum(total)
            found = Outcome((), value) if fired else logic.outcome(0)
            return store.terminal(found, (table.name, (), freeze(found.value), None))

        return self._beside_problems(columns, store.map(states, outcome))

    def _outcomes(self, table: LinkedTable, logic: TableLogic, masks: int) -> int:
        store, composition = self.store, self.composition
        names: tuple[str, ...] = ()
        agreed, traced = False, table
        if table.hit_policy.counts:
            traced = without_computed(table)
            masks = self._beside(composition.problems(table.computed_names), masks)
        elif table.computed:
            traced = composition.lowered.tables[table.name]
            names = tuple(sorted(traced.computed_names))
            if composition.is_open(names) or not composition.affordable(names):
                names, traced = (), without_computed(table)
            if has_open(traced):
                composition.open.add(table.name)
                agreements = composition.lowered.agreements.get(table.name)
                if agreements is not None:
                    masks, agreed = self._agreeing(logic, masks, agreements), True
                masks = self._beside(composition.problems(table.computed_names), masks)
        if traced is not table:
            logic = TableLogic(traced)
        must_answer = composition.policy.must_answer(table)

        def outcome(mask: Any, values: Any) -> int:
            for problem in (mask, values):
                if not isinstance(problem, int | tuple):
                    return store.terminal(problem)
            if must_answer and not mask:
                return store.terminal(Gap(table.name))
            if not table.computed:
                return settled(logic.outcome(mask))
            found = logic.partial(mask, dict(zip(names, values, strict=True)), agreed=agreed)
            if holds_open(found.value):
                key = "open", table.name, mask, freeze(found.value)
                return store.terminal(OpenOutcome(mask, found.rules, found.value), key)
            return settled(found)

        def settled(found: Outcome) -> int:
            return store.terminal(found, (table.name, found.rules, freeze(found.value), found.conflict))

        if names:
            return store.apply(masks, composition.tuples(names), outcome)
        return store.map(masks, lambda mask: outcome(mask, ()))

    def _agreeing(self, logic: TableLogic, masks: int, agreements: Sequence[EntryPair]) -> int:
        """The masks, where the rules of one do not agree the conflict."""
        store = self.store
        for each in agreements:

            def agree(mask: Any, same: Any, each: EntryPair = each) -> int:
                asked = isinstance(mask, int) and mask & each.first and mask & each.second
                if not asked or (isinstance(same, tuple) and same[0] is True):
                    return store.terminal(mask)
                return store.terminal(logic.disagreement(mask) if isinstance(same, tuple) else same)

            if any(
                isinstance(mask, int) and mask & each.first and mask & each.second
                for mask in store.reached(masks)
            ):
                masks = store.apply(masks, self.composition.results(each.condition), agree)
        return masks

    def _beside(self, problems: int, masks: int) -> int:
        """The masks, but a problem where there is one."""
        store = self.store

        def first(problem: Any, mask: Any) -> int:
            return store.terminal(mask if problem is None or not isinstance(mask, int) else problem)

        return masks if problems == store.terminal(None) else store.apply(problems, masks, first)


def _size(mask: Any) -> int:
    """How many rules a mask holds; none where there is a problem instead."""
    return mask.bit_count() if isinstance(mask, int) else 0


def _holds(rule: int, mask: Any) -> bool:
    """Whether a rule is among those of a mask; where there is a problem instead, none is."""
    return isinstance(mask, int) and bool(mask >> rule & 1)
