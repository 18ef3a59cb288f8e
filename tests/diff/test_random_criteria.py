"""Random edits of random sheets of criteria: the difference of each criterion is what brute force finds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.behaviour import Behaviour, CriterionBehaviour
from dmn_dli.diff.compare import compare
from dmn_dli.diff.matching import criteria_in_force
from dmn_dli.diff.verdict import Verdict
from dmn_dli.model.finding import errors
from dmn_dli.tables.linked import LinkedPolicy
from tests import payers
from tests.diff.edits import edited_criteria
from tests.diff.test_random_edits import agrees_with, verdict_of, witnesses_show
from tests.diff.words import as_case, inside
from tests.properties.criteria_policies import criteria_policies
from tests.reference.differences import ERROR, Both, TwoPolicies

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_MOST_CASES = 600


def _statuses(both: Both, found: CriterionBehaviour) -> tuple[str, str] | None:
    """How a row stands on both sides; None where one of them is an error."""
    if ERROR in (both.old[Aspect.DETERMINATION], both.new[Aspect.DETERMINATION]):
        return None
    return both.old[Aspect.CRITERIA][found.old], both.new[Aspect.CRITERIA][found.new]


def _is_told(two: TwoPolicies, found: CriterionBehaviour, cases: list[Both]) -> None:
    for both in cases:
        statuses = _statuses(both, found)
        around = [each for each in found.differences if inside(two.facts, each, both.case)]
        assert all((each.old, each.new) == statuses for each in around)
        if not (found.untold or found.reasons):
            assert bool(around) == (statuses is not None and statuses[0] != statuses[1]), found
    for each in found.differences:
        for other in cases[:3]:
            case = as_case(each.witness, two.facts, other.case)
            assert _statuses(two.both(case), found) == (each.old, each.new)


@settings(_SETTINGS, max_examples=10)
@given(criteria_policies(), st.data())
def test_a_status_differs_in_a_case_exactly_where_a_region_of_the_criterion_holds_it(
    old: LinkedPolicy, data: st.DataObject
) -> None:
    assume(not errors(old.findings))
    new = data.draw(edited_criteria(old), label="edited")
    two = TwoPolicies(old, new)
    assume(two.size() <= _MOST_CASES)
    cases = [two.both(case) for case in two.cases()]
    found = compare(old, new)
    told = {(each.old, each.new): each for each in found.criteria}
    for names in criteria_in_force(old.workbook.criteria, new.workbook.criteria):
        _is_told(two, told.get(names, CriterionBehaviour(*names)), cases)
    event(f"{len(told)} rows differ")
    if not found.reasons:
        assert found.verdict is verdict_of(cases)
    agrees_with(two, found, cases, (Aspect.DETERMINATION, Aspect.WORDING))
    witnesses_show(two, found, cases)


@settings(_SETTINGS, max_examples=6)
@given(criteria_policies(), st.data(), st.sampled_from([0, 10, 40]))
def test_a_criterion_too_large_for_a_diagram_is_never_called_equivalent(
    old: LinkedPolicy, data: st.DataObject, limit: int
) -> None:
    assume(not errors(old.findings))
    new = data.draw(edited_criteria(old), label="edited")
    two = TwoPolicies(old, new)
    assume(two.size() <= _MOST_CASES)
    cases = [two.both(case) for case in two.cases()]
    told = {(each.old, each.new): each for each in compare(old, new, limit=limit).criteria}
    for names in criteria_in_force(old.workbook.criteria, new.workbook.criteria):
        _is_told(two, told.get(names, CriterionBehaviour(*names)), cases)


@settings(_SETTINGS, max_examples=10)
@given(criteria_policies())
def test_criteria_do_not_differ_from_themselves(policy: LinkedPolicy) -> None:
    assume(not errors(policy.findings))
    found = compare(policy, policy)
    if not (found.reasons or found.criteria):
        assert found == Behaviour(Verdict.EQUIVALENT)
    assert not found.differences
    assert all(each.reasons and not each.differences for each in found.criteria)


@pytest.mark.parametrize("name", [name for name in payers.WORKBOOKS if payers.linked(name).criteria])
@settings(_SETTINGS, max_examples=2)
@given(data=st.data())
def test_edits_of_the_payers_criteria_are_told_as_cases_drawn_at_random_find_them(
    name: str, data: st.DataObject
) -> None:
    old = payers.linked(name)
    new = data.draw(edited_criteria(old), label="edited")
    two = TwoPolicies(old, new)
    found = compare(old, new)
    assert found.reasons == ()
    drawn = st.fixed_dictionaries({fact: st.sampled_from(values) for fact, values in two.domains.items()})
    cases = [two.both(case) for case in data.draw(st.lists(drawn, min_size=20, max_size=20), label="cases")]
    told = {(each.old, each.new): each for each in found.criteria}
    witnesses = [each.witness for row in found.criteria for each in row.differences[:2]]
    cases += [two.both(as_case(each, two.facts, cases[0].case)) for each in witnesses[:20]]
    for names in criteria_in_force(old.workbook.criteria, new.workbook.criteria):
        _is_told(two, told.get(names, CriterionBehaviour(*names)), cases)
