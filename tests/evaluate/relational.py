"""Random small policies whose conditions relate facts to each other, with all completions that matter.

All facts lie in [0..3] and all constants are whole, so that quarters show every arrangement of sums and
differences of two facts; for products and ratios they show many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from attrs import frozen

from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, linked, table

FACTS = [
    fact("a", "number", "[0..3]"),
    fact("b", "number", "[0..3]"),
    fact("c", "number", "[0..3]", nullable=True),
    fact("flag", "boolean"),
]
QUARTERS = [Decimal(each) / 4 for each in range(13)]
VALUES: dict[str, Sequence[Any]] = {
    "a": QUARTERS,
    "b": QUARTERS,
    "c": [*QUARTERS, None],
    "flag": [False, True],
}

SUMS = (
    "a - b",
    "a + b",
    "2 * a - b",
    "abs(a - b)",
    "a - c",
    "if flag then a else b",
    "if a > b then a - b else b",
    "max(a, b)",
    "a",
    "c",
)
PRODUCTS = ("a * b", "(a - b) / a", "a / (b + 1)", "a * a - b", "floor(a) + b")
_TESTS = ("< 1", ">= 1", "[1..2)", "> 2", "<= -1", "0", "not(0)", "null", "-", "-")
_RELATIONAL = ("< b", ">= b", "[b..b + 1]", "not(> b)", "b", "> 1")
_CONDITIONS = ("a > b", "a - b < 1 and flag", "a = c", "b >= a or flag")


@frozen
class Case:
    """A policy, what is known of a case, and the facts that are not."""

    policy: LinkedPolicy
    facts: Mapping[str, Any]
    unknown: tuple[str, ...]


def case(chance: Random, clauses: Sequence[str]) -> Case:
    """A case of a policy over some of the clauses, with one or two facts unknown."""
    unknown = tuple(chance.sample(sorted(VALUES), chance.choice((1, 2, 2))))
    facts = {name: chance.choice(values) for name, values in VALUES.items() if name not in unknown}
    return Case(_policy(chance, clauses), facts, unknown)


def _policy(chance: Random, clauses: Sequence[str]) -> LinkedPolicy:
    first = _table(chance, clauses, "First", ["x", "y", "z"])
    final = _table(chance, clauses, "Final", ["p", "q", "r"], "First")
    return linked(FACTS, first, final)


def _table(chance: Random, clauses: Sequence[str], name: str, values: Sequence[str], read: str = "") -> Any:
    columns: list[tuple[str, Sequence[str]]] = [
        (clause, _TESTS) for clause in chance.sample(list(clauses), 2)
    ]
    columns.append(chance.choice([("a", _RELATIONAL), (chance.choice(_CONDITIONS), ("true", "false", "-"))]))
    if read:
        columns[0] = (read, ("x", "y", "not(x)", "-"))
    rows = [[chance.choice(tests) for _, tests in columns] + [chance.choice(values)] for _ in range(3)]
    rows.append(["-"] * len(columns) + [values[0]])
    headings = [f"IF {clause}" for clause, _ in columns] + [f"THEN {name}"]
    return table(name, "F", headings, [*[None] * len(columns), ", ".join(values)], *rows)
