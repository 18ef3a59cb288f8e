"""A model's input data as the facts of a dictionary, their item definitions' allowed values as domains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from dmn_dli.feel import FeelType, RangeValue, constant_value, is_constant, syntax
from dmn_dli.feel.item_types import ItemType
from dmn_dli.feel.unparse import unparse
from dmn_dli.interchange.dmn.policy.structures import Leaf, Part, leaves
from dmn_dli.interchange.dmn.whole_numbers import without_whole
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.facts import Fact, FactType
from dmn_dli.tables.constants import NotAnalysable, test_constants
from dmn_dli.tables.linked import AllowedValues

_TYPES = {
    FeelType.STRING: FactType.STRING,
    FeelType.NUMBER: FactType.NUMBER,
    FeelType.BOOLEAN: FactType.BOOLEAN,
    FeelType.DATE: FactType.DATE,
    FeelType.TIME: FactType.TIME,
    FeelType.DATE_TIME: FactType.DATE_TIME,
    FeelType.DAYS_DURATION: FactType.DAYS_DURATION,
    FeelType.YEARS_DURATION: FactType.YEARS_DURATION,
    FeelType.LIST: FactType.LIST,
    FeelType.CONTEXT: FactType.CONTEXT,
}

_ALLOWED_COLUMN = 4
"""Where the dictionary's sheet that an import writes has the allowed values."""


@frozen
class Input:
    """An input of the model: its name, its facts, and what people should know of it."""

    name: str
    part: Part
    description: str = ""
    question: str = ""


@frozen
class Facts:
    """The facts of a model, what each may be, and the types of their values as the model defines them."""

    facts: tuple[Fact, ...]
    allowed: Mapping[str, AllowedValues]
    types: Mapping[str, ItemType]


def facts_of(inputs: Iterable[Input], stated: Mapping[str, AllowedValues]) -> Facts:
    """The facts of all inputs, in their order.

    stated: what the tables that test a fact say of it, for those whose types state nothing.
    """
    facts: list[Fact] = []
    allowed: dict[str, AllowedValues] = {}
    types: dict[str, ItemType] = {}
    for each in inputs:
        for leaf in leaves(each.part):
            known = allowed_of(leaf.type) or stated.get(leaf.name)
            if known is not None:
                allowed[leaf.name] = known
            types[leaf.name] = leaf.type
            facts.append(_fact(each, leaf, known, len(facts) + 2))
    return Facts(tuple(facts), allowed, types)


def _fact(each: Input, leaf: Leaf, allowed: AllowedValues | None, row: int) -> Fact:
    nullable = allowed is not None and None in (allowed.values or ())
    return Fact(
        leaf.name,
        leaf.name,
        _fact_type(leaf.type),
        None if allowed is None else Cell(row, _ALLOWED_COLUMN, CellKind.TEXT, allowed.text),
        nullable=nullable,
        question=each.question,
        description=each.description,
        row=row,
    )


def _fact_type(type_: ItemType) -> FactType:
    whole, _ = without_whole(type_.allowed)
    return FactType.INTEGER if whole else _TYPES.get(type_.basic, FactType.ANY)


def allowed_of(type_: ItemType) -> AllowedValues | None:
    """What a type's allowed values and its constraint say of single values; None where that is not traceable.

    Cases are held to the whole of the type all the same, when they are read.
    """
    if type_.basic in (FeelType.LIST, FeelType.CONTEXT, FeelType.ANY):
        return None
    stated = [tests for tests in (without_whole(type_.allowed)[1], type_.constraint) if tests is not None]
    return as_allowed(stated[0]) if len(stated) == 1 else None


def as_allowed(tests: syntax.UnaryTests) -> AllowedValues | None:
    """Unary tests as allowed values; None where they do more than compare with constants."""
    try:
        test_constants(tests)
    except NotAnalysable:
        return None
    return AllowedValues(unparse(tests), tests, _listed(tests))


def _listed(tests: syntax.UnaryTests) -> tuple[object, ...] | None:
    if tests.negated or not tests.tests:
        return None
    values = []
    for test in tests.tests:
        if not isinstance(test, syntax.ValueTest) or not is_constant(test.expression):
            return None
        value = constant_value(test.expression)
        if isinstance(value, RangeValue | list | dict):
            return None
        values.append(value)
    return tuple(values)
