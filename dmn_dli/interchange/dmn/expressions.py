"""Boxed expressions as a file says them (DMN 1.5, chapters 8 and 10.2): frozen data, FEEL still text."""

from __future__ import annotations

from typing import TypeAlias

from attrs import field, frozen


@frozen
class Place:
    """Where an element begins in the file: its line (1-based; 0 where it was not read from one) and path."""

    line: int = 0
    path: str = ""


NOWHERE = Place()


Attributes: TypeAlias = tuple[tuple[str, str], ...]
"""Attributes of other namespaces than DMN's, `{namespace}name` with its value, in order of their names."""


@frozen
class Extension:
    """What `extensionElements` holds: an element of any namespace, `{namespace}name`, as it stands.

    tail: text that follows it in its parent, "" where that is blank.
    """

    name: str
    attributes: Attributes = ()
    text: str = ""
    children: tuple[Extension, ...] = ()
    tail: str = ""


@frozen
class Element:
    """What every element may have (6.3.1); `place` takes no part in equality.

    extensions: all that is no DMN, whatever held it. attributes: those of other namespaces.
    """

    id: str = field(default="", kw_only=True)
    name: str = field(default="", kw_only=True)
    label: str = field(default="", kw_only=True)
    description: str = field(default="", kw_only=True)
    extensions: tuple[Extension, ...] = field(default=(), kw_only=True)
    attributes: Attributes = field(default=(), kw_only=True)
    place: Place = field(default=NOWHERE, kw_only=True, eq=False)


@frozen
class InformationItem(Element):
    """A variable: a name and the type of its values (7.3.3)."""

    type_ref: str | None = None


@frozen
class Texts(Element):
    """Unary tests (7.3.5), or a list of them, as text."""

    text: str = ""
    language: str | None = None
    type_ref: str | None = None


@frozen
class ImportedValues(Element):
    """An expression that another file holds (7.3.6)."""

    namespace: str = ""
    location: str | None = None
    import_type: str = ""
    element: str = ""
    language: str | None = None


@frozen
class Child:
    """What the standard lets a boxed part have besides its expression: an id and a type.

    role: the element's name: `in`, `return`, `satisfies`, `match`, `if`, `then`, `else`.
    """

    role: str
    id: str = ""
    type_ref: str | None = None


@frozen
class _Typed(Element):
    type_ref: str | None = None


@frozen
class LiteralExpression(_Typed):
    """Text in an expression language (7.3.6); FEEL where none is named here or in the model."""

    text: str = ""
    language: str | None = None
    imported: ImportedValues | None = None


@frozen
class Binding(Element):
    """An argument of a boxed invocation (7.3.7)."""

    parameter: InformationItem
    value: Expression | None = None


@frozen
class Invocation(_Typed):
    """A boxed invocation (10.2.1.3)."""

    called: Expression | None = None
    bindings: tuple[Binding, ...] = ()


@frozen
class ContextEntry(Element):
    """An entry of a boxed context; without a variable it is the context's result."""

    variable: InformationItem | None = None
    value: Expression | None = None


@frozen
class Context(_Typed):
    """A boxed context (10.2.1.4)."""

    entries: tuple[ContextEntry, ...] = ()


@frozen
class ListExpression(_Typed):
    """A boxed list (10.2.1.5)."""

    items: tuple[Expression | None, ...] = ()


@frozen
class Relation(_Typed):
    """A boxed relation (10.2.1.6): each row is a list, one item for each column."""

    columns: tuple[InformationItem, ...] = ()
    rows: tuple[ListExpression, ...] = ()


@frozen
class FunctionDefinition(_Typed):
    """A boxed function (10.2.1.7); kind: `FEEL`, `Java` or `PMML`."""

    kind: str = "FEEL"
    parameters: tuple[InformationItem, ...] = ()
    body: Expression | None = None


@frozen
class Conditional(_Typed):
    """A boxed conditional (10.2.1.8)."""

    condition: Expression | None = None
    then: Expression | None = None
    otherwise: Expression | None = None
    parts: tuple[Child, ...] = ()


@frozen
class Filter(_Typed):
    """A boxed filter (10.2.1.9)."""

    source: Expression | None = None
    match: Expression | None = None
    parts: tuple[Child, ...] = ()


@frozen
class Iteration(_Typed):
    """A boxed iterator (10.2.1.10); kind: `for`, `some` or `every`; body: its return or its condition."""

    kind: str = "for"
    variable: str = ""
    source: Expression | None = None
    body: Expression | None = None
    parts: tuple[Child, ...] = ()


@frozen
class InputClause(Element):
    """A table's input (8.3.2): its expression, and the values that it may take."""

    expression: LiteralExpression | None = None
    values: Texts | None = None


@frozen
class OutputClause(Element):
    """A table's output (8.3.3); values in priority order; default: when no rule fires."""

    type_ref: str | None = None
    values: Texts | None = None
    default: LiteralExpression | None = None


@frozen
class Rule(Element):
    """A table's rule (8.3.5): an entry for each clause, and text for each annotation."""

    inputs: tuple[Texts, ...] = ()
    outputs: tuple[LiteralExpression, ...] = ()
    annotations: tuple[str, ...] = ()


@frozen
class DecisionTable(_Typed):
    """A decision table (8.3.1).

    hit_policy: `UNIQUE`, `FIRST`, `PRIORITY`, `ANY`, `COLLECT`, `RULE ORDER`, `OUTPUT ORDER`.
    aggregation: `SUM`, `COUNT`, `MIN`, `MAX` with COLLECT, or "".
    annotations: the headings of the rules' annotations.
    """

    hit_policy: str = "UNIQUE"
    aggregation: str = ""
    inputs: tuple[InputClause, ...] = ()
    outputs: tuple[OutputClause, ...] = ()
    annotations: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    orientation: str = "Rule-as-Row"
    output_label: str = ""


Expression: TypeAlias = (
    LiteralExpression
    | Invocation
    | Context
    | ListExpression
    | Relation
    | FunctionDefinition
    | Conditional
    | Filter
    | Iteration
    | DecisionTable
)
