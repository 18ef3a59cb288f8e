"""From the FEEL syntax tree to Python's: calls of `runtime`, or Python of the same meaning.

The Python expression uses these names and no others:
- `feel`: the `runtime` module;
- `scope`: the mapping from variable to value;
- `value`: what `?` stands for (unary tests alone);
- `passes`: whether a value passes unary tests (`conformity.Passes`);
- the names in `Translation.constants`, each a FEEL value, a type, the clock or foreign functions;
- names starting with `_`: variables bound in the expression itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from attrs import define, field, frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.budget import NODES_A_STEP, SHORT
from dmn_dli.feel.builtins import BUILTIN_NAMES, CLOCK, REGISTRY
from dmn_dli.feel.constants import is_plain, plain_value
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.environment import STRICT, Environment
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.named_constants import NamedConstants
from dmn_dli.feel.named_types import named_type
from dmn_dli.feel.python_nodes import (
    assigned,
    feel_call,
    is_exactly,
    lambda_of,
    located,
    name_of,
    tuple_of,
)
from dmn_dli.feel.scopes import Binding, Scope
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.table_calls import table_call
from dmn_dli.feel.text import to_feel
from dmn_dli.feel.typing import Typing
from dmn_dli.feel.unary_answers import COMPARISON, tests_answer
from dmn_dli.feel.value_types import FeelType
from dmn_dli.feel.walk import free_names, size

_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power"}


@frozen
class Translation:
    """A Python expression, and the constants that it names."""

    expression: ast.expr
    constants: Mapping[str, object]


def to_python(tree: Node, environment: Environment = STRICT) -> Translation:
    """The tree as a Python expression. Raises FeelUnsupported for what is refused."""
    translator = _Translator(tree, environment)
    return Translation(translator.of(tree, ()), translator.constants.values)


@define
class _Translator:
    root: Node
    environment: Environment
    constants: NamedConstants = field(factory=NamedConstants)
    _variables: int = 0
    _typing: Typing | None = None

    def of(self, node: Node, scope: Scope) -> ast.expr:
        """The node's value; it stands at the columns of the text, so that a null can say where it arose."""
        return located(self._of(node, scope), node.span.start, node.span.end)

    def _of(self, node: Node, scope: Scope) -> ast.expr:
        if is_plain(node) and not self._shadowed(node, scope):
            value = plain_value(node)
            if value is not None or isinstance(node, syntax.NullLiteral):
                return self.constants.feel_value(value)
        match node:
            case syntax.TemporalLiteral(text):
                message = f"{to_feel(text)} is no date, no time, no date and time, and no duration"
                return feel_call("no_value", ast.Constant(message))
            case syntax.NoValue(reason):
                return feel_call("no_value", ast.Constant(reason))
            case syntax.Arithmetic(operator, left, right):
                return feel_call(_ARITHMETIC[operator], self.of(left, scope), self.of(right, scope))
            case syntax.Comparison(operator, left, right):
                return feel_call(COMPARISON[operator], self.of(left, scope), self.of(right, scope))
            case syntax.Conjunction(left, right):
                return self._lazily("conjunction", left, right, scope)
            case syntax.Disjunction(left, right):
                return self._lazily("disjunction", left, right, scope)
            case syntax.Negation(operand):
                return feel_call("negate", self.of(operand, scope))
            case syntax.Between(value, low, high):
                return feel_call("between", *(self.of(part, scope) for part in (value, low, high)))
            case syntax.In(value, tests):
                variable = self._variable("value")
                inner = (*scope, Binding("?", variable))
                body = tests_answer(tests, name_of(variable), inner, self.of, self._hidden, in_cell=False)
                return ast.Call(lambda_of([variable], body), [self.of(value, scope)], [])
            case syntax.If(condition, then, otherwise):
                return ast.IfExp(
                    is_exactly(self.of(condition, scope), constant=True),
                    self.of(then, scope),
                    self.of(otherwise, scope),
                )
            case syntax.InstanceOf(value, type_name):
                return feel_call("instance_of", self.of(value, scope), self._type(type_name))
            case syntax.ListLiteral(items):
                written = ast.List([self.of(item, scope) for item in items], ast.Load())
                # What is short is made at the expense of the turn or the call in which it is made.
                return feel_call("listed", written) if len(items) > SHORT else written
            case syntax.Path(source, name):
                return feel_call("path", self.of(source, scope), ast.Constant(name))
            case syntax.Name(name):
                return self._variable_named(name, scope)
            case syntax.Known(value):
                return self.constants.named("known", value)
            case syntax.InputValue():
                return self._input(scope)
            case syntax.UnaryTests():
                in_cell = not any(binding.name == "?" for binding in scope)
                return tests_answer(node, self._input(scope), scope, self.of, self._hidden, in_cell=in_cell)
        return self._binding_construct(node, scope)

    def _binding_construct(self, node: Node, scope: Scope) -> ast.expr:
        match node:
            case syntax.Range():
                return self._range(node, scope)
            case syntax.ContextLiteral(entries):
                return self._context(entries, scope)
            case syntax.Filter(source, condition, strict):
                variable = self._variable("item")
                inner = (*scope, Binding(None, variable))
                return feel_call(
                    "filtered_strictly" if strict else "filtered",
                    self.of(source, scope),
                    lambda_of([variable], self._repeated(condition, inner)),
                )
            case syntax.For(iterators, body):
                if "partial" in free_names(body):
                    return self._iteration("for_each_with_partial", iterators, body, scope, ("partial",))
                return self._iteration("for_each", iterators, body, scope, ())
            case syntax.Quantified(quantifier, iterators, condition, strict):
                kind = f"{quantifier}_strictly" if strict else quantifier
                return self._iteration(kind, iterators, condition, scope, ())
            case syntax.FunctionDefinition():
                return self._function(node, scope)
            case syntax.Invocation():
                return self._invocation(node, scope)
            case syntax.DecisionTable():
                return table_call(node, scope, self.of, self._hidden, self._variable)
            case Conversion(value, item_type):
                return feel_call(
                    "coerced",
                    self.of(value, scope),
                    self.constants.named("type", item_type),
                    name_of("passes"),
                )
        raise FeelUnsupported("this test cannot stand here; it belongs into an input cell", node.span)

    def _variable(self, name: str) -> str:
        self._variables += 1
        return f"_{re.sub(r'[^0-9A-Za-z]+', '_', name)}_{self._variables}"

    def _variable_named(self, name: str, scope: Scope) -> ast.expr:
        for depth in range(len(scope) - 1, -1, -1):
            binding = scope[depth]
            if binding.name == name:
                return name_of(binding.variable)
            if binding.name is None:
                variable = name_of(binding.variable)
                outside = variable if name == "item" else self._variable_named(name, scope[:depth])
                return feel_call("member", name_of(binding.variable), ast.Constant(name), outside)
        if name in CLOCK and not self.environment.hides(name):
            return self._clock(name)
        if name in REGISTRY and not self.environment.hides(name):
            return feel_call("function_named", name_of("scope"), ast.Constant(name))
        return ast.Call(ast.Attribute(name_of("scope"), "get", ast.Load()), [ast.Constant(name)], [])

    def _input(self, scope: Scope) -> ast.expr:
        bound = [binding.variable for binding in scope if binding.name == "?"]
        return name_of(bound[-1] if bound else "value")

    def _shadowed(self, node: Node, scope: Scope) -> bool:
        match node:
            case syntax.Invocation(syntax.Name(name)):
                return self._hidden(name, scope)
            case syntax.Range(low, high):
                return any(self._shadowed(bound, scope) for bound in (low, high) if bound is not None)
        return False

    def _hidden(self, name: str, scope: Scope) -> bool:
        """Whether a variable has the name of a built-in."""
        return self.environment.hides(name) or any(binding.name == name for binding in scope)

    def _lazily(self, join: str, left: Node, right: Node, scope: Scope) -> ast.expr:
        """The second operand is left out where the first decides, so that functions may call themselves."""
        decides = join == "disjunction"
        variable = self._variable("left")
        first = is_exactly(assigned(variable, self.of(left, scope)), constant=decides)
        return ast.IfExp(
            first, ast.Constant(decides), feel_call(join, name_of(variable), self.of(right, scope))
        )

    def _range(self, node: syntax.Range, scope: Scope) -> ast.expr:
        if node.operator and node.low is not None:
            return feel_call("operator_range", self.of(node.low, scope), ast.Constant(node.operator))
        closed = (ast.Constant(node.low_closed), ast.Constant(node.high_closed))
        low, high = (
            ast.Constant(None) if bound is None else self.of(bound, scope) for bound in (node.low, node.high)
        )
        maker = "open_range" if node.low is None or node.high is None else "range_value"
        return feel_call(maker, low, high, *closed)

    def _context(self, entries: tuple[tuple[str, Node], ...], scope: Scope) -> ast.expr:
        parts: list[ast.expr] = []
        variables: list[str] = []
        for key, entry in entries:
            body = lambda_of(list(variables), self.of(entry, scope))
            parts.append(tuple_of([ast.Constant(key), body]))
            variables.append(self._variable(key))
            scope = (*scope, Binding(key, variables[-1]))
        return feel_call("context", tuple_of(parts))

    def _iteration(
        self,
        kind: str,
        iterators: tuple[syntax.Iterator, ...],
        body: Node,
        scope: Scope,
        also: tuple[str, ...],
    ) -> ast.expr:
        sources: list[ast.expr] = []
        variables: list[str] = []
        for iterator in iterators:
            source = self.of(iterator.source, scope)
            if iterator.until is not None:
                source = feel_call("counted", source, self.of(iterator.until, scope))
            sources.append(lambda_of(list(variables), source))
            variables.append(self._variable(iterator.name))
            scope = (*scope, Binding(iterator.name, variables[-1]))
        for name in also:
            variables.append(self._variable(name))
            scope = (*scope, Binding(name, variables[-1]))
        return feel_call(kind, tuple_of(sources), lambda_of(variables, self._repeated(body, scope)))

    def _repeated(self, node: Node, scope: Scope) -> ast.expr:
        """What is worked out at each turn or call: what it takes hangs on how much is written there."""
        value = self.of(node, scope)
        steps = size(node) // NODES_A_STEP
        return feel_call("weighed", ast.Constant(steps), value) if steps else value

    def _type(self, type_name: syntax.TypeName) -> ast.expr:
        return self.constants.named("type", named_type(type_name, self.environment.types))

    def _function(self, node: syntax.FunctionDefinition, scope: Scope) -> ast.expr:
        variables: list[str] = []
        inner = scope
        for parameter in node.parameters:
            if parameter.type is not None:
                named_type(parameter.type, self.environment.types)
            variables.append(self._variable(parameter.name))
            inner = (*inner, Binding(parameter.name, variables[-1]))
        body: ast.expr
        if not node.external:
            body = lambda_of(variables, self._repeated(node.body, inner))
        elif self.environment.foreign is None:
            raise FeelUnsupported("functions in other languages (`external`) are not called here", node.span)
        else:
            foreign = self.constants.named("foreign", self.environment.foreign)
            body = feel_call("external", foreign, self.of(node.body, scope))
        names = tuple_of([ast.Constant(parameter.name) for parameter in node.parameters])
        signature = self.constants.named("type", self._signature(node))
        return feel_call("function", names, signature, body, name_of("passes"))

    def _signature(self, node: syntax.FunctionDefinition) -> ItemType:
        """The function's type, its result's as far as that is known without any values."""
        if self._typing is None:
            self._typing = Typing(self.environment, self.environment.all_variables)
            self._typing.of(self.root)
        return self._typing.of(node)

    def _invocation(self, node: syntax.Invocation, scope: Scope) -> ast.expr:
        name = node.function.name if isinstance(node.function, syntax.Name) else ""
        if name in BUILTIN_NAMES and not self._hidden(name, scope):
            return self._builtin(name, node, scope)
        function = self.of(node.function, scope)
        if node.named:
            names = tuple_of([ast.Constant(name) for name, _ in node.named])
            return feel_call(
                "invoke_named", function, names, *(self.of(value, scope) for _, value in node.named)
            )
        return feel_call("invoke", function, *(self.of(argument, scope) for argument in node.arguments))

    def _builtin(self, name: str, node: syntax.Invocation, scope: Scope) -> ast.expr:
        if name in CLOCK and not node.arguments and not node.named:
            return self._now(name, node.span)
        if name in CLOCK:
            return ast.Constant(None)
        if node.named:
            names = tuple_of([ast.Constant(given) for given, _ in node.named])
            values = [self.of(value, scope) for _, value in node.named]
            return feel_call("call_named", ast.Constant(name), names, *values)
        arguments = [self.of(argument, scope) for argument in node.arguments]
        if name == "not" and len(arguments) == 1:
            return feel_call("negation", *arguments)
        return feel_call("call", ast.Constant(name), *arguments)

    def _clock(self, name: str) -> ast.expr:
        """`now` or `today` as a value."""
        body = lambda_of([], self._now(name, syntax.NOWHERE))
        signature = self.constants.named("type", ItemType(FeelType.FUNCTION, parameters=()))
        return feel_call("function", tuple_of([]), signature, body, name_of("passes"))

    def _now(self, name: str, span: syntax.Span) -> ast.expr:
        """`now()`, or the day of it."""
        if self.environment.clock is None:
            raise FeelUnsupported(
                f"`{name}()` reads the clock, but the same facts must always get the same answer; "
                "use a date fact",
                span,
            )
        moment = feel_call(
            "from_python", ast.Call(self.constants.named("clock", self.environment.clock), [], [])
        )
        return moment if name == "now" else feel_call("call", ast.Constant("date"), moment)
