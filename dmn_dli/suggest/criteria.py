"""Cases for rows of sheets of criteria that no case has met, or none not met."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dmn_dli.cases.rows import KnownCase
from dmn_dli.diagrams.build import DecisionDiagram
from dmn_dli.diagrams.cases import where
from dmn_dli.diagrams.criteria import stands_among
from dmn_dli.model.cell import cell_name
from dmn_dli.runtime.criterion import MET, NOT_MET
from dmn_dli.suggest.aimed import case_of
from dmn_dli.suggest.ground import Facts, Ground
from dmn_dli.suggest.suggestion import Aim, SuggestedCase, Unreached


def criterion_cases(ground: Ground, suggested: list[KnownCase]) -> Iterator[SuggestedCase | Unreached]:
    """For each row a case that meets it and one that does not, where there is none; `suggested` count too.

    Groups come before their members, since a case for them tries members too.
    """
    tried = {pair for case in (*ground.cases, *suggested) for pair in ground.pairs(case.facts)}
    for decision in reversed(ground.diagrams.criteria):
        for status in (MET, NOT_MET):
            if (decision.name, status) in tried:
                continue
            facts = _case(ground, decision, status)
            row = decision.logic.table.criterion
            assert row is not None, "these are rows"
            place = cell_name(decision.logic.table.table.sheet, row.cell.reference)
            named = f"{'criterion' if row.needs is None else 'group'} {row.id} ({place})"
            if facts is None:
                yield Unreached(
                    Aim.CRITERION, decision.name, "", f"no case was found in which the {named} is {status}"
                )
                continue
            tried |= ground.pairs(facts)
            name, why = f"{decision.name}: {status}", f"No case has the {named} {status} yet."
            case = SuggestedCase(name, ground.plain(facts), why, Aim.CRITERION, decision.name)
            suggested.append(KnownCase(case.name, case.facts))
            yield case


def standing_as(ground: Ground, decision: DecisionDiagram, status: str) -> int:
    """Where a row that has a diagram is met, or not met. Raises TooLarge."""
    assert decision.root is not None, "asked only where there is a diagram"
    return where(ground.diagrams.store, decision.root, partial(stands_among, (status == MET,)))


def _case(ground: Ground, decision: DecisionDiagram, status: str) -> Facts | None:
    def check(facts: Facts) -> bool:
        return (decision.name, status) in ground.pairs(facts)

    # The first rule of a criterion's table is that it is met, the second that it applies.
    rule = 0 if status == MET else 1
    return case_of(ground, decision, rule, partial(standing_as, ground, decision, status), check)
