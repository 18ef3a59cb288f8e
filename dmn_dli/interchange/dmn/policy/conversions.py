"""What a variable's type does to a table's value, done to the table's outputs: so that they stay in sight."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TypeAlias

from dmn_dli.feel import FeelType, FeelUnsupported, constant_value, free_names, is_constant, syntax
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import Computed, Constant, Entry

Types: TypeAlias = tuple[ItemType, ...]
"""Types to which a value is brought, one after the other."""


def converted(tree: syntax.Node, types: Types) -> syntax.Node:
    """The tree, its value brought to these types in turn."""
    for type_ in types:
        if type_ != ANY and not (isinstance(tree, Conversion) and tree.type == type_):
            tree = Conversion(tree, type_)
    return tree


def unwrapped(tree: syntax.Node) -> tuple[syntax.Node, Types]:
    """A decision's logic without the conversions around it, and the types that these bring its value to."""
    types: list[ItemType] = []
    while isinstance(tree, Conversion):
        if tree.type not in types:
            types.insert(0, tree.type)
        tree = tree.value
    return tree, tuple(types)


def holds_table(tree: syntax.Node) -> bool:
    """Whether a tree is a decision table, with or without conversions around it."""
    return isinstance(unwrapped(tree)[0], syntax.DecisionTable)


def output_types(hit_policy: HitPolicy, names: Sequence[str], due: Types) -> tuple[Types, ...] | None:
    """For each output the types of its entries that make the table's value be of the types that are due.

    None where that cannot be had: where a type asks something of the value as a whole.
    """
    found: list[list[ItemType]] = [[] for _ in names]
    for type_ in due:
        pushed = _pushed(hit_policy, names, type_)
        if pushed is None:
            return None
        for types, each in zip(found, pushed, strict=True):
            if each != ANY:
                types.append(each)
    return tuple(tuple(types) for types in found)


def _pushed(hit_policy: HitPolicy, names: Sequence[str], type_: ItemType) -> Sequence[ItemType] | None:
    nothing = [ANY] * len(names)
    if type_.basic is FeelType.ANY and type_.constraint is None and type_.allowed is None:
        return nothing
    if hit_policy.own_values:
        bare = type_.basic is FeelType.NUMBER and type_.constraint is None and type_.allowed is None
        return nothing if bare else None
    if hit_policy.gives_list:
        if type_.basic is not FeelType.LIST or type_.constraint is not None or type_.allowed is not None:
            return None
        type_ = type_.item or ANY
    if len(names) == 1:
        return [type_]
    if type_ == ANY:
        return nothing
    fields = dict(type_.fields or ())
    whole = type_.basic is FeelType.CONTEXT and type_.constraint is None and type_.allowed is None
    return [fields.get(name, ANY) for name in names] if whole and fields.keys() <= set(names) else None


def names_read(tree: syntax.Node, known: Container[str]) -> frozenset[str]:
    """The facts and decisions that a tree may read."""
    return frozenset(name for name in free_names(tree) if name in known)


def entry_of(tree: syntax.Node, known: Container[str]) -> Entry:
    """An output entry: its value where that is settled, else the tree that computes it.

    known: the names of facts and decisions; what else a filter names is an entry of its items.
    """
    if is_constant(tree):
        try:
            return Constant(constant_value(tree))
        except FeelUnsupported:
            pass  # it takes more work than one cell may: the case at hand will say so
    return Computed(tree, names_read(tree, known))
