"""A model of DMN 1.5 as an older version can say it: boxed expressions that came later, written in FEEL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import evolve, fields

from dmn_dli.interchange.dmn.expressions import (
    Conditional,
    Context,
    ContextEntry,
    Element,
    Expression,
    Filter,
    FunctionDefinition,
    InformationItem,
    Iteration,
    LiteralExpression,
)
from dmn_dli.interchange.dmn.model import Definitions, ItemDefinition
from dmn_dli.interchange.dmn.names import FEEL
from dmn_dli.model.dmn_codes import NOT_IN_VERSION
from dmn_dli.model.finding import Finding

_PARTS: Final = {"if": "_if", "then": "_then", "else": "_else", "in": "_in", "do": "_do"}
"""What the parts of an expression that was boxed are called in the context that stands for it."""


def as_version(definitions: Definitions, version: str) -> tuple[Definitions, tuple[Finding, ...]]:
    """The model as a version can say it, and findings about what it cannot say at all.

    Before 1.4 there are no boxed conditionals, filters and iterators: FEEL says the same. Before 1.5 there is
    no `typeConstraint`: for a value that is no collection `allowedValues` mean the same.
    """
    if version == "1.5":
        return definitions, ()
    findings: list[Finding] = []

    def lowered(element: Element) -> Element:
        if isinstance(element, Conditional):
            return _conditional(element)
        if isinstance(element, Iteration):
            return _iteration(element)
        if isinstance(element, Filter):
            return _filter(element, definitions, findings)
        if isinstance(element, ItemDefinition) and element.constraint is not None:
            return _constraint(element, definitions, findings)
        return element

    return _rebuilt(definitions, lowered), tuple(findings)


def _rebuilt(element: Any, change: Callable[[Element], Element]) -> Any:
    """An element whose parts, then itself, are changed; extensions stand as they are."""
    if isinstance(element, tuple):
        return tuple(_rebuilt(each, change) for each in element)
    if not isinstance(element, Element):
        return element
    changed = {
        each.name: new
        for each in fields(type(element))
        if each.name not in ("extensions", "attributes", "place", "diagrams", "styles")
        if (new := _rebuilt(old := getattr(element, each.name), change)) is not old
    }
    return change(evolve(element, **changed) if changed else element)


def _conditional(content: Conditional) -> Expression:
    parts = {"if": content.condition, "then": content.then, "else": content.otherwise}
    return _in_feel(content, parts, lambda text: f"if {text['if']}then {text['then']}else {text['else']}")


def _iteration(content: Iteration) -> Expression:
    words = "return" if content.kind == "for" else "satisfies"
    body = content.body
    parts: dict[str, Expression | None] = {"in": content.source, "do": body}
    if not _is_feel(body):
        parameter = InformationItem(name=content.variable)
        parts["do"] = FunctionDefinition(parameters=(parameter,), body=body)

    def said(text: dict[str, str]) -> str:
        do = text["do"] if _is_feel(body) else f"{_PARTS['do']}({content.variable})"
        return f"{content.kind} {content.variable} in {text['in']}{words} {do}"

    return _in_feel(content, parts, said)


def _filter(content: Filter, definitions: Definitions, findings: list[Finding]) -> Expression:
    if not _is_feel(content.match):
        place = content.place.path or f'a filter in "{definitions.name}"'
        message = f"{place}: DMN 1.3 has no boxed filter, and the match of this one is no FEEL text."
        findings.append(Finding(NOT_IN_VERSION, message, NOT_IN_VERSION.remedy, definitions.file))
        return content
    match = _text(content.match)
    return _in_feel(content, {"in": content.source}, lambda text: f"{text['in']}[{match}]")


def _constraint(content: ItemDefinition, definitions: Definitions, findings: list[Finding]) -> Element:
    if content.allowed is None and not content.is_collection:
        return evolve(content, allowed=content.constraint, constraint=None)
    place = content.place.path or f'item definition "{content.name}"'
    message = f"{place}: DMN 1.3 has no `typeConstraint`, and allowed values would not mean the same here."
    findings.append(Finding(NOT_IN_VERSION, message, NOT_IN_VERSION.remedy, definitions.file))
    return content


def _in_feel(
    content: Conditional | Iteration | Filter,
    parts: dict[str, Expression | None],
    said: Callable[[dict[str, str]], str],
) -> Expression:
    """FEEL text; where a part is no FEEL text, a context that names such parts and gives the text."""
    boxed = {role: part for role, part in parts.items() if part is not None and not _is_feel(part)}
    text = said({role: _PARTS[role] + " " if role in boxed else _text(part) for role, part in parts.items()})
    common = {
        name: getattr(content, name)
        for name in ("id", "name", "label", "description", "extensions", "attributes", "place")
    }
    if not boxed:
        return LiteralExpression(content.type_ref, text, **common)
    named = tuple(
        ContextEntry(InformationItem(name=_PARTS[role]), part)
        for role, part in boxed.items()
        if part is not None
    )
    return Context(content.type_ref, (*named, ContextEntry(None, LiteralExpression(text=text))), **common)


def _is_feel(part: Expression | None) -> bool:
    """Whether a part is FEEL text, or absent, which is null."""
    return part is None or (
        isinstance(part, LiteralExpression) and part.imported is None and part.language in (None, FEEL)
    )


def _text(part: Expression | None) -> str:
    """A part in brackets; a remark at its end must not hide what follows, hence the line."""
    text = part.text if isinstance(part, LiteralExpression) else ""
    return f"({text}\n) " if text.strip() else "(null) "
