"""What a compiled decision says rule by rule, where its diagram does not tell which rules fire."""

from __future__ import annotations

from typing import Any

from dmn_dli.diagrams.build import STEP_LIMIT, DecisionDiagram, PolicyDiagrams
from dmn_dli.diagrams.cases import either, nowhere, where
from dmn_dli.diagrams.composition import IMPOSSIBLE, Impossible
from dmn_dli.diagrams.store import Diagrams
from dmn_dli.diagrams.transfer import compiled_diagram
from dmn_dli.feel.json_values import feel_json
from dmn_dli.runtime.policy import NO, RULED_OUT, YES, Diagram
from dmn_dli.tables.logic import Outcome


def parts_of(decision: DecisionDiagram, diagrams: PolicyDiagrams) -> dict[str, Any]:
    """What a decision says of its rules one by one, where it has parts."""
    if not decision.parts:
        return {}
    logic, store = decision.logic, diagrams.store
    rules = logic.table.rules
    parts = {rules[rule].id: _truth(store, decision.parts[rule]) for rule in logic.order}
    if not logic.table.hit_policy.gives_list:
        return {"parts": parts}
    assert decision.root is not None, "there are parts beside a diagram alone"
    nothing = feel_json(logic.outcome(0).value)
    store.allow(STEP_LIMIT)
    given = [(1 << rule, where(store, decision.parts[rule], _is_true)) for rule in logic.order]
    if nothing:
        given.append((0, where(store, decision.root, _is_default)))
    listed: dict[str, tuple[Any, int]] = {}
    for mask, root in given:
        item = _first_output(logic.outcome(mask).value)
        _, already = listed.get(repr(item), (item, nowhere(store)))
        listed[repr(item)] = item, either(store, already, root)
    impossible = store.terminal(IMPOSSIBLE)
    admissible = where(store, decision.root, _is_possible)
    items = tuple(
        (item, _truth(store, store.if_then_else(admissible, root, impossible)))
        for item, root in listed.values()
        if item is not None
    )
    return {"parts": parts, "items": items, "nothing": nothing}


def _is_true(fires: Any) -> bool:
    return fires is True


def _is_possible(outcome: Any) -> bool:
    return not isinstance(outcome, Impossible)


def _is_default(outcome: Any) -> bool:
    return isinstance(outcome, Outcome) and outcome.conflict is None and not outcome.rules


def _first_output(value: Any) -> Any:
    """The first output of a list's first entry, as JSON."""
    entry = feel_json(value)[0]
    return next(iter(entry.values()), None) if isinstance(entry, dict) else entry


def _truth(store: Diagrams, root: int) -> Diagram:
    """A diagram of true and false with the terminals that stand for these."""
    diagram, results = compiled_diagram(store, root)
    codes = [RULED_OUT if isinstance(each, Impossible) else YES if each else NO for each in results]

    def renamed(number: int) -> int:
        return number if number >= 0 else ~codes[~number]

    nodes = tuple((node[0], *map(renamed, node[1:])) for node in diagram.nodes)
    return Diagram(nodes, renamed(diagram.root), diagram.variables)
