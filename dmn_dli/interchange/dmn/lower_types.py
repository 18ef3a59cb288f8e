"""Item definitions as types (DMN 1.5, section 7.3.2): collections, components, functions, constraints."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, evolve, field

from dmn_dli.feel.environment import Environment
from dmn_dli.feel.errors import FeelSyntaxError
from dmn_dli.feel.item_types import ANY, ItemType
from dmn_dli.feel.kinds import FeelType
from dmn_dli.feel.parser import parse_unary_tests
from dmn_dli.feel.syntax import Conjunction, In, InputValue, UnaryTests, ValueTest
from dmn_dli.interchange.dmn.expressions import Texts
from dmn_dli.interchange.dmn.lower_reporter import Reporter
from dmn_dli.interchange.dmn.model import Definitions, ItemDefinition
from dmn_dli.interchange.dmn.names import TYPE_REFS
from dmn_dli.model.dmn_logic_codes import MODEL_SYNTAX, TYPE_CIRCLE

_OWN = {name: ItemType(kind) for name, kind in TYPE_REFS.items()}

MOST_DEEP = 60
"""How many item definitions may be built on each other: making a type calls itself for each."""

_STRICT = Environment.model({}, {})


@define
class Types:
    """The types that one model knows by name.

    imports: the types of the models that it imports, by the import's name.
    """

    definitions: Definitions
    imports: Mapping[str, Types]
    reporter: Reporter
    _made: dict[str, ItemType] = field(factory=dict)
    _under_way: list[str] = field(factory=list)
    _by_name: dict[str, ItemDefinition] = field(factory=dict)

    def of(self, reference: str | None) -> ItemType:
        """The type of that name; ANY where nothing is said or no such type is known."""
        if not reference:
            return ANY
        own = _OWN.get(reference)
        if own is not None:
            return own
        if reference in self._made:
            return self._made[reference]
        definition = self._definition(reference)
        if definition is not None:
            return self._named(definition)
        for name, types in self.imports.items():
            if name and reference.startswith(f"{name}."):
                return types.of(reference.removeprefix(f"{name}."))
            if not name and types.knows(reference):
                return types.of(reference)
        return ANY

    def knows(self, reference: str) -> bool:
        """Whether the model itself defines a type of that name."""
        return self._definition(reference) is not None

    def named(self) -> dict[str, ItemType]:
        """Every type that an expression of the model may name, those of imported models as `import.name`."""
        found = self.own()
        for name, types in self.imports.items():
            for inner, type_ in types.own().items():
                found.setdefault(f"{name}.{inner}" if name else inner, type_)
        return found

    def own(self) -> dict[str, ItemType]:
        """The types that the model itself defines."""
        return {each.name: self.of(each.name) for each in self.definitions.item_definitions}

    def _definition(self, name: str) -> ItemDefinition | None:
        if not self._by_name:
            self._by_name = {each.name: each for each in reversed(self.definitions.item_definitions)}
        return self._by_name.get(name)

    def _named(self, definition: ItemDefinition) -> ItemType:
        if definition.name in self._under_way:
            circle = [*self._under_way[self._under_way.index(definition.name) :], definition.name]
            self.reporter.report(
                TYPE_CIRCLE,
                definition,
                f'item definition "{definition.name}"',
                f"it is defined by itself: {' -> '.join(circle)}; its values are not checked.",
            )
            return ANY
        if len(self._under_way) >= MOST_DEEP:
            where, said = (
                f'item definition "{definition.name}"',
                f"{MOST_DEEP} others are built on it in turn",
            )
            self.reporter.report(TYPE_CIRCLE, definition, where, f"{said}; its values are not checked.")
            return ANY
        self._under_way.append(definition.name)
        try:
            made = self._of_definition(definition)
        finally:
            self._under_way.pop()
        self._made[definition.name] = made
        return made

    def _of_definition(self, definition: ItemDefinition) -> ItemType:
        where = f'item definition "{definition.name}"'
        title = definition.name
        if definition.components:
            fields = tuple((part.name, self._of_definition(part)) for part in definition.components)
            base = ItemType(FeelType.CONTEXT, fields=fields, title=title)
        elif definition.function is not None:
            base = ItemType(
                FeelType.FUNCTION,
                parameters=tuple(self.of(each.type_ref) for each in definition.function.parameters),
                result=self.of(definition.function.output_type_ref),
                title=title,
            )
        else:
            base = evolve(self.of(definition.type_ref), title=title)
        allowed = self._tests(definition.allowed, where)
        constraint = self._tests(definition.constraint, where)
        if allowed is not None:
            base = evolve(base, allowed=_both(base.allowed, allowed))
        if definition.is_collection:
            base = ItemType(FeelType.LIST, item=base, title=title)
        if constraint is not None:
            base = evolve(base, constraint=_both(base.constraint, constraint))
        return base

    def _tests(self, texts: Texts | None, where: str) -> UnaryTests | None:
        if texts is None or not texts.text.strip():
            return None
        try:
            tree = parse_unary_tests(texts.text, _STRICT).tree
        except FeelSyntaxError as error:
            self.reporter.report(
                MODEL_SYNTAX, texts, where, f"the allowed values `{texts.text.strip()}`: {error.message}."
            )
            return None
        return tree if isinstance(tree, UnaryTests) and tree.tests else None


def _both(first: UnaryTests | None, second: UnaryTests) -> UnaryTests:
    """What passes both: a type that is built on another one keeps that one's constraint."""
    if first is None or first == second:
        return second
    value = InputValue()
    return UnaryTests((ValueTest(Conjunction(In(value, first), In(value, second))),))
