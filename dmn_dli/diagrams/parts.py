"""What a compiled decision says rule by rule, where its diagram does not tell which rules fire."""

from __future__ import annotations

from typing import Any

from dmn_dli.diagrams.build import STEP_LIMIT, DecisionDiagram, PolicyDiagrams
from dmn_dli.diagrams.cases import nowhere
from dmn_dli.diagrams.composition import Impossible
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
    nothing = feel_json(logic.outcome(0).value)
    where: dict[str, tuple[Any, int]] = {}
    store.allow(STEP_LIMIT)
    for rule in logic.order:
        item = _first_output(logic.outcome(1 << rule).value)
        root = where.get(repr(item), (item, nowhere(store)))[1]
        where[repr(item)] = item, _either(store, root, decision.parts[rule])
    if nothing:
        item = _first_output(logic.outcome(0).value)
        root = where.get(repr(item), (item, nowhere(store)))[1]
        assert decision.root is not None, "there are parts beside a diagram alone"
        alone = _where_nothing_fires(store, decision.root)
        where[repr(item)] = item, _either(store, root, alone)
    items = tuple((item, _truth(store, root)) for item, root in where.values() if item is not None)
    return {"parts": parts, "items": items, "nothing": nothing}


def _either(store: Diagrams, left: int, right: int) -> int:
    """Where one of two is true; what the assumptions rule out stays so."""

    def either(one: Any, other: Any) -> int:
        ruled_out = next((each for each in (one, other) if isinstance(each, Impossible)), None)
        return store.terminal(ruled_out or bool(one or other))

    return store.apply(left, right, either)


def _where_nothing_fires(store: Diagrams, root: int) -> int:
    """The default's cases; what the assumptions rule out stays so."""

    def alone(outcome: Any) -> int:
        is_none = isinstance(outcome, Outcome) and outcome.conflict is None and not outcome.rules
        return store.terminal(outcome if isinstance(outcome, Impossible) else is_none)

    return store.map(root, alone)


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
