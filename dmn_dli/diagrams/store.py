"""Decision diagrams: a function of facts as a graph that shares whatever is alike.

    service                     A node asks for one variable (a fact) and has one
    ├─ dli ──► transplant       child for each of its atoms; a terminal holds a
    │          ├─ allo ──► yes  result. Nodes that are alike are one node, and a
    │          └─ else ──► no   node whose children are all one is left out, so
    └─ else ─► no               that a function depends on a variable exactly
                                when a node of its diagram asks for it.

That last property answers which missing facts matter, and sharing keeps the
graph small where a table of all combinations would be huge. (Reduced ordered
multi-valued decision diagrams, hash-consed; variables ascend along every path.)

Every diagram of the package has one flat form, `nodes` and a `root`:

    nodes[0] = (2, ~0, ~1)      A node is `(variable, child of atom 1, child of
    nodes[1] = (1, 0, ~1)       atom 2, …)`; a child, or the root, is the number
    root = 1                    of a node, or `~number` of a terminal. Children
                                are made before their parents.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from dmn_dli.diagrams.fold import Node, below


class TooLarge(Exception):
    """The work on a diagram went beyond the limit."""


class Diagrams:
    """A store of nodes over variables 1, 2, … with a given number of atoms each.

    A diagram is known by the number of its root: from 0 on a node, below 0 the
    terminal `~number`, whose result is `results[number]`.
    """

    def __init__(self) -> None:
        """Create an empty store; `allow` grants it steps."""
        self._steps = 0
        self.nodes: list[Node] = []
        self.results: list[Any] = []
        self._node_numbers: dict[Node, int] = {}
        self._result_numbers: dict[Hashable, int] = {}

    def allow(self, steps: int) -> None:
        """Grant a number of steps; the one after them raises TooLarge."""
        self._steps = steps

    def spend(self, steps: int = 1) -> None:
        """Use some of the steps. Raises TooLarge where there are not so many left."""
        self._steps -= steps
        if self._steps < 0:
            raise TooLarge

    def afford(self, steps: int) -> None:
        """See whether so many steps are left, without using them. Raises TooLarge where they are not."""
        if self._steps < steps:
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
        if children.count(first) == len(children):
            return first
        node = (variable, *children)
        number = self._node_numbers.get(node)
        if number is None:
            number = self._node_numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return number

    def rebuilt(self, node: Node, children: Mapping[int, int]) -> int:
        """A node over what has become of its children; the step of a `fold` that makes a new diagram."""
        return self.node(node[0], [children[child] for child in node[1:]])

    def map(self, root: int, function: Callable[[Any], int]) -> int:
        """The diagram with each terminal replaced by the terminal that `function` gives for its result."""
        leaves, inner = below(self.nodes, root)
        self.spend(len(leaves) + len(inner))
        mapped = {number: function(self.results[~number]) for number in leaves}
        for number in inner:
            mapped[number] = self.rebuilt(self.nodes[number], mapped)
        return mapped[root]

    def apply(
        self,
        left: int,
        right: int,
        function: Callable[[Any, Any], int],
        absorbing: int | None = None,
    ) -> int:
        """The diagram of `function(left, right)`, which gives a terminal for two results (Bryant's apply).

        absorbing: a terminal that is the answer wherever it meets any other.
        """
        results = self.results

        def settled(a: int, b: int) -> int | None:
            if absorbing is not None and absorbing in (a, b):
                return absorbing
            if a >= 0 or b >= 0:
                return None
            self.spend()
            return function(results[~a], results[~b])

        return self._product(left, right, settled)

    def if_then_else(self, condition: int, root: int, otherwise: int) -> int:
        """The diagram that is `root` where the condition's result is true, else the terminal `otherwise`."""
        results = self.results

        def settled(a: int, b: int) -> int | None:
            if a >= 0:
                return None
            return b if results[~a] else otherwise

        return self._product(condition, root, settled)

    def _product(self, left: int, right: int, settled: Callable[[int, int], int | None]) -> int:
        """The diagram over two at once; `settled` gives that of a pair for which nothing more need be asked.

        First down, gathering the pairs to which some case leads, then up, those of later variables first.
        """
        done: dict[tuple[int, int], Any] = {}
        levels: dict[int, list[tuple[int, int]]] = {}
        waiting = [(left, right)]
        while waiting:
            pair = waiting.pop()
            if pair in done:
                continue
            done[pair] = settled(*pair)
            if done[pair] is None:
                self.spend()
                variable, children = self._expanded(*pair)
                levels.setdefault(variable, []).append(pair)
                waiting += children[::-1]
        for variable in sorted(levels, reverse=True):
            for pair in levels[variable]:
                done[pair] = self.node(variable, [done[each] for each in self._expanded(*pair)[1]])
        found: int = done[left, right]
        return found

    def _expanded(self, a: int, b: int) -> tuple[int, list[tuple[int, int]]]:
        """The first variable that two diagrams ask for, and for each of its atoms the children of both."""
        nodes = self.nodes
        if b < 0 or (a >= 0 and nodes[a][0] < nodes[b][0]):
            variable, *children = nodes[a]
            return variable, [(child, b) for child in children]
        if a < 0 or nodes[b][0] < nodes[a][0]:
            variable, *children = nodes[b]
            return variable, [(a, child) for child in children]
        return nodes[a][0], list(zip(nodes[a][1:], nodes[b][1:], strict=True))

    def reached(self, root: int) -> list[Any]:
        """The results of all terminals that the diagram holds, each once."""
        return [self.results[~number] for number in below(self.nodes, root)[0]]

    def support(self, root: int) -> frozenset[int]:
        """The variables on which the diagram depends."""
        return frozenset(self.nodes[number][0] for number in below(self.nodes, root)[1])
