"""How points and ranges lie to each other (DMN 1.5, section 10.3.4.7), and `range` itself.

Every range is two edges. An edge is a value and a nudge off it: an open low
edge lies just above its value (+1), an open high edge just below (-1), a
closed one and a point exactly on it (0). All relations are orders of edges.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from attrs import frozen

from dmn_dli.feel.builtins.registry import REGISTRY, builtin
from dmn_dli.feel.comparison import feel_compare
from dmn_dli.feel.iteration import range_value
from dmn_dli.feel.temporal import parse_temporal
from dmn_dli.feel.values import RangeValue

_RANGE = re.compile(r"\s*([\[\](])(.*?)\.\.(.*)([\])\[])\s*", re.DOTALL)
_BOUND = re.compile(
    r'\s*(?:(?P<number>-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))|(?P<at>@)?"(?P<text>[^"\\]*)"'
    r'|(?P<function>date|time|date and time|duration)\s*\(\s*"(?P<argument>[^"\\]*)"\s*\))\s*'
)


@frozen
class _Edge:
    """One end of a range; `beyond` is -1 or 1 where it is open-ended, and then has no value."""

    value: object
    nudge: int
    beyond: int = 0


class _NoOrderError(ValueError):
    """Two edges have no order, or a range has a hole; null, as for every ValueError in a built-in."""


def _low(value: object) -> _Edge:
    if not isinstance(value, RangeValue):
        return _Edge(value, 0)
    if value.operator == "!=":
        raise _NoOrderError
    return _Edge(value.low, 0 if value.low_closed else 1, -1 if value.low is None else 0)


def _high(value: object) -> _Edge:
    if not isinstance(value, RangeValue):
        return _Edge(value, 0)
    return _Edge(value.high, 0 if value.high_closed else -1, 1 if value.high is None else 0)


def _order(a: _Edge, b: _Edge) -> int:
    if a.beyond or b.beyond:
        return a.beyond - b.beyond
    compared = feel_compare(a.value, b.value)
    if compared is None:
        raise _NoOrderError
    return compared or a.nudge - b.nudge


Relation = Callable[[object, object], bool]


def _before(a: object, b: object) -> bool:
    return _order(_high(a), _low(b)) < 0


def _meets(a: object, b: object) -> bool:
    return _order(_high(a), _low(b)) == 0


def _overlaps(a: object, b: object) -> bool:
    return _order(_low(a), _high(b)) <= 0 and _order(_low(b), _high(a)) <= 0


def _overlaps_before(a: object, b: object) -> bool:
    return _order(_low(a), _low(b)) < 0 and _order(_low(b), _high(a)) <= 0 and _order(_high(a), _high(b)) <= 0


def _finishes(a: object, b: object) -> bool:
    return _order(_high(a), _high(b)) == 0 and _order(_low(a), _low(b)) >= 0


def _starts(a: object, b: object) -> bool:
    return _order(_low(a), _low(b)) == 0 and _order(_high(a), _high(b)) <= 0


def _includes(a: object, b: object) -> bool:
    return _order(_low(a), _low(b)) <= 0 and _order(_high(b), _high(a)) <= 0


def _coincides(a: object, b: object) -> bool:
    return _order(_low(a), _low(b)) == 0 and _order(_high(a), _high(b)) == 0


def _turned(relation: Relation) -> Relation:
    return lambda a, b: relation(b, a)


_POINT = "string|number|date|time|date and time|days and time duration|years and months duration"
_POINTS = f"point1: {_POINT}, point2: {_POINT}"
_POINT_RANGE = f"point: {_POINT}, range: range"
_RANGE_POINT = f"range: range, point: {_POINT}"
_RANGES = "range1: range, range2: range"

_RELATIONS: tuple[tuple[str, Relation, tuple[str, ...]], ...] = (
    ("before", _before, (_POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)),
    ("after", _turned(_before), (_POINTS, _POINT_RANGE, _RANGE_POINT, _RANGES)),
    ("meets", _meets, (_RANGES,)),
    ("met by", _turned(_meets), (_RANGES,)),
    ("overlaps", _overlaps, (_RANGES,)),
    ("overlaps before", _overlaps_before, (_RANGES,)),
    ("overlaps after", _turned(_overlaps_before), (_RANGES,)),
    ("finishes", _finishes, (_POINT_RANGE, _RANGES)),
    ("finished by", _turned(_finishes), (_RANGE_POINT, _RANGES)),
    ("includes", _includes, (_RANGE_POINT, _RANGES)),
    ("during", _turned(_includes), (_POINT_RANGE, _RANGES)),
    ("starts", _starts, (_POINT_RANGE, _RANGES)),
    ("started by", _turned(_starts), (_RANGE_POINT, _RANGES)),
    ("coincides", _coincides, (_POINTS, _RANGES)),
)

for _name, _relation, _forms in _RELATIONS:
    for _form in _forms:
        builtin(_name, _form, "boolean")(_relation)


@builtin("range", "from: string", "range")
def range_from_text(text: str) -> RangeValue | None:
    """`range("[18..21)")`: both bounds literals."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    low, high = _bound(found[2]), _bound(found[3])
    if (feel_compare(low, high) or 0) > 0:
        return None
    return range_value(low, high, found[1] == "[", found[4] == "]")


def _bound(text: str) -> object:
    found = _BOUND.fullmatch(text)
    if found is None:
        return None
    if found["number"]:
        return Decimal(found["number"])
    if found["function"]:
        return REGISTRY[found["function"]](found["argument"])
    return parse_temporal(found["text"]) if found["at"] else found["text"]
