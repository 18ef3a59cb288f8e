"""Random policies with a sheet of criteria: what `check` says of claims is what trying every case shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, assume, event, given, reject, settings
from hypothesis import strategies as st

from dmn_dli.analysis.check import analyse
from dmn_dli.analysis.findings import always_met, claim_broken, necessity_claimed, never_met, no_reason
from dmn_dli.model.finding import Finding
from dmn_dli.tables.linked import LinkedPolicy
from tests.properties.criteria_policies import NECESSARY, criteria_policies
from tests.properties.test_criteria import assuming
from tests.reference.policy import Case, Oracle
from tests.reference.record import Trouble, record

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_MOST_CASES = 400
_NOT_ADDRESSED = "not addressed"


@frozen
class Judged:
    """What a complete case shows.

    broken: the groups whose claim it breaks. necessity: whether it is claimed as is due; reason: whether the
    record gives one.
    """

    statuses: Mapping[str, Any]
    broken: frozenset[str]
    necessity: bool
    reason: bool


class Judge:
    """Looks at complete cases of one policy."""

    def __init__(self, policy: LinkedPolicy) -> None:
        self.oracle = Oracle(policy)
        self.claims = self.oracle.criteria.claims()

    def judge(self, case: Case) -> Judged:
        answers = self.oracle.decide(case)
        statuses = self.oracle.statuses(answers)
        determination = self.oracle.determination(answers[self.oracle.final.name])
        broken = frozenset(
            name
            for name, means in self.claims.items()
            if statuses[name] is not None and statuses[name] is not (determination == means)
        )
        necessary = [name for name, means in self.claims.items() if means == NECESSARY]
        applying = [name for name in necessary if statuses[name] is not None]
        due = 0 if determination == _NOT_ADDRESSED else 1
        try:
            said = record(self.oracle, case)
        except Trouble:
            reject()  # other findings tell of values that row 4 does not list, of gaps and conflicts
        return Judged(statuses, broken, len(applying) == due, said["reason"] is not None)

    def all(self) -> Iterator[Judged]:
        return map(self.judge, self.oracle.completions({}))

    def of_witness(self, finding: Finding) -> list[Judged]:
        """The cases that a witness stands for, which is some facts."""
        facts = {name: _value(name, value) for name, value in finding.witness.items()}
        return [*map(self.judge, self.oracle.completions(facts))]


def _value(name: str, value: Any) -> Any:
    if name == "day":
        return date.fromisoformat(value)
    return Decimal(str(value)) if name in ("percent", "grade") else value


def is_judged_right(policy: LinkedPolicy) -> None:
    judge = Judge(policy)
    assume(judge.oracle.count({}) <= _MOST_CASES)
    cases = [*judge.all()]
    assume(cases)
    analysis = analyse(policy)
    broken = frozenset[str]().union(*(case.broken for case in cases))
    for claim in analysis.claims:
        name = f"{claim.sheet}.{claim.id}"
        event(f"claim holds: {claim.holds}")
        assert claim.holds is (name not in broken)
    told: dict[str, list[Finding]] = {}
    for finding in analysis.findings:
        told.setdefault(finding.code.code, []).append(finding)
    for finding in told.get(claim_broken.CODE.code, []):
        witnessed = judge.of_witness(finding)
        assert witnessed
        assert all(finding.decision in case.broken for case in witnessed)
    always, never = told.get(always_met.CODE.code, []), told.get(never_met.CODE.code, [])
    for name, row in judge.oracle.criteria.rows.items():
        values = {case.statuses[name] for case in cases} - {None}
        assert (name in {each.decision for each in always}) is (not row.needs and values == {True})
        assert (name in {each.decision for each in never}) is (not row.needs and True not in values)
    if policy.workbook.generic:
        assert not told.keys() & {necessity_claimed.CODE.code, no_reason.CODE.code}
        return
    for code, right in (
        (necessity_claimed.CODE, attrgetter("necessity")),
        (no_reason.CODE, attrgetter("reason")),
    ):
        findings = told.get(code.code, [])
        event(f"{code.code}: {bool(findings)}")
        assert bool(findings) is not all(right(case) for case in cases)
        for finding in findings:
            assert not any(right(case) for case in judge.of_witness(finding))


@settings(_SETTINGS, max_examples=5)
@given(criteria_policies())
def test_claims_hold_exactly_if_no_case_breaks_them(policy: LinkedPolicy) -> None:
    is_judged_right(policy)


@settings(_SETTINGS, max_examples=5)
@given(assuming())
def test_what_assumptions_rule_out_breaks_no_claim(policy: LinkedPolicy) -> None:
    is_judged_right(policy)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=3_000)
@given(st.one_of(criteria_policies(), assuming()))
def test_claims_hold_exactly_if_no_case_breaks_them_at_length(policy: LinkedPolicy) -> None:
    is_judged_right(policy)
