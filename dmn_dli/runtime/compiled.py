"""A compiled workbook: the policy that decides, and what is needed where diagrams alone do not answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dmn_dli.runtime.policy import Policy


class DerivedClause(NamedTuple):
    """A variable that stands for what no single fact's atoms settle.

    decisions: those that ask it. term: a value or condition over facts, in portable form where the policy is;
    None where it is an input clause of the only decision, or one test of its column.
    column: the position in that decision's table. test: which of the column's tests (atoms: false, true),
    row 4 counting as the one after the last; None for the clause's own value. facts: the names of all facts
    behind it. place: the cell of the clause that asks first.
    """

    variable: int
    decisions: tuple[str, ...]
    column: int
    test: int | None
    facts: tuple[str, ...]
    place: str
    term: Any = None


class CompiledPolicy(NamedTuple):
    """A policy with its derived clauses.

    linked: the linked policy in portable form, as `marshal` writes it. values: for each decision the FEEL
    values of its outcomes, in portable form; empty where the diagrams alone answer.
    """

    policy: Policy
    linked: bytes
    derived: tuple[DerivedClause, ...] = ()
    values: Mapping[str, tuple[Any, ...]] = {}
