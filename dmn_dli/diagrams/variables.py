"""The variables of a policy's diagrams: its facts, terms over several facts, and what nothing settles."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.model.facts import Fact
from dmn_dli.tables.domain import Domain
from dmn_dli.theories.terms import Term


@frozen
class FactVariable:
    """A fact as a variable: its atoms are fine enough for every place that can be analysed."""

    number: int
    fact: Fact
    domain: Domain


@frozen
class DerivedVariable:
    """A value, or a condition, that no single fact's atoms settle.

    It is a variable of its own: known when all that it reads is known, else free.
    decisions: those that ask it, all where an assumption does. label, cell, place: the heading and the
    reference of the clause that asks first, and with its sheet; of an assumption its condition and place.
    term: what it stands for, where the theories know it; else it is a clause of the only decision, at the
    position `column`. test: None for that clause's value, else which of the column's tests (atoms: false,
    true); row 4, which says what may arrive, counts as the one after the last.
    """

    number: int
    decisions: tuple[str, ...]
    label: str
    cell: str
    place: str
    domain: Domain
    reads: frozenset[str]
    column: int = -1
    test: int | None = None
    term: Term | None = None
