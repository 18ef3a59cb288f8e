"""What can never work for the types of its parts, in plain words (DMN 1.5, section 10.3.2.15)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import ChainMap
from collections.abc import Iterable
from typing import TypeAlias

from attrs import define, field, frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.constants import plain_value
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.operator_types import article, comparable, ordered
from dmn_dli.feel.syntax import Node, Span
from dmn_dli.feel.value_types import FeelType, type_of
from dmn_dli.feel.walk import mentions_input

OPEN = frozenset({FeelType.ANY, FeelType.NULL})

Types: TypeAlias = ChainMap[str, ItemType]
"""What the text itself binds around a place, innermost first."""


@frozen
class TypeProblem:
    """What can never work, in plain words, and where it stands."""

    span: Span
    message: str


@define
class Checks(ABC):
    """Notes the problems of operands and of unary tests."""

    problems: list[TypeProblem] = field(factory=list, kw_only=True)

    @abstractmethod
    def kind(self, node: Node, types: Types) -> FeelType:
        """The kind of the node's value."""

    def problem(self, node: Node, message: str) -> ItemType:
        """Note what can never work; its type is open."""
        self.problems.append(TypeProblem(node.span, message))
        return ANY

    def temporal(self, node: Node, text: object) -> FeelType:
        """The kind of a date, time or duration that stands there as a literal."""
        try:
            value = plain_value(node)
        except FeelUnsupported as error:
            self.problem(node, error.message)
            return FeelType.ANY
        if value is None:
            written = text.value if isinstance(text, syntax.StringLiteral) else text
            self.problem(node, f"`{written}` is no date, time or duration; write 2025-02-12, for example")
            return FeelType.ANY
        return type_of(value)

    def boolean(self, node: Node, kind: FeelType, why: str) -> None:
        """Note what stands where a condition is due and is none."""
        if kind not in (*OPEN, FeelType.BOOLEAN):
            self.problem(node, f"{why}, but {article(kind)} is not one")

    def compare(self, node: Node, operator: str, left: FeelType, right: FeelType) -> None:
        """Note a comparison of what has no order, or of different types."""
        fits = comparable(left, right) if operator in ("=", "!=") else ordered(left, right)
        if fits:
            return
        if left is right:
            self.problem(node, f"{article(left)} is not greater or less than another")
        else:
            self.problem(node, f"{article(left)} cannot be compared with {article(right)}")

    def tests(
        self,
        tests: Iterable[syntax.ComparisonTest | syntax.ValueTest],
        tested: FeelType,
        types: Types,
        *,
        in_cell: bool = True,
    ) -> None:
        """Note the tests that no value of the tested kind passes."""
        for test in tests:
            if isinstance(test, syntax.ComparisonTest):
                self.compare(test, test.operator, tested, self.kind(test.operand, types))
            else:
                self._value_test(test.expression, tested, types, in_cell=in_cell)

    def _value_test(self, expression: Node, tested: FeelType, types: Types, *, in_cell: bool) -> None:
        kind = self.kind(expression, types)
        match expression:
            case syntax.Range(low, high, operator="") if tested is not FeelType.RANGE:
                for bound in (low, high):
                    bound_kind = FeelType.ANY if bound is None else self.kind(bound, types)
                    if not ordered(tested, bound_kind):
                        message = f"{article(tested)} cannot lie in a range of {article(bound_kind)}"
                        self.problem(expression, message)
                        return
            case syntax.ListLiteral(items) if tested is not FeelType.LIST:
                for item in items:
                    if not isinstance(item, syntax.Range) and not comparable(tested, self.kind(item, types)):
                        message = f"{article(tested)} never equals {article(self.kind(item, types))}"
                        self.problem(item, message)
            case _:
                condition = kind is FeelType.BOOLEAN and not isinstance(expression, syntax.BooleanLiteral)
                answers = condition and (in_cell or mentions_input(expression))
                if answers or kind in (FeelType.LIST, FeelType.RANGE) or comparable(tested, kind):
                    return
                self.problem(expression, f"{article(tested)} never equals {article(kind)}")
