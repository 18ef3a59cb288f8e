"""Terms: what cells compare that no single fact's atoms settle, each a variable of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from attrs import field, frozen

from dmn_dli.feel import compile_expression
from dmn_dli.feel.syntax import Node
from dmn_dli.model.facts import Fact
from dmn_dli.tables.domain import Atom, Domain


@frozen(slots=False)
class Term:
    """A value, or a condition, over facts that stands as a variable of its own.

    name: under which rewritten trees know it; no fact can have it (`#1`). tree: over facts alone.
    domain: its atoms. Of a value, cut at the constants that tests compare it with, null among them; of a
    condition false, true and null. reads: the facts, sorted.
    """

    name: str
    tree: Node
    domain: Domain
    reads: tuple[str, ...]

    @cached_property
    def value(self) -> Callable[[Mapping[str, object]], object]:
        """Its value, given those of the facts that it reads."""
        return compile_expression(self.tree)

    def atom(self, scope: Mapping[str, object]) -> int:
        """The position of the atom in which its value lies."""
        return self.domain.locate(self.value(scope))


@frozen(slots=False)
class Group:
    """Terms that hang together by the facts that they read.

    facts, domains: of each fact that a term reads, by its name; cases are held to `domains`.
    """

    terms: tuple[Term, ...]
    facts: Mapping[str, Fact]
    domains: Mapping[str, Domain]


@frozen
class Part:
    """A part of all cases: some facts and terms of a group, by name, each with the atom in which it lies.

    What is not named may be anything that its domain holds.
    """

    facts: Mapping[str, Atom] = field(factory=dict)
    terms: Mapping[str, Atom] = field(factory=dict)
