"""What a model's elements refer to: ids that are there once, hrefs and types that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields, has

from dmn_dli.interchange.dmn.cursor import Told
from dmn_dli.interchange.dmn.expressions import Element, Place
from dmn_dli.interchange.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    Definitions,
    ItemDefinition,
    KnowledgeSource,
)
from dmn_dli.interchange.dmn.names import TYPE_REFS
from dmn_dli.model.dmn_codes import DANGLING, DUPLICATE_ID, DUPLICATE_NAME, UNKNOWN_TYPE


def elements(node: object) -> Iterator[Element]:
    """All elements within a model or a part of it, in the order of its classes; the model itself first."""
    if isinstance(node, Element):
        yield node
    if isinstance(node, tuple):
        for each in node:
            yield from elements(each)
    elif has(kind := type(node)):
        for name in (each.name for each in fields(kind)):
            value = getattr(node, name)
            if value.__class__ not in (str, bool, float, int) and name not in ("extensions", "place"):
                yield from elements(value)


def own_id(definitions: Definitions, href: str) -> str | None:
    """The id that an href names in the model itself (`#id`, `namespace#id`, the bare id); None: another's."""
    namespace, hash_, identity = href.rpartition("#")
    if not hash_:
        return href
    return identity if namespace in ("", definitions.namespace) else None


def hrefs(definitions: Definitions) -> Iterator[tuple[Element, str, str]]:
    """Each href of the model: the element that has it, what it is called there, and the href."""
    owners: tuple[Decision | BusinessKnowledgeModel | KnowledgeSource, ...]
    owners = (*definitions.decisions, *definitions.knowledge, *definitions.sources)
    for owner in owners:
        for each in owner.requirements:
            yield owner, each.kind, each.href
    for service in definitions.services:
        for kind, found in (
            ("outputDecision", service.output_decisions),
            ("encapsulatedDecision", service.encapsulated_decisions),
            ("inputDecision", service.input_decisions),
            ("inputData", service.input_data),
        ):
            for href in found:
                yield service, kind, href
    for association in definitions.associations:
        yield association, "sourceRef", association.source
        yield association, "targetRef", association.target
    for collection in definitions.collections:
        for href in collection.elements:
            yield collection, "drgElement", href


def tell_references(definitions: Definitions, told: Told) -> None:
    """Tells ids and names that are there twice, hrefs that lead nowhere, and types that nobody defines."""
    everything = tuple(elements(definitions))
    ids = _tell_ids(everything, told)
    _tell_names(definitions, told)
    named = {each.namespace for each in definitions.imports}
    for owner, kind, href in hrefs(definitions):
        if not href:
            continue
        identity = own_id(definitions, href)
        if identity is None:
            known = href.rpartition("#")[0] in named
            lacks = "which no import of the model names"
        else:
            known = identity in ids
            lacks = "and the model has no element with this id"
        if not known:
            told.tell(DANGLING, owner.place, f"`{kind}` refers to `{href}`, {lacks}.", owner.name)
    _tell_types(definitions, everything, told)


def _tell_ids(everything: tuple[Element, ...], told: Told) -> dict[str, Place]:
    first: dict[str, Place] = {}
    for each in everything:
        if not each.id:
            continue
        if each.id in first:
            line = first[each.id].line
            told.tell(
                DUPLICATE_ID, each.place, f"The id `{each.id}` is that of the element in line {line} too."
            )
        else:
            first[each.id] = each.place
    return first


def _tell_names(definitions: Definitions, told: Told) -> None:
    graph = (*definitions.inputs, *definitions.decisions, *definitions.knowledge, *definitions.services)
    for group, word in ((graph, "element"), (definitions.item_definitions, "item definition")):
        first: dict[str, Place] = {}
        for each in group:
            if each.name and each.name in first:
                line = first[each.name].line
                message = f'The name "{each.name}" is that of the {word} in line {line} too.'
                told.tell(DUPLICATE_NAME, each.place, message)
            else:
                first[each.name] = each.place


def _tell_types(definitions: Definitions, everything: tuple[Element, ...], told: Told) -> None:
    own = {each.name for each in definitions.item_definitions}
    imports = {each.name for each in definitions.imports}
    unnamed = "" in imports
    for each in everything:
        refs = [getattr(each, "type_ref", None)]
        if isinstance(each, ItemDefinition) and each.function is not None:
            refs.append(each.function.output_type_ref)
        for ref in refs:
            if (
                not ref
                or ref in own
                or ref in TYPE_REFS
                or unnamed
                or ref.rpartition(".")[0] in imports - {""}
            ):
                continue
            told.tell(UNKNOWN_TYPE, each.place, f"The type `{ref}` is neither FEEL's nor an item definition.")
