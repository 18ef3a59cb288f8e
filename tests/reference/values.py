"""Enough values of each fact to meet every answer that tables with given literals can give.

Cells compare facts with the constants that stand in the tables, so that what lies between two neighbouring
constants is treated alike: each constant, one value between any two, and one beyond either end stand for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any

from attrs import fields

from dmn_dli.feel import syntax
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.linked import Computed, ExpressionSource, LinkedPolicy

OTHER = "a text that nobody wrote"


def values_of(fact: Fact, points: Iterable[Any]) -> list[Any]:
    """Enough values of a fact to meet every answer that a policy with these literals can give."""
    allowed = [] if fact.allowed is None else _allowed(fact.allowed.text)
    text = "" if fact.allowed is None else fact.allowed.text
    values: list[Any]
    match fact.type:
        case FactType.BOOLEAN:
            values = [False, True]
        case FactType.STRING:
            values = allowed or [*sorted(point for point in points if isinstance(point, str)), OTHER]
        case FactType.DATE:
            values = _around([point for point in points if isinstance(point, date)], text)
        case _ if allowed and not text.startswith(("[", "(", "<", ">")):
            values = [Decimal(each) for each in allowed]
        case _:
            numbers = [point for point in points if isinstance(point, Decimal)]
            values = _numbers(numbers, text, whole=fact.type is FactType.INTEGER)
    return [*values, None] if fact.nullable else values


def _allowed(text: str) -> list[str]:
    return [item.strip().strip('"') for item in text.split(",")]


def _bounds(text: str) -> tuple[str, str, str, str] | None:
    found = re.fullmatch(r"([\[(])\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\])])", text)
    return (found[1], found[2], found[3], found[4]) if found else None


def _inside(value: Any, text: str, read: Callable[[str], Any]) -> bool:
    """Whether a value lies in the range, list of dates or half-line that a dictionary row gives."""
    bounds = _bounds(text)
    if bounds is not None:
        opening, low, high, closing = bounds
        above = value >= read(low) if opening == "[" else value > read(low)
        return bool(above and (value <= read(high) if closing == "]" else value < read(high)))
    for operator, holds in _COMPARISONS.items():
        if text.startswith(operator):
            return holds(value, read(text.removeprefix(operator).strip()))
    return not text or value in [read(item) for item in _allowed(text)]


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": lambda value, bound: bool(value >= bound),
    "<=": lambda value, bound: bool(value <= bound),
    ">": lambda value, bound: bool(value > bound),
    "<": lambda value, bound: bool(value < bound),
}


def _numbers(points: list[Decimal], text: str, *, whole: bool) -> list[Any]:
    bounds = _bounds(text)
    if whole and bounds is not None:
        candidates = [Decimal(n) for n in range(int(Decimal(bounds[1])), int(Decimal(bounds[2])) + 1)]
    else:
        found = [Decimal(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text.replace("..", " "))]
        ordered = sorted({*points, *found, Decimal(0)})
        between = [(low + high) / 2 for low, high in pairwise(ordered)]
        candidates = [ordered[0] - 1, *ordered, *between, ordered[-1] + 1]
        if whole:
            rounded = [n.to_integral_value(way) for n in candidates for way in (ROUND_FLOOR, ROUND_CEILING)]
            candidates = [n + step for n in rounded for step in (-1, 0, 1)]
    return sorted({n for n in candidates if _inside(n, text, Decimal)})


def _around(points: list[date], text: str) -> list[Any]:
    named = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", text)]
    days = {
        point + timedelta(days=step) for point in [*points, *named, date(2000, 1, 1)] for step in (-1, 0, 1)
    }
    return sorted(day for day in days if _inside(day, text, date.fromisoformat))


def literals(policy: LinkedPolicy) -> set[Any]:
    """Every number, text and date that stands anywhere in the tables and the assumptions."""
    trees: list[syntax.Node] = [each.tree for each in policy.assumptions]
    for table in policy.tables:
        for column in table.columns:
            trees += column.tests
            if isinstance(column.source, ExpressionSource):
                trees.append(column.source.tree)
        for output in table.outputs:
            trees += [e.tree for e in (*output.entries, output.default) if isinstance(e, Computed)]
    return {value for tree in trees for value in literals_in(tree)}


def literals_in(node: object) -> Iterator[Any]:
    match node:
        case syntax.NumberLiteral(value):
            yield from (value, -value)
        case syntax.StringLiteral(text) | syntax.TemporalLiteral(text):
            yield date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
        case tuple():
            for item in node:
                yield from literals_in(item)
        case syntax.Node():
            for attribute in fields(type(node)):
                yield from literals_in(getattr(node, attribute.name))
