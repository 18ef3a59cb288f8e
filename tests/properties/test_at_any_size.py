"""Workbooks of every kind: clauses that cannot be traced in half of them, assumptions in half of them.

Brute force over the executable specification refutes any answer that differs, a clean bill that is none, an
alarm for nothing, and a witness that is no case. `make slow` tries 4,000, or alone
`python -m pytest -n 2 -m slow tests/properties/test_at_any_size.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.findings import conflict, gap, overlap
from dmn_dli.analysis.proof import Proof
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.finding import Finding, errors
from dmn_dli.runtime.errors import CaseError
from dmn_dli.tables.linked import LinkedPolicy, LinkedTable
from tests.analysis.test_untraceable import certain_is_real
from tests.linking.books import kernel
from tests.properties.cases import answered, expected, partial_facts, refutation
from tests.properties.many_rules import many_rules
from tests.properties.policies import policies
from tests.properties.test_assumptions import with_assumptions
from tests.reference.checks import Tried, complete, overlap_free, size, tried, witnessed
from tests.reference.policy import Case, Oracle, known_as
from tests.reference.tables import fired_rules

_MOST_CASES = 1_500
_CASES = 3
_COMPLETIONS = 80
"""How many completions a case may have: with assumptions every pair of them is looked at."""


@st.composite
def workbooks(draw: st.DrawFn) -> tuple[LinkedPolicy, bool]:
    """A linked policy, and whether some of its clauses cannot be traced to single facts."""
    traced = draw(st.booleans())
    made = draw(st.one_of(policies(), many_rules()) if traced else policies(opaque=True))
    if draw(st.booleans()):
        made = draw(with_assumptions(made))
    assert not errors(made.findings)
    return made, traced


def answers_agree(policy: LinkedPolicy, data: st.DataObject, *, traced: bool) -> None:
    """Records are those of brute force; where clauses cannot be traced they are never refuted."""
    oracle, compiled = Oracle(policy), kernel(policy)
    for _ in range(_CASES):
        facts = data.draw(partial_facts(oracle, _COMPLETIONS), label="facts")
        _answer_agrees(oracle, compiled, facts, exact=traced)
        whole = {name: data.draw(st.sampled_from(oracle.domains[name])) for name in oracle.names}
        _answer_agrees(oracle, compiled, whole, exact=True)


def _answer_agrees(oracle: Oracle, compiled: PolicyKernel, facts: Case, *, exact: bool) -> None:
    possible = next(oracle.completions(facts), None) is not None
    try:
        got = answered(compiled, facts)
    except CaseError:
        if possible:
            raise
        event("contradicts the assumptions")
        return
    event("error" if isinstance(got, set) else got["determination"])
    if exact:
        assert possible, "no completion fulfils the assumptions"
        assert got == expected(oracle, facts)
    elif possible:
        assert not refutation(oracle, facts, got)


def proofs_agree(policy: LinkedPolicy, *, traced: bool) -> None:
    """No verdict is refuted by a case; none is unknown but for clauses that cannot be traced."""
    assume(0 < size(policy) <= _MOST_CASES)
    reaching = tried(policy)
    analysis = analyse(policy)
    found = [each for each in analysis.findings if each.code in _SHOWN and "erhaps" not in each.text]
    for proof in analysis.proofs:
        if not any(reaching.values()):
            continue
        table = policy.by_name[proof.decision]
        _verdicts_agree(proof, table, reaching[table.name], traced=traced)
        if not traced:
            certain_is_real(policy, proof)
        for finding in found:
            if finding.decision == table.name and finding.witness:
                assert any(_shown(finding, table, each) for each in _led(policy, finding)), finding.text


_SHOWN = (gap.CODE, overlap.CODE, conflict.CODE)
"""What a witness is due of: where it says "perhaps", it need not be a case."""


def _verdicts_agree(proof: Proof, table: LinkedTable, cases: list[Tried], *, traced: bool) -> None:
    event(f"complete {proof.complete}, overlap-free {proof.overlap_free}")
    verdicts = (proof.complete, complete(table, cases)), (proof.overlap_free, overlap_free(cases))
    for said, true in verdicts:
        # A certain finding may rest on a value between those that are tried; its witness shows it.
        assert said is true if traced else true or not said, (table.name, proof)


def _led(policy: LinkedPolicy, finding: Finding) -> Iterator[tuple[Case, dict[str, Any]]]:
    """The cases that have the witness's facts, each with all that tables can read."""
    oracle = Oracle(policy)
    for facts in oracle.completions(witnessed(policy, finding.witness)):
        answers = oracle.decide(facts)
        scope: dict[str, Any] = dict(facts)
        for table in policy.tables:
            scope |= known_as(table, answers[table.name].value)
        yield facts, scope


def _shown(finding: Finding, table: LinkedTable, case: tuple[Mapping[str, Any], Mapping[str, Any]]) -> bool:
    """Whether the tables answer a case as a finding says: no rule fires, or all of its rules do."""
    fired = {table.table.rules[table.rule_indexes[rule]].id for rule in fired_rules(table, case[1])}
    return not fired if finding.code is gap.CODE else set(finding.rules) <= fired


_SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@settings(_SETTINGS, max_examples=20, derandomize=True)
@given(workbooks(), st.data())
def test_no_answer_differs(made: tuple[LinkedPolicy, bool], data: st.DataObject) -> None:
    answers_agree(made[0], data, traced=made[1])


@settings(_SETTINGS, max_examples=20, derandomize=True)
@given(workbooks())
def test_no_clean_bill_is_false_and_no_alarm(made: tuple[LinkedPolicy, bool]) -> None:
    proofs_agree(made[0], traced=made[1])


@pytest.mark.slow
@settings(_SETTINGS, max_examples=4_000)
@given(workbooks(), st.data())
def test_no_answer_differs_at_length(made: tuple[LinkedPolicy, bool], data: st.DataObject) -> None:
    answers_agree(made[0], data, traced=made[1])


@pytest.mark.slow
@settings(_SETTINGS, max_examples=4_000)
@given(workbooks())
def test_no_clean_bill_is_false_and_no_alarm_at_length(made: tuple[LinkedPolicy, bool]) -> None:
    proofs_agree(made[0], traced=made[1])
