"""Static types: what can never work is found before any case runs (DMN 1.5, sections 10.3.2.9 and 10.3.2.15).

A construct is a problem only where it is null for certain, whatever the
values; wherever a type is open (`FeelType.ANY`), nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from dmn_dli.feel.environment import STRICT, Environment
from dmn_dli.feel.fresh_stack import deep
from dmn_dli.feel.item_types import ANY, ItemType, as_item
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.type_checks import TypeProblem
from dmn_dli.feel.typing import Typing, UnknownName
from dmn_dli.feel.value_types import FeelType

__all__ = ["Inference", "TypeProblem", "UnknownName", "infer"]


@frozen
class Inference:
    """The type of a tree's value (`ANY` where it is open), and what was found on the way, in text order."""

    item_type: ItemType
    problems: tuple[TypeProblem, ...] = ()
    unknown_names: tuple[UnknownName, ...] = ()

    @property
    def type(self) -> FeelType:
        """The kind of the value."""
        return self.item_type.basic


def infer(
    tree: Node,
    types: Mapping[str, FeelType] | Mapping[str, ItemType] | None = None,
    input_type: FeelType | ItemType | None = None,
    environment: Environment = STRICT,
) -> Inference:
    """The static types of a tree.

    types: the type of each variable in scope; None for those of the environment. input_type: the type of
    `?`, for unary tests; None where it is the environment's, or not known.
    """
    try:
        return _inferred(tree, types, input_type, environment)
    except RecursionError:
        message = "this is nested too deeply; split it into several decisions"
        return Inference(ANY, (TypeProblem(tree.span, message),))


@deep
def _inferred(
    tree: Node,
    types: Mapping[str, FeelType] | Mapping[str, ItemType] | None,
    input_type: FeelType | ItemType | None,
    environment: Environment,
) -> Inference:
    input_ = environment.type_of("?") if input_type is None else as_item(input_type)
    typing = Typing(environment, environment.all_variables if types is None else types, input_ or ANY)
    type_ = typing.of(tree)
    problems = sorted(typing.problems, key=lambda problem: problem.span.start)
    unknown = sorted(typing.unknown, key=lambda name: name.span.start)
    return Inference(type_, tuple(problems), tuple(unknown))
