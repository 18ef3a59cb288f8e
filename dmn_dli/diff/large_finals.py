"""Final decisions too large for a diagram: the regions where their tables differ, from a common grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any

from dmn_dli.analysis.gaps import Budget
from dmn_dli.diagrams.compiled import compiled_outcome
from dmn_dli.diagrams.regions import Region
from dmn_dli.diff.answers import TEXTS, Answers, Aspect, Special, quoted_texts
from dmn_dli.diff.common_facts import CommonFacts
from dmn_dli.diff.large_tables import LargeTables, UnsuitableTableError, merged
from dmn_dli.diff.share import Share
from dmn_dli.runtime.outcomes import OutcomeView
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.tables.logic import Outcome, TableLogic

LargeRegion = tuple[Aspect, Any, Any, Region, Share]
"""An aspect, both answers, a region, and its share of all combinations."""


def large_regions(
    policies: Sequence[LinkedPolicy], sides: Sequence[Answers], common: CommonFacts
) -> tuple[LargeRegion, ...]:
    """Where determination and wording differ, in disjoint regions.

    Raises UnsuitableTableError where the tables are not over facts alone, or other decisions or
    assumptions have a say; SearchLimitError where they have too little in common.
    """
    if any(policy.assumptions for policy in policies) or not all(side.sound for side in sides):
        raise UnsuitableTableError
    names = [policy.workbook.policy.final_decision or "" for policy in policies]
    logics = [TableLogic(policy.by_name[name]) for policy, name in zip(policies, names, strict=True)]
    judged = tuple(bool(policy.criteria) for policy in policies)
    pairs: dict[str, tuple[Aspect, Any, Any]] = {}
    boxes: dict[str, list[Region]] = {}
    for part in LargeTables(logics[0], logics[1], common.domains).parts(Budget()):
        old, new = _view(sides[0], logics[0], part.old), _view(sides[1], logics[1], part.new)
        for difference in _differences(old, new, judged):
            key = repr(difference)
            pairs[key] = difference
            boxes.setdefault(key, []).append(part.box)
    whole = prod(len(domain.atoms) for domain in common.domains.values())
    return tuple(
        (*pairs[key], region, Share(prod(atoms.bit_count() for atoms in region), whole))
        for key in sorted(pairs)
        for region in merged(boxes[key])
    )


def _view(side: Answers, logic: TableLogic, outcome: Outcome) -> OutcomeView:
    return OutcomeView(side.final.decision, -1, compiled_outcome(outcome, logic.table))


def _differences(
    old: OutcomeView, new: OutcomeView, judged: Sequence[bool]
) -> Iterator[tuple[Aspect, Any, Any]]:
    determinations = [_determination(each) for each in (old, new)]
    if repr(determinations[0]) != repr(determinations[1]):
        yield Aspect.DETERMINATION, *determinations
    elif not (_is_wrong(old) or _is_wrong(new)):
        texts = [quoted_texts(each, judged=its) for each, its in zip((old, new), judged, strict=True)]
        named = zip(TEXTS, *texts, strict=True)
        differing = [(name, before, after) for name, before, after in named if before != after]
        if differing:
            before = {name: text for name, text, _ in differing}
            yield Aspect.WORDING, before, {name: text for name, _, text in differing}


def _determination(outcome: OutcomeView) -> Any:
    return Special.ERROR.value if _is_wrong(outcome) else outcome.first


def _is_wrong(outcome: OutcomeView) -> bool:
    return bool(outcome.problems) or outcome.undetermined
