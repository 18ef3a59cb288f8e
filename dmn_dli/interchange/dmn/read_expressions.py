"""A decision's logic from its elements (DMN 1.5, chapters 8 and 10.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from dmn_dli.interchange.dmn.cursor import Cursor
from dmn_dli.interchange.dmn.expressions import (
    Binding,
    Child,
    Conditional,
    Context,
    ContextEntry,
    Expression,
    Filter,
    FunctionDefinition,
    InformationItem,
    Invocation,
    Iteration,
    ListExpression,
    Relation,
)
from dmn_dli.interchange.dmn.names import DROOLS
from dmn_dli.interchange.dmn.read_literals import information_item, information_items, literal, variable
from dmn_dli.interchange.dmn.read_table import decision_table
from dmn_dli.interchange.dmn.type_refs import type_ref
from dmn_dli.model.dmn_codes import MISSING, SECOND_EXPRESSION

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS: Final = ("FEEL", "Java", "PMML")
_SHORT_KINDS: Final = {"F": "FEEL", "J": "Java", "P": "PMML"}


def expression_within(cursor: Cursor) -> Expression | None:
    """The expression that an element holds, None for none; a second one is told."""
    found = cursor.all(*READERS)
    if found[1:]:
        cursor.tell(SECOND_EXPRESSION, f"`{cursor.name}` holds {len(found)} expressions; the first is read.")
    return expression(cursor.within(found[0])) if found else None


def expression(cursor: Cursor) -> Expression:
    """The expression that an element is; its name is one of `READERS`."""
    return READERS[cursor.name](cursor)


def _invocation(cursor: Cursor) -> Invocation:
    bindings = tuple(_binding(cursor.within(each, "")) for each in cursor.all("binding"))
    return Invocation(type_ref(cursor), expression_within(cursor), bindings, **cursor.rest())


def _binding(cursor: Cursor) -> Binding:
    found = cursor.one("parameter")
    if found is None:
        cursor.tell(MISSING, "A `binding` has no `parameter`.")
        parameter = InformationItem(place=cursor.place)
    else:
        cursor = Cursor(cursor.element, cursor.told, _joined(cursor, "argument", found), cursor.decision)
        parameter = information_item(Cursor(found, cursor.told, cursor.path, cursor.decision))
        cursor.one("parameter")
    return Binding(parameter, expression_within(cursor), **cursor.rest())


def _context(cursor: Cursor) -> Context:
    entries = tuple(_entry(cursor.within(each, "")) for each in cursor.all("contextEntry"))
    return Context(type_ref(cursor), entries, **cursor.rest())


def _entry(cursor: Cursor) -> ContextEntry:
    found = cursor.one("variable")
    if found is not None:
        cursor = Cursor(cursor.element, cursor.told, _joined(cursor, "entry", found), cursor.decision)
    value = expression_within(cursor)
    if value is None:
        cursor.tell(MISSING, "A `contextEntry` has no expression.")
    return ContextEntry(variable(cursor), value, **cursor.rest())


def _joined(cursor: Cursor, words: str, named: _Element) -> str:
    """The path of a part that a child gives its name."""
    own = f'{words} "{named.get("name", "")}"'
    return f"{cursor.path}, {own}" if cursor.path else own


def _list(cursor: Cursor) -> ListExpression:
    items = tuple(expression(cursor.within(each)) for each in cursor.all(*READERS))
    return ListExpression(type_ref(cursor), items, **cursor.rest())


def _relation(cursor: Cursor) -> Relation:
    columns = information_items(cursor, "column")
    rows = tuple(
        _list(cursor.within(each, f"row {number}")) for number, each in enumerate(cursor.all("row"), 1)
    )
    return Relation(type_ref(cursor), columns, rows, **cursor.rest())


def function_definition(cursor: Cursor) -> FunctionDefinition:
    """A function, also a business knowledge model's; before DMN 1.2 a tool's attribute said its kind."""
    early = next(
        (short for space in sorted(DROOLS) if (short := cursor.element.get(f"{{{space}}}kind"))), "FEEL"
    )
    kind = cursor.choice("kind", _KINDS, _SHORT_KINDS.get(early, "FEEL"))
    return FunctionDefinition(
        type_ref(cursor),
        kind,
        information_items(cursor, "formalParameter"),
        expression_within(cursor),
        **cursor.rest(),
    )


def _conditional(cursor: Cursor) -> Conditional:
    (condition, then, otherwise), parts = _children(cursor, "if", "then", "else")
    return Conditional(type_ref(cursor), condition, then, otherwise, parts, **cursor.rest())


def _filter(cursor: Cursor) -> Filter:
    (source, match), parts = _children(cursor, "in", "match")
    return Filter(type_ref(cursor), source, match, parts, **cursor.rest())


def _iteration(cursor: Cursor) -> Iteration:
    name = cursor.due("iteratorVariable")
    (source, body), parts = _children(cursor, "in", "return" if cursor.name == "for" else "satisfies")
    return Iteration(type_ref(cursor), cursor.name, name, source, body, parts, **cursor.rest())


def _children(cursor: Cursor, *roles: str) -> tuple[list[Expression | None], tuple[Child, ...]]:
    """The expressions of an element's parts, and what else the parts say of themselves."""
    values: list[Expression | None] = []
    parts = []
    for role in roles:
        found = cursor.one(role)
        if found is None:
            cursor.tell(MISSING, f"`{cursor.name}` has no `{role}`.")
            values.append(None)
            continue
        part = cursor.within(found, "")
        values.append(expression_within(part))
        child = Child(role, part.element.get("id", ""), type_ref(part))
        if child != Child(role):
            parts.append(child)
        part.rest()
    return values, tuple(parts)


READERS: Final[dict[str, Callable[[Cursor], Expression]]] = {
    "literalExpression": literal,
    "invocation": _invocation,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": function_definition,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iteration,
    "some": _iteration,
    "every": _iteration,
    "decisionTable": decision_table,
}
"""Element to what reads it; all that may stand where the standard says `expression`."""
