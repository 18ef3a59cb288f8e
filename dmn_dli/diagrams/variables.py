"""The variables of a policy's diagrams: its facts, and clauses that facts cannot be traced through."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.model.facts import Fact
from dmn_dli.tables.domain import Domain


@frozen
class FactVariable:
    """A fact as a variable: its atoms are fine enough for every place that can be analysed."""

    number: int
    fact: Fact
    domain: Domain


@frozen
class DerivedVariable:
    """A clause, or one test of a column, whose value cannot be traced to atoms of facts.

    It is a variable of its own: known when all that it reads is known, else free.
    test: None for the clause's value, else which of the column's tests (atoms: false, true); row 4, which
    says what may arrive, counts as the one after the last.
    """

    number: int
    decision: str
    column: int
    test: int | None
    domain: Domain
    reads: frozenset[str]
