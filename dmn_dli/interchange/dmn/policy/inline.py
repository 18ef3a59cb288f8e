"""A decision that invokes a function whose body is a decision table is that table, over what is passed."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from dmn_dli.feel import syntax
from dmn_dli.feel.binding import arguments_of, captures
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.syntax import Node
from dmn_dli.interchange.dmn.lowered import LoweredElement
from dmn_dli.interchange.dmn.lowered_model import LoweredModel
from dmn_dli.interchange.dmn.policy.closed import closed
from dmn_dli.interchange.dmn.policy.conversions import converted, holds_table, unwrapped
from dmn_dli.interchange.dmn.policy.trees import Meaning, in_policy


@frozen
class Inlined:
    """A decision's table: its tree over the names of the decision's scope, and the function it stands in."""

    tree: Node
    function: str


def inlined(element: LoweredElement, model: LoweredModel) -> Inlined | None:
    """The table of a decision that invokes a function; None where the decision's logic is anything else."""
    invocation, _ = unwrapped(element.tree)
    if not isinstance(invocation, syntax.Invocation):
        return None
    function = _called(invocation, element, model)
    if function is None or not isinstance(function.tree, syntax.FunctionDefinition) or function.tree.external:
        return None
    body = function.tree.body
    if not holds_table(body):
        return None
    arguments = _arguments(invocation, function, element, model)
    if arguments is None or captures(body, arguments):
        return None
    body = in_policy(closed(body, function.environment), _functions(function, model))
    body = in_policy(body, {(name,): Meaning(tree) for name, tree in arguments.items()})
    return Inlined(_wrapped(element.tree, body), function.name)


def _called(
    invocation: syntax.Invocation, element: LoweredElement, model: LoweredModel
) -> LoweredElement | None:
    path: tuple[str, ...] = ()
    match invocation.function:
        case syntax.Name(name):
            path = (name,)
        case syntax.Path(syntax.Name(name), member):
            path = (name, member)
    for reading in element.reads:
        if reading.path == path and model.elements[reading.name].kind == "function":
            return model.elements[reading.name]
    return None


def _arguments(
    invocation: syntax.Invocation, function: LoweredElement, element: LoweredElement, model: LoweredModel
) -> Mapping[str, Node] | None:
    """What each parameter is bound to, of the parameter's type; None where the call does not fit."""
    assert isinstance(function.tree, syntax.FunctionDefinition), "asked only of such"
    names = [parameter.name for parameter in function.tree.parameters]
    given = arguments_of(invocation, names)
    if given is None:
        return None
    types = function.shape.parameters or (ANY,) * len(names)
    return {
        name: _of_type(given[name], type_, element, model) for name, type_ in zip(names, types, strict=True)
    }


def _of_type(tree: Node, type_: ItemType, element: LoweredElement, model: LoweredModel) -> Node:
    """The argument, brought to the parameter's type where it may be of another."""
    while isinstance(tree, Conversion) and tree.type == type_:
        tree = tree.value
    if isinstance(tree, syntax.Name):
        for reading in element.reads:
            if reading.path == (tree.name,) and model.elements[reading.name].type == type_:
                return tree
    return converted(tree, (type_,))


def _functions(function: LoweredElement, model: LoweredModel) -> Mapping[tuple[str, ...], Meaning]:
    """What the function reads besides its parameters: functions alone."""
    parameters = {each.name for each in function.tree.parameters}  # type: ignore[attr-defined]
    return {
        reading.path: Meaning(syntax.Known(model.function(reading.name)))
        for reading in function.reads
        if reading.path[0] not in parameters
    }


def _wrapped(around: Node, body: Node) -> Node:
    """The body with the conversions that stand around the invocation."""
    return evolve(around, value=_wrapped(around.value, body)) if isinstance(around, Conversion) else body
