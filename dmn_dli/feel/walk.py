"""Questions about a syntax tree that need no types: its children, its free names, whether it is constant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def free_names(tree: Node, environment: Environment = STRICT) -> frozenset[str]:
    """The variables read by the tree and not bound in it, by their canonical names.

    Built-in functions where they are called are none, unless a variable of the environment hides them.
    Inside a filter a name may also be an entry of the filtered items; it is counted all the same.
    """
    if not _names_any(tree):
        return frozenset()
    return frozenset(node.name for node in free_occurrences(tree, environment))


def free_occurrences(tree: Node, environment: Environment = STRICT) -> Iterator[syntax.Name]:
    """Each place where the tree reads one of its free names, in the order of the text."""
    return _free(tree, frozenset(), environment)


def _names_any(tree: Node) -> bool:
    """Whether a name stands anywhere in the tree; most cells are literals and have none."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, syntax.Name):
            return True
        waiting += children(node)
    return False


def _free(node: Node, bound: frozenset[str], environment: Environment) -> Iterator[syntax.Name]:
    match node:
        case syntax.Name(name):
            if name not in bound:
                yield node
        case syntax.Invocation(syntax.Name(name) as function, arguments, named):
            if name not in _BUILTINS or environment.hides(name):
                yield from _free(function, bound, environment)
            yield from _all(arguments, bound, environment)
            yield from _all((argument for _, argument in named), bound, environment)
        case syntax.ContextLiteral(entries):
            for key, entry in entries:
                yield from _free(entry, bound, environment)
                bound |= {key}
        case syntax.For(iterators, body):
            yield from _iterated(iterators, body, bound, {"partial"}, environment)
        case syntax.Quantified(_, iterators, condition):
            yield from _iterated(iterators, condition, bound, set(), environment)
        case syntax.FunctionDefinition(parameters, body):
            yield from _free(body, bound | {parameter.name for parameter in parameters}, environment)
        case syntax.Filter(source, condition):
            yield from _free(source, bound, environment)
            yield from _free(condition, bound | {"item"}, environment)
        case _:
            yield from _all(children(node), bound, environment)


def _all(nodes: Iterable[Node], bound: frozenset[str], environment: Environment) -> Iterator[syntax.Name]:
    for node in nodes:
        yield from _free(node, bound, environment)


def _iterated(
    iterators: tuple[syntax.Iterator, ...],
    body: Node,
    bound: frozenset[str],
    also: set[str],
    environment: Environment,
) -> Iterator[syntax.Name]:
    for iterator in iterators:
        yield from _all(children(iterator), bound, environment)
        bound |= {iterator.name}
    yield from _free(body, bound | also, environment)


def mentions_input(tree: Node) -> bool:
    """Whether the tree reads `?`, the input's value.

    The tests of an inner `in`, and those of a decision table, have a `?` of their own.
    """
    if isinstance(tree, syntax.In):
        return mentions_input(tree.value)
    if isinstance(tree, syntax.DecisionTable):
        entries = (entry for rule in tree.rules for entry in rule.entries)
        return any(mentions_input(part) for part in (*tree.inputs, *tree.outputs, *entries))
    if isinstance(tree, syntax.TableInput):
        return mentions_input(tree.expression)
    return isinstance(tree, syntax.InputValue) or any(mentions_input(child) for child in children(tree))


def reads_clock(tree: Node, environment: Environment = STRICT) -> bool:
    """Whether the tree calls `now()` or `today()`."""
    match tree:
        case syntax.Name(name) if name in CLOCK:
            return not environment.hides(name)
    return any(reads_clock(child, environment) for child in children(tree))


def is_constant(tree: Node, environment: Environment = STRICT) -> bool:
    """Whether the tree has one value, whatever the scope, the input and the time of day."""
    free = free_names(tree, environment)
    return not free and not mentions_input(tree) and not reads_clock(tree, environment)
