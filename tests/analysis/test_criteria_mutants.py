"""Edits of the payers' criteria and of what decides: each that changes a determination or a status is caught.

It is caught by an error of `check`, a broken claim above all, or by a case of the workbook's own Cases sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import repeat
from math import inf
from typing import Any

import pytest
from attrs import frozen

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.findings import claim_broken
from dmn_dli.cases.sheet import run_cases
from dmn_dli.diagrams.build import PolicyDiagrams, build
from dmn_dli.diff.common_facts import common_facts, with_facts
from dmn_dli.feel.json_values import feel_json
from dmn_dli.model.finding import errors
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.tables.logic import Outcome
from tests.analysis.criteria_mutants import criteria_mutant, with_criteria
from tests.linking.books import kernel


def caught(mutant: LinkedPolicy) -> str:
    """What catches an edit: `error`, `claim`, `finding` or `case`; "" where nothing does."""
    if errors(mutant.findings):
        return "error"
    found = [finding.code for finding in analyse(mutant).findings if finding.is_error]
    if found:
        return "claim" if claim_broken.CODE in found else "finding"
    return "" if run_cases(mutant.workbook, kernel(mutant)).passed else "case"


def changed(policy: LinkedPolicy, mutant: LinkedPolicy) -> list[str]:
    """The final decision, and the rows that both have, of which some complete case tells the two apart."""
    common = common_facts(policy, mutant)
    sides = [build(with_facts(each, common), domains=common.domains) for each in (policy, mutant)]
    names = [policy.workbook.policy.final_decision or "", *(each.name for each in policy.criteria)]
    return [name for name in names if name in mutant.by_name and _differs(sides, name)]


def _differs(sides: Sequence[PolicyDiagrams], name: str) -> bool:
    """Whether some case gives a decision two values; each diagram is walked beside the other."""
    old, new = sides
    first, second = (next(each.root for each in side.decisions if each.name == name) for side in sides)
    assert first is not None
    assert second is not None
    waiting, seen = [(first, second)], {(first, second)}
    while waiting:
        mine, its = waiting.pop()
        if mine < 0 and its < 0:
            if _said(old, mine) != _said(new, its):
                return True
            continue
        asked = min(_variable(old, mine), _variable(new, its))
        following = zip(_below(old, mine, asked), _below(new, its, asked), strict=False)
        more = {*following} - seen
        seen |= more
        waiting += more
    return False


def _variable(side: PolicyDiagrams, root: int) -> float:
    return side.store.nodes[root][0] if root >= 0 else inf


def _below(side: PolicyDiagrams, root: int, variable: float) -> Iterable[int]:
    """Where a diagram leads for each atom of a variable."""
    return side.store.nodes[root][1:] if _variable(side, root) == variable else repeat(root)


def _said(side: PolicyDiagrams, root: int) -> Any:
    """A decision's first output, or that it has none."""
    found = side.store.results[~root]
    if not isinstance(found, Outcome) or found.conflict is not None:
        return "no value"
    value = feel_json(found.value)
    return next(iter(value.values())) if isinstance(value, dict) else value


@frozen
class Edits:
    """Edits of each payer that change something, and what catches them (`by`).

    missed: those that nothing catches and that change a determination, or what becomes of a claiming group;
    unseen: those that nothing catches and that change the status of other rows alone.
    """

    by: Counter[str]
    missed: list[str]
    unseen: list[str]


def judged(first: int, wanted: int) -> Edits:
    """So many edits of each payer, those from a seed on."""
    found = Edits(Counter(), [], [])
    for policy in with_criteria():
        number, seed = 0, first
        while number < wanted:
            seed += 1
            made = criteria_mutant(policy, seed)
            if made is None:
                continue
            what, mutant = made
            by = caught(mutant)
            if not by:
                different = changed(policy, mutant)
                if not different:
                    continue
                told = f"{policy.workbook.name} {seed}: {what} changes {', '.join(different)}"
                (found.missed if decisive(policy) & {*different} else found.unseen).append(told)
            number += 1
            found.by[by] += 1
    return found


def decisive(policy: LinkedPolicy) -> set[str]:
    """The final decision, and the groups that claim a determination."""
    claiming = {each.name for each in policy.criteria if each.criterion and each.criterion.means}
    return {policy.workbook.policy.final_decision or "", *claiming}


def test_no_edit_of_a_payer_s_criteria_goes_unnoticed() -> None:
    found = judged(0, 8)
    assert found.missed == []
    assert found.by["claim"] > 0


@pytest.mark.slow
def test_two_hundred_edits_of_the_payers_criteria_are_noticed() -> None:
    found = judged(1_000, 40)
    assert found.missed == []
    assert len(found.unseen) <= found.by.total() / 20
