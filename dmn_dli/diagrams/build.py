"""Each decision's diagram: its outcome as a function of the facts alone, upstream decisions composed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from dmn_dli.diagrams.columns import ColumnDiagrams, meeting
from dmn_dli.diagrams.composition import IMPOSSIBLE, Composition, OpenOutcome
from dmn_dli.diagrams.store import Diagrams, TooLarge
from dmn_dli.diagrams.variables import DerivedVariable, FactVariable
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.tables.domain import Domain
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from dmn_dli.tables.logic import Outcome, TableLogic
from dmn_dli.tables.traceable import tabulable

STEP_LIMIT = 100_000
"""How many steps the diagram of one decision may take before it is left to the evaluation of single cases."""

ASSUMPTION_STEPS = 1_000_000
"""How many steps the diagram of all assumptions together may take."""


@frozen
class DecisionDiagram:
    """A decision as a diagram over the policy's variables; `root` is None where it would be too large."""

    name: str
    logic: TableLogic
    root: int | None


@frozen
class PolicyDiagrams:
    """All decisions of a policy, in the order of the linked tables.

    assumptions: for each its diagram. admissible: whether facts fulfil all of
    them; where they do not, the decisions' diagrams say IMPOSSIBLE.
    """

    policy: LinkedPolicy
    store: Diagrams
    facts: tuple[FactVariable, ...]
    derived: tuple[DerivedVariable, ...]
    columns: ColumnDiagrams
    decisions: tuple[DecisionDiagram, ...]
    assumptions: tuple[int, ...]
    admissible: int


def build(
    policy: LinkedPolicy,
    limit: int = STEP_LIMIT,
    fixed: Mapping[str, int] | None = None,
    logic: Callable[[str], TableLogic] | None = None,
    domains: Mapping[str, Domain] | None = None,
) -> PolicyDiagrams:
    """Build the diagrams of a policy that has no errors.

    fixed: facts whose atom (0-based) is known beforehand; the diagrams then speak of the others alone.
    logic: gives a decision's table logic where it is at hand already.
    domains: of all facts that are read, finer ones than the policy needs (default: its own).
    """
    logic = logic or (lambda decision: TableLogic(policy.by_name[decision]))
    builder = _Builder(Composition(policy, fixed or {}, domains), limit, logic)
    decisions = tuple(builder.decision(table) for table in policy.tables)
    assumptions, admissible = builder.assumptions()
    return PolicyDiagrams(
        policy,
        builder.store,
        tuple(builder.composition.facts.values()),
        tuple(builder.columns.derived[number] for number in sorted(builder.columns.derived)),
        builder.columns,
        tuple(builder.constrained(decision, admissible) for decision in decisions),
        assumptions,
        admissible,
    )


class _Builder:
    def __init__(self, composition: Composition, limit: int, logic: Callable[[str], TableLogic]) -> None:
        self.composition = composition
        self.store = composition.store
        self.columns = ColumnDiagrams(composition)
        self.limit = limit
        self.logic = logic

    def assumptions(self) -> tuple[tuple[int, ...], int]:
        """The diagram of each assumption, and of all together. Raises TooLarge."""
        store = self.store
        store.allow(ASSUMPTION_STEPS)
        roots = tuple(self.composition.assumption(each) for each in self.composition.policy.assumptions)
        admissible = store.terminal(result=True)
        for root in roots:
            admissible = store.apply(admissible, root, lambda left, right: store.terminal(left and right))
        return roots, admissible

    def constrained(self, decision: DecisionDiagram, admissible: int) -> DecisionDiagram:
        """A decision whose diagram says IMPOSSIBLE where the assumptions do not hold."""
        if decision.root is None or admissible == self.store.terminal(result=True):
            return decision
        store = self.store
        store.allow(self.limit)
        try:
            root: int | None = store.if_then_else(admissible, decision.root, store.terminal(IMPOSSIBLE))
        except TooLarge:
            root = None
        return evolve(decision, root=root)

    def decision(self, table: LinkedTable) -> DecisionDiagram:
        logic = self.logic(table.name)
        self.store.allow(self.limit)
        try:
            columns = (self.columns.column(table, *column) for column in enumerate(logic.columns))
            root: int | None = self._outcomes(table, logic, meeting(self.store, logic.all_rules, columns))
        except TooLarge:
            root = None
        self.composition.roots[table.name] = root
        return DecisionDiagram(table.name, logic, root)

    def _outcomes(self, table: LinkedTable, logic: TableLogic, masks: int) -> int:
        store = self.store
        names = tuple(sorted(table.computed_names))
        composition = self.composition
        entries = table.computed_entries
        is_open = table.computed and (
            composition.is_open(names)
            or not all(tabulable(entry.tree, entry.names, composition.domains) for entry in entries)
            or not composition.affordable(names)
        )
        if is_open:
            composition.open.add(table.name)

        def outcome(mask: Any) -> int:
            if not isinstance(mask, int):
                return store.terminal(mask)
            conflict = table.hit_policy.forbids_overlap and mask.bit_count() > 1
            if is_open and not conflict:
                return store.terminal(OpenOutcome(mask), (table.name, mask))
            return settled(logic.outcome(mask))

        def settled(found: Outcome) -> int:
            return store.terminal(found, (table.name, found.rules, freeze(found.value), found.conflict))

        def computed(mask: Any, values: Any) -> int:
            for problem in (mask, values):
                if not isinstance(problem, int | tuple):
                    return store.terminal(problem)
            return settled(logic.outcome(mask, dict(zip(names, values, strict=True))))

        if table.computed and not is_open:
            return store.apply(masks, composition.tuples(names), computed)
        return store.map(masks, outcome)
