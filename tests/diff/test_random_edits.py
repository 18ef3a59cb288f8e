"""Random edits of random policies and of the payers' own: the difference is what brute force finds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.behaviour import Behaviour, Difference
from dmn_dli.diff.compare import compare
from dmn_dli.diff.verdict import Verdict, direction
from dmn_dli.tables.linked import LinkedPolicy
from tests import payers
from tests.diff.edits import edited
from tests.diff.words import as_case, fits, inside
from tests.linking.books import fact, linked, table
from tests.payers import WORKBOOKS
from tests.properties.policies import policies
from tests.reference.differences import ERROR, Both, TwoPolicies, differs

_SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
_MOST_CASES = 1_500
_ALL = tuple(aspect for aspect in Aspect if aspect is not Aspect.CRITERIA)


def agrees_with(
    two: TwoPolicies, found: Behaviour, cases: list[Both], aspects: Sequence[Aspect] = _ALL
) -> None:
    """Every case is told as it is: inside a region exactly where its answers differ, with these answers."""
    for both in cases:
        for aspect in aspects:
            regions = [each for each in found.differences if each.aspect is aspect]
            around = [each for each in regions if inside(two.facts, each, both.case)]
            assert all(fits(each, both) for each in around)
            if aspect not in found.untold:
                assert bool(around) == differs(aspect, both), (aspect, both)


def witnesses_show(two: TwoPolicies, found: Behaviour, cases: list[Both]) -> None:
    """Every witness lies in its region and has both answers, whatever the facts that it does not name."""
    for each in found.differences:
        for other in cases[:3]:
            case = as_case(each.witness, two.facts, other.case)
            assert fits(each, two.both(case))
            assert inside(two.facts, each, case)


def verdict_of(cases: list[Both]) -> Verdict:
    pairs = [(both.old[Aspect.DETERMINATION], both.new[Aspect.DETERMINATION]) for both in cases]
    differing = [(old, new) for old, new in pairs if repr(old) != repr(new)]
    changed = {direction(old, new) for old, new in differing if ERROR not in (old, new)}
    if changed:
        return changed.pop() if len(changed) == 1 else Verdict.INCOMPARABLE
    if any(new == ERROR for _, new in differing):
        return Verdict.BROKEN
    return Verdict.MENDED if differing else Verdict.EQUIVALENT


@settings(_SETTINGS, max_examples=25)
@given(policies(), st.data())
def test_the_difference_is_what_brute_force_over_all_cases_finds(
    old: LinkedPolicy, data: st.DataObject
) -> None:
    new = data.draw(edited(old), label="edited")
    two = TwoPolicies(old, new)
    assume(two.size() <= _MOST_CASES)
    cases = [two.both(case) for case in two.cases()]
    found = compare(old, new)
    event(found.verdict.value)
    assert found.reasons == ()
    assert found.verdict is verdict_of(cases)
    agrees_with(two, found, cases)
    witnesses_show(two, found, cases)


@settings(_SETTINGS, max_examples=20)
@given(policies(), st.data())
def test_tables_too_large_for_a_diagram_are_compared_as_brute_force_does(
    old: LinkedPolicy, data: st.DataObject
) -> None:
    new = data.draw(edited(old), label="edited")
    two = TwoPolicies(old, new)
    assume(two.size() <= _MOST_CASES)
    found = compare(old, new, [Aspect.DETERMINATION, Aspect.WORDING], limit=0)
    event("unknown" if found.reasons else "settled")
    cases = [two.both(case) for case in two.cases()]
    if not found.reasons:
        assert found.verdict is verdict_of(cases)
        agrees_with(two, found, cases, (Aspect.DETERMINATION, Aspect.WORDING))
    else:
        assert found.verdict is Verdict.UNKNOWN
        assert found.differs


@settings(_SETTINGS, max_examples=12)
@given(policies(), st.data())
def test_no_region_could_be_larger(old: LinkedPolicy, data: st.DataObject) -> None:
    new = data.draw(edited(old), label="edited")
    two = TwoPolicies(old, new)
    assume(two.size() <= _MOST_CASES)
    cases = [two.both(case) for case in two.cases()]
    for each in compare(old, new, [Aspect.DETERMINATION]).differences:
        for label, _ in each.words:
            kept = [pair for pair in each.words if pair[0] != label]
            name = next(fact.name for fact in two.facts.values() if fact.label == label)
            for value in two.domains[name]:
                wider = [
                    both
                    for both in cases
                    if both.case[name] == value and inside(two.facts, _with_words(each, kept), both.case)
                ]
                all_inside = all(inside(two.facts, each, both.case) for both in wider)
                assert all_inside or not all(fits(each, both) for both in wider)


def _with_words(difference: Difference, words: Sequence[tuple[str, str]]) -> Difference:
    return evolve(difference, words=tuple(words))


@pytest.mark.parametrize("name", WORKBOOKS)
@settings(_SETTINGS, max_examples=4)
@given(data=st.data())
def test_edits_of_the_payers_policies_are_told_as_cases_drawn_at_random_find_them(
    name: str, data: st.DataObject
) -> None:
    old = payers.linked(name)
    new = data.draw(edited(old), label="edited")
    two = TwoPolicies(old, new)
    found = compare(old, new)
    assert found.reasons == ()
    drawn = st.fixed_dictionaries({fact: st.sampled_from(values) for fact, values in two.domains.items()})
    cases = [two.both(case) for case in data.draw(st.lists(drawn, min_size=30, max_size=30), label="cases")]
    told = [as_case(each.witness, two.facts, cases[0].case) for each in found.differences[:20]]
    cases += [two.both(case) for case in told]
    agrees_with(two, found, cases)
    witnesses_show(two, found, cases)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_policy_does_not_differ_from_itself(name: str) -> None:
    assert compare(payers.linked(name), payers.linked(name)) == Behaviour(Verdict.EQUIVALENT)


def test_where_both_are_errors_no_wording_differs_in_a_table_too_large_for_a_diagram() -> None:
    """A rule that gives null on one side, a gap on the other: what the rule says is in no record."""
    facts = [fact("colour", "string", "red, green")]
    headings = ["IF colour", "THEN Final value", "NOTE Citation"]
    rules = [["red", "1", "page 1"], ["green", "null", "page 2"]]
    old, new = (
        linked(facts, table("Final", "A", headings, [None, "expression", None], *each), payer="acme")
        for each in (rules, rules[:1])
    )
    for limit in (0, 1_000):
        found = compare(old, new, [Aspect.DETERMINATION, Aspect.WORDING], limit=limit)
        assert (found.verdict, found.differences, found.reasons) == (Verdict.EQUIVALENT, (), ())
