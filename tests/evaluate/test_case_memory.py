"""Tables that outgrow their diagram answer whole cases from memory, as they answered before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.evaluate import value_diagram
from dmn_dli.evaluate.decide import Decider
from dmn_dli.policy import Policy
from tests.linking.books import fact, policy, table

FACTS = (fact("dose", "number"), fact("flag", "boolean"), fact("name", "string", "red, green"))

_RULES = [
    ["1", "-", "-", "one"],
    ["< 5", "true", "red", "small red"],
    ["-", "false", "-", "unflagged"],
    [">= 5", "-", "not(red)", "large"],
    ["null", "-", "-", "no dose"],
]
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "dose": st.sampled_from([0, 1, 1.0, True, False, Decimal(1), Decimal("4.9"), 5, 7, None, "1", [1]]),
    "flag": st.sampled_from([True, False, 1, 0, 1.0, None, "true", {}]),
    "name": st.sampled_from(["red", "green", "blue", 1, True, None]),
}
_CASES = st.lists(st.fixed_dictionaries({}, optional=_VALUES), min_size=8, max_size=40)


def _table(hit_policy: str = "F") -> Policy:
    headings = ["IF Dose", "IF Flag", "IF Name", "THEN Size"]
    return policy(FACTS, table("Size", hit_policy, headings, None, *_RULES))


@pytest.fixture
def quickly_outgrown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A diagram is looked over at its second case, when each has taken more than one node."""
    monkeypatch.setattr(value_diagram, "LOOKED_OVER", 2)
    monkeypatch.setattr(value_diagram, "GROWTH", 20)
    monkeypatch.setattr(value_diagram, "REST", 10)


_OUTGROWING = [{"dose": dose, "flag": True, "name": name} for dose, name in ((2, "red"), (9, "green"))]


@pytest.mark.usefixtures("quickly_outgrown")
@pytest.mark.parametrize("hit_policy", ["F", "C"])
def test_whole_cases_are_answered_as_the_careful_way_answers_them(hit_policy: str) -> None:
    by_tests = Decider(_table(hit_policy).linked)  # the rules' tests, nothing remembered of whole cases

    @given(_CASES)
    def asked_again_and_again(cases: list[dict[str, Any]]) -> None:
        asked = _table(hit_policy)
        function = asked.kernel.function("Size")
        body = function.__code__
        for case in (*_OUTGROWING, *cases, *cases):
            assert asked.decide("Size", case) == by_tests._careful("Size", case)
        assert function.__code__ is not body, "the diagram was not outgrown"

    asked_again_and_again()


@pytest.mark.usefixtures("quickly_outgrown")
def test_lists_of_remembered_cases_belong_to_the_caller() -> None:
    asked, case = _table("C"), {"dose": 1, "flag": True, "name": "red"}
    for each in _OUTGROWING:
        asked.decide("Size", each)
    for _ in range(3):
        found = asked.decide("Size", case)
        assert found == ["one", "small red"]
        found.clear()


@pytest.mark.usefixtures("quickly_outgrown")
def test_a_bad_value_is_refused_among_remembered_cases() -> None:
    asked, case = _table(), {"dose": 1, "flag": True, "name": "red"}
    for each in (*_OUTGROWING, case):
        asked.decide("Size", each)
    with pytest.raises(TypeError, match="FEEL has no value"):
        asked.decide("Size", case | {"name": object()})
    assert asked.decide("Size", case) == "one"


@pytest.mark.usefixtures("quickly_outgrown")
def test_a_remembered_1_is_every_number_that_equals_it_and_not_true() -> None:
    numpy = pytest.importorskip("numpy", reason="its numbers come with the extra batch")
    asked, case = _table(), {"dose": 1, "flag": True, "name": "red"}
    for each in (*_OUTGROWING, case):
        asked.decide("Size", each)
    for number in (1, 1.0, Decimal(1), numpy.int8(1), numpy.float64(1)):
        assert asked.decide("Size", case | {"dose": number}) == "one"
    assert asked.decide("Size", case | {"dose": True}) is None


def test_a_diagram_with_few_nodes_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_diagram, "LOOKED_OVER", 9)
    asked = _table()
    function = asked.kernel.function("Size")
    body = function.__code__
    for dose in (0, 1, 4, 5, 9, 11):
        for name in ("red", "green", "blue"):
            asked.decide("Size", {"dose": dose, "flag": True, "name": name})
    assert function.__code__ is body
