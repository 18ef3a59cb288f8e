"""The type of a tree's value as far as it can be told without working anything out.

It is what the names behind a dot are read by, in the expressions of those that read the value.
"""

from __future__ import annotations

from dmn_dli.feel import syntax
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.environment import Environment
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.syntax import Node
from dmn_dli.runtime.hit_policy import HitPolicy

_LITERALS: dict[type[Node], FeelType] = {
    syntax.NumberLiteral: FeelType.NUMBER,
    syntax.StringLiteral: FeelType.STRING,
    syntax.BooleanLiteral: FeelType.BOOLEAN,
    syntax.Comparison: FeelType.BOOLEAN,
    syntax.Conjunction: FeelType.BOOLEAN,
    syntax.Disjunction: FeelType.BOOLEAN,
    syntax.Quantified: FeelType.BOOLEAN,
}


def shape_of(tree: Node, environment: Environment) -> ItemType:
    """The type of the tree's value; ANY where it is open."""
    match tree:
        case Conversion(value, type_):
            return type_ if type_.basic is not FeelType.ANY else shape_of(value, environment)
        case syntax.Name(name):
            return environment.type_of(name) or ANY
        case syntax.ContextLiteral(entries):
            return _context(entries, environment)
        case syntax.ListLiteral(items):
            return ItemType(FeelType.LIST, item=shape_of(items[0], environment) if items else None)
        case syntax.For(iterators, body):
            bound = {each.name: shape_of(each.source, environment).item or ANY for each in iterators}
            return ItemType(FeelType.LIST, item=shape_of(body, environment.bind(bound)))
        case syntax.Path(source, name):
            return _member(shape_of(source, environment), name)
        case syntax.Filter(source, condition):
            return _filtered(shape_of(source, environment), condition)
        case syntax.If(_, then, otherwise):
            first, second = shape_of(then, environment), shape_of(otherwise, environment)
            return second if first == ANY or isinstance(then, syntax.NullLiteral) else first
        case syntax.FunctionDefinition(parameters, body):
            inner = environment.bind({each.name: ANY for each in parameters})
            return ItemType(FeelType.FUNCTION, result=shape_of(body, inner))
        case syntax.Invocation(function):
            return shape_of(function, environment).result or ANY
        case syntax.DecisionTable():
            return _table(tree, environment)
    return ItemType(_LITERALS.get(type(tree), FeelType.ANY))


def _context(entries: tuple[tuple[str, Node], ...], environment: Environment) -> ItemType:
    fields: dict[str, ItemType] = {}
    for name, entry in entries:
        fields[name] = shape_of(entry, environment)
        environment = environment.bind({name: fields[name]})
    return ItemType(FeelType.CONTEXT, fields=tuple(fields.items()))


def _member(source: ItemType, name: str) -> ItemType:
    if source.basic is FeelType.LIST:
        return ItemType(FeelType.LIST, item=_member(source.item or ANY, name))
    return dict(source.fields or ()).get(name, ANY)


def _filtered(source: ItemType, condition: Node) -> ItemType:
    if source.basic is not FeelType.LIST:
        return source
    return (source.item or ANY) if isinstance(condition, syntax.NumberLiteral) else source


def _table(table: syntax.DecisionTable, environment: Environment) -> ItemType:
    policy = HitPolicy(table.hit_policy)
    if policy.own_values:
        return ItemType(FeelType.NUMBER)
    columns = []
    for place, _ in enumerate(table.outputs):
        given = (shape_of(rule.entries[place], environment) for rule in table.rules)
        columns.append(next((each for each in given if each != ANY), ANY))
    one = (
        columns[0]
        if len(columns) == 1
        else ItemType(
            FeelType.CONTEXT,
            fields=tuple(zip((output.name for output in table.outputs), columns, strict=True)),
        )
    )
    return ItemType(FeelType.LIST, item=one) if policy.gives_list else one
