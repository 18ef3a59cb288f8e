"""Null passes no test: kernel, module, plugin and proof say of a null what the naive reading says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmn_dli.analysis.proof import prove
from dmn_dli.diagrams.build import build
from dmn_dli.feel import from_python, syntax
from dmn_dli.feel.values import to_python
from dmn_dli.feel.walk import children
from dmn_dli.source.module import NotCompilable
from dmn_dli.tables.firing import Firer
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, kernel, linked, table
from tests.properties.policies import policies
from tests.reference import feel as naive
from tests.reference.policy import Oracle
from tests.reference.tables import clause_value, fired_rules
from tests.source.modules import compiled, said_by_module, said_by_package

FACTS = [
    fact("dose", "number", nullable=True),
    fact("remark", "string", nullable=True),
    fact("size", "string", "small, large", nullable=True),
    fact("consent", "boolean", nullable=True),
    fact("start", "date", nullable=True),
    fact("other", "number", nullable=True),
]
REFUSED = [
    ("dose", "? < 5"),
    ("dose", "? in (< 5)"),
    ("dose", "? in [1..5]"),
    ("dose", "? in (? < 5)"),
    ("dose", "? between 1 and 5"),
    ("dose", "not(? < 5)"),
    ("dose", "[? - 1, 5]"),
    ("dose", "[1..? + 1]"),
    ("dose", "? > 1 and ? < 5"),
    ("dose", "? + 1"),
    ("dose", "abs(?) <= 3"),
    ("dose", "abs(?)"),
    ("dose", "not(abs(?) <= 3)"),
    ("dose", "= abs(?)"),
    ("dose", "other < 3"),
    ("dose", "if ? < 5 then true else null"),
    ("remark", 'starts with(?, "a")'),
    ("remark", 'not(contains(?, "a"))'),
    ("remark", "string length(?) > 1"),
    ("size", 'starts with(?, "s")'),
    ("size", '? in ("small")'),
    ("consent", "? = true"),
    ("consent", "? and true"),
    ("start", "? < date(2024, 1, 1)"),
    ("start", "? in (< 2024-01-01)"),
]
ACCEPTED = [
    ("dose", "null"),
    ("dose", "? < 5, null"),
    ("dose", "? = null"),
    ("dose", "[null, 5]"),
    ("dose", "? != 5"),
    ("size", "not(small)"),
]


def _made(clause: str, cell: str) -> LinkedPolicy:
    headings = [f"IF {clause}", "THEN D"]
    return linked(
        FACTS, table("D", "F", headings, [None, "fires, passes by"], [cell, "fires"], ["-", "passes by"])
    )


@pytest.mark.parametrize(("clause", "cell", "fires"), [
    *((*each, False) for each in REFUSED),
    *((*each, True) for each in ACCEPTED),
])  # fmt: skip
def test_a_null_passes_where_the_cell_is_true_of_it_and_nowhere_else(
    clause: str, cell: str, fires: bool
) -> None:
    policy = _made(clause, cell)
    facts: dict[str, Any] = {clause: None, "other": None}
    made = kernel(policy)
    assert made.determine(facts)["determination"] == ("fires" if fires else "passes by")
    firing = Firer(policy).fire("D", facts)
    assert firing is not None
    assert firing.rules == ((0, 1) if fires else (1,))
    try:
        module = compiled(made)
    except NotCompilable:
        pass
    else:
        assert said_by_module(module, facts) == said_by_package(made, facts)


def _table(policy: LinkedPolicy) -> Any:
    diagrams = build(policy)
    (decision,) = diagrams.decisions
    return diagrams, decision.logic.table, decision.logic


def test_a_gap_at_null_is_reported_of_conditions_over_the_input() -> None:
    rules = table("D", "U", ["IF dose", "THEN D"], [None, "a, b"], ["? < 5", "a"], ["? in (>= 5)", "b"])
    proof, _ = prove(*_table(linked(FACTS, rules)))
    assert [gap.witness for gap in proof.gaps] == [{"dose": None}]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.booleans().flatmap(lambda opaque: policies(opaque=opaque)), st.data())
def test_the_rules_that_fire_are_those_whose_cells_the_naive_reading_calls_true(
    policy: LinkedPolicy, data: st.DataObject
) -> None:
    oracle, firer = Oracle(policy), Firer(policy)
    # Null wherever it is allowed, but for some.
    facts = {
        name: None if None in values and data.draw(st.integers(0, 3)) else data.draw(st.sampled_from(values))
        for name, values in oracle.domains.items()
        if name in oracle.names
    }
    scope = {name: to_python(from_python(value)) for name, value in facts.items()}
    for linked_table in policy.tables:
        # The naive reading knows no functions.
        invokes = any(_invokes(test) for column in linked_table.columns for test in column.tests)
        if linked_table.reads <= scope.keys() and not invokes:
            arriving = [(column, clause_value(column, scope)) for column in linked_table.columns]
            want = tuple(
                rule
                for rule in range(len(linked_table.rule_indexes))
                if all(
                    naive.evaluate(column.tests[column.rules[rule]], scope, value) is True
                    for column, value in arriving
                )
            )
            firing = firer.fire(linked_table.name, facts)
            assert firing is not None
            assert firing.rules == fired_rules(linked_table, scope) == want


def _invokes(tree: syntax.Node) -> bool:
    return isinstance(tree, syntax.Invocation) or any(map(_invokes, children(tree)))
