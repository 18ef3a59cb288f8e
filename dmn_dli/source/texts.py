"""Conditions on text as Python: `code.startswith("E11") and code not in ("E11.0", "E11.9")`."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from dmn_dli.runtime.marks import Mark
from dmn_dli.source.literals import literal, load
from dmn_dli.tables.domain import Atom
from dmn_dli.tables.text_sets import text_set
from dmn_dli.tables.text_words import Told


def text_condition(name: str, atoms: Sequence[Atom], chosen: Sequence[bool]) -> ast.expr:
    """That a text lies in some atoms, classes among them; not all, and not none."""
    nullable = any(atom.representative is None for atom in atoms)
    found = text_set(atoms, chosen)
    texts = tuple(value for value in found.values if value is not None)
    parts: list[ast.expr] = []
    if None in found.values:
        parts.append(ast.Compare(load(name), [ast.Is()], [literal(None)]))
    if texts:
        parts.append(ast.Compare(load(name), [ast.In()], [literal(texts)]))
    parts += [_class(name, told, but, nullable=nullable) for told, but in found.told]
    return _joined(ast.Or(), parts)


def _class(name: str, told: Told, but: tuple[object, ...], *, nullable: bool) -> ast.expr:
    """That a text answers marks as told; of null none does."""
    present: list[ast.expr] = [ast.Compare(load(name), [ast.IsNot()], [literal(None)])]
    parts = present if nullable else []
    parts += [_mark(name, mark, holds=holds) for mark, holds in told]
    if but:
        parts.append(ast.Compare(load(name), [ast.NotIn()], [literal(but)]))
    return _joined(ast.And(), parts)


def _joined(operator: ast.boolop, parts: Sequence[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(operator, list(parts))


def _mark(name: str, mark: Mark, *, holds: bool) -> ast.expr:
    text: ast.expr = _method(load(name), mark.case) if mark.case else load(name)
    match mark.kind:
        case "starts" | "ends":
            place = [mark.number] if mark.number else []
            found: ast.expr = _method(text, f"{mark.kind}with", mark.text, *place)
            return found if holds else ast.UnaryOp(ast.Not(), found)
        case "contains":
            return ast.Compare(literal(mark.text), [ast.In() if holds else ast.NotIn()], [text])
        case "is":
            if mark.number:
                text = ast.Subscript(text, ast.Slice(literal(mark.number)), ast.Load())
            return ast.Compare(text, [ast.Eq() if holds else ast.NotEq()], [literal(mark.text)])
    length = ast.Call(load("len"), [text], [])
    return ast.Compare(length, [ast.GtE() if holds else ast.Lt()], [literal(mark.number)])


def _method(text: ast.expr, method: str, *arguments: Any) -> ast.Call:
    return ast.Call(ast.Attribute(text, method, ast.Load()), list(map(literal, arguments)), [])
