"""The operators of FEEL and its unary tests, by precedence climbing (DMN 1.5, section 10.3.1.2)."""

from __future__ import annotations

from typing import get_args

from dmn_dli.feel import syntax
from dmn_dli.feel.item_types import entries_of, item_of
from dmn_dli.feel.operands import Operands
from dmn_dli.feel.syntax import ArithmeticOperator, ComparisonOperator, Node
from dmn_dli.feel.type_names import parse_type

MAXIMUM_DEPTH = 100

_COMPARISONS: dict[str, ComparisonOperator] = {
    operator: operator for operator in get_args(ComparisonOperator)
}
_ARITHMETIC: dict[str, ArithmeticOperator] = {operator: operator for operator in get_args(ArithmeticOperator)}
_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _OPERAND = range(1, 8)
_LEVELS = {
    "or": _OR, "and": _AND, "between": _COMPARISON, "in": _COMPARISON,
    **dict.fromkeys(_COMPARISONS, _COMPARISON),
    "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER,
}  # fmt: skip
_ENDS_OPERAND = frozenset({"", ")", "]", "}", ",", "=", "!=", "<", "<=", ">", ">=", "*", "/", "+", ".."})


class Grammar(Operands):
    """Reads expressions and unary tests."""

    _depth = 0
    _in_bound = 0

    def expression(self) -> Node:
        """A whole expression."""
        outer, self._in_bound = self._in_bound, 0
        node = self._operation(_OR)
        self._in_bound = outer
        return node

    def bound(self) -> Node:
        """The upper bound of a range, behind which `[` may close the range."""
        outer, self._in_bound = self._in_bound, 1
        node = self._operation(_SUM)
        self._in_bound = outer
        return node

    def _operation(self, level: int, left: Node | None = None) -> Node:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise self.reader.error("fewer brackets inside brackets; this is nested too deeply")
        start = left.span.start if left is not None else self.reader.skip()
        left = self._operand() if left is None else left
        while (own := _LEVELS.get(operator := self._operator(), 0)) >= level:
            left = self._joined(start, operator, own, left)
        self._depth -= 1
        return left

    def _operator(self) -> str:
        symbol = self.reader.symbol()
        return symbol if symbol in _LEVELS else self.reader.keyword()

    def _joined(self, start: int, operator: str, level: int, left: Node) -> Node:
        if operator in _COMPARISONS:
            self.reader.take(operator)
            right = self._operation(level + 1)
            return syntax.Comparison(_COMPARISONS[operator], left, right, span=self.here(start))
        if operator in _ARITHMETIC:
            self.reader.take(operator)
            right = self._operation(level + 1)
            return syntax.Arithmetic(_ARITHMETIC[operator], left, right, span=self.here(start))
        self.reader.take_keyword(operator)
        match operator:
            case "and":
                return syntax.Conjunction(left, self._operation(level + 1), span=self.here(start))
            case "or":
                return syntax.Disjunction(left, self._operation(level + 1), span=self.here(start))
            case "between":
                low = self._operation(_SUM)
                self.reader.expect_keyword("and", "between the two ends of `between`")
                return syntax.Between(left, low, self._operation(_SUM), span=self.here(start))
        return syntax.In(left, self._in_tests(), span=self.here(start))

    def _operand(self) -> Node:
        """An operand with its signs and what is hung behind it: paths, filters, arguments."""
        signs = []
        while self.reader.symbol() == "-":
            signs.append(self.reader.position)
            self.reader.take("-")
        start = self.reader.skip()
        node = self._behind(start, self.operand())
        for sign in reversed(signs):
            if isinstance(node, syntax.NumberLiteral):
                node = syntax.NumberLiteral(node.value.copy_negate(), span=self.here(sign))
            else:
                node = syntax.Negation(node, span=self.here(sign))
        return node

    def _behind(self, start: int, node: Node) -> Node:
        while True:
            match self.reader.symbol():
                case ".":
                    node = self._path(start, node)
                case "[":
                    if self._in_bound and self._closes_range():
                        return node
                    self.reader.take("[")
                    item = item_of(self.type_of(node))
                    with self.names.scope():
                        for name, type_ in entries_of(item).items():
                            self.names.bind(name, type_)
                        self.names.bind("item", item)
                        condition = self.expression()
                    self.reader.expect("]", "to close the filter")
                    node = syntax.Filter(node, condition, span=self.here(start))
                case "(" if not isinstance(node, syntax.NumberLiteral | syntax.StringLiteral):
                    node = self.arguments(start, node)
                case _:
                    if self.reader.keyword() != "instance":
                        return node
                    self.reader.take_keyword("instance")
                    self.reader.expect_keyword("of", "behind `instance`")
                    node = syntax.InstanceOf(
                        node,
                        parse_type(self.reader, self.names.environment.type_spellings),
                        span=self.here(start),
                    )

    def _path(self, start: int, node: Node) -> Node:
        self.reader.take(".")
        member = self.names.member(self.reader.text, self.reader.skip(), self.type_of(node))
        if member is None:
            raise self.reader.error("the name of an entry or a property behind the dot")
        self.reader.move(member.end)
        return syntax.Path(node, member.written, span=self.here(start))

    def _closes_range(self) -> bool:
        """Whether the `[` here is the open end of a range rather than the start of a filter."""
        before = self.reader.position, self.reader.end
        self.reader.take("[")
        symbol, keyword, after = self.reader.symbol(), self.reader.keyword(), self.reader.position + 1
        # Behind the range a member of it may be asked for: `[1..10[.start`; `[.5]` is a filter.
        member = symbol == "." and not self.reader.text[after : after + 1].isdigit()
        self.reader.position, self.reader.end = before
        return member or symbol in _ENDS_OPERAND or keyword in ("and", "or", "then", "else")

    def _in_tests(self) -> syntax.UnaryTests:
        """What stands behind `in`: one test, or several in parentheses."""
        start = self.reader.skip()
        if self.reader.symbol() != "(":
            test = self._test(_SUM)
            return syntax.UnaryTests((test,), span=self.here(start))
        self.reader.take("(")
        tests = [self._test(_OR)]
        first = tests[0]
        if isinstance(first, syntax.ValueTest) and self.reader.symbol() == "..":
            low = self.range_from(start, first.expression, low_closed=False)
            return self._continued(start, low)
        while self.reader.take(","):
            tests.append(self._test(_OR))
        self.reader.expect(")", "to close the list of tests")
        if len(tests) == 1 and isinstance(first, syntax.ValueTest):
            return self._continued(start, first.expression)
        return syntax.UnaryTests(tuple(tests), span=self.here(start))

    def _continued(self, start: int, operand: Node) -> syntax.UnaryTests:
        """One parenthesised operand was no list of tests: it may go on, as in `x in (a + b) * 2`."""
        node = self._operation(_SUM, self._behind(start, operand))
        return syntax.UnaryTests((syntax.ValueTest(node, span=node.span),), span=self.here(start))

    def _test(self, level: int) -> syntax.ComparisonTest | syntax.ValueTest:
        """A positive unary test."""
        start = self.reader.skip()
        operator = _COMPARISONS.get(self.reader.symbol())
        if operator is not None:
            self.reader.take(operator)
            operand = self._operation(_SUM)
            return syntax.ComparisonTest(operator, operand, span=self.here(start))
        outer, self._in_bound = self._in_bound, 0
        node = self._operation(level)
        self._in_bound = outer
        if isinstance(node, syntax.Range) and node.operator and node.low is not None:
            return syntax.ComparisonTest(node.operator, node.low, span=self.here(start))
        return syntax.ValueTest(node, span=self.here(start))

    def unary_tests(self) -> syntax.UnaryTests:
        """A whole input cell."""
        start = self.reader.skip()
        if self.reader.symbol() == "-" and self._only_dash():
            return syntax.UnaryTests((), span=self.here(start))
        negated = self._negated(start)
        if negated is not None:
            return negated
        return syntax.UnaryTests(self._positive_tests(), span=self.here(start))

    def _only_dash(self) -> bool:
        at = self.reader.position
        self.reader.take("-")
        if self.reader.skip() == len(self.reader.text):
            return True
        self.reader.move(at)
        return False

    def _positive_tests(self) -> tuple[syntax.ComparisonTest | syntax.ValueTest, ...]:
        tests = [self._test(_OR)]
        while self.reader.take(","):
            tests.append(self._test(_OR))
        return tuple(tests)

    def _negated(self, start: int) -> syntax.UnaryTests | None:
        """`not(...)` around the whole cell; None where `not` is no more than a function in an expression."""
        reader, repairs = self.reader, len(self.reader.repairs)
        word = self.names.word(reader.text, start)
        if word is not None or not reader.take_keyword("not") or reader.symbol() != "(":
            reader.move(start)
            del reader.repairs[repairs:]
            return None
        reader.take("(")
        tests = self._positive_tests()
        reader.expect(")", "to close `not(`")
        if reader.skip() < len(reader.text) and reader.symbol() != ",":
            reader.move(start)
            del reader.repairs[repairs:]
            return None
        if reader.symbol() == ",":
            raise reader.error("nothing behind `not(...)`: it negates the whole cell")
        return syntax.UnaryTests(tests, negated=True, span=self.here(start))
