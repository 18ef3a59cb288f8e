"""Logic that only a model can hold, as FEEL that a cell can hold: tables and boxes become text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
from attrs import define, field

from dmn_dli.feel import FeelType, infer, is_constant, syntax
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.named_types import OWN_TYPES
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import free_names
from dmn_dli.interchange.dmn.to_workbook.inexpressible import Inexpressible
from dmn_dli.runtime.hit_policy import HitPolicy

_NULL = syntax.NullLiteral()
_RESULT = "result"


@define
class Plainer:
    """Makes trees plain.

    types: of the names of facts and decisions. lost: facts that the workbook does not have.

    held: the types to which facts and decisions are held.
    unknown: names in the whole that are neither of these nor bound.
    dropped: the titles of types to which a value is brought in the model, and is not in the workbook.
    missing: why null stands where the model has no value that could be read.
    first: whether a table that is unique or any became one in which the first rule counts.
    eased: whether a filter, some or every of a box became text, and a condition in it may be no boolean.
    """

    types: Mapping[str, FeelType]
    lost: frozenset[str] = frozenset()
    held: Mapping[str, ItemType] = field(factory=dict)
    dropped: dict[str, None] = field(factory=dict)
    first: bool = False
    eased: bool = False
    missing: dict[str, None] = field(factory=dict)
    unknown: frozenset[str] = frozenset()

    def whole(self, tree: Node) -> Node:
        """An expression, or unary tests, with a text in FEEL. Raises Inexpressible where there is none."""
        self.unknown = free_names(tree) - self.types.keys() - self.lost
        return self.plain(tree)

    def plain(self, tree: Node) -> Node:
        """A part of the whole."""
        match tree:
            case syntax.Name(name) if name in self.lost:
                raise Inexpressible(f'It reads "{name}", of a type that no fact of a workbook has.')
            case syntax.NoValue(reason):
                self.missing.setdefault(reason)
                return _NULL
            case Conversion(value, type_):
                return self._converted(self.plain(value), type_)
            case syntax.DecisionTable():
                return self._table(tree)
            case syntax.FunctionDefinition(external=True):
                raise Inexpressible("It calls a function in another language, and cells call none.")
            case syntax.Parameter(_, type_) if type_ is not None and not _known_type(type_):
                self.dropped.setdefault(type_.name)
                return attrs.evolve(tree, type=None)
            case syntax.InstanceOf(_, type_) if not _known_type(type_):
                raise Inexpressible(
                    f"It asks whether a value is of the type {type_.name}, which cells do not know."
                )
            case syntax.Filter(source, condition, strict):
                self._ease(condition, strict=strict)
                return syntax.Filter(self.plain(source), _of_items(self.plain(condition), self.unknown))
            case syntax.Path(syntax.ContextLiteral(entries), ""):
                return self._result(entries)
        changed: dict[str, Any] = {
            each.name: new
            for each in attrs.fields(type(tree))
            if (new := self._part(getattr(tree, each.name))) is not getattr(tree, each.name)
        }
        if isinstance(tree, syntax.Quantified) and tree.strict:
            self._ease(tree.condition, strict=True)
            changed["strict"] = False
        found: Node = attrs.evolve(tree, **changed) if changed else tree
        return found

    def _ease(self, condition: Node, *, strict: bool) -> None:
        """In a box what is no boolean makes the whole null; a text takes it for not true, or as an index."""
        if strict and infer(condition, {}).type is not FeelType.BOOLEAN:
            self.eased = True

    def _part(self, value: object) -> object:
        if isinstance(value, syntax.TypeName):
            return value
        if isinstance(value, Node):
            return self.plain(value)
        if isinstance(value, tuple):
            items = tuple(self._part(item) for item in value)
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        return value

    def _converted(self, value: Node, type_: ItemType) -> Node:
        """The value alone, where it is of the type anyway; else that it is not held to it is noted."""
        if isinstance(value, syntax.Name) and self.held.get(value.name) == type_:
            return value
        known = infer(value, self.types).type
        if type_.basic is FeelType.DATE_TIME and known is FeelType.DATE:
            midnight = syntax.TemporalLiteral("00:00:00Z")
            return syntax.Invocation(syntax.Name("date and time"), (value, midnight))
        # Of a list or a context the kind is all that is looked at here; its parts were converted themselves.
        free = type_.allowed is None and type_.constraint is None
        if not (free and type_.basic in (known, FeelType.ANY)) and known is not FeelType.NULL:
            self.dropped.setdefault(type_.title or type_.basic.value)
        return value

    def _result(self, entries: Sequence[tuple[str, Node]]) -> Node:
        """A context whose last entry is its value, which needs a name here."""
        taken = {key for key, _ in entries} | {name for _, entry in entries for name in free_names(entry)}
        name = _RESULT
        while name in taken:
            name += "_"
        named = tuple((key or name, self.plain(entry)) for key, entry in entries)
        return syntax.Path(syntax.ContextLiteral(named), name)

    def _table(self, table: syntax.DecisionTable) -> Node:
        """A table within an expression, as conditions within each other or a list of those that hold."""
        policy = HitPolicy(table.hit_policy)
        rules = list(table.rules)
        if policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER):
            rules = _by_priority(table)
        conditions = [self._condition(table.inputs, rule) for rule in rules]
        values = [self._value(table.outputs, rule.entries) for rule in rules]
        default: Node = _NULL
        if any(each.default is not None for each in table.outputs):
            default = self._value(table.outputs, [each.default or _NULL for each in table.outputs])
        if policy.gives_list or policy.own_values:
            return _listed(policy, conditions, values, default, has_default=default != _NULL)
        if policy in (HitPolicy.UNIQUE, HitPolicy.ANY) and len(rules) > 1:
            self.first = True
        found: Node = default
        for condition, value in zip(reversed(conditions), reversed(values), strict=True):
            found = value if condition is None else syntax.If(condition, value, found)
        return found

    def _condition(self, inputs: Sequence[syntax.TableInput], rule: syntax.TableRule) -> Node | None:
        """When a rule fires; None: always."""
        found: Node | None = None
        for clause, tests in zip(inputs, rule.tests, strict=True):
            if not tests.tests:
                continue
            made = _test(self.plain(clause.expression), tests, self)
            found = made if found is None else syntax.Conjunction(found, made)
        return found

    def _value(self, outputs: Sequence[syntax.TableOutput], entries: Sequence[Node]) -> Node:
        values = [self.plain(each) for each in entries]
        if len(outputs) == 1:
            return values[0]
        names = [each.name for each in outputs]
        if any(free_names(value) & set(names) for value in values):
            found: Node = syntax.ContextLiteral(())
            for name, value in zip(names, values, strict=True):
                arguments = (found, syntax.StringLiteral(name), value)
                found = syntax.Invocation(syntax.Name("context put"), arguments)
            return found
        return syntax.ContextLiteral(tuple(zip(names, values, strict=True)))


def _test(value: Node, tests: syntax.UnaryTests, plainer: Plainer) -> Node:
    match tests:
        case syntax.UnaryTests((syntax.ValueTest(syntax.BooleanLiteral(True)),), False):
            return syntax.Comparison("=", value, syntax.BooleanLiteral(value=True))
    positive = attrs.evolve(tests, negated=False)
    inner = plainer.plain(positive)
    assert isinstance(inner, syntax.UnaryTests)
    found: Node = syntax.In(value, inner)
    if tests.negated:
        found = syntax.Invocation(syntax.Name("not"), (found,))
    return found


def _listed(
    policy: HitPolicy,
    conditions: Sequence[Node | None],
    values: Sequence[Node],
    default: Node,
    *,
    has_default: bool,
) -> Node:
    """The values of the rules that fire, and what the hit policy makes of them."""
    empty = syntax.ListLiteral(())
    parts = [
        syntax.ListLiteral((value,))
        if condition is None
        else syntax.If(condition, syntax.ListLiteral((value,)), empty)
        for condition, value in zip(conditions, values, strict=True)
    ]
    every: Node = syntax.Invocation(syntax.Name("concatenate"), tuple(parts)) if parts else empty
    functions = {
        HitPolicy.COLLECT_SUM: "sum",
        HitPolicy.COLLECT_MIN: "min",
        HitPolicy.COLLECT_MAX: "max",
        HitPolicy.COLLECT_COUNT: "count",
    }
    of: Callable[[Node], Node] = lambda node: node  # noqa: E731 - one of two shapes
    if policy in functions:
        of = lambda node: syntax.Invocation(syntax.Name(functions[policy]), (node,))  # noqa: E731
    if not has_default:
        return of(every)
    name = "fired"
    none = syntax.Comparison("=", syntax.Name(name), empty)
    body = syntax.If(none, default, of(syntax.Name(name)))
    function = syntax.FunctionDefinition((syntax.Parameter(name),), body)
    return syntax.Invocation(function, (every,))


def _by_priority(table: syntax.DecisionTable) -> list[syntax.TableRule]:
    """The rules by the priority of their outputs, which must be known beforehand."""
    if any(not is_constant(entry) for rule in table.rules for entry in rule.entries):
        raise Inexpressible("A table within it orders results that are computed, and text in FEEL cannot.")
    orders = [each.values for each in table.outputs]

    def rank(rule: syntax.TableRule) -> tuple[int, ...]:
        return tuple(
            order.index(entry) if entry in order else len(order)
            for order, entry in zip(orders, rule.entries, strict=True)
        )

    return sorted(table.rules, key=rank)


def _of_items(condition: Node, unknown: frozenset[str]) -> Node:
    """A filter's condition; a name that nobody knows is a member of the item, which a cell must say."""
    item = syntax.Name("item")
    return with_nodes(condition, {name: syntax.Path(item, name) for name in unknown})


def _known_type(type_: syntax.TypeName) -> bool:
    """Whether FEEL itself has the type, and all that it is made of."""
    parts = (*type_.arguments, *(each for _, each in type_.fields), *([type_.result] if type_.result else []))
    return type_.name in OWN_TYPES and all(map(_known_type, parts))
