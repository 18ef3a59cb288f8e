"""The few shapes of Python syntax that translated FEEL is made of."""

from __future__ import annotations

import ast


def name_of(variable: str) -> ast.expr:
    """The variable's value."""
    return ast.Name(variable, ast.Load())


def feel_call(function: str, *arguments: ast.expr) -> ast.expr:
    """A call of a function of `runtime`."""
    return ast.Call(ast.Attribute(name_of("feel"), function, ast.Load()), list(arguments), [])


def tuple_of(items: list[ast.expr]) -> ast.expr:
    """A tuple."""
    return ast.Tuple(items, ast.Load())


def lambda_of(parameters: list[str], body: ast.expr) -> ast.expr:
    """A function of positional parameters."""
    arguments = [ast.arg(parameter) for parameter in parameters]
    return ast.Lambda(ast.arguments([], arguments, None, [], [], None, []), body)


def assigned(variable: str, value: ast.expr) -> ast.expr:
    """The value, remembered under the variable."""
    return ast.NamedExpr(ast.Name(variable, ast.Store()), value)


def is_exactly(value: ast.expr, *, constant: bool) -> ast.expr:
    """Whether the value is that boolean, and nothing that merely equals it."""
    if isinstance(value, ast.Constant):
        return ast.Constant(value.value is constant)
    return ast.Compare(value, [ast.Is()], [ast.Constant(constant)])


def unless_null(value: ast.expr, answer: ast.expr) -> ast.expr:
    """The answer, but null where the value is."""
    return ast.IfExp(ast.Compare(value, [ast.Is()], [ast.Constant(None)]), ast.Constant(None), answer)


def located(node: ast.expr, start: int, end: int) -> ast.expr:
    """The node at these columns of the only line, where it has no place yet."""
    if not hasattr(node, "lineno"):
        node.lineno = node.end_lineno = 1
        node.col_offset, node.end_col_offset = start, end
    return node
