"""Cases for rules that no case uses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from dmn_dli.diagrams.build import DecisionDiagram
from dmn_dli.diagrams.cases import where
from dmn_dli.model.cell import cell_name
from dmn_dli.suggest.aimed import case_of
from dmn_dli.suggest.ground import Facts, Ground
from dmn_dli.suggest.suggestion import Aim, SuggestedCase, Unreached
from dmn_dli.tables.logic import Outcome


def rule_cases(ground: Ground) -> Iterator[SuggestedCase | Unreached]:
    """For each rule that neither a known case nor an earlier suggestion uses, a case that uses it.

    Decisions further down come first, since a case for them uses rules further up too.
    """
    covered = {pair for case in ground.cases for pair in ground.pairs(case.facts)}
    for decision in reversed(ground.diagrams.tables):
        table = decision.logic.table
        for position, source in enumerate(table.rules):
            if (decision.name, source.id) in covered:
                continue
            place = cell_name(table.table.sheet, source.cell.reference)
            facts = _case(ground, decision, position, source.id)
            if facts is None:
                what = f"no case was found in which rule {source.id} ({place}) contributes"
                yield Unreached(Aim.RULE, decision.name, source.id, what)
                continue
            covered |= ground.pairs(facts)
            name = f"{decision.name}: rule {source.id}"
            why = f"Rule {source.id} ({place}) is used by no case yet."
            yield SuggestedCase(name, ground.plain(facts), why, Aim.RULE, decision.name, source.id)


def _case(ground: Ground, decision: DecisionDiagram, rule: int, identifier: str) -> Facts | None:
    def check(facts: Facts) -> bool:
        return identifier in ground.used(facts).get(decision.name, ())

    return case_of(ground, decision, rule, partial(contributing, ground, decision, rule), check)


def contributing(ground: Ground, decision: DecisionDiagram, rule: int) -> int:
    """Where a rule is among those that make the value of a decision that has a diagram. Raises TooLarge."""
    assert decision.root is not None, "asked only where there is a diagram"
    if decision.parts:
        return where(ground.diagrams.store, decision.parts[rule], lambda fires: fires is True)

    def contributes(outcome: Any) -> bool:
        return isinstance(outcome, Outcome) and outcome.conflict is None and rule in outcome.rules

    return where(ground.diagrams.store, decision.root, contributes)
