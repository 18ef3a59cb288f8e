"""Sums and differences: several terms that are sums of facts, judged together (linear inequalities)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dmn_dli.theories.terms import Group, Part


class LinearTheory:
    """A group of terms, those that are no sums left aside."""

    def __init__(self, group: Group) -> None:
        """Take the group; what can be worked out beforehand is."""
        self.group = group

    def refutes(self, part: Part) -> bool:
        """Whether surely no case lies in a part; false where that is not known."""
        return False

    def cases(self, part: Part) -> Iterator[Mapping[str, object]]:
        """Facts (FEEL values by name) that lie in a part as far as this theory can tell; few, and various."""
        return iter(())
