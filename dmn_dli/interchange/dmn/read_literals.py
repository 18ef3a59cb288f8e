"""What all expressions are made of: variables, unary tests and texts in an expression language (7.3)."""

from __future__ import annotations

from dmn_dli.interchange.dmn.cursor import Cursor
from dmn_dli.interchange.dmn.expressions import ImportedValues, InformationItem, LiteralExpression, Texts
from dmn_dli.interchange.dmn.names import feel_or
from dmn_dli.interchange.dmn.type_refs import type_ref


def information_item(cursor: Cursor) -> InformationItem:
    """A variable, a parameter or a column."""
    cursor.due("name")
    return InformationItem(type_ref(cursor), **cursor.rest())


def information_items(cursor: Cursor, name: str) -> tuple[InformationItem, ...]:
    """The variables that an element holds under a name."""
    return tuple(information_item(cursor.within(each)) for each in cursor.all(name))


def variable(cursor: Cursor) -> InformationItem | None:
    """An element's own variable, None for none."""
    found = cursor.one("variable")
    return information_item(cursor.within(found, "")) if found is not None else None


def texts(cursor: Cursor) -> Texts:
    """Unary tests."""
    return Texts(
        cursor.text("text"), feel_or(cursor.get("expressionLanguage")), type_ref(cursor), **cursor.rest()
    )


def texts_within(cursor: Cursor, name: str) -> Texts | None:
    """The unary tests that an element holds under a name, None for none."""
    found = cursor.one(name)
    return texts(cursor.within(found, "")) if found is not None else None


def literal(cursor: Cursor) -> LiteralExpression:
    """Text in an expression language, or what another file holds."""
    held = cursor.one("importedValues")
    return LiteralExpression(
        type_ref(cursor),
        cursor.text("text"),
        feel_or(cursor.get("expressionLanguage")),
        _imported(cursor.within(held)) if held is not None else None,
        **cursor.rest(),
    )


def _imported(cursor: Cursor) -> ImportedValues:
    return ImportedValues(
        cursor.due("namespace"),
        cursor.get("locationURI"),
        cursor.due("importType"),
        cursor.text("importedElement"),
        feel_or(cursor.get("expressionLanguage")),
        **cursor.rest(),
    )
