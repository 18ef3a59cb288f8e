"""Tables whose rules fire in too many sets for one diagram say the same, rule by rule, as those in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from dmn_dli.diagrams import build
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.diff.compare import compare
from dmn_dli.diff.verdict import Verdict
from dmn_dli.runtime.errors import TableError
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, kernel, linked, table
from tests.properties.cases import answered, partial_facts, refutation
from tests.properties.cases import expected as said
from tests.properties.many_rules import many_rules
from tests.properties.policies import policies
from tests.properties.test_assumptions import assuming
from tests.reference.policy import Oracle
from tests.reference.record import TEXTS, Trouble, record

_SETTINGS = settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
_AT_LENGTH = settings(_SETTINGS, max_examples=450)


@pytest.fixture(autouse=True)
def in_parts() -> Iterator[None]:
    """No table keeps the sets of rules that fire together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "MOST_SETS", -1)
        yield


def agrees(policy: LinkedPolicy, data: st.DataObject) -> None:
    oracle = Oracle(policy)
    made = kernel(policy)
    event(f"parts {any(each.decision.parts for each in made.decisions)}")
    for _ in range(3):
        facts = data.draw(partial_facts(oracle, 300), label="facts")
        assume(any(True for _ in oracle.completions(facts)))
        try:
            expected = record(oracle, facts)
        except Trouble:
            with pytest.raises(TableError):
                made.determine(facts)
            continue
        found = made.determine(facts)
        # Of a list whose rules are open no value is told, though all ways may lead to the same one.
        assert found["decisions"].items() <= expected["decisions"].items()
        told = [each for each in made.decisions if not each.decision.parts]
        assert {each.name for each in told} & expected["decisions"].keys() <= found["decisions"].keys()
        assert found | {"decisions": {}} == expected | {"decisions": {}}


@_SETTINGS
@given(policies(), st.data())
def test_the_record_is_what_all_completions_have_in_common(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(policy, data)


@_SETTINGS
@given(assuming(), st.data())
def test_the_record_is_that_of_the_possible_completions(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(policy, data)


@_SETTINGS
@given(many_rules(), st.data())
def test_of_rules_that_each_ask_for_one_fact_too(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(policy, data)


@pytest.mark.slow
@_AT_LENGTH
@given(st.one_of(policies(), assuming(), many_rules()), st.data())
def test_the_record_is_that_of_all_completions_at_length(policy: LinkedPolicy, data: st.DataObject) -> None:
    agrees(policy, data)


_ANY = st.booleans().flatmap(lambda opaque: st.one_of(policies(opaque=opaque), many_rules()))


@_SETTINGS
@given(_ANY, st.integers(1, 40), st.data())
def test_where_searches_end_early_what_is_said_is_never_refuted(
    policy: LinkedPolicy, steps: int, data: st.DataObject
) -> None:
    never_refuted(policy, steps, data)


@pytest.mark.slow
@_AT_LENGTH
@given(_ANY, st.integers(1, 40), st.data())
def test_where_searches_end_early_what_is_said_is_never_refuted_at_length(
    policy: LinkedPolicy, steps: int, data: st.DataObject
) -> None:
    never_refuted(policy, steps, data)


def never_refuted(policy: LinkedPolicy, steps: int, data: st.DataObject) -> None:
    """Lists in parts are then read by others, which no diagram answers; a whole case is exact."""
    oracle = Oracle(policy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "SEARCH_STEPS", steps)
        made = kernel(policy)
        for _ in range(3):
            facts = data.draw(partial_facts(oracle, 100), label="facts")
            assert not refutation(oracle, facts, answered(made, facts))
            whole = {name: data.draw(st.sampled_from(oracle.domains[name])) for name in oracle.names}
            event(f"settled in parts {any(each.decision.parts for each in made.decisions)}")
            found, expected = answered(made, whole), said(oracle, whole)
            assert _unquoted(policy, found) == _unquoted(policy, expected)


def _unquoted(policy: LinkedPolicy, answer: Any) -> Any:
    """An answer without quoted texts, which one number of many rules may have from any of them or none."""
    gathers = policy.by_name["Final"].hit_policy.value in ("C#", "C+", "C<", "C>")
    return answer | dict.fromkeys(TEXTS) if gathers and isinstance(answer, dict) else answer


_FACTS = [fact(f"x{number}", "boolean") for number in range(40)]
_INPUTS = [f"IF x{number}" for number in range(40)]


def independent(name: str, hit_policy: str, row_4: str | None, *outputs: str) -> LinkedPolicy:
    """Forty rules, each of which asks one fact, read by a final decision."""
    rows = [[*["true" if column == row else "-" for column in range(40)], outputs[row]] for row in range(40)]
    made = table(name, hit_policy, [*_INPUTS, f"THEN {name}"], [*[None] * 40, row_4], *rows)
    final = table("Final", "F", ["IF x0", "THEN Final"], None, ["true", "yes"], ["-", "no"])
    return linked(_FACTS, made, final, final="Final")


def test_a_list_of_independent_rules_is_told_item_by_item() -> None:
    policy = independent("Documentation", "C", None, *[f"paper {number}" for number in range(40)])
    found = kernel(policy).determine({f"x{number}": number % 2 == 0 for number in range(38)})
    assert found["determination"] == "yes"
    assert found["documentation"] == [f"paper {number}" for number in range(0, 38, 2)]
    assert found["missing_facts"] == []
    assert found["notes"] == ["Not given: X38, X39; further documentation may be required"]


@pytest.mark.parametrize("hit_policy", ["U", "A", "P", "F", "C", "O", "C+", "C#", "C<"])
def test_a_value_that_row_4_does_not_list_stops_every_case_though_no_cell_asks(hit_policy: str) -> None:
    always = table("Source", "U", ["IF x0", "THEN Source"], [None, "1, 2, 3"], ["-", 3])
    reader = table("Final", hit_policy, ["IF Source", "THEN Final"], ["1, 2", "1, 2"], ["-", 1])
    policy = kernel(linked(_FACTS, always, reader, payer="acme"))
    for facts in ({}, {"x0": True}):
        with pytest.raises(TableError, match="whose row 4 does not list it"):
            policy.determine(facts)


@pytest.mark.parametrize("known", [0, 20, 40])
def test_a_count_and_a_sum_of_independent_rules_are_exact(known: int) -> None:
    facts = {f"x{number}": True for number in range(known)}
    for hit_policy, row_4, expected in (("C#", None, 40), ("C+", "number", 80)):
        policy = independent("Points", hit_policy, row_4, *["2"] * 40)
        found = kernel(policy).determine(facts)
        assert found["decisions"].get("Points") == (expected if known == 40 else None)


def test_of_lists_told_rule_by_rule_a_diff_says_that_it_did_not_look() -> None:
    papers = [f"paper {number}" for number in range(40)]
    old = independent("Documentation", "C", None, *papers)
    new = independent("Documentation", "C", None, *papers[:-1], "another paper")
    found = compare(old, new)
    assert found.verdict is Verdict.EQUIVALENT, "the determination is compared all the same"
    assert found.differs
    assert found.reasons == ("documentation: too many combinations of facts to look at in Documentation",)


def test_where_the_first_exclusion_decides_the_diagram_grows_with_the_rules() -> None:
    policy = independent("Exclusion", "F", None, *[f"exclusion {number}" for number in range(40)])
    diagrams = build.build(policy)
    (root,) = (each.root for each in diagrams.decisions if each.name == "Exclusion")
    assert root is not None
    assert len(_below(diagrams.store, root)) == 40


def _below(store: Diagrams, root: int) -> set[int]:
    found, waiting = set[int](), [root]
    while waiting:
        number = waiting.pop()
        if number >= 0 and number not in found:
            found.add(number)
            waiting += store.nodes[number][1:]
    return found


def test_a_computed_note_leaves_the_determination_exact() -> None:
    facts = [fact("b", "boolean"), fact("n", "number")]
    final = table(
        "Final",
        "F",
        ["IF b", "THEN Final", "THEN Note"],
        [None, None, "expression"],
        ["true", "yes", '"n is " + string(n)'],
        ["false", "no", '"none"'],
    )
    made = kernel(linked(facts, final))
    found = made.determine({"b": True})
    assert (found["determination"], found["missing_facts"], found["notes"]) == ("yes", [], [])
    assert made.determine({"b": True, "n": 3})["notes"] == ["n is 3"]
    assert made.determine({"n": 3})["missing_facts"] == ["b"]
