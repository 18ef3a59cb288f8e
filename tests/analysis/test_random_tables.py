"""Random small policies: what is proven of their tables is what trying every case shows."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from dmn_dli.analysis.columns import TableView
from dmn_dli.analysis.findings import fits_unique
from dmn_dli.analysis.findings.mergeable import mergeable
from dmn_dli.analysis.findings.no_effect import columns_without_effect, spare_columns
from dmn_dli.analysis.findings.open_column import open_columns
from dmn_dli.analysis.gaps import find_gaps
from dmn_dli.analysis.grid import volume
from dmn_dli.analysis.place import TablePlace
from dmn_dli.analysis.proof import Proof, prove, reachable_overlaps
from dmn_dli.analysis.redundancy import redundant
from dmn_dli.analysis.subject import TableSubject
from dmn_dli.analysis.unreached import unreached_results
from dmn_dli.analysis.winners import never_fire, never_win
from dmn_dli.analysis.words import plain_fact
from dmn_dli.diagrams.build import build
from dmn_dli.feel import from_python
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from dmn_dli.tables.masks import members
from tests.analysis.edits import relinked, with_cell, with_rules, without_column, without_rules
from tests.analysis.volumes import proven_by_volume
from tests.properties.policies import policies
from tests.properties.test_assumptions import assuming
from tests.reference.checks import (
    Tried,
    alike,
    complete,
    ever_decide,
    ever_fire,
    overlap_free,
    overlaps,
    size,
    tried,
)
from tests.reference.tables import answer_of

_MOST_CASES = 4_000
_SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def agrees(policy: LinkedPolicy) -> None:
    """Every statement about every table holds, and none is missing."""
    assume(size(policy) <= _MOST_CASES)
    reaching = tried(policy)
    diagrams = build(policy)
    for decision in diagrams.decisions:
        table = decision.logic.table
        proof, seen = prove(diagrams, table, decision.logic)
        if seen is None:
            assert not any(reaching.values()), "only contradictory assumptions leave nothing to see"
            continue
        cases = reaching[table.name]
        event(f"{table.hit_policy.value} complete {proof.complete} overlap-free {proof.overlap_free}")
        _verdicts_agree(proof, seen, cases)
        _witnesses_lead_there(policy, proof, cases)
        idle = _idle_rules_agree(seen, cases)
        _nothing_is_missed_by_what_is_redundant(seen, cases, idle)
        _columns_without_effect_agree(seen, cases)
        _results_agree(seen, cases, idle)


def _verdicts_agree(proof: Proof, seen: TableView, cases: list[Tried]) -> None:
    assert proof.complete is complete(seen.table, cases)
    assert proof.overlap_free is overlap_free(cases)
    found = {(overlap.first, overlap.second) for overlap, _ in reachable_overlaps(seen)}
    assert found == set(overlaps(cases))
    if seen.table.hit_policy is HitPolicy.ANY:
        conflicts = [each for each in cases if each.answer.trouble[:1] == ("conflict",)]
        verdicts = {shared.agree for shared in proof.overlaps}
        # Results that are computed may or may not agree: that is told as unknown.
        assert conflicts or False not in verdicts
        assert not conflicts or verdicts & {False, None}
    by_volume = proven_by_volume(seen)
    assert by_volume is None or by_volume is all(each.fired for each in cases)


def _witnesses_lead_there(policy: LinkedPolicy, proof: Proof, cases: list[Tried]) -> None:
    def led(witness: dict[str, Any]) -> list[Tried]:
        known = policy.dictionary.by_name
        assert witness.keys() <= known.keys()
        return [
            each
            for each in cases
            if all(_same_class(value, each.facts[name]) for name, value in witness.items())
        ]

    for gap in proof.gaps:
        assert all(not each.fired for each in led(gap.witness))
    for shared in proof.overlaps:
        assert all({shared.first, shared.second} <= each.fired for each in led(shared.witness))


def _same_class(value: Any, fact: Any) -> bool:
    said = plain_fact(from_python(fact))
    return bool(said == value) and type(said) is type(value)


def _idle_rules_agree(seen: TableView, cases: list[Tried]) -> int:
    rules = range(len(seen.table.rule_indexes))
    fired = ever_fire(cases)
    silent = {each.rule for each in never_fire(seen)}
    assert silent == set(rules) - fired
    idle = sum(1 << rule for rule in silent)
    beaten = {each.rule: each.by for each in never_win(seen, idle)}
    if seen.table.hit_policy in (HitPolicy.FIRST, HitPolicy.PRIORITY):
        assert set(beaten) == fired - ever_decide(cases)
        for rule, by in beaten.items():
            assert all(each.fired & set(by) for each in cases if rule in each.fired)
    else:
        assert not beaten
    return idle | sum(1 << rule for rule in beaten)


def _nothing_is_missed_by_what_is_redundant(seen: TableView, cases: list[Tried], idle: int) -> None:
    assert seen.firing is not None
    if seen.table.computed:
        return
    spare = redundant(seen, seen.firing, idle)
    gone = [*spare, *members(idle)]
    for dropped in (gone, *([rule] for rule in gone)):
        assert alike(seen.table, without_rules(seen.table, dropped), cases)
    for rule in set(members(seen.logic.all_rules)) - set(gone):
        alone, all_gone = without_rules(seen.table, [rule]), without_rules(seen.table, [*gone, rule])
        assert not alike(seen.table, alone, cases) or not alike(seen.table, all_gone, cases)


def _columns_without_effect_agree(seen: TableView, cases: list[Tried]) -> None:
    assert seen.firing is not None
    for position in columns_without_effect(seen, seen.firing):
        fewer = without_column(seen.table, position)
        assert alike(seen.table, fewer, cases)


def _results_agree(seen: TableView, cases: list[Tried], idle: int) -> None:
    table = seen.table
    if not table.hit_policy.one_answer or table.computed or len(table.outputs) > 1:
        return
    given = {repr(each.answer.value) for each in cases if not each.answer.trouble}
    missing = {repr(value) for value in unreached_results(seen, 0, idle)}
    assert not missing & given


def rules_for_its_gaps_complete_a_table(policy: LinkedPolicy) -> None:
    """What a gap's message tells to write is read back as exactly the cases that no rule answers."""
    assume(size(policy) <= _MOST_CASES)
    for table in policy.tables:
        proof, seen = _proven(policy, table.name)
        if proof.complete is not False or not _writable(proof):
            continue
        event("gaps filled")
        changed = relinked(policy, with_rules(table.table, [gap.cells for gap in proof.gaps]))
        cases = tried(changed)[table.name]
        old = set(range(len(table.rule_indexes)))
        assert all(each.fired for each in cases)
        assert not any(each.fired & old and each.fired - old for each in cases)
        assert seen is not None
        _boxes_are_maximal_and_pieces_apart(seen)


def _proven(policy: LinkedPolicy, name: str) -> tuple[Proof, TableView | None]:
    diagrams = build(policy)
    logic = next(decision.logic for decision in diagrams.decisions if decision.name == name)
    return prove(diagrams, logic.table, logic)


def _writable(proof: Proof) -> bool:
    """Whether the cells hold values that can be typed: no lists, no combinations of several names."""
    return not any(not text or "[" in text.lstrip("[(")[:1] for gap in proof.gaps for text in gap.cells)


def _boxes_are_maximal_and_pieces_apart(seen: TableView) -> None:
    grid = seen.grid
    found = find_gaps(grid)
    points = {point for piece in found.pieces for point in product(*map(members, piece))}
    assert len(points) == sum(map(volume, found.pieces)), "pieces are disjoint"
    every = set(product(*map(members, grid.domain)))
    accepted = {
        point
        for point in every
        if any(all(box[at] >> each & 1 for at, each in enumerate(point)) for box in grid.rules)
    }
    assert points == every - accepted
    assert {point for box in found.boxes for point in product(*map(members, box))} == points
    for box in found.boxes:
        for position, classes in enumerate(box):
            for other in members(grid.domain[position] & ~classes):
                wider = (*box[:position], classes | 1 << other, *box[position + 1 :])
                assert grid.touching(wider, grid.all_rules), "a box that could be larger"


def merging_changes_nothing(policy: LinkedPolicy) -> None:
    """Following the advice to make one rule of several leaves every result as it was."""
    assume(size(policy) <= _MOST_CASES)
    reaching = tried(policy)
    for table in policy.tables:
        _, seen = _proven(policy, table.name)
        if seen is None:
            continue
        for merge in mergeable(seen, 0):
            if "[" in merge.cell[1:]:
                continue
            event("merged")
            sheet = table.table
            first, *others = (table.rule_indexes[rule] for rule in merge.rules)
            old = sheet.rules[first]
            cells = list(old.inputs)
            cells[merge.column] = with_cell(cells[merge.column], merge.cell)
            rules = [
                evolve(rule, inputs=tuple(cells)) if at == first else rule
                for at, rule in enumerate(sheet.rules)
                if at not in others
            ]
            merged = relinked(policy, evolve(sheet, rules=tuple(rules))).by_name[table.name]
            assert all(
                answer_of(table, each.scope).value == answer_of(merged, each.scope).value
                for each in reaching[table.name]
            )


def following_all_advice_changes_nothing(policy: LinkedPolicy) -> None:
    """A table without its idle, doubled and spare rules and spare columns, and with U for its hit policy
    where that is told to do, says what it said; so does each step, and rules merged besides.
    """
    assume(size(policy) <= _MOST_CASES)
    reaching = tried(policy)
    diagrams = build(policy)
    for decision in diagrams.decisions:
        table, cases = decision.logic.table, reaching[decision.name]
        proof, seen = prove(diagrams, table, decision.logic)
        if seen is None:
            continue
        subject = TableSubject(TablePlace("book.xlsx", table, {}), seen, proof, final=False)
        doubled = () if table.hit_policy.gives_list else subject.doubled
        gone = {*members(subject.idle.mask), *subject.spare, *doubled}
        if gone:
            event(f"{table.hit_policy.value} rules gone, default {table.has_default}")
        followed = without_rules(table, gone)
        columns = [*spare_columns(subject), *open_columns(seen)]
        if len(columns) < len(table.columns):
            for position in sorted(columns, reverse=True):
                followed = without_column(followed, position)
                event(f"{table.hit_policy.value} columns gone")
        if list(fits_unique.CHECK.find(subject)):
            event("U would do")
            followed = evolve(followed, table=evolve(followed.table, hit_policy=HitPolicy.UNIQUE))
        if doubled:
            # Of rules that agree one was dropped, with its notes and its place in a conflict.
            assert [_result(table, each) for each in cases] == [_result(followed, each) for each in cases]
        else:
            assert alike(table, followed, cases)


def _result(table: LinkedTable, case: Tried) -> tuple[str, bool]:
    answer = answer_of(table, case.scope)
    return repr(answer.value), bool(answer.trouble)


@settings(_SETTINGS, max_examples=20)
@given(policies())
def test_every_statement_about_a_table_is_what_all_cases_show(policy: LinkedPolicy) -> None:
    agrees(policy)


@settings(_SETTINGS, max_examples=12)
@given(assuming())
def test_what_assumptions_rule_out_is_no_gap_and_no_overlap(policy: LinkedPolicy) -> None:
    agrees(policy)


@settings(_SETTINGS, max_examples=20)
@given(policies())
def test_the_rules_that_the_messages_tell_to_add_fill_the_gaps_and_nothing_else(policy: LinkedPolicy) -> None:
    rules_for_its_gaps_complete_a_table(policy)


@settings(_SETTINGS, max_examples=20)
@given(policies())
def test_merging_rules_as_told_changes_no_result(policy: LinkedPolicy) -> None:
    merging_changes_nothing(policy)


@settings(_SETTINGS, max_examples=20)
@given(policies())
def test_following_all_advice_at_once_changes_no_result(policy: LinkedPolicy) -> None:
    following_all_advice_changes_nothing(policy)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=3_000)
@given(st.one_of(policies(), assuming()))
def test_random_tables_at_length(policy: LinkedPolicy) -> None:
    agrees(policy)
    rules_for_its_gaps_complete_a_table(policy)
    merging_changes_nothing(policy)
    following_all_advice_changes_nothing(policy)
