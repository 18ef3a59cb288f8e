"""What the tables of a model say of its facts: types that an input lacks, and the values that may arrive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from dmn_dli.feel import FeelType, children, syntax
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.item_types import ItemType
from dmn_dli.interchange.dmn.policy.facts import as_allowed
from dmn_dli.interchange.dmn.policy.structures import Leaf, Part, Structure, leaves
from dmn_dli.tables.linked import AllowedValues


def typed(part: Part, trees: Iterable[syntax.Node]) -> Part:
    """An input's facts; one without a type has that of the clauses which test it, where they name the same.

    trees: of the decisions, over the names of facts.
    """
    open_facts = {leaf.name for leaf in leaves(part) if leaf.type.basic is FeelType.ANY}
    if not open_facts:
        return part
    found: dict[str, list[ItemType]] = {}
    for clause in _clauses(trees):
        match clause.expression:
            case Conversion(syntax.Name(name), type_) if name in open_facts:
                found.setdefault(name, []).append(type_)
            case syntax.Name(name) if name in open_facts:
                found.setdefault(name, [])
    agreed = {
        name: types[0] for name, types in found.items() if types and types.count(types[0]) == len(types)
    }
    return _with_types(part, agreed)


def _with_types(part: Part, types: Mapping[str, ItemType]) -> Part:
    if isinstance(part, Leaf):
        return evolve(part, type=types.get(part.name, part.type))
    return Structure(part.name, {name: _with_types(each, types) for name, each in part.parts.items()})


def stated_values(trees: Iterable[syntax.Node]) -> Mapping[str, AllowedValues]:
    """What the clauses that test a fact state of the values that may arrive, where all state the same.

    Where an item definition states nothing, a table's input values are all that says what a fact may be.
    """
    found: dict[str, list[AllowedValues | None]] = {}
    for clause in _clauses(trees):
        tree = clause.expression
        inner = tree.value if isinstance(tree, Conversion) else tree
        if isinstance(inner, syntax.Name):
            stated = None if clause.allowed is None else as_allowed(clause.allowed)
            found.setdefault(inner.name, []).append(stated)
    return {
        name: values[0]
        for name, values in found.items()
        if values[0] is not None and all(_same(each, values[0]) for each in values)
    }


def _same(first: AllowedValues | None, second: AllowedValues) -> bool:
    if first is None:
        return False
    if first.values is None or second.values is None:
        return first.tests == second.tests
    return set(first.values) == set(second.values)


def _clauses(trees: Iterable[syntax.Node]) -> Iterator[syntax.TableInput]:
    """The input clauses of all tables, those inside other logic among them."""
    for tree in trees:
        if isinstance(tree, syntax.TableInput):
            yield tree
        yield from _clauses(children(tree))
