"""Questions about a syntax tree that need no types: its children, its free names, whether it is constant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from dmn_dli.feel import syntax
from dmn_dli.feel.builtins import BUILTIN_NAMES, CLOCK
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.environment import STRICT, Environment
from dmn_dli.feel.syntax import Node

_BUILTINS = frozenset(BUILTIN_NAMES)


# What is declared as one of these holds no node.
_ATOMIC = frozenset(
    {
        "Span",
        "Decimal",
        "str",
        "bool",
        "object",
        "ArithmeticOperator",
        "ComparisonOperator",
        "RangeOperator",
        "ItemType",
    }
)
_PARTS = {
    kind: tuple(attribute.name for attribute in attrs.fields(kind) if attribute.type not in _ATOMIC)
    for kind in {*Node.__subclasses__(), Conversion}
    if attrs.has(kind)
}


BINDING = (
    syntax.For,
    syntax.Quantified,
    syntax.Filter,
    syntax.FunctionDefinition,
    syntax.ContextLiteral,
    syntax.DecisionTable,
)
"""What may bind names of its own, so that a name in it need not be the one outside."""


def children(node: Node) -> list[Node]:
    """The nodes directly below, in the order of the text; types are none."""
    below: list[Node] = []
    for name in _PARTS[type(node)]:
        _gather(getattr(node, name), below)
    return below


def _gather(value: object, below: list[Node]) -> None:
    if isinstance(value, Node):
        if not isinstance(value, syntax.TypeName):
            below.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _gather(item, below)


def height(tree: Node) -> int:
    """How many nodes the longest way down has. Needs no recursion, since it guards those that do."""
    levels, level = 0, [tree]
    while level:
        levels, level = levels + 1, [child for node in level for child in children(node)]
    return levels


def size(tree: Node, most: int | None = None) -> int:
    """How many nodes the tree has; beyond `most` counting ends."""
    count, waiting = 0, [tree]
    while waiting and (most is None or count <= most):
        count += 1
        waiting += children(waiting.pop())
    return count


def free_names(tree: Node, environment: Environment = STRICT) -> frozenset[str]:
    """The variables read by the tree and not bound in it, by their canonical names.

    Built-in functions where they are called are none, unless a variable of the environment hides them.
    Inside a filter a name may also be an entry of the filtered items; it is counted all the same.
    """
    # Most cells are literals and have no name anywhere.
    if not any_node(tree, lambda node: isinstance(node, syntax.Name)):
        return frozenset()
    return frozenset(node.name for node in free_occurrences(tree, environment))


def free_occurrences(tree: Node, environment: Environment = STRICT) -> Iterator[syntax.Name]:
    """Each place where the tree reads one of its free names, in the order of the text."""
    waiting: list[_Place] = [(tree, frozenset())]
    while waiting:
        node, bound = waiting.pop()
        if isinstance(node, syntax.Name):
            if node.name not in bound:
                yield node
        else:
            waiting += reversed(list(_below(node, bound, environment)))


_Place = tuple[Node, frozenset[str]]
"""A node, and the names that are bound around it."""


def _below(node: Node, bound: frozenset[str], environment: Environment) -> Iterator[_Place]:
    """The nodes below, in the order of the text; the name of a built-in that is called is none."""
    match node:
        case syntax.Invocation(syntax.Name(name) as function, arguments, named):
            if name not in _BUILTINS or environment.hides(name):
                yield function, bound
            for argument in (*arguments, *(argument for _, argument in named)):
                yield argument, bound
        case syntax.ContextLiteral(entries):
            for key, entry in entries:
                yield entry, bound
                bound |= {key}
        case syntax.For(iterators, body):
            yield from _iterated(iterators, body, bound, {"partial"})
        case syntax.Quantified(_, iterators, condition):
            yield from _iterated(iterators, condition, bound, set())
        case syntax.FunctionDefinition(parameters, body):
            yield body, bound | {parameter.name for parameter in parameters}
        case syntax.Filter(source, condition):
            yield source, bound
            yield condition, bound | {"item"}
        case _:
            for child in children(node):
                yield child, bound


def _iterated(
    iterators: tuple[syntax.Iterator, ...], body: Node, bound: frozenset[str], also: set[str]
) -> Iterator[_Place]:
    for iterator in iterators:
        for child in children(iterator):
            yield child, bound
        bound |= {iterator.name}
    yield body, bound | also


def any_node(
    tree: Node, is_it: Callable[[Node], bool], below: Callable[[Node], list[Node]] = children
) -> bool:
    """Whether a node in the tree is such; needs no recursion, so that the tree may be of any height."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if is_it(node):
            return True
        waiting += below(node)
    return False


def mentions_input(tree: Node) -> bool:
    """Whether the tree reads `?`, the input's value.

    The tests of an inner `in`, and those of a decision table, have a `?` of their own.
    """
    return any_node(tree, lambda node: isinstance(node, syntax.InputValue), _with_the_same_input)


def input_occurrences(tree: Node) -> Iterator[syntax.InputValue]:
    """Each place where the tree reads `?`, in no certain order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, syntax.InputValue):
            yield node
        waiting += _with_the_same_input(node)


def _with_the_same_input(node: Node) -> list[Node]:
    """The nodes below whose `?` is the node's own."""
    if isinstance(node, syntax.In):
        return [node.value]
    if isinstance(node, syntax.DecisionTable):
        return [*node.inputs, *node.outputs, *(entry for rule in node.rules for entry in rule.entries)]
    if isinstance(node, syntax.TableInput):
        return [node.expression]
    return children(node)


def reads_clock(tree: Node, environment: Environment = STRICT) -> bool:
    """Whether the tree calls `now()` or `today()`."""

    def names_clock(node: Node) -> bool:
        return isinstance(node, syntax.Name) and node.name in CLOCK and not environment.hides(node.name)

    return any_node(tree, names_clock)


def is_constant(tree: Node, environment: Environment = STRICT) -> bool:
    """Whether the tree has one value, whatever the scope, the input and the time of day."""
    free = free_names(tree, environment)
    return not free and not mentions_input(tree) and not reads_clock(tree, environment)
