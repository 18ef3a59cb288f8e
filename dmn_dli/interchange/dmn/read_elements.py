"""The elements of the requirements graph, item definitions and what else `definitions` holds (6.3, 7.3)."""

from __future__ import annotations

from typing import Final

from dmn_dli.interchange.dmn.cursor import Cursor
from dmn_dli.interchange.dmn.model import (
    Association,
    BusinessContext,
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    ElementCollection,
    FunctionItem,
    Group,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeSource,
    Reference,
    Requirement,
    TextAnnotation,
)
from dmn_dli.interchange.dmn.names import DMN_IMPORT, MODEL_NAMESPACES
from dmn_dli.interchange.dmn.read_expressions import expression_within, function_definition
from dmn_dli.interchange.dmn.read_literals import information_items, texts_within, variable
from dmn_dli.interchange.dmn.type_refs import resolved, type_ref
from dmn_dli.model.dmn_codes import MISSING, UNKNOWN_ELEMENT

_REQUIREMENTS: Final = ("informationRequirement", "knowledgeRequirement", "authorityRequirement")
_REQUIRED: Final = ("requiredDecision", "requiredInput", "requiredKnowledge", "requiredAuthority")
DECISION_REFERENCES: Final = (
    "supportedObjective",
    "impactedPerformanceIndicator",
    "decisionMaker",
    "decisionOwner",
    "usingProcess",
    "usingTask",
)
"""What a decision refers to besides, in the standard's order."""
BUSINESS_REFERENCES: Final = ("impactingDecision", "decisionMade", "decisionOwned")


def import_(cursor: Cursor) -> Import:
    """An import of another model, of types or of PMML."""
    namespace = cursor.due("namespace")
    kind = cursor.due("importType")
    kind = DMN_IMPORT if kind in MODEL_NAMESPACES else kind
    return Import(namespace, cursor.get("locationURI"), kind, **cursor.rest())


def item_definition(cursor: Cursor) -> ItemDefinition:
    """A type of the model's own, or a component of one."""
    cursor.due("name")
    named = cursor.one("typeRef")
    function = cursor.one("functionItem")
    return ItemDefinition(
        resolved(cursor.within(named, ""), named.text) if named is not None else None,
        texts_within(cursor, "allowedValues"),
        texts_within(cursor, "typeConstraint"),
        tuple(item_definition(cursor.within(each)) for each in cursor.all("itemComponent")),
        cursor.flag("isCollection"),
        _function_item(cursor.within(function, "")) if function is not None else None,
        cursor.get("typeLanguage"),
        **cursor.rest(),
    )


def _function_item(cursor: Cursor) -> FunctionItem:
    item = FunctionItem(type_ref(cursor, "outputTypeRef"), information_items(cursor, "parameters"))
    cursor.rest()
    return item


def input_data(cursor: Cursor) -> InputData:
    """A fact of the case."""
    cursor.due("name")
    return InputData(variable(cursor), **cursor.rest())


def decision(cursor: Cursor) -> Decision:
    """A decision with its logic."""
    cursor.decision = cursor.due("name")
    return Decision(
        variable(cursor),
        cursor.text("question"),
        cursor.text("allowedAnswers"),
        _requirements(cursor),
        expression_within(cursor),
        _references(cursor, *DECISION_REFERENCES),
        **cursor.rest(),
    )


def business_knowledge(cursor: Cursor) -> BusinessKnowledgeModel:
    """A function of the model."""
    cursor.decision = cursor.due("name")
    found = cursor.one("encapsulatedLogic")
    return BusinessKnowledgeModel(
        variable(cursor),
        function_definition(cursor.within(found, "")) if found is not None else None,
        _requirements(cursor),
        **cursor.rest(),
    )


def decision_service(cursor: Cursor) -> DecisionService:
    """A decision service."""
    cursor.decision = cursor.due("name")
    return DecisionService(
        variable(cursor),
        cursor.hrefs("outputDecision"),
        cursor.hrefs("encapsulatedDecision"),
        cursor.hrefs("inputDecision"),
        cursor.hrefs("inputData"),
        **cursor.rest(),
    )


def knowledge_source(cursor: Cursor) -> KnowledgeSource:
    """A source of knowledge."""
    cursor.due("name")
    owner = cursor.one("owner")
    return KnowledgeSource(
        _requirements(cursor),
        cursor.text("type"),
        cursor.get("locationURI") or "",
        cursor.href(owner) if owner is not None else None,
        **cursor.rest(),
    )


def annotation(cursor: Cursor) -> TextAnnotation:
    """A remark in the diagram."""
    return TextAnnotation(cursor.text("text"), cursor.get("textFormat") or "text/plain", **cursor.rest())


def association(cursor: Cursor) -> Association:
    """What joins a remark with what it speaks of."""
    ends = []
    for name in ("sourceRef", "targetRef"):
        found = cursor.one(name)
        if found is None:
            cursor.tell(MISSING, f"The `association` has no `{name}`.")
        ends.append(cursor.href(found) if found is not None else "")
    direction = cursor.choice("associationDirection", ("None", "One", "Both"), "None")
    return Association(ends[0], ends[1], direction, **cursor.rest())


def group(cursor: Cursor) -> Group:
    """A frame in the diagram."""
    return Group(**cursor.rest())


def collection(cursor: Cursor) -> ElementCollection:
    """Elements that somebody put together."""
    return ElementCollection(cursor.hrefs("drgElement"), **cursor.rest())


def business_context(cursor: Cursor) -> BusinessContext:
    """A performance indicator or a unit of the organization."""
    references = _references(cursor, *BUSINESS_REFERENCES)
    return BusinessContext(cursor.name, cursor.get("URI"), references, **cursor.rest())


def _references(cursor: Cursor, *names: str) -> tuple[Reference, ...]:
    return tuple(Reference(name, href) for name in names for href in cursor.hrefs(name))


def _requirements(cursor: Cursor) -> tuple[Requirement, ...]:
    return tuple(
        requirement
        for each in cursor.all(*_REQUIREMENTS)
        for requirement in _requirement(cursor.within(each, ""))
    )


def _requirement(cursor: Cursor) -> list[Requirement]:
    """The one arrow that an element is; [] and a finding where it leads nowhere."""
    found = cursor.all(*_REQUIRED)
    if not found:
        cursor.tell(MISSING, f"The `{cursor.name}` requires nothing.")
        cursor.rest()
        return []
    for more in found[1:]:
        cursor.within(more).tell(UNKNOWN_ELEMENT, f"A `{cursor.name}` requires one thing; this is another.")
    kind = cursor.within(found[0]).name
    authority = cursor.name == "authorityRequirement" and kind != "requiredAuthority"
    return [Requirement(kind, cursor.href(found[0]), authority, **cursor.rest())]
