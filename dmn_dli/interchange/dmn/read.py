"""A DMN model from the XML of a file: `Definitions`, and all that is to be said of the file."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from dmn_dli.interchange.dmn.cursor import Cursor, Told
from dmn_dli.interchange.dmn.expressions import NOWHERE, Element, Place
from dmn_dli.interchange.dmn.model import Definitions
from dmn_dli.interchange.dmn.names import (
    DC,
    DI,
    DIAGRAM_NAMESPACES,
    FEEL_NAMESPACES,
    LATER_MODELS,
    MODEL_NAMESPACES,
    feel_or,
    local,
    space,
)
from dmn_dli.interchange.dmn.read_diagram import diagrams, is_picture
from dmn_dli.interchange.dmn.read_elements import (
    annotation,
    association,
    business_context,
    business_knowledge,
    collection,
    decision,
    decision_service,
    group,
    import_,
    input_data,
    item_definition,
    knowledge_source,
)
from dmn_dli.interchange.dmn.references import tell_references
from dmn_dli.interchange.dmn.safe_xml import Unparsable, parsed
from dmn_dli.model.dmn_codes import LATER_VERSION, MISSING, NOT_DMN, UNREADABLE_MODEL
from dmn_dli.model.finding import Finding
from dmn_dli.runtime.bounded_files import MODEL_BYTES, read_within

if TYPE_CHECKING:
    from lxml.etree import _Element

_Read = TypeVar("_Read", bound=Element)
_STANDARD: Final = frozenset({*MODEL_NAMESPACES, *DIAGRAM_NAMESPACES, *FEEL_NAMESPACES, DI, DC})


def read_model_file(path: Path) -> tuple[Definitions | None, tuple[Finding, ...]]:
    """The model that a file holds, as `read_model` gives it; a file that cannot be read is a finding."""
    try:
        data = read_within(path, MODEL_BYTES)
    except OSError as error:
        told = Told(str(path))
        told.tell(UNREADABLE_MODEL, NOWHERE, f"The file cannot be read: {error.strerror or error}.")
        return None, told.findings
    return read_model(data, str(path))


def read_model(data: bytes, file: str) -> tuple[Definitions | None, tuple[Finding, ...]]:
    """The model that bytes hold, and what is to be said of them; never raises for what they hold.

    file: how messages name it. None where the bytes are no XML or no DMN. A model with errors among its
    findings is given as far as it could be read, for who shows it; nobody should decide with it.
    Raises ImportError where lxml is not installed.
    """
    told = Told(file)
    try:
        root = parsed(data)
    except Unparsable as problem:
        told.tell(problem.code, Place(problem.line), problem.message)
        return None, told.findings
    version = _version(root, told)
    if version is None:
        return None, told.findings
    definitions = _definitions(root, told, version, file, sha256(data).hexdigest())
    tell_references(definitions, told)
    return definitions, told.findings


def _version(root: _Element, told: Told) -> str | None:
    """The version of the standard that the outermost element is of; None for no DMN, which is told."""
    namespace, name = space(str(root.tag)), local(str(root.tag))
    place = Place(root.sourceline or 0)
    if name == "definitions" and namespace in MODEL_NAMESPACES:
        return MODEL_NAMESPACES[namespace]
    if name == "definitions" and namespace.startswith(LATER_MODELS):
        told.tell(LATER_VERSION, place, f"The namespace is {namespace}; the model is read as one of DMN 1.5.")
        return "1.5"
    of = f"the namespace {namespace}" if namespace else "no namespace"
    told.tell(NOT_DMN, place, f"The outermost element is `{name}` of {of}, where DMN's `definitions` is due.")
    return None


def _definitions(root: _Element, told: Told, version: str, file: str, digest: str) -> Definitions:
    pictures, styles = diagrams(root, told)
    for picture in [each for each in root if is_picture(each)]:
        root.remove(picture)
    cursor = Cursor(root, told)
    if cursor.get("name") is None:
        cursor.tell(MISSING, "`definitions` has no `name`.")
    return Definitions(
        file=file,
        version=version,
        namespace=cursor.due("namespace"),
        sha256=digest,
        expression_language=feel_or(cursor.get("expressionLanguage")),
        type_language=feel_or(cursor.get("typeLanguage")),
        exporter=cursor.get("exporter") or "",
        exporter_version=cursor.get("exporterVersion") or "",
        imports=_every(cursor, import_, "import"),
        item_definitions=_every(cursor, item_definition, "itemDefinition"),
        inputs=_every(cursor, input_data, "inputData"),
        decisions=_every(cursor, decision, "decision"),
        knowledge=_every(cursor, business_knowledge, "businessKnowledgeModel"),
        services=_every(cursor, decision_service, "decisionService"),
        sources=_every(cursor, knowledge_source, "knowledgeSource"),
        annotations=_every(cursor, annotation, "textAnnotation"),
        associations=_every(cursor, association, "association"),
        groups=_every(cursor, group, "group"),
        collections=_every(cursor, collection, "elementCollection"),
        business=_every(cursor, business_context, "performanceIndicator", "organizationUnit"),
        namespaces=_namespaces(root),
        diagrams=pictures,
        styles=styles,
        **cursor.rest(),
    )


def _every(cursor: Cursor, read: Callable[[Cursor], _Read], *names: str) -> tuple[_Read, ...]:
    return tuple(read(cursor.within(each)) for each in cursor.all(*names))


def _namespaces(root: _Element) -> tuple[tuple[str, str], ...]:
    """The prefixes that are declared anywhere, the first of a name, without the standard's own.

    Each declaration is seen once: an element's `nsmap` would hold those of all around it as well.
    """
    from lxml import etree

    found: dict[str, str] = {}
    for _, declared in etree.iterwalk(root, events=("start-ns",)):
        prefix, namespace = cast("tuple[str, str]", declared)
        if prefix and namespace not in _STANDARD:
            found.setdefault(prefix, namespace)
    return tuple(sorted(found.items()))
