"""One fact: where the answer of a condition over a single fact changes."""

from __future__ import annotations

from collections.abc import Iterable

from dmn_dli.feel import syntax
from dmn_dli.model.facts import Fact
from dmn_dli.tables.constants import NotAnalysable


def cuts(
    subject: syntax.Node, fact: Fact, constants: Iterable[object], *, computed: bool = False
) -> frozenset[object]:
    """The values of a fact at which the place of `subject` among `constants` can change.

    subject: reads the fact and nothing else. Between two neighbouring cuts, and at each of them, all values
    of the fact make it alike: less than a constant, equal to it, greater, or null; where it is a condition
    (constants are empty) true, false, or null.
    computed: whether values lie beyond those that a fact may have.

    Raises NotAnalysable where that is not known.
    """
    if isinstance(subject, syntax.Name) and subject.name == fact.name:
        return frozenset(constants)
    raise NotAnalysable
