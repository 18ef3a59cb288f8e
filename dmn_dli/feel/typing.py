"""The static types of a tree's nodes (DMN 1.5, section 10.3.2.9), for the parser, the check and the compiler.

The parser asks for the members that a dot reaches, the check for what can never work, the compiler for
the signature of a function.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field, frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.builtins import BUILTIN_NAMES, CLOCK, REGISTRY
from dmn_dli.feel.constants import is_plain
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.environment import Environment
from dmn_dli.feel.errors import FeelUnsupported
from dmn_dli.feel.item_types import ANY, ItemType, as_item, entries_of, item_of, joined, list_of, of_kind
from dmn_dli.feel.literal_patterns import pattern_problem
from dmn_dli.feel.named_types import named_type
from dmn_dli.feel.operator_types import (
    arithmetic_type,
    article,
    invocation_problem,
    member_type,
    negatable,
    ordered,
    with_items,
)
from dmn_dli.feel.syntax import Node, Span
from dmn_dli.feel.type_checks import OPEN, Checks, Types
from dmn_dli.feel.value_types import FeelType, type_of
from dmn_dli.runtime.hit_policy import HitPolicy

_LITERAL_TYPES: dict[type[Node], ItemType] = {
    syntax.NumberLiteral: of_kind(FeelType.NUMBER),
    syntax.StringLiteral: of_kind(FeelType.STRING),
    syntax.BooleanLiteral: of_kind(FeelType.BOOLEAN),
    syntax.NullLiteral: of_kind(FeelType.NULL),
}
_BOOLEAN = of_kind(FeelType.BOOLEAN)


@frozen
class UnknownName:
    """A name that is no variable and no function in reach."""

    span: Span
    name: str


@define
class Typing(Checks):
    """The types of a tree's nodes, each worked out once, and what is wrong with them."""

    environment: Environment
    _variables: Mapping[str, FeelType] | Mapping[str, ItemType] = field(factory=dict)
    input_type: ItemType = ANY
    unknown: list[UnknownName] = field(factory=list)
    # How many maps of the scope lie outside the innermost filter; 0 outside of any.
    _outside: int = 0
    # The nodes are kept, so that no other can have the place in memory of one of them.
    _known: dict[int, tuple[Node, ItemType]] = field(factory=dict)

    def of(self, node: Node, bound: Sequence[Mapping[str, ItemType]] = ()) -> ItemType:
        """The type of the node's value; `bound` are the scopes around it inside the text, innermost first."""
        return self._of(node, ChainMap(*map(dict, bound), {}))

    def _of(self, node: Node, types: Types) -> ItemType:
        known = _LITERAL_TYPES.get(type(node))
        if known is not None:
            return known
        found = self._known.get(id(node))
        if found is not None:
            return found[1]
        type_ = self._worked_out(node, types)
        self._known[id(node)] = node, type_
        return type_

    def kind(self, node: Node, types: Types) -> FeelType:
        """The kind of the node's value."""
        return self._of(node, types).basic

    def _either(self, node: Node, result: FeelType | str) -> ItemType:
        """The type, or the problem that stands in its place."""
        return of_kind(result) if isinstance(result, FeelType) else self.problem(node, result)

    def _worked_out(self, node: Node, types: Types) -> ItemType:
        match node:
            case syntax.TemporalLiteral(text):
                return of_kind(self.temporal(node, text))
            case syntax.Name(name):
                return self._name(node, name, types)
            case syntax.Known(value):
                return of_kind(type_of(value))
            case syntax.InputValue():
                return self.input_type
            case syntax.Arithmetic(operator, left, right):
                result = arithmetic_type(operator, self.kind(left, types), self.kind(right, types))
                return self._either(node, result)
            case syntax.Negation(operand):
                type_ = self._of(operand, types)
                kind = type_.basic
                return type_ if negatable(kind) else self.problem(node, f"{article(kind)} has no negative")
            case syntax.Comparison(operator, left, right):
                self.compare(node, operator, self.kind(left, types), self.kind(right, types))
                return _BOOLEAN
            case syntax.Conjunction(left, right) | syntax.Disjunction(left, right):
                for part in (left, right):
                    self.boolean(part, self.kind(part, types), "`and` and `or` join conditions")
                return _BOOLEAN
            case syntax.Between(value, low, high):
                kind = self.kind(value, types)
                for bound in (low, high):
                    self.compare(bound, "<=", kind, self.kind(bound, types))
                return _BOOLEAN
            case syntax.If(condition, then, otherwise):
                self.boolean(condition, self.kind(condition, types), "`if` needs a condition")
                return joined((self._of(then, types), self._of(otherwise, types)))
            case syntax.UnaryTests(tests):
                self.tests(tests, self.input_type.basic, types)
                return _BOOLEAN
            case syntax.In(value, tests):
                outer, self.input_type = self.input_type, self._of(value, types)
                self.tests(tests.tests, self.input_type.basic, types, in_cell=False)
                self.input_type = outer
                return _BOOLEAN
        return self._structure(node, types)

    def _structure(self, node: Node, types: Types) -> ItemType:
        match node:
            case syntax.Range(low, high):
                bounds = [self._of(bound, types) for bound in (low, high) if bound is not None]
                kinds = [bound.basic for bound in bounds]
                if not node.operator and not ordered(kinds[0], kinds[-1]):
                    message = f"a range from {article(kinds[0])} to {article(kinds[-1])} holds nothing"
                    return self.problem(node, message)
                return ItemType(FeelType.RANGE, item=joined(bounds))
            case syntax.ListLiteral(items):
                return list_of(joined([self._of(item, types) for item in items]))
            case syntax.ContextLiteral(entries):
                inner: dict[str, ItemType] = {}
                scope = types.new_child(inner)
                for key, entry in entries:
                    inner[key] = self._of(entry, scope)
                return ItemType(FeelType.CONTEXT, fields=tuple(inner.items()))
            case syntax.Path(source, name):
                return self._member(node, self._of(source, types), name)
            case syntax.Filter(source, condition):
                return self._filter(self._of(source, types), condition, types)
            case syntax.InstanceOf(value):
                self._of(value, types)
                return _BOOLEAN
            case syntax.For(iterators, body):
                scope = self._iterators(iterators, types).new_child({"partial": of_kind(FeelType.LIST)})
                return list_of(self._of(body, scope))
            case syntax.Quantified(_, iterators, condition):
                scope = self._iterators(iterators, types)
                self.boolean(condition, self.kind(condition, scope), "`satisfies` needs a condition")
                return _BOOLEAN
            case syntax.FunctionDefinition(parameters, body):
                own = {parameter.name: self.named(parameter.type) for parameter in parameters}
                result = self._of(body, types.new_child(own))
                return ItemType(
                    FeelType.FUNCTION,
                    parameters=tuple(own.values()),
                    result=ANY if node.external else result,
                )
            case syntax.Invocation():
                return self._invocation(node, types)
            case syntax.DecisionTable():
                return self._table(node, types)
            case Conversion(value, item_type):
                self._of(value, types)
                return item_type
        return ANY

    def _table(self, node: syntax.DecisionTable, types: Types) -> ItemType:
        policy = HitPolicy(node.hit_policy)
        outer = self.input_type
        for place, clause in enumerate(node.inputs):
            tested = self._of(clause.expression, types)
            for tests in (clause.allowed, *(rule.tests[place] for rule in node.rules)):
                if tests is not None:
                    self.input_type = tested
                    self.tests(tests.tests, tested.basic, types)
                    self.input_type = outer
        entries = [[self._of(entry, types) for entry in rule.entries] for rule in node.rules]
        if all(output.default is not None for output in node.outputs):
            entries.append([self._of(each.default, types) for each in node.outputs if each.default])
        if policy.own_values:
            return of_kind(FeelType.NUMBER)
        columns = [joined(column) for column in zip(*entries, strict=True)]
        if len(columns) != 1:
            named = zip((output.name for output in node.outputs), columns, strict=True)
            answer = ItemType(FeelType.CONTEXT, fields=tuple(named) if columns else None)
        else:
            answer = columns[0]
        return list_of(answer) if policy.gives_list else answer

    def named(self, name: syntax.TypeName | None) -> ItemType:
        """What a parameter's type is; a name that means nothing is told by who compiles the text."""
        if name is None:
            return ANY
        try:
            return named_type(name, self.environment.types)
        except FeelUnsupported:
            return ANY

    def _member(self, node: Node, source: ItemType, name: str) -> ItemType:
        entries = entries_of(source)
        if name in entries:
            nested = source.basic is FeelType.LIST
            return list_of(entries[name]) if nested else entries[name]
        if source.basic is FeelType.CONTEXT and source.title and entries:
            message = f"`{source.title}` has no entry `{name}`; it has {', '.join(entries)}"
            return self.problem(node, message)
        if source.basic is FeelType.RANGE and name in ("start", "end"):
            return source.item or ANY
        return self._either(node, member_type(source.basic, name))

    def _filter(self, source: ItemType, condition: Node, types: Types) -> ItemType:
        item = item_of(source)
        outer, self._outside = self._outside, len(types.maps)
        kind = self.kind(condition, types.new_child({**entries_of(item), "item": item}))
        self._outside = outer
        if kind is FeelType.NUMBER:
            return item
        if kind in OPEN:
            entries = entries_of(item)
            return ItemType(fields=tuple(entries.items())) if entries else ANY
        return list_of(item)

    def _iterators(self, iterators: Iterable[syntax.Iterator], types: Types) -> Types:
        inner: dict[str, ItemType] = {}
        scope = types.new_child(inner)
        for iterator in iterators:
            source = self._of(iterator.source, scope)
            if iterator.until is not None:
                self._of(iterator.until, scope)
            inner[iterator.name] = source if iterator.until is not None else item_of(source)
        return scope

    def _name(self, node: Node, name: str, types: Types) -> ItemType:
        for place, scope in enumerate(types.maps):
            if name in scope:
                # Inside a filter an entry of the items may hide what is bound outside of it.
                return scope[name] if place < len(types.maps) - self._outside else ANY
        if name in self._variables:
            return ANY if self._outside else as_item(self._variables[name])
        if name in REGISTRY:
            return of_kind(FeelType.FUNCTION)
        if not self._outside:
            self.unknown.append(UnknownName(node.span, name))
        return ANY

    def _invocation(self, node: syntax.Invocation, types: Types) -> ItemType:
        arguments = [self._of(argument, types) for argument in node.arguments]
        named = {name: self._of(argument, types) for name, argument in node.named}
        if not isinstance(node.function, syntax.Name):
            return self._called(node, self._of(node.function, types), "this", arguments, named)
        name = node.function.name
        if name not in BUILTIN_NAMES or name in types or self.environment.hides(name):
            if name in types or name in self._variables:
                return self._called(node, self._name(node.function, name, types), name, arguments, named)
            if not self._outside:
                self.problem(node.function, f"there is no function called `{name}`")
            return ANY
        if name in CLOCK:
            return of_kind(FeelType.DATE if name == "today" else FeelType.DATE_TIME)
        if is_plain(node):
            return of_kind(self.temporal(node, node.arguments[0]))
        kinds = [argument.basic for argument in arguments]
        result = invocation_problem(
            REGISTRY[name], kinds, {key: argument.basic for key, argument in named.items()}
        )
        if isinstance(result, FeelType):
            result = pattern_problem(node) or result
        type_ = self._either(node, result)
        return with_items(name, type_, arguments or list(named.values()))

    def _called(
        self,
        node: syntax.Invocation,
        function: ItemType,
        name: str,
        arguments: Sequence[ItemType],
        named: Mapping[str, ItemType],
    ) -> ItemType:
        """What a function of the text or the model gives."""
        if function.basic not in (*OPEN, FeelType.FUNCTION, FeelType.LIST):
            kind = article(function.basic)
            if isinstance(node.function, syntax.Name):
                return self.problem(node.function, f"`{name}` is {kind}, no function")
            return self.problem(node, f"{kind} is no function")
        if function.parameters is not None:
            taken, given = len(function.parameters), len(arguments) or len(named)
            if taken != given:
                return self.problem(node, f"`{name}` takes another number of arguments: {taken}")
        return function.result or ANY
