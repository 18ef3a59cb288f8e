"""A decision's logic as elements, in the order that the schema wants (DMN 1.5, chapters 8 and 10.2)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import TYPE_CHECKING

from dmn_dli.interchange.dmn.expressions import (
    Binding,
    Child,
    Conditional,
    Context,
    ContextEntry,
    DecisionTable,
    Expression,
    Filter,
    FunctionDefinition,
    ImportedValues,
    InformationItem,
    InputClause,
    Invocation,
    Iteration,
    ListExpression,
    LiteralExpression,
    OutputClause,
    Relation,
    Rule,
    Texts,
)
from dmn_dli.interchange.dmn.names import FEEL
from dmn_dli.interchange.dmn.tree import TARGETS, add_common, add_text, added, set_attributes

if TYPE_CHECKING:
    from lxml.etree import _Element


def add_expression(parent: _Element, content: Expression | None) -> None:
    """The element of an expression, as a child; nothing for None."""
    if content is not None:
        _add(content, parent)


def add_item(parent: _Element, name: str, content: InformationItem) -> None:
    """A variable, a parameter or a column."""
    element = added(parent, name, {"typeRef": content.type_ref})
    add_common(element, content, named=True)


def add_variable(parent: _Element, content: InformationItem | None) -> None:
    """An element's own variable."""
    if content is not None:
        add_item(parent, "variable", content)


def add_texts(parent: _Element, name: str, content: Texts | None) -> None:
    """Unary tests; nothing for None."""
    if content is None:
        return
    element = added(
        parent,
        name,
        {"typeRef": content.type_ref, "expressionLanguage": language(parent, content.language)},
    )
    add_common(element, content)
    add_text(element, "text", content.text)


def add_function(parent: _Element, name: str, content: FunctionDefinition) -> None:
    """A function, also as a business knowledge model's logic."""
    kind = content.kind if content.kind != "FEEL" else None
    element = added(parent, name, {"typeRef": content.type_ref, "kind": kind})
    add_common(element, content)
    for each in content.parameters:
        add_item(element, "formalParameter", each)
    add_expression(element, content.body)


def language(element: _Element, name: str | None) -> str | None:
    """An expression language as the version of an element's namespace calls it."""
    if name != FEEL:
        return name
    namespace = str(element.tag)[1:].partition("}")[0]
    return next(target.feel for target in TARGETS.values() if target.model == namespace)


@singledispatch
def _add(content: Expression, parent: _Element) -> None:
    raise TypeError(f"no expression for {parent.tag!r}: {content!r}")


@_add.register(LiteralExpression)
def _(content: LiteralExpression, parent: _Element) -> None:
    _add_literal(parent, "literalExpression", content)


def _add_literal(parent: _Element, name: str, content: LiteralExpression | None) -> None:
    if content is None:
        return
    attributes = {"typeRef": content.type_ref, "expressionLanguage": language(parent, content.language)}
    element = added(parent, name, attributes)
    add_common(element, content)
    if content.imported is None:
        add_text(element, "text", content.text)
    else:
        _add_imported(element, content.imported)


def _add_imported(parent: _Element, content: ImportedValues) -> None:
    element = added(
        parent,
        "importedValues",
        {
            "namespace": content.namespace,
            "locationURI": content.location,
            "importType": content.import_type,
            "expressionLanguage": language(parent, content.language),
        },
    )
    add_common(element, content, named=True)
    add_text(element, "importedElement", content.element)


@_add.register(Invocation)
def _(content: Invocation, parent: _Element) -> None:
    element = _typed(parent, "invocation", content)
    add_expression(element, content.called)
    for each in content.bindings:
        _add_binding(element, each)


def _add_binding(parent: _Element, content: Binding) -> None:
    element = added(parent, "binding")
    add_common(element, content)
    add_item(element, "parameter", content.parameter)
    add_expression(element, content.value)


@_add.register(Context)
def _(content: Context, parent: _Element) -> None:
    element = _typed(parent, "context", content)
    for each in content.entries:
        _add_entry(element, each)


def _add_entry(parent: _Element, content: ContextEntry) -> None:
    element = added(parent, "contextEntry")
    add_common(element, content)
    add_variable(element, content.variable)
    add_expression(element, content.value)


@_add.register(ListExpression)
def _(content: ListExpression, parent: _Element) -> None:
    _add_list(parent, "list", content)


def _add_list(parent: _Element, name: str, content: ListExpression) -> None:
    element = _typed(parent, name, content)
    for each in content.items:
        add_expression(element, each)


@_add.register(Relation)
def _(content: Relation, parent: _Element) -> None:
    element = _typed(parent, "relation", content)
    for column in content.columns:
        add_item(element, "column", column)
    for row in content.rows:
        _add_list(element, "row", row)


@_add.register(FunctionDefinition)
def _(content: FunctionDefinition, parent: _Element) -> None:
    add_function(parent, "functionDefinition", content)


@_add.register(Conditional)
def _(content: Conditional, parent: _Element) -> None:
    element = _typed(parent, "conditional", content)
    values = (("if", content.condition), ("then", content.then), ("else", content.otherwise))
    _add_parts(element, values, content.parts)


@_add.register(Filter)
def _(content: Filter, parent: _Element) -> None:
    element = _typed(parent, "filter", content)
    _add_parts(element, (("in", content.source), ("match", content.match)), content.parts)


@_add.register(Iteration)
def _(content: Iteration, parent: _Element) -> None:
    element = _typed(parent, content.kind, content)
    set_attributes(element, {"iteratorVariable": content.variable})
    body = "return" if content.kind == "for" else "satisfies"
    _add_parts(element, (("in", content.source), (body, content.body)), content.parts)


def _add_parts(
    parent: _Element, values: Iterable[tuple[str, Expression | None]], parts: Iterable[Child]
) -> None:
    besides = {each.role: each for each in parts}
    for role, value in values:
        element = added(parent, role)
        if role in besides:
            part = besides[role]
            set_attributes(element, {"id": part.id or None, "typeRef": part.type_ref})
        add_expression(element, value)


@_add.register(DecisionTable)
def _(content: DecisionTable, parent: _Element) -> None:
    element = _typed(parent, "decisionTable", content)
    oriented = content.orientation if content.orientation != "Rule-as-Row" else None
    set_attributes(
        element,
        {
            "hitPolicy": content.hit_policy,
            "aggregation": content.aggregation or None,
            "preferredOrientation": oriented,
            "outputLabel": content.output_label or None,
        },
    )
    for clause in content.inputs:
        _add_input(element, clause)
    for output in content.outputs:
        _add_output(element, output)
    for heading in content.annotations:
        added(element, "annotation", {"name": heading})
    for rule in content.rules:
        _add_rule(element, rule)


def _add_input(parent: _Element, content: InputClause) -> None:
    element = added(parent, "input")
    add_common(element, content)
    _add_literal(element, "inputExpression", content.expression)
    add_texts(element, "inputValues", content.values)


def _add_output(parent: _Element, content: OutputClause) -> None:
    element = added(parent, "output", {"typeRef": content.type_ref})
    add_common(element, content)
    add_texts(element, "outputValues", content.values)
    _add_literal(element, "defaultOutputEntry", content.default)


def _add_rule(parent: _Element, content: Rule) -> None:
    element = added(parent, "rule")
    add_common(element, content)
    for entry in content.inputs:
        add_texts(element, "inputEntry", entry)
    for value in content.outputs:
        _add_literal(element, "outputEntry", value)
    for text in content.annotations:
        add_text(added(element, "annotationEntry"), "text", text)


def _typed(parent: _Element, name: str, content: Expression) -> _Element:
    element = added(parent, name, {"typeRef": content.type_ref})
    add_common(element, content)
    return element
