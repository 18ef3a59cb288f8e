"""Rows have one number exactly where they are left with one function of the facts that they do not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

pytest.importorskip("numpy", reason="batches need the extra batch: numpy and pyarrow")

import numpy as np

from dmn_dli.batch import automaton, joined
from dmn_dli.batch.atom_columns import AtomColumns
from dmn_dli.batch.states import DecisionStates
from dmn_dli.diagrams import build
from dmn_dli.runtime.diagram import Remainder
from dmn_dli.runtime.kernel import DecisionKernel, Kernel
from dmn_dli.runtime.policy import Diagram
from dmn_dli.runtime.residual import Residual
from dmn_dli.tables.linked import LinkedPolicy
from tests import payers
from tests.linking.books import fact, kernel, linked, table
from tests.properties.many_rules import many_rules
from tests.properties.policies import policies
from tests.properties.test_assumptions import assuming

_SETTINGS = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
_ROWS = 40


@pytest.fixture(autouse=True)
def small() -> Iterator[None]:
    """Rows are walked in several chunks, and facts asked for together soon come apart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(automaton, "CHUNK", 17)
        patch.setattr(automaton, "_ENTRIES", 200)
        patch.setattr(build, "MOST_SETS", 3)
        yield


def agrees(made: Kernel, seed: int) -> None:
    chance = np.random.default_rng(seed)
    widths = {
        node[0]: len(node) for each in made.decisions for diagram in _diagrams(each) for node in diagram.nodes
    }
    for decision in made.decisions:
        if decision.diagram is None:
            continue
        found = DecisionStates(decision, made.policy.variables)
        functions: dict[int, Any] = {}
        for unknown in (0.0, 0.2, 0.6, 1.0):
            atoms = {
                variable: (chance.integers(1, width, _ROWS) * (chance.random(_ROWS) >= unknown)).astype(
                    np.int16
                )
                for variable, width in widths.items()
                if chance.random() < 0.9
            }
            for row, number in enumerate(found.of(_some_coded(atoms, chance), _ROWS).tolist()):
                placed = [0] * (made.policy.variables + 1)
                for variable, column in atoms.items():
                    placed[variable] = int(column[row])
                left = tuple(_in_one_order(Remainder(each, placed).reduced()) for each in _diagrams(decision))
                assert functions.setdefault(number, left) == left
                assert _said(found.residuals[number]) == _said(decision.residual(placed))
        assert len({*functions.values()}) == len(functions) == len(found.residuals)


def _some_coded(atoms: dict[int, Any], chance: np.random.Generator) -> AtomColumns:
    """The same atoms, some of them under codes: in another order, some twice, some without a row."""
    found = AtomColumns()
    for variable, column in atoms.items():
        if chance.random() < 0.4:
            found.put(variable, column)
            continue
        of_codes = np.arange(int(column.max()) + 1, dtype=np.int16)
        of_codes = chance.permutation(np.append(of_codes, of_codes[:2]))
        codes = np.array([chance.choice(np.flatnonzero(of_codes == each)) for each in column], np.int32)
        found.put_coded(variable, codes, of_codes)
    return found


def _diagrams(decision: DecisionKernel) -> list[Any]:
    compiled = decision.decision
    inner = [*compiled.parts.values(), *[where for _, where in compiled.items]]
    return [each for each in (decision.diagram, *inner) if each is not None]


def _in_one_order(reduced: Diagram) -> tuple[Any, ...]:
    """The nodes in the order in which a search meets them: equal for equal functions."""
    order: dict[int, int] = {}
    waiting = [reduced.root]
    while waiting:
        number = waiting.pop()
        if number >= 0 and number not in order:
            order[number] = len(order)
            waiting += reduced.nodes[number][1:]
    nodes = [reduced.nodes[number] for number in order]
    named = [(node[0], *[order.get(each, each) for each in node[1:]]) for node in nodes]
    return (order.get(reduced.root, reduced.root), *named)


def _said(left: Residual) -> Any:
    return [
        [each.number for each in left.outcomes],
        left.problems,
        left.one_value,
        left.rules,
        left.items,
        left.item_variables,
        left.determinations,
        left.deciding_variables,
        left.doubt_variables,
        left.text_variables,
    ]


@_SETTINGS
@given(st.one_of(policies(), many_rules(), assuming()), st.integers(0, 99))
def test_random_policies(policy: LinkedPolicy, seed: int) -> None:
    made = kernel(policy)
    event(f"parts {any(each.decision.parts for each in made.decisions)}")
    agrees(made, seed)


@pytest.mark.parametrize("name", payers.WORKBOOKS)
def test_the_five_payers(name: str) -> None:
    agrees(payers.kernel(name), 7)


def test_facts_of_many_atoms_and_numbers_beyond_a_byte_are_told_apart() -> None:
    """300 atoms and 600 outcomes, of two facts asked for one by one, and together."""
    names = [f"v{number}" for number in range(300)]
    listed = ", ".join(f'"{each}"' for each in names)
    rows = [[each, "-", f"one {each}", "page 1"] for each in names[:-1]]
    policy = linked(
        [fact("one", allowed=listed), fact("two", allowed=listed)],
        table(
            "Final",
            "F",
            ["IF one", "IF two", "THEN answer", "NOTE Citation"],
            None,
            *rows,
            *[["-", each, f"two {each}", "page 2"] for each in names],
        ),
        payer="acme",
    )
    agrees(kernel(policy), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(automaton, "_COMBINATIONS", 100_000)
        patch.setattr(automaton, "_ENTRIES", 1_000_000)
        agrees(kernel(policy), 2)


def test_states_say_when_they_are_to_be_made_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    made = payers.kernel(payers.WORKBOOKS[0])
    found = DecisionStates(made.final, made.policy.variables)
    assert made.final.diagram
    assert not found.full
    chance = np.random.default_rng(1)
    atoms = {
        variable: chance.integers(0, 2, 500).astype(np.int8) for variable in made.final.diagram.variables
    }
    found.of(atoms, 500)
    assert not found.full
    monkeypatch.setattr(joined, "_MOST", 10)
    assert found.full


def test_a_decision_that_asks_for_nothing_has_its_state_once_a_row_is_there() -> None:
    final = table("Final", "F", ["IF flag", "THEN Final"], [None, "done"], ["-", "done"])
    made = kernel(linked([fact("flag", "boolean")], final))
    assert made.final.diagram is not None
    states = DecisionStates(made.final, made.policy.variables)
    assert states.of({}, 0).tolist() == []
    assert states.of({}, 2).tolist() == [0, 0]
    assert [each.determinations for each in states.residuals] == [["done"]]


def test_a_code_out_of_bounds_is_refused() -> None:
    made = payers.kernel(payers.WORKBOOKS[0])
    assert made.final.diagram is not None
    for code in (3, -1):
        atoms = AtomColumns()
        atoms.put_coded(made.final.diagram.variables[0], np.array([0, code], np.int32), np.arange(3))
        with pytest.raises(IndexError, match="out of the bounds"):
            DecisionStates(made.final, made.policy.variables).of(atoms, 2)
