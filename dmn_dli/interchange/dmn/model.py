"""A DMN model as its file says it: frozen data, one class for each element of the standard's metamodel.

Nothing here is interpreted: FEEL stays text, references stay as they are
written (`href`, `type_ref`). Elements of DMN 1.1 to 1.5 are told apart by the
reader alone (DMN 1.5, chapters 6, 7, 8 and 10.5). `expressions` holds what a
decision's logic may be.
"""

from __future__ import annotations

from attrs import field, frozen

from dmn_dli.interchange.dmn.diagram import Diagram
from dmn_dli.interchange.dmn.expressions import (
    Element,
    Expression,
    Extension,
    FunctionDefinition,
    InformationItem,
    Texts,
)


@frozen
class FunctionItem:
    """The signature of a function type (7.3.4): the result's type, and the parameters'."""

    output_type_ref: str | None = None
    parameters: tuple[InformationItem, ...] = ()


@frozen
class ItemDefinition(Element):
    """A type of the model's own (7.3.2), or a component of one.

    allowed: `allowedValues`, unary tests for a value, of a collection for each item of it.
    constraint: `typeConstraint` (DMN 1.5), unary tests for the whole value.
    """

    type_ref: str | None = None
    allowed: Texts | None = None
    constraint: Texts | None = None
    components: tuple[ItemDefinition, ...] = ()
    is_collection: bool = False
    function: FunctionItem | None = None
    type_language: str | None = None


@frozen
class Import(Element):
    """Another model, its definitions known here as `name.…` (6.3.3); without a name as they are."""

    namespace: str = ""
    location: str | None = None
    import_type: str = ""


@frozen
class Requirement(Element):
    """An arrow of the graph: what the owner of the requirement requires, by `href` (6.3.12 to 6.3.14).

    kind: which child held the href: `requiredDecision`, `requiredInput`, `requiredKnowledge`,
        `requiredAuthority`.
    authority: whether a decision or an input is required as an authority, which is no information.
    """

    kind: str = ""
    href: str = ""
    authority: bool = False


@frozen
class Reference:
    """What an element refers to without requiring it; kind: the name of the element that held the href."""

    kind: str
    href: str


@frozen
class InputData(Element):
    """A fact of the case (6.3.10)."""

    variable: InformationItem | None = None


@frozen
class Decision(Element):
    """A decision (6.3.7); without `expression` it has no logic."""

    variable: InformationItem | None = None
    question: str = ""
    allowed_answers: str = ""
    requirements: tuple[Requirement, ...] = ()
    expression: Expression | None = None
    references: tuple[Reference, ...] = ()


@frozen
class BusinessKnowledgeModel(Element):
    """A function of the model (6.3.8)."""

    variable: InformationItem | None = None
    logic: FunctionDefinition | None = None
    requirements: tuple[Requirement, ...] = ()


@frozen
class DecisionService(Element):
    """Decisions behind one door (6.3.9): hrefs of what it gives, holds and takes."""

    variable: InformationItem | None = None
    output_decisions: tuple[str, ...] = ()
    encapsulated_decisions: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    input_data: tuple[str, ...] = ()


@frozen
class KnowledgeSource(Element):
    """Where knowledge comes from: a document, a body of rules (6.3.11)."""

    requirements: tuple[Requirement, ...] = ()
    type: str = ""
    location_uri: str = ""
    owner: str | None = None


@frozen
class TextAnnotation(Element):
    """A remark in the diagram (6.3.6)."""

    text: str = ""
    format: str = "text/plain"


@frozen
class Association(Element):
    """What joins a remark with what it speaks of (6.3.5)."""

    source: str = ""
    target: str = ""
    direction: str = "None"


@frozen
class Group(Element):
    """A frame in the diagram (6.3.6)."""


@frozen
class ElementCollection(Element):
    """Elements of the graph that somebody put together (6.3.4), by href."""

    elements: tuple[str, ...] = ()


@frozen
class BusinessContext(Element):
    """Who decides, or what a decision has an effect on (6.3.15).

    kind: `performanceIndicator` or `organizationUnit`.
    """

    kind: str = "organizationUnit"
    uri: str | None = None
    references: tuple[Reference, ...] = ()


@frozen
class Definitions(Element):
    """A whole model (6.3.2), its elements in the order of the file.

    file: the path as given, for messages. version: `1.1` to `1.5`. sha256: of the file's bytes.
    namespaces: the prefixes that texts of extensions may use, with the namespaces that they stand for.
    diagrams: DMNDI, as far as it was drawn. styles: what several elements of the picture share.
    """

    file: str = field(default="", eq=False)
    version: str = "1.5"
    namespace: str = ""
    sha256: str = field(default="", eq=False)
    expression_language: str | None = None
    type_language: str | None = None
    exporter: str = ""
    exporter_version: str = ""
    imports: tuple[Import, ...] = ()
    item_definitions: tuple[ItemDefinition, ...] = ()
    inputs: tuple[InputData, ...] = ()
    decisions: tuple[Decision, ...] = ()
    knowledge: tuple[BusinessKnowledgeModel, ...] = ()
    services: tuple[DecisionService, ...] = ()
    sources: tuple[KnowledgeSource, ...] = ()
    annotations: tuple[TextAnnotation, ...] = ()
    associations: tuple[Association, ...] = ()
    groups: tuple[Group, ...] = ()
    collections: tuple[ElementCollection, ...] = ()
    business: tuple[BusinessContext, ...] = ()
    namespaces: tuple[tuple[str, str], ...] = field(default=(), eq=False)
    diagrams: tuple[Diagram, ...] = field(default=(), eq=False)
    styles: tuple[Extension, ...] = field(default=(), eq=False)
