"""A DMN model as the XML of a file, valid by its version's schema; the same model gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, TypeVar

from dmn_dli.interchange.dmn.expressions import Element, Place
from dmn_dli.interchange.dmn.model import (
    Association,
    BusinessContext,
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    ElementCollection,
    Group,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeSource,
    Reference,
    Requirement,
    TextAnnotation,
)
from dmn_dli.interchange.dmn.names import DC, DI, DMN_IMPORT
from dmn_dli.interchange.dmn.tree import TARGETS, Forbidden, Target, add_common, add_text, added
from dmn_dli.interchange.dmn.versions import as_version
from dmn_dli.interchange.dmn.write_diagram import PictureWriter
from dmn_dli.interchange.dmn.write_expressions import (
    add_expression,
    add_function,
    add_item,
    add_texts,
    add_variable,
    language,
)
from dmn_dli.model.dmn_codes import NOT_IN_XML
from dmn_dli.model.finding import Finding, errors

if TYPE_CHECKING:
    from lxml.etree import _Element

_Written = TypeVar("_Written", bound=Element)
_OWN_PREFIXES: Final = ("dmndi", "di", "dc")


class Unwritable(Exception):
    """Why a model cannot be written: findings, with the element that each is about."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """At least one finding."""
        super().__init__("\n".join(each.text for each in findings))
        self.findings = findings


def model_xml(definitions: Definitions, version: str = "1.5") -> bytes:
    """The model as XML of DMN 1.5 or 1.3: UTF-8, indented, valid where the model's ids and parts are.

    What 1.3 cannot say is written in another way that means the same (`versions.as_version`).
    Raises Unwritable, with all reasons, where there is none, or where a text holds what XML cannot hold.
    Raises ImportError where lxml is not installed.
    """
    from lxml import etree

    target = TARGETS[version]
    definitions, told = as_version(definitions, version)
    if errors(told):
        raise Unwritable(errors(told))
    prefixes = _prefixes(definitions)
    nsmap: dict[str | None, str] = {None: target.model, "dmndi": target.picture, "di": DI, "dc": DC}
    nsmap |= {prefix: namespace for namespace, prefix in prefixes.items()}
    root = etree.Element(f"{{{target.model}}}definitions", nsmap=nsmap)
    writer = _ModelWriter(root, definitions.file)
    writer.model(definitions, target)
    PictureWriter(target, prefixes).add(root, definitions)
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(prefixes.values()))
    etree.indent(root)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data.replace(
        b"<?xml version='1.0' encoding='UTF-8'?>", b'<?xml version="1.0" encoding="UTF-8"?>', 1
    )


def _prefixes(definitions: Definitions) -> dict[str, str]:
    """Namespace to prefix: those that the file had, and one for each model that the picture shows."""
    found: dict[str, str] = {}
    for prefix, namespace in definitions.namespaces:
        if prefix not in _OWN_PREFIXES:
            found.setdefault(namespace, prefix)
    shown = {each.element for picture in definitions.diagrams for each in picture.shapes}
    shown |= {each.element for picture in definitions.diagrams for each in picture.edges}
    others = {element.rpartition("#")[0] for element in shown} - {"", definitions.namespace}
    for namespace in sorted(others):
        taken = set(found.values())
        number = 1
        while f"model{number}" in taken:
            number += 1
        found.setdefault(namespace, f"model{number}")
    return found


class _ModelWriter:
    """Writes what `definitions` holds, and gathers what XML cannot hold."""

    def __init__(self, root: _Element, file: str) -> None:
        self._root = root
        self._file = file
        self._findings: list[Finding] = []

    def model(self, content: Definitions, target: Target) -> None:
        """Everything but the pictures."""
        self._tried(lambda: self._head(content), content, "definitions")
        self._each(content.imports, lambda each: _import(self._root, each, target))
        self._each(
            content.item_definitions, lambda each: _item_definition(self._root, "itemDefinition", each)
        )
        self._each(content.inputs, self._input)
        self._each(content.decisions, self._decision)
        self._each(content.knowledge, self._knowledge)
        self._each(content.services, self._service)
        self._each(content.sources, self._source)
        self._each(content.groups, self._group)
        self._each(content.annotations, self._annotation)
        self._each(content.associations, self._association)
        self._each(content.collections, self._collection)
        self._each(content.business, self._business)
        if self._findings:
            raise Unwritable(tuple(self._findings))

    def _each(self, contents: Iterable[_Written], write: Callable[[_Written], None]) -> None:
        for each in contents:
            self._tried(lambda each=each: write(each), each, type(each).__name__)  # type: ignore[misc]

    def _tried(self, write: Callable[[], None], content: Element, kind: str) -> None:
        try:
            write()
        except Forbidden as problem:
            place = content.place if content.place != Place() else Place(path=f'{kind} "{content.name}"')
            message = f"{place.path}: XML cannot hold {problem}."
            self._findings.append(Finding(NOT_IN_XML, message, NOT_IN_XML.remedy, self._file))

    def _head(self, content: Definitions) -> None:
        root = self._root
        for name, value in (
            ("namespace", content.namespace),
            ("expressionLanguage", language(root, content.expression_language)),
            ("typeLanguage", language(root, content.type_language)),
            ("exporter", content.exporter or None),
            ("exporterVersion", content.exporter_version or None),
        ):
            if value is not None:
                root.set(name, value)
        add_common(root, content, named=True)

    def _input(self, content: InputData) -> None:
        element = self._named("inputData", content)
        add_variable(element, content.variable)

    def _decision(self, content: Decision) -> None:
        element = self._named("decision", content)
        for name, text in (("question", content.question), ("allowedAnswers", content.allowed_answers)):
            if text:
                add_text(element, name, text)
        add_variable(element, content.variable)
        _requirements(element, content.requirements)
        _references(element, content.references)
        add_expression(element, content.expression)

    def _knowledge(self, content: BusinessKnowledgeModel) -> None:
        element = self._named("businessKnowledgeModel", content)
        add_variable(element, content.variable)
        if content.logic is not None:
            add_function(element, "encapsulatedLogic", content.logic)
        _requirements(element, content.requirements)

    def _service(self, content: DecisionService) -> None:
        element = self._named("decisionService", content)
        add_variable(element, content.variable)
        for name, found in (
            ("outputDecision", content.output_decisions),
            ("encapsulatedDecision", content.encapsulated_decisions),
            ("inputDecision", content.input_decisions),
            ("inputData", content.input_data),
        ):
            _references(element, [Reference(name, href) for href in found])

    def _source(self, content: KnowledgeSource) -> None:
        element = self._named("knowledgeSource", content)
        if content.location_uri:
            element.set("locationURI", content.location_uri)
        _requirements(element, content.requirements)
        if content.type:
            add_text(element, "type", content.type)
        if content.owner is not None:
            _references(element, [Reference("owner", content.owner)])

    def _group(self, content: Group) -> None:
        add_common(added(self._root, "group"), content)

    def _annotation(self, content: TextAnnotation) -> None:
        format_ = content.format if content.format != "text/plain" else None
        element = added(self._root, "textAnnotation", {"textFormat": format_})
        add_common(element, content)
        add_text(element, "text", content.text)

    def _association(self, content: Association) -> None:
        direction = content.direction if content.direction != "None" else None
        element = added(self._root, "association", {"associationDirection": direction})
        add_common(element, content)
        _references(element, [Reference("sourceRef", content.source), Reference("targetRef", content.target)])

    def _collection(self, content: ElementCollection) -> None:
        element = self._named("elementCollection", content)
        _references(element, [Reference("drgElement", href) for href in content.elements])

    def _business(self, content: BusinessContext) -> None:
        element = self._named(content.kind, content)
        if content.uri is not None:
            element.set("URI", content.uri)
        _references(element, content.references)

    def _named(self, name: str, content: Element) -> _Element:
        element = added(self._root, name)
        add_common(element, content, named=True)
        return element


def _import(root: _Element, content: Import, target: Target) -> None:
    kind = target.model if content.import_type == DMN_IMPORT else content.import_type
    attributes = {"namespace": content.namespace, "locationURI": content.location, "importType": kind}
    add_common(added(root, "import", attributes), content, named=True)


def _item_definition(parent: _Element, name: str, content: ItemDefinition) -> None:
    collection = "true" if content.is_collection else None
    attributes = {"typeLanguage": content.type_language, "isCollection": collection}
    element = added(parent, name, attributes)
    add_common(element, content, named=True)
    if content.type_ref is not None:
        add_text(element, "typeRef", content.type_ref)
    add_texts(element, "allowedValues", content.allowed)
    add_texts(element, "typeConstraint", content.constraint)
    for each in content.components:
        _item_definition(element, "itemComponent", each)
    if content.function is not None:
        function = added(element, "functionItem", {"outputTypeRef": content.function.output_type_ref})
        for parameter in content.function.parameters:
            add_item(function, "parameters", parameter)


def _requirements(parent: _Element, contents: Iterable[Requirement]) -> None:
    """The arrows, in the order of the schema: what informs, what is known, what has authority."""
    for name in ("informationRequirement", "knowledgeRequirement", "authorityRequirement"):
        for each in contents:
            if _requirement_name(each) == name:
                element = added(parent, name)
                add_common(element, each)
                _references(element, [Reference(each.kind, each.href)])


def _requirement_name(content: Requirement) -> str:
    if content.authority or content.kind == "requiredAuthority":
        return "authorityRequirement"
    return "knowledgeRequirement" if content.kind == "requiredKnowledge" else "informationRequirement"


def _references(parent: _Element, contents: Iterable[Reference]) -> None:
    for each in contents:
        added(parent, each.kind, {"href": each.href})
