"""Hit policies as DMN writes them: a word, and what COLLECT makes of its list (DMN 1.5, section 8.2.10)."""

from __future__ import annotations

from typing import Final

from dmn_dli.interchange.dmn.expressions import DecisionTable
from dmn_dli.runtime.hit_policy import HitPolicy

_AGGREGATIONS: Final = {
    HitPolicy.COLLECT_SUM: "SUM",
    HitPolicy.COLLECT_MIN: "MIN",
    HitPolicy.COLLECT_MAX: "MAX",
    HitPolicy.COLLECT_COUNT: "COUNT",
}
_AGGREGATED: Final = {word: policy for policy, word in _AGGREGATIONS.items()}
_BY_WORD: Final = {policy.word.upper(): policy for policy in HitPolicy if policy not in _AGGREGATIONS}


def hit_policy_of(table: DecisionTable) -> HitPolicy:
    """The table's hit policy; an aggregation counts with COLLECT alone."""
    policy = _BY_WORD.get(table.hit_policy.upper(), HitPolicy.UNIQUE)
    return _AGGREGATED.get(table.aggregation.upper(), policy) if policy is HitPolicy.COLLECT else policy


def written_as(policy: HitPolicy) -> tuple[str, str]:
    """The hit policy and the aggregation that the model states; "" for no aggregation."""
    aggregation = _AGGREGATIONS.get(policy, "")
    return (HitPolicy.COLLECT if aggregation else policy).word.upper(), aggregation
