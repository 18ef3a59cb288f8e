"""A decision table's diagram as nested dictionaries, from the values of a case to the table's answer.

    service ──► {'infusion': {'yes': {…}, 'no': {…}},      the value of the first column leads to what is
                 'car':      {'yes': {…}, 'no': {…}}}      left of the table, the last column's to its answer

What is left is one node for all cases that leave the same rules. Nodes are made as cases arrive, so that a
table of any size has a diagram; while cases repeat, or their combinations are few, each is answered by one
look-up a fact. A column of numbers or days has classes in between, a small number for the values that no cell
tells apart: its values are many, and their combinations would be more.

Every fact of the table is looked up, not only those on which the answer hangs. So whatever the dictionaries
do not hold is noticed wherever it stands: an absent fact, a value without meaning in FEEL.

The dictionaries are plain ones, filled by `grown` where one lacks a key: Python looks into them twice as fast
as into such as fill themselves.

Where every further case asks for further nodes, a table has outgrown its diagram: it says so, and whole cases
are remembered instead (`CaseMemory`).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, TypeAlias

from dmn_dli.evaluate.column_memory import ColumnMemory
from dmn_dli.feel import FeelType
from dmn_dli.feel.python_nodes import assigned, is_exactly, name_of

GROWTH = 4_096
"""For how many cases that are not answered yet a diagram grows."""

REST = 16 * GROWTH
"""How many of them the masks then answer before it starts afresh: what never repeats is worth no more."""

LOOKED_OVER = 1_024
"""How many cases a diagram has taken in when it is asked whether it has more nodes than cases."""

_CLASSED = (FeelType.NUMBER, FeelType.DATE)


Columns: TypeAlias = Sequence[tuple[str, ColumnMemory]]
"""A table's columns, each with the name of the fact or decision that it reads."""


class Season:
    """Whether there is room for a further case that was not known: for a while, then not, then afresh."""

    def __init__(self, forget: Callable[[], None]) -> None:
        """forget: called before the season starts afresh."""
        self._forget = forget
        self._left = GROWTH

    @property
    def taken(self) -> int:
        """How many cases have been taken in."""
        return GROWTH - self._left

    def room(self) -> bool:
        """Whether a case that is met now may be taken in."""
        if self._left > 0:
            return True
        self._left -= 1
        if self._left < -REST:
            self._forget()
            self._left = GROWTH
        return False

    def take(self) -> None:
        """Count a case that has been taken in."""
        self._left -= 1


def remembered(columns: Columns, facts: Mapping[str, Any]) -> list[tuple[Any, int]] | None:
    """The value of each column and the rules that accept it; None where one is absent or no key."""
    known: list[tuple[Any, int]] = []
    try:
        for name, memory in columns:
            value = facts[name]
            if not memory.remembers(value):
                return None
            known.append((value, memory[value]))
    except (KeyError, TypeError):
        return None
    return known


class ValueDiagram:
    """The nodes of one table."""

    def __init__(
        self,
        columns: Columns,
        answer: Callable[[int], Any],
        masks: Callable[[Mapping[str, Any]], Any],
        outgrown: Callable[[], None],
    ) -> None:
        """Start empty.

        answer: for the mask of the rules that fire the answer, which stays ours. masks: the table as a
        function of facts that answers for whatever has no place here. outgrown: called where the diagram
        has more nodes than it has taken in cases, and has let them go.
        """
        self.columns = columns
        self._answer = answer
        self._masks = masks
        self._outgrown = outgrown
        self._season = Season(self._forget)
        self._nodes: dict[tuple[int, int], dict[Any, Any]] = {}
        self.root: dict[Any, Any] = {}
        self._classes: list[dict[Any, int] | None] = [
            {} if memory.logic.column.type in _CLASSED else None for _, memory in columns
        ]
        self._numbers: list[dict[int, int]] = [{} for _ in columns]
        self._next_number = count()  # no number is given twice, also where threads ask at once

    def grown(self, facts: Mapping[str, Any]) -> Any:
        """The answer for facts that the diagram did not know, and may know from now on.

        Raises what `masks` raises: for them, and for rules that contradict the hit policy.
        """
        answer = self._masks(facts)
        if self._season.room():
            known = remembered(self.columns, facts)
            if known is not None:
                self._season.take()
                self._grow(known)
        return answer

    def _grow(self, known: Sequence[tuple[Any, int]]) -> None:
        node, mask, last = self.root, -1, len(known) - 1
        for place, (value, accepting) in enumerate(known):
            mask &= accepting
            key, classes = value, self._classes[place]
            if classes is not None:
                numbers = self._numbers[place]
                key = classes[value] = numbers.setdefault(accepting, next(self._next_number))
            if place == last:
                node[key] = self._answer(mask)
            else:
                node = node.setdefault(key, self._nodes.setdefault((place, mask), {}))
        if self._season.taken == LOOKED_OVER < len(self._nodes):
            self._forget()
            self._outgrown()

    def _forget(self) -> None:
        for memory in (self.root, self._nodes, *filter(None, self._classes), *self._numbers):
            memory.clear()

    def expression(self) -> ast.expr:
        """The answer for `facts`. It raises KeyError or TypeError where the diagram does not know it."""
        node: ast.expr = name_of("root")
        for place, (name, memory) in enumerate(self.columns):
            node = ast.Subscript(node, self._key(place, name, memory), ast.Load())
        return node

    @property
    def scope(self) -> dict[str, Any]:
        """The values of the names in the expression, besides `facts`."""
        classes = {f"classes_{place}": each for place, each in enumerate(self._classes) if each is not None}
        return {"root": self.root, **NO_KEY, **classes}

    def _key(self, place: int, name: str, memory: ColumnMemory) -> ast.expr:
        """The key of a fact's value; one that is none where Python holds a boolean and a number equal."""
        value = ast.Subscript(name_of("facts"), ast.Constant(name), ast.Load())
        classes = None if self._classes[place] is None else name_of(f"classes_{place}")

        def key(known: ast.expr) -> ast.expr:
            return known if classes is None else ast.Subscript(classes, known, ast.Load())

        return by_key(value, memory.logic.column.type, key, no_key)


NO_KEY: dict[str, Any] = {"no_key": []}
"""The value of the name that stands where a value is no key."""


def no_key(_: ast.expr) -> ast.expr:
    """What no dictionary takes for a key: it raises TypeError."""
    return name_of("no_key")


def by_key(
    value: ast.expr,
    type_: FeelType,
    known: Callable[[ast.expr], ast.expr],
    odd: Callable[[ast.expr], ast.expr],
) -> ast.expr:
    """What is `known` of a value that is a key in a column of a type, else what is `odd`.

    Booleans are keys among booleans alone, and nothing else is there: Python holds `True` and 1 equal.
    """
    if type_ not in (FeelType.BOOLEAN, FeelType.NUMBER, FeelType.ANY):
        return known(value)
    true = is_exactly(assigned("value", value), constant=True)
    boolean = ast.BoolOp(ast.Or(), [true, is_exactly(name_of("value"), constant=False)])
    found, other = known(name_of("value")), odd(name_of("value"))
    return ast.IfExp(boolean, *((found, other) if type_ is FeelType.BOOLEAN else (other, found)))
