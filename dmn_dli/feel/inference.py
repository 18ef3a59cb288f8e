"""Static types: what can never work is found before any case runs (DMN 1.5, sections 10.3.2.9 and 10.3.2.15).

A construct is a problem only where it is null for certain, whatever the
values; wherever a type is open (`FeelType.ANY`), nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field, frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.builtins import BUILTIN_NAMES, CLOCK, REGISTRY
from dmn_dli.feel.constants import is_plain, plain_value
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.literal_patterns import pattern_problem
from dmn_dli.feel.operator_types import (
    arithmetic_type,
    article,
    comparable,
    invocation_problem,
    member_type,
    negatable,
    ordered,
)
from dmn_dli.feel.syntax import Node, Span
from dmn_dli.feel.value_types import FeelType, type_of
from dmn_dli.feel.walk import mentions_input

_OPEN = frozenset({FeelType.ANY, FeelType.NULL})
_LITERAL_TYPES: dict[type[Node], FeelType] = {
    syntax.NumberLiteral: FeelType.NUMBER,
    syntax.StringLiteral: FeelType.STRING,
    syntax.BooleanLiteral: FeelType.BOOLEAN,
    syntax.NullLiteral: FeelType.NULL,
}


@frozen
class TypeProblem:
    """What can never work, in plain words, and where it stands."""

    span: Span
    message: str


@frozen
class UnknownName:
    """A name that is no variable and no function in reach."""

    span: Span
    name: str


@frozen
class Inference:
    """The type of a tree's value (`ANY` where it is open), and what was found on the way, in text order."""

    type: FeelType
    problems: tuple[TypeProblem, ...] = ()
    unknown_names: tuple[UnknownName, ...] = ()


def infer(tree: Node, types: Mapping[str, FeelType], input_type: FeelType | None = None) -> Inference:
    """The static types of a tree.

    types: the type of each variable in scope. input_type: the type of `?`, for
    unary tests; None where it is not known.
    """
    found = _Inferrer(FeelType.ANY if input_type is None else input_type)
    type_ = found.of(tree, types)
    problems = sorted(found.problems, key=lambda problem: problem.span.start)
    unknown = sorted(found.unknown, key=lambda name: name.span.start)
    return Inference(type_, tuple(problems), tuple(unknown))


_Types = Mapping[str, FeelType]


@define
class _Inferrer:
    input_type: FeelType
    problems: list[TypeProblem] = field(factory=list)
    unknown: list[UnknownName] = field(factory=list)
    _filters: int = 0

    def _problem(self, node: Node, message: str) -> FeelType:
        self.problems.append(TypeProblem(node.span, message))
        return FeelType.ANY

    def of(self, node: Node, types: _Types) -> FeelType:
        """The type of the node's value; notes what is wrong below it."""
        known = _LITERAL_TYPES.get(type(node))
        if known is not None:
            return known
        match node:
            case syntax.TemporalLiteral(text):
                return self._temporal(node, text)
            case syntax.Name(name):
                return self._name(node, name, types)
            case syntax.InputValue():
                return self.input_type
            case syntax.Arithmetic(operator, left, right):
                result = arithmetic_type(operator, self.of(left, types), self.of(right, types))
                return result if isinstance(result, FeelType) else self._problem(node, result)
            case syntax.Negation(operand):
                kind = self.of(operand, types)
                return kind if negatable(kind) else self._problem(node, f"{article(kind)} has no negative")
            case syntax.Comparison(operator, left, right):
                self._compare(node, operator, self.of(left, types), self.of(right, types))
                return FeelType.BOOLEAN
            case syntax.Conjunction(left, right) | syntax.Disjunction(left, right):
                for part in (left, right):
                    self._boolean(part, self.of(part, types), "`and` and `or` join conditions")
                return FeelType.BOOLEAN
            case syntax.Between(value, low, high):
                kind = self.of(value, types)
                for bound in (low, high):
                    self._compare(bound, "<=", kind, self.of(bound, types))
                return FeelType.BOOLEAN
            case syntax.If(condition, then, otherwise):
                self._boolean(condition, self.of(condition, types), "`if` needs a condition")
                return _joined((self.of(then, types), self.of(otherwise, types)))
            case syntax.UnaryTests(tests):
                self._tests(tests, self.input_type, types)
                return FeelType.BOOLEAN
            case syntax.In(value, tests):
                outer, self.input_type = self.input_type, self.of(value, types)
                self._tests(tests.tests, self.input_type, types, in_cell=False)
                self.input_type = outer
                return FeelType.BOOLEAN
        return self._structure(node, types)

    def _structure(self, node: Node, types: _Types) -> FeelType:
        match node:
            case syntax.Range(low, high):
                kinds = [self.of(bound, types) for bound in (low, high) if bound is not None]
                if not ordered(kinds[0], kinds[-1]):
                    message = f"a range from {article(kinds[0])} to {article(kinds[-1])} holds nothing"
                    return self._problem(node, message)
                return FeelType.RANGE
            case syntax.ListLiteral(items):
                for item in items:
                    self.of(item, types)
                return FeelType.LIST
            case syntax.ContextLiteral(entries):
                for key, entry in entries:
                    types = {**types, key: self.of(entry, types)}
                return FeelType.CONTEXT
            case syntax.Path(source, name):
                result = member_type(self.of(source, types), name)
                return result if isinstance(result, FeelType) else self._problem(node, result)
            case syntax.Filter(source, condition):
                self.of(source, types)
                self._filters += 1
                index = self.of(condition, {**types, "item": FeelType.ANY})
                self._filters -= 1
                return FeelType.ANY if index in (FeelType.NUMBER, *_OPEN) else FeelType.LIST
            case syntax.InstanceOf(value):
                self.of(value, types)
                return FeelType.BOOLEAN
            case syntax.For(iterators, body):
                inner = self._iterators(iterators, types)
                self.of(body, {**inner, "partial": FeelType.LIST})
                return FeelType.LIST
            case syntax.Quantified(_, iterators, condition):
                inner = self._iterators(iterators, types)
                self._boolean(condition, self.of(condition, inner), "`satisfies` needs a condition")
                return FeelType.BOOLEAN
            case syntax.FunctionDefinition(parameters, body):
                self.of(body, {**types, **{parameter.name: FeelType.ANY for parameter in parameters}})
                return FeelType.FUNCTION
            case syntax.Invocation():
                return self._invocation(node, types)
        return FeelType.ANY

    def _iterators(self, iterators: Iterable[syntax.Iterator], types: _Types) -> _Types:
        for iterator in iterators:
            self.of(iterator.source, types)
            if iterator.until is not None:
                self.of(iterator.until, types)
            types = {**types, iterator.name: FeelType.ANY}
        return types

    def _name(self, node: Node, name: str, types: _Types) -> FeelType:
        if name in types:
            # Inside a filter an entry of the items may hide the variable.
            return FeelType.ANY if self._filters else types[name]
        if name in REGISTRY:
            return FeelType.FUNCTION
        if not self._filters:
            self.unknown.append(UnknownName(node.span, name))
        return FeelType.ANY

    def _invocation(self, node: syntax.Invocation, types: _Types) -> FeelType:
        arguments = [self.of(argument, types) for argument in node.arguments]
        named = {name: self.of(argument, types) for name, argument in node.named}
        if not isinstance(node.function, syntax.Name):
            kind = self.of(node.function, types)
            if kind not in (*_OPEN, FeelType.FUNCTION, FeelType.LIST):
                return self._problem(node, f"{article(kind)} is no function")
            return FeelType.ANY
        name = node.function.name
        if name in CLOCK:
            return FeelType.DATE if name == "today" else FeelType.DATE_TIME
        if name not in BUILTIN_NAMES:
            return self._unknown_function(node, name, types)
        if is_plain(node):
            return self._temporal(node, node.arguments[0])
        result = invocation_problem(REGISTRY[name], arguments, named)
        if isinstance(result, FeelType):
            result = pattern_problem(node) or result
        return result if isinstance(result, FeelType) else self._problem(node, result)

    def _unknown_function(self, node: syntax.Invocation, name: str, types: _Types) -> FeelType:
        if name not in types:
            if not self._filters:
                self._problem(node.function, f"there is no function called `{name}`")
        elif types[name] not in (*_OPEN, FeelType.FUNCTION):
            self._problem(node.function, f"`{name}` is {article(types[name])}, no function")
        return FeelType.ANY

    def _temporal(self, node: Node, text: object) -> FeelType:
        try:
            value = plain_value(node)
        except FeelUnsupported as error:
            return self._problem(node, error.message)
        if value is None:
            written = text.value if isinstance(text, syntax.StringLiteral) else text
            return self._problem(
                node, f"`{written}` is no date, time or duration; write 2025-02-12, for example"
            )
        return type_of(value)

    def _boolean(self, node: Node, kind: FeelType, why: str) -> None:
        if kind not in (*_OPEN, FeelType.BOOLEAN):
            self._problem(node, f"{why}, but {article(kind)} is not one")

    def _compare(self, node: Node, operator: str, left: FeelType, right: FeelType) -> None:
        fits = comparable(left, right) if operator in ("=", "!=") else ordered(left, right)
        if fits:
            return
        if left is right:
            self._problem(node, f"{article(left)} is not greater or less than another")
        else:
            self._problem(node, f"{article(left)} cannot be compared with {article(right)}")

    def _tests(
        self,
        tests: Iterable[syntax.ComparisonTest | syntax.ValueTest],
        tested: FeelType,
        types: _Types,
        *,
        in_cell: bool = True,
    ) -> None:
        for test in tests:
            if isinstance(test, syntax.ComparisonTest):
                self._compare(test, test.operator, tested, self.of(test.operand, types))
            else:
                self._value_test(test.expression, tested, types, in_cell=in_cell)

    def _value_test(self, expression: Node, tested: FeelType, types: _Types, *, in_cell: bool) -> None:
        kind = self.of(expression, types)
        match expression:
            case syntax.Range(low, high) if tested is not FeelType.RANGE:
                for bound in (low, high):
                    bound_kind = FeelType.ANY if bound is None else self._quietly(bound, types)
                    if not ordered(tested, bound_kind):
                        message = f"{article(tested)} cannot lie in a range of {article(bound_kind)}"
                        self._problem(expression, message)
                        return
            case syntax.ListLiteral(items) if tested is not FeelType.LIST:
                for item in items:
                    if not isinstance(item, syntax.Range) and not comparable(
                        tested, self._quietly(item, types)
                    ):
                        message = f"{article(tested)} never equals {article(self._quietly(item, types))}"
                        self._problem(item, message)
            case _:
                condition = kind is FeelType.BOOLEAN and not isinstance(expression, syntax.BooleanLiteral)
                answers = condition and (in_cell or mentions_input(expression))
                if answers or kind in (FeelType.LIST, FeelType.RANGE) or comparable(tested, kind):
                    return
                self._problem(expression, f"{article(tested)} never equals {article(kind)}")

    def _quietly(self, node: Node, types: _Types) -> FeelType:
        """The node's type, its problems having been noted before."""
        return _Inferrer(self.input_type).of(node, types)


def _joined(kinds: Iterable[FeelType]) -> FeelType:
    """The type of a value that has one of the types."""
    distinct = {kind for kind in kinds if kind is not FeelType.NULL}
    return distinct.pop() if len(distinct) == 1 else FeelType.ANY
