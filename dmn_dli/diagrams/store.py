"""Decision diagrams: a function of facts as a graph that shares whatever is alike.

    service                     A node asks for one variable (a fact) and has one
    ├─ dli ──► transplant       child for each of its atoms; a terminal holds a
    │          ├─ allo ──► yes  result. Nodes that are alike are one node, and a
    │          └─ else ──► no   node whose children are all one is left out, so
    └─ else ─► no               that a function depends on a variable exactly
                                when a node of its diagram asks for it.

That last property answers which missing facts matter, and sharing keeps the
graph small where a table of all combinations would be huge. (Reduced ordered
multi-valued decision diagrams; variables are asked for in ascending order.)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import repeat
from typing import Any


class TooLarge(Exception):
    """The work on a diagram went beyond the limit."""


class Diagrams:
    """A store of nodes over variables 1, 2, … with a given number of atoms each.

    A diagram is known by the number of its root: from 0 on a node, below 0 the
    terminal `~number`.
    """

    def __init__(self) -> None:
        """Create an empty store; `allow` grants it steps."""
        self._steps = 0
        self.nodes: list[tuple[int, tuple[int, ...]]] = []
        self.results: list[Any] = []
        self._node_numbers: dict[tuple[int, tuple[int, ...]], int] = {}
        self._result_numbers: dict[Hashable, int] = {}

    def allow(self, steps: int) -> None:
        """Grant a number of steps; the one after them raises TooLarge."""
        self._steps = steps

    def _spend(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise TooLarge

    def terminal(self, result: Any, key: Hashable = None) -> int:
        """The diagram that is `result` everywhere; `key` tells results apart (default: the result itself)."""
        known = (result.__class__, result) if key is None else key
        number = self._result_numbers.get(known)
        if number is None:
            number = self._result_numbers[known] = len(self.results)
            self.results.append(result)
        return ~number

    def node(self, variable: int, children: Sequence[int]) -> int:
        """The diagram that asks for `variable` and goes on with the child of its atom."""
        first = children[0]
        if all(child == first for child in children):
            return first
        key = (variable, tuple(children))
        number = self._node_numbers.get(key)
        if number is None:
            number = self._node_numbers[key] = len(self.nodes)
            self.nodes.append(key)
        return number

    def map(self, root: int, function: Callable[[Any], int]) -> int:
        """The diagram with each terminal replaced by the terminal that `function` gives for its result."""
        done: dict[int, int] = {}

        def visit(number: int) -> int:
            found = done.get(number)
            if found is None:
                if number < 0:
                    found = function(self.results[~number])
                else:
                    variable, children = self.nodes[number]
                    found = self.node(variable, [visit(child) for child in children])
                done[number] = found
                self._spend()
            return found

        return visit(root)

    def combine(
        self,
        left: int,
        right: int,
        function: Callable[[Any, Any], int],
        absorbing: int | None = None,
    ) -> int:
        """The diagram of `function(left, right)`, which gives a terminal for two results.

        absorbing: a terminal that is the answer wherever it meets any other.
        """
        done: dict[tuple[int, int], int] = {}
        nodes, results = self.nodes, self.results

        def visit(a: int, b: int) -> int:
            if absorbing is not None and absorbing in (a, b):
                return absorbing
            found = done.get((a, b))
            if found is not None:
                return found
            if a < 0 and b < 0:
                found = function(results[~a], results[~b])
            elif b < 0 or (a >= 0 and nodes[a][0] < nodes[b][0]):
                variable, children = nodes[a]
                found = self.node(variable, [visit(child, b) for child in children])
            elif a < 0 or nodes[b][0] < nodes[a][0]:
                variable, children = nodes[b]
                found = self.node(variable, [visit(a, child) for child in children])
            else:
                variable, children = nodes[a]
                pairs = zip(children, nodes[b][1], strict=True)
                found = self.node(variable, [visit(x, y) for x, y in pairs])
            done[a, b] = found
            self._spend()
            return found

        return visit(left, right)

    def guard(self, root: int, condition: int, otherwise: int) -> int:
        """The diagram that is `root` where the condition's result is true, else the terminal `otherwise`."""
        done: dict[tuple[int, int], int] = {}
        nodes, results = self.nodes, self.results

        def visit(a: int, b: int) -> int:
            if b < 0:
                return a if results[~b] else otherwise
            found = done.get((a, b))
            if found is None:
                variable = nodes[b][0] if a < 0 else min(nodes[a][0], nodes[b][0])
                pairs = zip(self._children(a, variable), self._children(b, variable), strict=False)
                found = done[a, b] = self.node(variable, [visit(x, y) for x, y in pairs])
                self._spend()
            return found

        return visit(root, condition)

    def _children(self, number: int, variable: int) -> Iterable[int]:
        """The children for each atom of a variable: the diagram itself where it does not ask for it."""
        if number >= 0 and self.nodes[number][0] == variable:
            return self.nodes[number][1]
        return repeat(number)

    def reached(self, root: int) -> Iterable[Any]:
        """The results of all terminals that the diagram holds, each once."""
        seen: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            if number < 0:
                yield self.results[~number]
            else:
                waiting += self.nodes[number][1]

    def support(self, root: int) -> frozenset[int]:
        """The variables on which the diagram depends."""
        seen: set[int] = set()
        variables: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number >= 0 and number not in seen:
                seen.add(number)
                variable, children = self.nodes[number]
                variables.add(variable)
                waiting += children
        return frozenset(variables)
