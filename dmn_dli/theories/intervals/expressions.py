"""The range of an expression: what it may be while its facts lie in a box.

Plainly each node is reckoned from its operands. That is exact while each fact stands once; where one stands
twice the operands do not move freely (`a * (10 - a)`), and the plain range may be too wide. So a quotient of
polynomials is also taken at the corners of the box toward which it rises or falls, and where it does both the
box is halved a few times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, Inexact

from attrs import evolve, frozen

from dmn_dli.feel import FeelUnsupported, constant_value, is_constant, mentions_input, syntax
from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import free_occurrences, size
from dmn_dli.theories.arguments import in_places
from dmn_dli.theories.intervals.arithmetic import arithmetic, negated
from dmn_dli.theories.intervals.conditions import (
    ANY_ANSWER,
    FALSE,
    TRUE,
    both,
    bounded,
    compared,
    either,
    opposite,
)
from dmn_dli.theories.intervals.functions import called, property_of
from dmn_dli.theories.intervals.narrowing import Box, Contradiction, behind
from dmn_dli.theories.intervals.quotients import Polynomial, Quotient, TooMuch, are_numbers, quotient_of
from dmn_dli.theories.intervals.values import (
    ANYTHING,
    EXACT,
    NOTHING,
    Kind,
    ValueRange,
    between,
    downward,
    only,
    united,
)

_MOST_HALVINGS = 5
_MOST_NODES = 200
_MOST_BOXES = 64
_INPUT = "?"


def range_of(tree: Node, box: Box) -> ValueRange:
    """What a tree may be while its facts lie in a box; a name that the box lacks may be anything.

    Facts are taken to have at most 18 digits behind the point where the box says so (`facts.fact_range`);
    apart from that every value that FEEL gives for facts in the box is in the range.
    """
    return ExpressionRanges().of(tree, box) if is_followed(tree) else ANYTHING


def is_followed(tree: Node) -> bool:
    """Whether a tree is small enough for its range to be worth the work."""
    return size(tree, _MOST_NODES) <= _MOST_NODES


@frozen
class _Known:
    """What is known of a node beforehand.

    node: kept, so that none other takes its place in memory. value: of a constant. names: the facts below.
    form: as a quotient, where one of them stands more than once; slopes: which way it goes with each.
    """

    node: Node
    value: ValueRange | None
    names: tuple[str, ...]
    form: Quotient | None
    slopes: Mapping[str, Polynomial]


class _NoEnd(Exception):
    """There is no number at a corner."""


class ExpressionRanges:
    """Ranges of the nodes of some trees; what is worked out of a node once serves every box."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._found: dict[int, tuple[Box, dict[int, ValueRange]]] = {}
        """By box (itself, and no equal one) what was found of nodes."""
        self.steps = 0
        """How often a node's range was worked out; so a count of the work."""

    def of(self, node: Node, box: Box) -> ValueRange:
        """As `range_of`."""
        known = self._known.get(id(node)) or self._learned(node)
        if known.value is not None:
            return known.value
        _, found = self._found.get(id(box)) or self._opened(box)
        if id(node) not in found:
            found[id(node)] = self._of(known, box)
        return found[id(node)]

    def _opened(self, box: Box) -> tuple[Box, dict[int, ValueRange]]:
        if len(self._found) >= _MOST_BOXES:
            self._found.clear()
        opened = self._found[id(box)] = (box, {})
        return opened

    def _of(self, known: _Known, box: Box) -> ValueRange:
        found = self._plain(known.node, box)
        if known.form is not None and found.kind is Kind.NUMBER and are_numbers(known.names, box):
            tight = self._at_corners(known, box)
            if tight is not None:
                return evolve(found, low=max(found.low, tight[0]), high=min(found.high, tight[1]))
        return found

    def _learned(self, node: Node) -> _Known:
        value: ValueRange | None = None
        counts = Counter(name.name for name in free_occurrences(node))
        if not counts and is_constant(node) and not isinstance(node, syntax.UnaryTests | syntax.Range):
            value = _constant(node)
        repeated = any(count > 1 for count in counts.values())
        form = quotient_of(node) if repeated and isinstance(node, syntax.Arithmetic) else None
        slopes: dict[str, Polynomial] = {}
        if form is not None:
            try:
                slopes = {name: form.slope(name) for name in counts}
            except (TooMuch, Inexact):
                form = None
        known = _Known(node, value, tuple(counts), form, slopes)
        self._known[id(node)] = known
        return known

    def _plain(self, node: Node, box: Box) -> ValueRange:
        self.steps += 1
        match node:
            case syntax.Name(name):
                return box.get(name, ANYTHING)
            case syntax.InputValue():
                return box.get(_INPUT, ANYTHING)
            case syntax.Arithmetic(operator, left, right):
                return arithmetic(operator, self.of(left, box), self.of(right, box))
            case syntax.Negation(operand):
                return negated(self.of(operand, box))
            case syntax.If(condition, then, otherwise):
                return self._branches(condition, then, otherwise, box)
            case syntax.Path(source, name):
                return property_of(self.of(source, box), name)
            case syntax.Invocation(syntax.Name(name)):
                return ANYTHING if name in box else self._call(name, in_places(node), box)
        return self._condition(node, box)

    def _condition(self, node: Node, box: Box) -> ValueRange:
        match node:
            case syntax.Comparison(operator, left, right):
                return compared(operator, self.of(left, box), self.of(right, box))
            case syntax.Conjunction(left, right):
                return both(self.of(left, box), self.of(right, box))
            case syntax.Disjunction(left, right):
                return either(self.of(left, box), self.of(right, box))
            case syntax.Between(value, low, high):
                return both(
                    compared(">=", self.of(value, box), self.of(low, box)),
                    compared("<=", self.of(value, box), self.of(high, box)),
                )
            case syntax.In(value, tests):
                return self._passes(self.of(value, box), tests, box)
        return ANYTHING

    def _call(self, name: str, arguments: tuple[Node, ...] | None, box: Box) -> ValueRange:
        if arguments is None:
            return ANYTHING
        ranges = tuple(self.of(argument, box) for argument in arguments)
        if name == "not" and len(ranges) == 1:
            return opposite(ranges[0])
        return called(name, ranges)

    def _branches(self, condition: Node, then: Node, otherwise: Node, box: Box) -> ValueRange:
        found = NOTHING
        for branch, true in ((then, True), (otherwise, False)):
            try:
                found = united(found, self.of(branch, behind(condition, box, self.of, true=true)))
            except Contradiction:
                continue
        return found

    def _passes(self, value: ValueRange, tests: syntax.UnaryTests, box: Box) -> ValueRange:
        if not tests.tests:
            return TRUE
        inside = {**box, _INPUT: value}
        found = FALSE
        for test in tests.tests:
            found = either(found, self._answer(value, test, inside))
        return opposite(found) if tests.negated else found

    def _answer(
        self, value: ValueRange, test: syntax.ComparisonTest | syntax.ValueTest, box: Box
    ) -> ValueRange:
        if isinstance(test, syntax.ComparisonTest):
            answer = compared(test.operator, value, self.of(test.operand, box))
            # A null value comes to null where the operand reads it.
            return answer.or_null if value.null and mentions_input(test.operand) else answer
        match test.expression:
            case syntax.Range(low, high, low_closed, high_closed, ""):
                ends = [None if end is None else self.of(end, box) for end in (low, high)]
                return bounded(value, ends[0], ends[1], closed=(low_closed, high_closed))
            case syntax.ListLiteral(items) if not mentions_input(test):
                return self._among(value, [self.of(item, box) for item in items])
        operand = self.of(test.expression, box)
        if operand.kind is Kind.ANY or mentions_input(test):
            return ANY_ANSWER
        return compared("=", value, operand)

    def _among(self, value: ValueRange, items: list[ValueRange]) -> ValueRange:
        """Whether a value is among some; one of another type is no match, and spoils none."""
        if Kind.ANY in (value.kind, *(item.kind for item in items)):
            return ANY_ANSWER
        found = FALSE
        for item in items:
            answer = compared("=", value, item)
            found = either(found, united(answer.without_null, FALSE) if answer.null else answer)
        return found

    def _at_corners(self, known: _Known, box: Box) -> tuple[Decimal, Decimal] | None:
        """The ends of a quotient, from the corners; None where it is rounded twice or may divide by zero."""
        assert known.form is not None
        node = known.node
        assert isinstance(node, syntax.Arithmetic)
        # Of operands without rounding the node rounds once, and what is less is not rounded to more.
        if any(self.of(part, box).unit is None for part in (node.left, node.right)):
            return None
        try:
            low, high = known.form.below.ends(box)
            if low <= 0 <= high:
                return None
            return self._ends(known, box, _MOST_HALVINGS)
        except (Inexact, _NoEnd):
            return None

    def _ends(self, known: _Known, box: Box, halvings: int) -> tuple[Decimal, Decimal]:
        lowest, highest = dict(box), dict(box)
        torn = None
        for name in known.names:
            low, high = known.slopes[name].ends(box)
            fact = box[name].without_null
            first, last = evolve(fact, high=fact.low), evolve(fact, low=fact.high)
            if low >= 0:
                lowest[name], highest[name] = first, last
            elif high <= 0:
                lowest[name], highest[name] = last, first
            elif torn is None or _width(fact) > _width(box[torn]):
                torn = name
        if torn is None or not halvings:
            ends = self._plainly(known.node, lowest), self._plainly(known.node, highest)
            if any(end.kind is not Kind.NUMBER for end in ends):
                raise _NoEnd
            return ends[0].low, ends[1].high
        halves = [self._ends(known, {**box, torn: half}, halvings - 1) for half in _halves(box[torn])]
        return min(low for low, _ in halves), max(high for _, high in halves)

    def _plainly(self, node: Node, box: Box) -> ValueRange:
        """The range of a quotient from its operands' plain ranges."""
        known = self._known.get(id(node)) or self._learned(node)
        if known.value is not None:
            return known.value
        self.steps += 1
        match node:
            case syntax.Arithmetic(operator, left, right):
                return arithmetic(operator, self._plainly(left, box), self._plainly(right, box))
            case syntax.Negation(operand):
                return negated(self._plainly(operand, box))
        return self._plain(node, box)


def _width(fact: ValueRange) -> Decimal:
    return EXACT.subtract(fact.high, fact.low)


def _halves(fact: ValueRange) -> list[ValueRange]:
    """A number's range in two parts; at zero, where it lies on both sides."""
    middle = EXACT.divide(EXACT.add(fact.low, fact.high), Decimal(2))
    if fact.low < 0 < fact.high:
        middle = Decimal(0)
    if fact.unit is None:
        return [evolve(fact, high=middle), evolve(fact, low=middle)]
    below = downward(middle, fact.unit)
    if below < fact.low:
        return [fact]
    return [
        half
        for half in (evolve(fact, high=below), between(fact.kind, below, fact.high, fact.unit))
        if not half.empty
    ]


def _constant(node: Node) -> ValueRange | None:
    try:
        return only(constant_value(node))
    except (FeelUnsupported, FeelLimit):
        return None
