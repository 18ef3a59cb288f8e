"""Ranges: what values an expression may have while its facts lie in given atoms (interval arithmetic)."""

from __future__ import annotations

from dmn_dli.theories.terms import Group, Part


class RangeTheory:
    """A group of terms, each judged by itself."""

    def __init__(self, group: Group) -> None:
        """Take the group; what can be worked out beforehand is."""
        self.group = group

    def refutes(self, part: Part) -> bool:
        """Whether surely no case lies in a part; false where that is not known."""
        return False
