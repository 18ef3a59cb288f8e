"""Tables without a diagram answer cases that lack facts as they do with one: by the rules that are live."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.evaluate import live_rules
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.runtime.errors import EvaluationError
from tests.linking.books import assuming, fact, kernel, linked, table

FACTS = [
    fact("dose", "number", "[0..10]"),
    fact("flag", "boolean", nullable=True),
    fact("name", "string", "red, green, blue"),
    fact("free"),
]
_CELLS = {
    "Dose": ("-", "< 5", "[2..7)", "5, 8", "not(3)"),
    "Flag": ("-", "true", "false, null", "null"),
    "Name": ("-", "red", "green, blue", "not(red)"),
    "Free": ("-", '"x"', 'starts with(?, "ab")', 'not("x")'),
    "dose": ("-", ">= 8", "<= 1"),
}
"""One fact is asked twice."""

_CASES = st.fixed_dictionaries(
    {},
    optional={
        "dose": st.sampled_from([0, 1, 2, 2.5, 3, 5, 7, 8, 10]),
        "flag": st.sampled_from([True, False, None]),
        "name": st.sampled_from(["red", "green", "blue"]),
        "free": st.sampled_from(["x", "abc", "anything"]),
    },
)


def made(hit_policy: str, rules: list[list[str]], limit: int | None = None) -> PolicyKernel:
    row_4 = {"P": "3, 1, 2", "C+": "number"}.get(hit_policy)
    headings = [*[f"IF {name}" for name in _CELLS], "THEN Result"]
    policy = linked(FACTS, table("Result", hit_policy, headings, [*[None] * len(_CELLS), row_4], *rules))
    return kernel(policy) if limit is None else kernel(policy, limit)


def answer(asked: PolicyKernel, case: dict[str, Any]) -> Any:
    """The record; of an error its problems, whatever their order."""
    try:
        return asked.determine(case)
    except EvaluationError as error:
        return error.__class__, sorted(map(repr, error.problems))


@pytest.mark.parametrize("hit_policy", ["F", "U", "A", "P", "C+", "C#", "C<"])
def test_a_table_without_a_diagram_answers_as_with_one(hit_policy: str) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.data())
    def held(data: st.DataObject) -> None:
        rules = [
            [*[data.draw(st.sampled_from(cells)) for cells in _CELLS.values()], "123"[at % 3]]
            for at in range(data.draw(st.integers(1, 6)))
        ]
        whole, without = made(hit_policy, rules), made(hit_policy, rules, 0)
        assert whole.final.diagram is not None
        assert without.final.diagram is None
        for case in data.draw(st.lists(_CASES, min_size=1, max_size=6)):
            assert answer(without, case) == answer(whole, case)
        used.append(without.memory.live_rules(without.final.decision, without.decider.table("Result")))

    used: list[Any] = []
    held()
    assert any(used)


def test_what_is_left_is_made_once_for_all_cases_that_leave_the_same_rules_live(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = ["-", "true", "-", "-", "-", "1"], ["-", "-", "red", "-", "-", "2"], [*"-----", "3"]
    asked = made("F", [*rows], 0)
    decision = asked.final.decision
    rules = asked.memory.live_rules(decision, asked.decider.table("Result"))
    assert rules is not None
    for dose in range(8):
        found = asked.determine({"dose": dose, "name": "green", "free": "x"})
        assert found["possible_determinations"] == ["1", "3"]
        assert found["missing_facts"] == ["flag"]
    assert len(rules._made) == 1, "no live rule asks for the dose"
    monkeypatch.setattr(live_rules, "_KEEP", 1)
    asked.determine({"dose": 1})
    assert len(rules._made) == 1, "the larger one took the place of what there was"
    monkeypatch.setattr(live_rules, "_STEPS", 0)
    assert asked.determine({"flag": False})["missing_facts"] == ["name"], "by a diagram of the case's own"


def test_beside_assumptions_it_is_not_asked_which_rules_are_live() -> None:
    plain = table("Result", "F", ["IF Dose", "THEN Result"], None, ["> 3", "1"], ["-", "2"])
    asked = kernel(assuming(linked(FACTS, plain), "flag or dose > 3"), 0)
    assert asked.memory.live_rules(asked.final.decision, asked.decider.table("Result")) is None
    assert asked.determine({"flag": False})["possible_determinations"] == ["1"]
