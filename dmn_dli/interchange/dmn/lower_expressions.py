"""Boxed expressions as FEEL trees (DMN 1.5, section 10.2): one function for each kind of box."""

from __future__ import annotations

from dmn_dli.feel import syntax
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import free_names
from dmn_dli.interchange.dmn import expressions as boxed
from dmn_dli.interchange.dmn.expressions import Expression
from dmn_dli.interchange.dmn.lower_scope import Scope, converted
from dmn_dli.interchange.dmn.lower_tables import lower_table
from dmn_dli.model.dmn_logic_codes import NOT_CALLED

_NOTHING = syntax.NullLiteral()
_TRUE = syntax.UnaryTests((syntax.ValueTest(syntax.BooleanLiteral(value=True)),))


def lower_expression(expression: Expression | None, scope: Scope, expected: ItemType = ANY) -> Node:
    """The FEEL tree of a decision's or function's logic; null where there is none.

    expected: the type of the variable that takes the value, which orders a table's outputs.
    """
    match expression:
        case None:
            return syntax.NoValue("there is no expression")
        case boxed.LiteralExpression():
            tree = scope.expression(expression)
        case boxed.DecisionTable():
            own = scope.types.of(expression.type_ref)
            tree = lower_table(expression, scope, own if own != ANY else expected)
        case boxed.Context():
            tree = _context(expression, scope)
        case boxed.Invocation():
            tree = _invocation(expression, scope)
        case boxed.FunctionDefinition():
            return lower_function(expression, scope)
        case boxed.ListExpression(_, items):
            tree = syntax.ListLiteral(tuple(lower_expression(item, scope) for item in items))
        case boxed.Relation():
            tree = _relation(expression, scope)
        case boxed.Conditional():
            tree = _conditional(expression, scope)
        case boxed.Filter():
            tree = _filter(expression, scope)
        case boxed.Iteration():
            tree = _iteration(expression, scope)
    return scope.as_type(tree, expression.type_ref)


def _context(context: boxed.Context, scope: Scope) -> Node:
    """Each entry sees those before it; an entry without a variable is the value of the whole."""
    entries: list[tuple[str, Node]] = []
    for entry in context.entries:
        variable = entry.variable
        if variable is None:
            result = lower_expression(entry.value, scope)
            return _result_of(entries, result)
        type_ = scope.types.of(variable.type_ref)
        tree = converted(lower_expression(entry.value, scope, type_), type_)
        entries.append((variable.name, tree))
        scope = scope.bind({variable.name: scope.type_of(tree)})
    return syntax.ContextLiteral(tuple(entries))


def _result_of(entries: list[tuple[str, Node]], result: Node) -> Node:
    """The value of the entry without a name, which sees all others: `{a: …, b: …, "": result}[""]`."""
    if not entries:
        return result
    return syntax.Path(syntax.ContextLiteral((*entries, ("", result))), "")


def _invocation(invocation: boxed.Invocation, scope: Scope) -> Node:
    function = lower_expression(invocation.called, scope)
    arguments = []
    for binding in invocation.bindings:
        type_ = scope.types.of(binding.parameter.type_ref)
        arguments.append(
            (binding.parameter.name, converted(lower_expression(binding.value, scope, type_), type_))
        )
    return syntax.Invocation(function, (), tuple(arguments))


def lower_function(
    function: boxed.FunctionDefinition, scope: Scope, result: ItemType = ANY
) -> syntax.FunctionDefinition:
    """A boxed function; result: the type that its value is brought to, instead of the one that it names."""
    parameters = tuple(
        syntax.Parameter(each.name, scope.type_name(each.type_ref)) for each in function.parameters
    )
    if function.kind != "FEEL":
        return _external(function, scope, parameters)
    inner = scope.bind({each.name: scope.types.of(each.type_ref) for each in function.parameters})
    own = scope.types.of(function.type_ref)
    if own.basic is FeelType.FUNCTION:
        own = own.result or ANY
    due = own if result == ANY else result
    return syntax.FunctionDefinition(parameters, converted(lower_expression(function.body, inner, due), due))


def _external(
    function: boxed.FunctionDefinition, scope: Scope, parameters: tuple[syntax.Parameter, ...]
) -> syntax.FunctionDefinition:
    """A function of another language: FEEL's own `external`, which looks where functions are registered."""
    if function.kind != "Java":
        message = f"a function of kind {function.kind} is not called"
        scope.report(NOT_CALLED, function, f"{message}; its value is null.")
        return syntax.FunctionDefinition(parameters, syntax.NoValue(message))
    described = lower_expression(function.body, scope)
    java = syntax.ContextLiteral((("java", described),))
    return syntax.FunctionDefinition(parameters, java, external=True)


def _relation(relation: boxed.Relation, scope: Scope) -> Node:
    names = [column.name for column in relation.columns]
    rows = []
    for row in relation.rows:
        cells = []
        for column, cell in zip(relation.columns, (*row.items, *[None] * len(names)), strict=False):
            type_ = scope.types.of(column.type_ref)
            cells.append(converted(lower_expression(cell, scope, type_), type_))
        rows.append(_row(names, tuple(cells)))
    return syntax.ListLiteral(tuple(rows))


def _row(names: list[str], cells: tuple[Node, ...]) -> Node:
    """A context whose entries do not see each other, as those of FEEL do."""
    if any(free_names(cell) & set(names) for cell in cells) and len(names) > 1:
        outputs = tuple(syntax.TableOutput(name) for name in names)
        return syntax.DecisionTable("F", (), outputs, (syntax.TableRule((), cells),))
    return syntax.ContextLiteral(tuple(zip(names, cells, strict=True)))


def _conditional(expression: boxed.Conditional, scope: Scope) -> Node:
    """As `if`, but what is neither a boolean nor null gives null: a table of two rules says so (10.2.1.8)."""
    condition = lower_expression(expression.condition, scope)
    then = lower_expression(expression.then, scope)
    otherwise = lower_expression(expression.otherwise, scope)
    false = syntax.ValueTest(syntax.BooleanLiteral(value=False))
    unknown = syntax.ValueTest(_NOTHING)
    rules = (
        syntax.TableRule((_TRUE,), (then,)),
        syntax.TableRule((syntax.UnaryTests((false, unknown)),), (otherwise,)),
    )
    return syntax.DecisionTable("U", (syntax.TableInput(condition),), (syntax.TableOutput(""),), rules)


def _filter(expression: boxed.Filter, scope: Scope) -> Node:
    source = lower_expression(expression.source, scope)
    of_list = scope.type_of(source)
    item = (of_list.item or ANY) if of_list.basic is FeelType.LIST else of_list
    inner = scope.bind({"item": item, **dict(item.fields or ())})
    return syntax.Filter(source, lower_expression(expression.match, inner), strict=True)


def _iteration(expression: boxed.Iteration, scope: Scope) -> Node:
    source = lower_expression(expression.source, scope)
    item = scope.type_of(source).item or ANY
    iterators = (syntax.Iterator(expression.variable, source),)
    bound = {expression.variable: item}
    if expression.kind == "for":
        bound["partial"] = ItemType(FeelType.LIST)
    body = lower_expression(expression.body, scope.bind(bound))
    if expression.kind == "for":
        return syntax.For(iterators, body)
    return syntax.Quantified("some" if expression.kind == "some" else "every", iterators, body, strict=True)
