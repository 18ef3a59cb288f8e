"""A table's answers to whole cases: one look-up by the values of all its columns.

For tables whose cases hardly share nodes of a diagram. There a case that comes again would be sought in as
many dictionaries as there are columns, far apart in memory; here it is sought once. What is noticed is the
same as in a diagram: an absent fact, a value that is no key, a boolean where a number stands.

Python holds `True` and 1 equal. Where booleans are keys the look-up says which it has; a 0 or 1 of any other
column stands in the memory as a number that equals no boolean, so that no other value need be looked at.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_
from typing import Any

from dmn_dli.evaluate.value_diagram import NO_KEY, Columns, Season, by_key, no_key, remembered
from dmn_dli.feel import FeelType
from dmn_dli.feel.python_nodes import name_of


class _NoBoolean(int):
    """0 or 1 as a key, which no boolean equals."""

    __hash__ = int.__hash__

    def __eq__(self, other: object) -> bool:
        return other.__class__ is not bool and int(self) == other


_ZERO_AND_ONE = {number: _NoBoolean(number) for number in (0, 1)}


class CaseMemory:
    """The answers of one table by the values of its columns, filled as cases arrive."""

    def __init__(
        self, columns: Columns, answer: Callable[[int], Any], masks: Callable[[Mapping[str, Any]], Any]
    ) -> None:
        """Start empty. answer, masks: as for a `ValueDiagram`."""
        self.columns = columns
        self._answer = answer
        self._masks = masks
        self.cases: dict[tuple[Any, ...], Any] = {}
        self._season = Season(self.cases.clear)
        self._booleans = [memory.logic.column.type is FeelType.BOOLEAN for _, memory in columns]

    def learnt(self, facts: Mapping[str, Any]) -> Any:
        """The answer for facts that are not known, and may be from now on. Raises what `masks` raises."""
        answer = self._masks(facts)
        if self._season.room():
            known = remembered(self.columns, facts)
            if known is not None:
                self._season.take()
                fired = reduce(and_, [accepting for _, accepting in known])
                key = [
                    value if boolean else _ZERO_AND_ONE.get(value, value)
                    for (value, _), boolean in zip(known, self._booleans, strict=True)
                ]
                self.cases[tuple(key)] = self._answer(fired)
        return answer

    def expression(self) -> ast.expr:
        """The answer for `facts`. It raises KeyError or TypeError where the case is not known."""
        values = []
        for (name, _), boolean in zip(self.columns, self._booleans, strict=True):
            value = ast.Subscript(name_of("facts"), ast.Constant(name), ast.Load())
            values.append(by_key(value, FeelType.BOOLEAN, lambda known: known, no_key) if boolean else value)
        return ast.Subscript(name_of("cases"), ast.Tuple(values, ast.Load()), ast.Load())

    @property
    def scope(self) -> dict[str, Any]:
        """The values of the names in the expression, besides `facts`."""
        return {"cases": self.cases, **NO_KEY}
