"""The trees of a lowered model over the names of a policy: facts by path, decisions, functions as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs
from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.interchange.dmn.policy.structures import Part, Structure, tree_of

_N = TypeVar("_N", bound=Node)


@frozen
class Meaning:
    """What a name of an element's scope stands for.

    tree: what takes its place. structure: of an input with components, those. outputs: of a table with
    several outputs, the names that stand for each of them.
    """

    tree: Node
    structure: Structure | None = None
    outputs: Mapping[str, str] | None = None


def meaning_of_input(part: Part) -> Meaning:
    """What an input's name stands for: its facts."""
    return Meaning(tree_of(part), part if isinstance(part, Structure) else None)


Scope = Mapping[tuple[str, ...], Meaning]
"""By the path by which expressions call it: `name`, or `import.name`."""


def in_policy(tree: _N, scope: Scope) -> _N:
    """The tree with the names of the scope as the policy knows them; names that it binds itself stay."""
    return _of(tree, scope)


def _of(node: _N, scope: Scope) -> _N:
    match node:
        case syntax.Name() | syntax.Path():
            return _named(node, scope)  # type: ignore[return-value]
        case syntax.ContextLiteral(entries):
            found = []
            for name, entry in entries:
                found.append((name, _of(entry, scope)))
                scope = _without(scope, name)
            return attrs.evolve(node, entries=tuple(found))
        case syntax.FunctionDefinition(parameters, body):
            inner = _without(scope, *[each.name for each in parameters])
            return attrs.evolve(node, body=_of(body, inner))
        case syntax.For(iterators, body):
            bound, inner = _iterated(iterators, scope)
            return attrs.evolve(node, iterators=bound, body=_of(body, _without(inner, "partial")))
        case syntax.Quantified(_, iterators, condition):
            bound, inner = _iterated(iterators, scope)
            return attrs.evolve(node, iterators=bound, condition=_of(condition, inner))
        case syntax.Filter(source, condition):
            inner = _without(scope, "item")
            return attrs.evolve(node, source=_of(source, scope), condition=_of(condition, inner))
    return _rebuilt(node, lambda child: _of(child, scope))


def _iterated(
    iterators: tuple[syntax.Iterator, ...], scope: Scope
) -> tuple[tuple[syntax.Iterator, ...], Scope]:
    bound = []
    for iterator in iterators:
        bound.append(_rebuilt(iterator, lambda child, inner=scope: _of(child, inner)))  # type: ignore[misc]
        scope = _without(scope, iterator.name)
    return tuple(bound), scope


def _without(scope: Scope, *names: str) -> Scope:
    if not any(path[0] in names for path in scope):
        return scope
    return {path: meaning for path, meaning in scope.items() if path[0] not in names}


def _named(node: syntax.Name | syntax.Path, scope: Scope) -> Node:
    """A name, or a path that may begin with one: what that stands for, and the rest of the path behind it."""
    members: list[str] = []
    root: Node = node
    while isinstance(root, syntax.Path):
        members.insert(0, root.name)
        root = root.source
    if not isinstance(root, syntax.Name):
        return _rebuilt(node, lambda child: _of(child, scope))
    path = (root.name, *members)
    for length in range(1, len(path) + 1):
        meaning = scope.get(path[:length])
        if meaning is not None:
            return _along(meaning, path[length:])
    return node


def _along(meaning: Meaning, members: tuple[str, ...]) -> Node:
    tree, structure = meaning.tree, meaning.structure
    if structure is not None:
        while members and structure is not None and members[0] in structure.parts:
            part = structure.parts[members[0]]
            tree, members = tree_of(part), members[1:]
            structure = part if isinstance(part, Structure) else None
    elif members and meaning.outputs and members[0] in meaning.outputs:
        tree, members = syntax.Name(meaning.outputs[members[0]]), members[1:]
    for member in members:
        tree = syntax.Path(tree, member)
    return tree


def _rebuilt(node: _N, of: Callable[[Node], Node]) -> _N:
    """The node with other children."""
    changed: dict[str, Any] = {
        attribute.name: new
        for attribute in attrs.fields(type(node))
        if (new := _value(getattr(node, attribute.name), of)) is not getattr(node, attribute.name)
    }
    return attrs.evolve(node, **changed) if changed else node


def _value(value: object, of: Callable[[Node], Node]) -> object:
    if isinstance(value, Node):
        return value if isinstance(value, syntax.TypeName) else of(value)
    if isinstance(value, tuple):
        items = [_value(item, of) for item in value]
        return tuple(items) if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value
