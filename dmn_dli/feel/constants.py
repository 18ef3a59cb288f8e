"""The parts of a syntax tree whose value is plain to see, so that compiled code holds them ready made."""

from __future__ import annotations

from collections.abc import Callable

from dmn_dli.feel import syntax
from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.iteration import open_range, operator_range, range_value
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.temporal import parse_date, parse_date_and_time, parse_duration, parse_temporal, parse_time

# The constructors that tables write their dates with, as in `date("2025-02-12")`.
_CONSTRUCTORS: dict[str, Callable[[str], object]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_and_time,
    "duration": parse_duration,
}

_WITH_VALUE = (syntax.NumberLiteral, syntax.StringLiteral, syntax.BooleanLiteral)
_LITERALS = (*_WITH_VALUE, syntax.NullLiteral, syntax.TemporalLiteral)


def is_plain(node: Node) -> bool:
    """Whether `plain_value` knows the node's value."""
    if isinstance(node, _LITERALS):
        return True
    match node:
        case syntax.Invocation(syntax.Name(name), (syntax.StringLiteral(),), ()):
            return name in _CONSTRUCTORS
        case syntax.Range(low, high):
            return (low is None or is_plain(low)) and (high is None or is_plain(high))
    return False


def plain_value(node: Node) -> object:
    """The value of a literal, of `date("…")` and its like, or of a range between such; null for others.

    Raises FeelUnsupported where a time zone is named and there is no data base of zones.
    """
    try:
        return _plain_value(node)
    except FeelLimit as limit:
        raise FeelUnsupported(limit.message, node.span) from None


def _plain_value(node: Node) -> object:
    if isinstance(node, _WITH_VALUE):
        return node.value
    match node:
        case syntax.TemporalLiteral(text):
            return parse_temporal(text)
        case syntax.Invocation(syntax.Name(name), (syntax.StringLiteral(text),)):
            return _CONSTRUCTORS[name](text)
        case syntax.Range(bound, operator="=" | "!=" as operator) if bound is not None:
            return operator_range(plain_value(bound), operator)
        case syntax.Range(low, high, low_closed, high_closed):
            if low is None or high is None:
                lowest = None if low is None else plain_value(low)
                return open_range(
                    lowest, None if high is None else plain_value(high), low_closed, high_closed
                )
            return range_value(plain_value(low), plain_value(high), low_closed, high_closed)
    return None
