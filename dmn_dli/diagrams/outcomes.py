"""Diagrams of outcomes: from the rules that fire to what they result in, as far as that is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from dmn_dli.diagrams.composition import Composition, Gap, OpenOutcome
from dmn_dli.diagrams.expressions import Expressions
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.tables.linked import LinkedTable
from dmn_dli.tables.logic import Outcome, TableLogic
from dmn_dli.tables.open_values import has_open, holds_open, without_computed
from dmn_dli.theories.agreement import EntryPair


@frozen
class OutcomeDiagrams:
    """The outcomes of a policy's tables."""

    composition: Composition

    def root(self, table: LinkedTable, logic: TableLogic, masks: int) -> int:
        """The diagram of what a table results in, from that of the rules that fire or decide (masks)."""
        composition = self.composition
        store = composition.store
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
            if isinstance(mask, Outcome) and mask.rules:
                return settled(mask)  # a conflict
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
        store = self.composition.store
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
                masks = store.apply(masks, Expressions(self.composition).results(each.condition), agree)
        return masks

    def _beside(self, problems: int, masks: int) -> int:
        """The masks, but a problem where there is one."""
        store = self.composition.store

        def first(problem: Any, mask: Any) -> int:
            return store.terminal(mask if problem is None or not isinstance(mask, int) else problem)

        return masks if problems == store.terminal(None) else store.apply(problems, masks, first)
