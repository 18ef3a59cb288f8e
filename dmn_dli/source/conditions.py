"""Input cells as Python conditions: which values of a fact or a decision a rule accepts."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Any

from dmn_dli.source.literals import literal, load
from dmn_dli.source.texts import text_condition
from dmn_dli.tables.domain import Atom, Domain

ALWAYS = ast.Constant(value=True)
NEVER = ast.Constant(value=False)


def conjunction(conditions: Iterable[ast.expr]) -> ast.expr:
    """That all conditions hold; ALWAYS and NEVER where it need not be asked."""
    parts = [each for each in conditions if each is not ALWAYS]
    if any(part is NEVER for part in parts):
        return NEVER
    if len(parts) > 1:
        return ast.BoolOp(ast.And(), parts)
    return parts[0] if parts else ALWAYS


def fact_condition(name: str, domain: Domain, chosen: Sequence[bool], *, negated: bool) -> ast.expr:
    """That a fact lies in the chosen atoms of its domain; ALWAYS and NEVER where it need not be asked.

    negated: whether the cell names what it does not accept.
    """
    if all(chosen) or not any(chosen):
        return ALWAYS if all(chosen) else NEVER
    atoms = domain.atoms
    if domain.marks:
        return text_condition(name, atoms, chosen)
    if not domain.slots:
        # Any other text cannot be named: who means it says what it is not.
        if domain.other >= 0:
            negated = chosen[domain.other]
        return _one_of(name, [atom.representative for atom in atoms], chosen, negated=negated)
    null = domain.null
    inside = [taken for place, taken in enumerate(chosen) if place != null]
    ordered = [atom for place, atom in enumerate(atoms) if place != null]
    if null < 0:
        return _ranges(name, ordered, inside)
    if not any(inside) or all(inside):
        return _compare(name, ast.Is() if not any(inside) else ast.IsNot(), None)
    ranges = _ranges(name, ordered, inside)
    if chosen[null]:
        return ast.BoolOp(ast.Or(), [_compare(name, ast.Is(), None), ranges])
    return ast.BoolOp(ast.And(), [_compare(name, ast.IsNot(), None), ranges])


def value_condition(name: str, values: Sequence[Any], chosen: Sequence[bool], *, negated: bool) -> ast.expr:
    """That a decision's value is one of the chosen among all that it can be."""
    if all(chosen) or not any(chosen):
        return ALWAYS if all(chosen) else NEVER
    return _one_of(name, values, chosen, negated=negated)


def _one_of(name: str, values: Sequence[Any], chosen: Sequence[bool], *, negated: bool) -> ast.expr:
    inside = [value for value, taken in zip(values, chosen, strict=True) if taken]
    outside = [value for value, taken in zip(values, chosen, strict=True) if not taken]
    if len(values) == 2 and all(isinstance(value, bool) for value in values):
        return load(name) if inside == [True] else ast.UnaryOp(ast.Not(), load(name))
    named = outside if negated else inside
    if len(named) > 1:
        operator = ast.NotIn() if negated else ast.In()
        return ast.Compare(load(name), [operator], [literal(tuple(named))])
    value = named[0]
    if value is None or isinstance(value, bool):
        return _compare(name, ast.IsNot() if negated else ast.Is(), value)
    return _compare(name, ast.NotEq() if negated else ast.Eq(), value)


def _compare(name: str, operator: ast.cmpop, value: Any) -> ast.expr:
    return ast.Compare(load(name), [operator], [literal(value)])


def _ranges(name: str, atoms: Sequence[Atom], chosen: Sequence[bool]) -> ast.expr:
    """That a number or a date lies in one of the runs of neighbouring atoms."""
    outside = [atom for atom, taken in zip(atoms, chosen, strict=True) if not taken]
    if len(outside) == 1 and outside[0].single:
        return _compare(name, ast.NotEq(), outside[0].representative)
    runs: list[list[int]] = []
    for place, taken in enumerate(chosen):
        if taken and place and chosen[place - 1]:
            runs[-1].append(place)
        elif taken:
            runs.append([place])
    single = [atoms[run[0]].representative for run in runs if len(run) == 1 and atoms[run[0]].single]
    if len(single) == len(runs) > 1:
        return ast.Compare(load(name), [ast.In()], [literal(tuple(single))])
    parts = [_run(name, atoms, run) for run in runs]
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.Or(), parts)


def _run(name: str, atoms: Sequence[Atom], run: Sequence[int]) -> ast.expr:
    """A run of atoms; where it reaches the end of the allowed values, that side needs no test."""
    first, last = atoms[run[0]], atoms[run[-1]]
    if len(run) == 1 and first.single:
        return _compare(name, ast.Eq(), first.representative)
    above = None if run[0] == 0 else first
    below = None if run[-1] == len(atoms) - 1 else last
    if above is None:
        assert below is not None, "a run of all atoms needs no condition"
        operator: ast.cmpop = ast.LtE() if below.single else ast.Lt()
        return _compare(name, operator, below.representative if below.single else below.high)
    low = literal(above.representative if above.single else above.low)
    if below is None:
        return ast.Compare(load(name), [ast.GtE() if above.single else ast.Gt()], [low])
    high = literal(below.representative if below.single else below.high)
    operators: list[ast.cmpop] = [
        ast.LtE() if above.single else ast.Lt(),
        ast.LtE() if below.single else ast.Lt(),
    ]
    return ast.Compare(low, operators, [load(name), high])
