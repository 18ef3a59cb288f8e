"""The elements of a model and of those that it imports: which one a reference means, and its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import define, field, frozen

from dmn_dli.interchange.dmn.lower_reporter import Reporter
from dmn_dli.interchange.dmn.lower_types import Types
from dmn_dli.interchange.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    InputData,
    Requirement,
)
from dmn_dli.model.dmn_codes import DANGLING, DUPLICATE_NAME
from dmn_dli.model.dmn_logic_codes import NO_SUCH_MODEL

DrgElement: TypeAlias = InputData | Decision | BusinessKnowledgeModel | DecisionService
"""What has a variable in the scope of those that require it."""

KINDS: Mapping[type, str] = {
    InputData: "input data",
    Decision: "decision",
    BusinessKnowledgeModel: "business knowledge model",
    DecisionService: "decision service",
}


@define(eq=False)
class Source:
    """One model with those that it imports, by the imports' names; path: how the root model reaches it."""

    definitions: Definitions
    imports: Mapping[str, Source]
    types: Types
    reporter: Reporter
    path: str
    _by_id: dict[str, DrgElement] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for element in self.elements():
            self._by_id.setdefault(element.id, element)

    def elements(self) -> Iterator[DrgElement]:
        """The model's own elements, in the order of the file."""
        yield from self.definitions.inputs
        yield from self.definitions.decisions
        yield from self.definitions.knowledge
        yield from self.definitions.services

    def with_id(self, id_: str) -> DrgElement | None:
        """The model's own element of that id."""
        return self._by_id.get(id_) if id_ else None


@frozen(eq=False)
class Found:
    """An element, the model that holds it, and how an expression of the referring model calls it."""

    element: DrgElement
    source: Source
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called in the root model: its name, behind the path of imports."""
        return canonical(self.source, self.element)

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from all others."""
        return id(self.source), id(self.element)


def canonical(source: Source, element: DrgElement) -> str:
    """The name by which the root model knows an element of its own or of an imported model."""
    return f"{source.path}.{variable_name(element)}" if source.path else variable_name(element)


def variable_name(element: DrgElement) -> str:
    """The name of the element's variable, which the standard wants to be the element's (6.3.7)."""
    return (element.variable.name if element.variable is not None else "") or element.name


def described(element: DrgElement) -> str:
    """The element as a message names it: `decision "Routing"`."""
    return f'{KINDS[type(element)]} "{element.name}"'


def sources(root: Definitions, imported: Mapping[str, Definitions], reporter: Reporter) -> Source:
    """The root model with all that it imports. An import that is not there is a finding."""
    return _source(root, imported, reporter, "", {})


def _source(
    definitions: Definitions,
    imported: Mapping[str, Definitions],
    reporter: Reporter,
    path: str,
    made: dict[str, Source],
) -> Source:
    """The model, made once for each namespace; a model that imports itself by a detour is not followed."""
    own = reporter if not path else Reporter(definitions.file, reporter.findings)
    imports: dict[str, Source] = {}
    types: dict[str, Types] = {}
    source = Source(definitions, imports, Types(definitions, types, own), own, path)
    made[definitions.namespace] = source
    for each in definitions.imports:
        if each.import_type and "DMN" not in each.import_type.upper():
            continue
        model = imported.get(each.namespace)
        if each.name in imports:
            called = f"also called `{each.name}`" if each.name else "without a name too"
            own.report(
                DUPLICATE_NAME,
                each,
                f'import "{each.name}"',
                f"another import before it is {called}; nothing of {each.namespace} can be read.",
            )
        elif each.namespace in made:
            imports[each.name] = made[each.namespace]
        elif model is None:
            own.report(
                NO_SUCH_MODEL,
                each,
                f'import "{each.name}"',
                f"no model with the namespace {each.namespace} was found; what it has is null.",
            )
        else:
            inner = f"{path}.{each.name}" if path and each.name else path or each.name
            imports[each.name] = _source(model, imported, reporter, inner, made)
    types.update({name: each.types for name, each in imports.items()})
    return source


def found(href: str, source: Source) -> Found | None:
    """The element that a reference of the model means: `#id`, or `namespace#id`; None where there is none."""
    namespace, _, id_ = href.rpartition("#")
    if namespace in ("", source.definitions.namespace):
        element = source.with_id(id_)
        return None if element is None else Found(element, source, (variable_name(element),))
    for name, inner in source.imports.items():
        if inner.definitions.namespace == namespace:
            element = inner.with_id(id_)
            if element is not None:
                path = (name, variable_name(element)) if name else (variable_name(element),)
                return Found(element, inner, path)
    return None


def requirements(element: DrgElement) -> tuple[Requirement, ...]:
    """What the element requires to work out its value: information and knowledge, no authority."""
    if not isinstance(element, Decision | BusinessKnowledgeModel):
        return ()
    return tuple(
        each for each in element.requirements if each.kind != "requiredAuthority" and not each.authority
    )


def hrefs(element: DrgElement) -> tuple[str, ...]:
    """What the element refers to: its requirements; of a decision service what it gives, holds and takes."""
    if isinstance(element, DecisionService):
        return (
            *element.input_decisions,
            *element.input_data,
            *element.output_decisions,
            *element.encapsulated_decisions,
        )
    return tuple(each.href for each in requirements(element))


def read_by(element: DrgElement, source: Source) -> list[Found]:
    """What the element refers to, as far as it is there; a reference to nothing is a finding."""
    answers = []
    for href in hrefs(element):
        target = found(href, source)
        if target is not None:
            answers.append(target)
        elif "#" in href and href.rpartition("#")[0] not in ("", source.definitions.namespace):
            source.reporter.report(
                DANGLING, element, described(element), f"it refers to `{href}`, which is not there."
            )
    return answers
