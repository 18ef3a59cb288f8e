"""Conditions on text as Python: `code.startswith("E11") and code not in ("E11.0", "E11.9")`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Any

from dmn_dli.runtime.marks import Mark
from dmn_dli.source.literals import literal, load
from dmn_dli.tables.domain import Atom
from dmn_dli.tables.text_sets import Told, one_mark, text_set


def text_condition(name: str, atoms: Sequence[Atom], chosen: Sequence[bool]) -> ast.expr:
    """That a text lies in some atoms, classes among them; not all, and not none."""
    nullable = any(atom.representative is None for atom in atoms)
    alone = one_mark(atoms, chosen)
    if alone is not None:
        return _guarded(name, [_mark(name, *alone)], nullable)
    found = text_set(atoms, chosen)
    parts = [_class(name, each, nullable) for each in found.classes]
    texts = tuple(value for value in found.values if value is not None)
    if texts:
        parts.insert(0, ast.Compare(load(name), [ast.In()], [literal(texts)]))
    if None in found.values:
        parts.insert(0, ast.Compare(load(name), [ast.Is()], [literal(None)]))
    return _joined(ast.Or(), parts)


def _class(name: str, told: Told, nullable: bool) -> ast.expr:
    parts = [_mark(name, mark, holds) for mark, holds in told.marks]
    if told.but:
        parts.append(ast.Compare(load(name), [ast.NotIn()], [literal(told.but)]))
    return _guarded(name, parts, nullable)


def _guarded(name: str, parts: Iterable[ast.expr], nullable: bool) -> ast.expr:
    """Conditions on a text; of null none holds."""
    present = [ast.Compare(load(name), [ast.IsNot()], [literal(None)])] if nullable else []
    return _joined(ast.And(), [*present, *parts])


def _joined(operator: ast.boolop, parts: Sequence[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(operator, list(parts))


def _mark(name: str, mark: Mark, holds: bool) -> ast.expr:
    text: ast.expr = _method(load(name), mark.case) if mark.case else load(name)
    compare: ast.cmpop
    match mark.kind:
        case "starts" | "ends":
            place = [mark.number] if mark.number else []
            found: ast.expr = _method(text, f"{mark.kind}with", mark.text, *place)
            return found if holds else ast.UnaryOp(ast.Not(), found)
        case "contains":
            compare = ast.In() if holds else ast.NotIn()
            return ast.Compare(literal(mark.text), [compare], [text])
        case "is":
            compare = ast.Eq() if holds else ast.NotEq()
            return ast.Compare(text, [compare], [literal(mark.text)])
    length = ast.Call(load("len"), [text], [])
    return ast.Compare(length, [ast.GtE() if holds else ast.Lt()], [literal(mark.number)])


def _method(text: ast.expr, method: str, *arguments: Any) -> ast.Call:
    return ast.Call(ast.Attribute(text, method, ast.Load()), list(map(literal, arguments)), [])
