"""Each rule is written once: no two functions of the program have the same body, whatever its names are."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy

from tests.house.sources import program

Function = ast.FunctionDef | ast.AsyncFunctionDef

_LEAST_STATEMENTS = 3
_LEAST_NODES = 40


class _Anonymous(ast.NodeTransformer):
    """Parameters and local names become numbers, in the order in which they are met."""

    def __init__(self, function: Function) -> None:
        stored = {
            node.id
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        self.local = stored | {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
        self.numbers: dict[str, str] = {}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._number(node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self._number(node.arg))

    def _number(self, name: str) -> str:
        return self.numbers.setdefault(name, f"_{len(self.numbers)}") if name in self.local else name


def _body(function: Function) -> list[ast.stmt]:
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return function.body[1:] if documented else function.body


def outline(function: Function) -> tuple[type[ast.AST], ...]:
    """The kinds of a body's nodes, which echoes share; empty where it is too short to be a rule."""
    nodes = [node for statement in _body(function) for node in ast.walk(statement)]
    statements = sum(isinstance(node, ast.stmt) for node in nodes)
    return tuple(map(type, nodes)) if statements >= _LEAST_STATEMENTS or len(nodes) >= _LEAST_NODES else ()


def shape(function: Function) -> str:
    """A function's body without its docstring and its own names."""
    anonymous = _Anonymous(function)
    return ast.dump(ast.Module([anonymous.visit(deepcopy(statement)) for statement in _body(function)], []))


def functions(tree: ast.AST, name: str) -> Iterator[tuple[str, Function]]:
    """Every function with its dotted name."""
    for node in ast.iter_child_nodes(tree):
        inner = f"{name}.{node.name}" if isinstance(node, ast.ClassDef | Function) else name
        if isinstance(node, Function):
            yield inner, node
        yield from functions(node, inner)


def echoes(files: Mapping[str, ast.Module]) -> set[frozenset[str]]:
    """The functions that have a body in common."""
    outlined: defaultdict[object, list[tuple[str, Function]]] = defaultdict(list)
    for module, tree in files.items():
        for name, function in functions(tree, module):
            outlined[outline(function)].append((name, function))
    outlined.pop((), None)
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for group in outlined.values():
        if len(group) > 1:
            for name, function in group:
                alike[shape(function)].add(name)
    return {frozenset(names) for names in alike.values() if len(names) > 1}


def test_no_rule_is_written_twice() -> None:
    assert echoes(program()) == set()


def test_an_echo_under_other_names_would_be_heard() -> None:
    one = (
        "def total(rows):\n  'What it is.'\n  found = 0\n  for row in rows:\n    found += row\n  return found"
    )
    other = "def add(cells):\n  n = 0\n  for each in cells:\n    n += each\n  return n"
    (heard,) = echoes({"one": ast.parse(one), "other": ast.parse(other)})
    assert heard == {"one.total", "other.add"}
    assert not echoes({"one": ast.parse(one), "other": ast.parse(other.replace("+=", "-="))})
