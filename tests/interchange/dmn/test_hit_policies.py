"""Hit policies in DMN's words and back."""

from __future__ import annotations

import pytest

from dmn_dli.interchange.dmn.expressions import DecisionTable
from dmn_dli.interchange.dmn.hit_policies import hit_policy_of, written_as
from dmn_dli.interchange.dmn.read_table import AGGREGATIONS, HIT_POLICIES
from dmn_dli.interchange.layouts.rows import hit_policy
from dmn_dli.runtime.hit_policy import HitPolicy


@pytest.mark.parametrize("policy", HitPolicy)
def test_what_is_written_is_known_to_the_reader_and_reads_back(policy: HitPolicy) -> None:
    word, aggregation = written_as(policy)
    assert word in HIT_POLICIES
    assert aggregation in ("", *AGGREGATIONS)
    assert hit_policy_of(DecisionTable(hit_policy=word, aggregation=aggregation)) is policy


def test_an_aggregation_counts_with_collect_alone() -> None:
    assert hit_policy_of(DecisionTable(hit_policy="FIRST", aggregation="SUM")) is HitPolicy.FIRST


@pytest.mark.parametrize("policy", HitPolicy)
def test_other_layouts_may_spell_it_as_a_workbook_or_as_dmn_does(policy: HitPolicy) -> None:
    word, aggregation = written_as(policy)
    spellings = (policy.value, policy.word, policy.name, f"{word} ({aggregation})" if aggregation else word)
    assert {hit_policy(each) for each in spellings} == {policy.value}


@pytest.mark.parametrize("text", ["", "most", "F U"])
def test_what_is_none_is_none(text: str) -> None:
    assert hit_policy(text) is None
