"""From what an expression is to what its facts can be: ranges handed down the tree.

`a - b` in (0..2] with `b` in [3..9] leaves `a` in (3..11]. Each operator is turned round for each of its
operands; where it cannot be, the operand keeps its range. So a fact's range never loses a value with which
the expression is what it is said to be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from dmn_dli.feel import mentions_input, syntax
from dmn_dli.feel.comparison import MIRRORED, OPPOSITE
from dmn_dli.feel.decimals import CONTEXT
from dmn_dli.feel.syntax import Node
from dmn_dli.theories.intervals.arithmetic import negated
from dmn_dli.theories.intervals.conditions import FALSE, TRUE, may_be, opposite
from dmn_dli.theories.intervals.inverses import DOWN, INVERSES, UP, unrounded
from dmn_dli.theories.intervals.values import (
    ORDERED,
    Kind,
    ValueRange,
    between,
    met,
    truths,
    united,
    whole_kind,
)

Box = Mapping[str, ValueRange]
"""What each fact may be, by its name."""

Ranges = Callable[[Node, Box], ValueRange]
"""What an expression may be where its facts lie in a box."""


class Contradiction(Exception):
    """Nothing in the box makes the expression what it is said to be."""


def narrowed(tree: Node, said: ValueRange, box: Box, ranges: Ranges) -> Box:
    """The box without (some of) what does not make the tree one of the said values; itself, if that is all.

    Raises Contradiction where nothing is left.
    """
    now = ranges(tree, box)
    said = met(now, said)
    if said.empty:
        raise Contradiction
    if said == now:
        return box
    match tree:
        case syntax.Name(name) if name in box:
            return {**box, name: said}
        case syntax.Negation(operand):
            return narrowed(operand, _said_of(negated(said), ranges(operand, box)), box, ranges)
        case syntax.Arithmetic(operator, left, right):
            return _operands(operator, left, right, now, said, box, ranges)
        case syntax.Comparison(operator, left, right):
            return _compared(operator, left, right, said, box, ranges)
        case syntax.Conjunction(left, right) | syntax.Disjunction(left, right):
            return _joined(tree, (left, right), said, box, ranges)
        case syntax.Between(value, low, high):
            return _bounded(value, (low, ">="), (high, "<="), said, box, ranges)
        case syntax.In(value, syntax.UnaryTests((test,), False)):
            return _passing(value, test, said, box, ranges)
        case syntax.If(condition, then, otherwise):
            return _branches(condition, then, otherwise, said, box, ranges)
        case syntax.Invocation(syntax.Name(function), (operand,), ()):
            return _argument(function, operand, said, box, ranges)
    return box


def _said_of(said: ValueRange, operand: ValueRange) -> ValueRange:
    """What is said of an operand whose null alone makes the whole null."""
    return said if said.kind is not Kind.NONE else operand


def _operands(
    operator: str, left: Node, right: Node, now: ValueRange, said: ValueRange, box: Box, ranges: Ranges
) -> Box:
    if said.null or now.kind not in ORDERED:
        return box
    a, b = ranges(left, box).without_null, ranges(right, box).without_null
    result = said if now.unit is not None else unrounded(said)
    turned = INVERSES.get((operator, a.kind, b.kind))
    if turned is not None:
        a = met(a, turned[0](result, b))
        if not a.empty:
            b = met(b, turned[1](result, a))
    if a.empty or b.empty:
        raise Contradiction
    return narrowed(right, b, narrowed(left, a, box, ranges), ranges)


def _compared(operator: str, left: Node, right: Node, said: ValueRange, box: Box, ranges: Ranges) -> Box:
    if said == FALSE and operator in OPPOSITE:
        operator, said = OPPOSITE[operator], TRUE
    if said == FALSE and operator == "!=":
        operator, said = "=", TRUE
    if said != TRUE or operator == "!=":
        return box
    a, b = ranges(left, box), ranges(right, box)
    if operator == "=":
        both = met(a, b)
        return narrowed(right, both, narrowed(left, both, box, ranges), ranges)
    if a.kind is not b.kind or a.kind not in ORDERED:
        return box
    a, b = _ordered(operator, a, b), _ordered(MIRRORED[operator], b, a)
    return narrowed(right, b, narrowed(left, a, box, ranges), ranges)


def _bounded(
    value: Node,
    low: tuple[Node | None, str],
    high: tuple[Node | None, str],
    said: ValueRange,
    box: Box,
    ranges: Ranges,
) -> Box:
    if said != TRUE:
        return box
    for end, operator in (low, high):
        if end is not None:
            box = _compared(operator, value, end, TRUE, box, ranges)
    return box


def _passing(
    value: Node, test: syntax.ComparisonTest | syntax.ValueTest, said: ValueRange, box: Box, ranges: Ranges
) -> Box:
    """`value in test`; a test that reads `?` says nothing here."""
    if mentions_input(test):
        return box
    match test:
        case syntax.ComparisonTest(operator, operand):
            return _compared(operator, value, operand, said, box, ranges)
        case syntax.ValueTest(syntax.Range(low, high, low_closed, high_closed, "")):
            ends = (low, ">=" if low_closed else ">"), (high, "<=" if high_closed else "<")
            return _bounded(value, *ends, said, box, ranges)
    return box


def _ordered(operator: str, a: ValueRange, b: ValueRange) -> ValueRange:
    """The values of one kind that are below, or above, one of another range."""
    whole = whole_kind(a.kind)
    low, high = whole.low, whole.high
    strict = len(operator) == 1
    if operator[0] == "<":
        high = _beside(b.high, a.kind, CONTEXT.next_minus) if strict else b.high
    else:
        low = _beside(b.low, a.kind, CONTEXT.next_plus) if strict else b.low
    return met(a.without_null, between(a.kind, low, high, a.unit).without_null)


def _beside(amount: Decimal, kind: Kind, beside: Callable[[Decimal], Decimal]) -> Decimal:
    """The next amount of a kind."""
    if kind is Kind.NUMBER:
        return beside(amount)
    return CONTEXT.add(amount, Decimal(1) if beside(amount) > amount else Decimal(-1))


def _joined(tree: Node, parts: tuple[Node, Node], said: ValueRange, box: Box, ranges: Ranges) -> Box:
    """`and` is true where both are, and false where one is; `or` the other way round."""
    answer = isinstance(tree, syntax.Conjunction)
    all_of, one_of = truths(answer), truths(not answer)
    if said == all_of:
        return narrowed(parts[1], all_of, narrowed(parts[0], all_of, box, ranges), ranges)
    if said == one_of:
        may = [part for part in parts if may_be(ranges(part, box), answer=not answer)]
        if len(may) == 1:
            return narrowed(may[0], one_of, box, ranges)
    return box


def _branches(
    condition: Node, then: Node, otherwise: Node, said: ValueRange, box: Box, ranges: Ranges
) -> Box:
    """What is left where one branch alone can give what is said; else the union of both ways."""
    ways = [
        _way(condition, branch, said, box, ranges, true=true)
        for branch, true in ((then, True), (otherwise, False))
    ]
    left = [way for way in ways if way is not None]
    if not left:
        raise Contradiction
    if len(left) == 1:
        return left[0]
    return {name: united(left[0][name], left[1][name]) for name in box}


def _way(
    condition: Node, branch: Node, said: ValueRange, box: Box, ranges: Ranges, *, true: bool
) -> Box | None:
    """The box behind a condition that is true, or that is not, in which the branch is what is said."""
    try:
        return narrowed(branch, said, behind(condition, box, ranges, true=true), ranges)
    except Contradiction:
        return None


def behind(condition: Node, box: Box, ranges: Ranges, *, true: bool) -> Box:
    """The box where a condition is true, or is anything else. Raises Contradiction."""
    if true:
        return narrowed(condition, TRUE, box, ranges)
    now = ranges(condition, box)
    if now == TRUE:
        raise Contradiction
    if now.kind is Kind.BOOLEAN and not now.null:
        return narrowed(condition, FALSE, box, ranges)
    return box


_TURNABLE = ("floor", "ceiling", "abs", "sqrt")


def _argument(function: str, operand: Node, said: ValueRange, box: Box, ranges: Ranges) -> Box:
    """The argument of a function that can be turned round."""
    now = ranges(operand, box)
    if function == "not" and said.kind is Kind.BOOLEAN and not said.null:
        return narrowed(operand, opposite(said), box, ranges)
    if function not in _TURNABLE or said.null or said.kind not in ORDERED or now.kind is not said.kind:
        return box
    whole = whole_kind(now.kind)
    low, high = max(_lowest(function, said), whole.low), min(_highest(function, said), whole.high)
    if low > high:
        raise Contradiction
    return narrowed(operand, met(now.without_null, between(now.kind, low, high, now.unit)), box, ranges)


def _lowest(function: str, said: ValueRange) -> Decimal:
    """What no argument is below where the function gives what is said."""
    match function:
        case "abs":
            return said.high.copy_negate()
        case "ceiling":
            return DOWN.subtract(said.low, Decimal(1))
        case "sqrt":
            root = max(CONTEXT.next_minus(said.low), Decimal(0))
            return DOWN.multiply(root, root)
    return said.low


def _highest(function: str, said: ValueRange) -> Decimal:
    """What no argument is above where the function gives what is said."""
    match function:
        case "floor":
            return UP.add(said.high, Decimal(1))
        case "sqrt":
            root = CONTEXT.next_plus(said.high)
            return UP.multiply(root, root)
    return said.high
