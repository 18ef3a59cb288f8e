"""Questions: a condition taken apart into what it asks of facts.

    if pediatric then age_days < 28 else weight - lean > 5      age_days among {28}, weight - lean among {5}

A question is a *subject* and the constants among which its place decides; all else of the condition is what
it was. So whoever knows the places of the subjects knows the condition, and a subject over several facts may
be replaced by a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from typing import Protocol

import attrs

from dmn_dli.feel import FeelType, children, free_names, is_constant, mentions_input, syntax
from dmn_dli.feel.conditions import is_condition
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.item_types import of_kind
from dmn_dli.feel.replacing import replaced, with_input
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.temporal_values import DaysTimeDuration, YearsMonthsDuration
from dmn_dli.feel.walk import BINDING, any_node
from dmn_dli.tables.constants import NotAnalysable, expression_constants, scalars
from dmn_dli.tables.open_values import OPEN_TREE
from dmn_dli.tables.orders import ORDERED
from dmn_dli.tables.traceable import is_name, orders_strings
from dmn_dli.theories.picks import drawn_out

_ZEROS: dict[FeelType, object] = {
    FeelType.NUMBER: Decimal(0),
    FeelType.DATE: DaysTimeDuration(0),
    FeelType.DAYS_DURATION: DaysTimeDuration(0),
    FeelType.YEARS_DURATION: YearsMonthsDuration(0),
}
"""Of what can be subtracted the difference of equals."""

_NO_TEXT = ORDERED | {FeelType.TIME, FeelType.DATE_TIME, FeelType.BOOLEAN}
"""The types of single values that are no text."""


class Scope(Protocol):
    """What the names of a condition stand for."""

    def is_wide(self, name: str) -> bool:
        """Whether a name may have more values than can be gone through."""

    def may_be_null(self, name: str) -> bool:
        """Whether null is among the values of a name."""

    def type_of(self, tree: Node) -> FeelType:
        """The type of an expression."""

    def values_of(self, tree: Node) -> frozenset[object]:
        """All values of an expression that reads no wide name. Raises NotAnalysable."""

    def ask(self, subject: Node, constants: frozenset[object]) -> Node:
        """What stands for a subject; constants: empty where it is a condition. Raises NotAnalysable."""


class Questions:
    """Trees with their subjects replaced by what stands for them."""

    def __init__(self, scope: Scope) -> None:
        """Take what the names stand for."""
        self.scope = scope

    def of_value(self, tree: Node, constants: frozenset[object]) -> Node:
        """A value that is compared with constants; with none, nothing is asked. Raises NotAnalysable."""
        if not constants and not _is_condition(tree):
            return tree
        tree = self._as_it_is(tree)
        if not self._wide(tree):
            return tree
        if isinstance(tree, syntax.Name):
            return self.scope.ask(tree, constants)
        if isinstance(tree, syntax.If):
            return attrs.evolve(
                tree,
                condition=self.of_tree(tree.condition),
                then=self.of_value(tree.then, constants),
                otherwise=self.of_value(tree.otherwise, constants),
            )
        if _is_condition(tree):
            return self.of_tree(tree)
        picked = drawn_out(tree)
        return self.scope.ask(tree, constants) if picked is None else self.of_value(picked, constants)

    def of_output(self, tree: Node) -> Node:
        """An expression of which all that can be told is told: a pick may be open in some cases only."""
        try:
            return self.of_tree(tree)
        except NotAnalysable:
            if not isinstance(tree, syntax.If):
                return OPEN_TREE
        then, otherwise = self.of_output(tree.then), self.of_output(tree.otherwise)
        if then == otherwise == OPEN_TREE:
            return OPEN_TREE
        try:
            return attrs.evolve(tree, condition=self.of_tree(tree.condition), then=then, otherwise=otherwise)
        except NotAnalysable:
            return OPEN_TREE

    def of_tree(self, tree: Node) -> Node:
        """An expression of whose wide names only conditions are asked. Raises NotAnalysable."""
        tree = self._as_it_is(tree)
        if not self._wide(tree):
            return tree
        if not _is_condition(tree):
            return self._parts(tree)
        try:
            return self._condition(tree)
        except NotAnalysable:
            return self.scope.ask(tree, frozenset())

    def of_test(self, value: Node, test: syntax.ComparisonTest | syntax.ValueTest, *, negated: bool) -> Node:
        """The condition that a cell's test is of a value that is no boolean. Raises NotAnalysable.

        negated: whether its answer is turned round, so that null is not as good as false.
        """
        try:
            constants = self.test_constants(test)
        except NotAnalysable:
            return self._of_test(value, test, negated=negated)
        tests = syntax.UnaryTests((test,))
        self.unordered(value, tests)
        return syntax.In(self.of_value(value, constants), tests)

    def _of_test(self, value: Node, test: syntax.ComparisonTest | syntax.ValueTest, *, negated: bool) -> Node:
        match test:
            case syntax.ComparisonTest(operator, operand):
                if mentions_input(operand):
                    if operator in ("=", "!="):
                        raise NotAnalysable
                    operand = with_input(operand, value)
                return self.of_tree(syntax.Comparison(operator, value, operand))
            case syntax.ValueTest(syntax.Range() as range_) if not mentions_input(range_):
                return self._in_range(value, range_, negated=negated)
            case syntax.ValueTest(expression) if _is_condition(expression):
                return self.of_tree(with_input(expression, value))
            case syntax.ValueTest(expression) if not mentions_input(expression):
                kind = self.scope.type_of(expression)
                if kind in _ZEROS and self.scope.type_of(value) is kind:
                    return self.of_tree(syntax.Comparison("=", value, expression))
        raise NotAnalysable

    def _as_it_is(self, tree: Node) -> Node:
        """The tree without conversions to types that values have anyhow."""
        if not any_node(tree, lambda node: isinstance(node, Conversion)):
            return tree
        if isinstance(tree, Conversion):
            kind = tree.type.basic
            value = self._as_it_is(tree.value)
            kept = tree.type == of_kind(kind) and kind in _NO_TEXT and self.scope.type_of(value) is kind
            return value if kept else attrs.evolve(tree, value=value)
        return replaced(tree, {id(child): self._as_it_is(child) for child in children(tree)})

    def _wide(self, tree: Node) -> bool:
        return any(map(self.scope.is_wide, free_names(tree)))

    def _parts(self, tree: Node) -> Node:
        if isinstance(tree, syntax.Name):
            raise NotAnalysable
        if isinstance(tree, BINDING):
            for name in sorted(free_names(tree)):
                if self.scope.is_wide(name):
                    constants = expression_constants(tree, is_name(name))
                    if self.scope.ask(syntax.Name(name), constants) != syntax.Name(name):
                        raise NotAnalysable
            return tree
        return replaced(tree, {id(child): self.of_tree(child) for child in children(tree)})

    def _condition(self, tree: Node) -> Node:
        match tree:
            case syntax.Comparison(operator, left, right):
                return self._comparison(operator, left, right)
            case syntax.Between(value, low, high):
                if not self._wide(low) and not self._wide(high):
                    self.unordered(value, tree)
                    constants = self.scope.values_of(low) | self.scope.values_of(high)
                    return attrs.evolve(tree, value=self.of_value(value, constants))
                above = syntax.Comparison(">=", value, low)
                return self.of_tree(syntax.Conjunction(above, syntax.Comparison("<=", value, high)))
            case syntax.In(value, tests):
                return self._in(tree, value, tests)
            case syntax.Invocation() if self.scope.type_of(tree) is FeelType.BOOLEAN and any(
                isinstance(child, syntax.Name) and self._wide(child) for child in children(tree)
            ):
                return self.scope.ask(tree, frozenset())
        return self._parts(tree)

    def _comparison(self, operator: syntax.ComparisonOperator, left: Node, right: Node) -> Node:
        self.unordered(left if self._wide(left) else right, syntax.Comparison(operator, left, right))
        if not self._wide(right):
            value = self.of_value(left, self.scope.values_of(right))
            return syntax.Comparison(operator, value, right)
        if not self._wide(left):
            value = self.of_value(right, self.scope.values_of(left))
            return syntax.Comparison(operator, left, value)
        whole = syntax.Comparison(operator, left, right)
        picked = drawn_out(whole)
        if picked is not None:
            return self.of_tree(picked)
        type_ = self.scope.type_of(left)
        if type_ not in _ZEROS or self.scope.type_of(right) is not type_ or len(self._wide_names(whole)) < 2:
            return self.scope.ask(whole, frozenset())
        if operator in ("=", "!=") and self._may_be_null(whole):
            # null = null is true, and no difference of numbers says so.
            return self.scope.ask(whole, frozenset())
        zero = _ZEROS[type_]
        difference = self.scope.ask(syntax.Arithmetic("-", left, right), frozenset({zero}))
        return syntax.Comparison(operator, difference, syntax.Known(zero))

    def _wide_names(self, tree: Node) -> set[str]:
        return set(filter(self.scope.is_wide, free_names(tree)))

    def _may_be_null(self, tree: Node) -> bool:
        """Whether null may be among the values; only what never makes it of numbers counts as safe."""
        match tree:
            case syntax.Name(name):
                return self.scope.may_be_null(name)
            case syntax.NumberLiteral() | syntax.TemporalLiteral() | syntax.Known():
                return False
            case syntax.Comparison() | syntax.Negation():
                return any(map(self._may_be_null, children(tree)))
            case syntax.Arithmetic("+" | "-" | "*"):
                return any(map(self._may_be_null, children(tree)))
        return True

    def _in(self, tree: syntax.In, value: Node, tests: syntax.UnaryTests) -> Node:
        try:
            constants = self._constants(tests)
        except NotAnalysable:
            found = [self.of_test(value, test, negated=True) for test in tests.tests]
            return any_of(found, negated=tests.negated)
        self.unordered(value, tests)
        return attrs.evolve(tree, value=self.of_value(value, constants))

    def unordered(self, value: Node, tree: Node) -> None:
        """That no texts are compared by order, of which no class is alike. Raises NotAnalysable."""
        if orders_strings(tree) and self.scope.type_of(value) not in _NO_TEXT:
            raise NotAnalysable

    def _constants(self, tests: syntax.UnaryTests) -> frozenset[object]:
        return frozenset().union(*[self.test_constants(test) for test in tests.tests])

    def test_constants(self, test: syntax.ComparisonTest | syntax.ValueTest) -> frozenset[object]:
        """The constants with which a test compares its input. Raises NotAnalysable where it does more."""
        inner = test.operand if isinstance(test, syntax.ComparisonTest) else test.expression
        if mentions_input(inner):
            if free_names(inner):
                raise NotAnalysable
            return expression_constants(inner, lambda node: isinstance(node, syntax.InputValue))
        if isinstance(inner, syntax.Range):
            return scalars(inner)
        if is_constant(inner):
            return scalars(inner)
        if isinstance(test, syntax.ComparisonTest) and not self._wide(inner):
            return self.scope.values_of(inner)
        raise NotAnalysable

    def _in_range(self, value: Node, range_: syntax.Range, *, negated: bool) -> Node:
        low, high = range_.low, range_.high
        found: list[Node] = []
        if low is not None:
            found.append(syntax.Comparison(">=" if range_.low_closed else ">", value, low))
        if high is not None:
            found.append(syntax.Comparison("<=" if range_.high_closed else "<", value, high))
        if range_.operator:
            raise NotAnalysable
        whole: Node = reduce(syntax.Conjunction, found)
        ends = [end for end in (low, high) if negated and end is not None and self._may_be_null(end)]
        if ends:
            # Without an end there is no range, whatever lies beyond the other end: null, and no false.
            lacking: list[Node] = [syntax.Comparison("=", end, syntax.NullLiteral()) for end in ends]
            whole = syntax.If(reduce(syntax.Disjunction, lacking), syntax.NullLiteral(), whole)
        return self.of_tree(whole)


def any_of(conditions: Iterable[Node], *, negated: bool) -> Node:
    """That one of the conditions holds; negated: that none does."""
    found = reduce(syntax.Disjunction, conditions)
    return syntax.Invocation(syntax.Name("not"), (found,)) if negated else found


def _is_condition(tree: Node) -> bool:
    return is_condition(tree, lambda name: False)  # noqa: ARG005 - no fact hides a function in workbooks
