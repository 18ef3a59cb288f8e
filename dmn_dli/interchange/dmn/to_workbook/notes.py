"""What a model says and no table, fact or field does, as a sheet of notes; and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.interchange.dmn.expressions import Element
from dmn_dli.interchange.dmn.model import Definitions, KnowledgeSource
from dmn_dli.interchange.dmn.ours import NAMESPACE, one_of
from dmn_dli.interchange.dmn.references import elements, own_id
from dmn_dli.interchange.dmn.to_workbook.guesses import Guesses
from dmn_dli.interchange.imported import Rows

_HEADINGS = ("Kind", "Name", "Text")


def note_rows(definitions: Definitions) -> Rows:
    """The rows of the sheet Notes, none where there is nothing to note that our export did not write."""
    rows = list(_notes(definitions))
    return [_HEADINGS, *rows] if rows else []


def _notes(definitions: Definitions) -> Iterator[tuple[str, str, str]]:
    names = {each.id: each.name for each in elements(definitions) if each.id and each.name}

    def named(href: str) -> str:
        return names.get(own_id(definitions, href) or "", href)

    if definitions.description:
        yield "model", definitions.name, definitions.description
    for decision in definitions.decisions:
        if one_of(decision, "table") is not None or one_of(decision, "criterion") is not None:
            continue
        for kind, text in (("decision", decision.description), ("allowed answers", decision.allowed_answers)):
            if text:
                yield kind, decision.name, text
    for knowledge in definitions.knowledge:
        yield "business knowledge model", knowledge.name, knowledge.description
    for service in definitions.services:
        gives = ", ".join(map(named, service.output_decisions))
        takes = ", ".join(map(named, (*service.input_decisions, *service.input_data)))
        said = f"gives {gives or 'nothing'}; takes {takes or 'nothing'}"
        yield "decision service", service.name, f"{said}. {service.description}".strip()
    for source in definitions.sources:
        if one_of(source, "document") is None:
            yield "knowledge source", source.name, _source(source)
    texts = {each.id: each.text for each in definitions.annotations}
    for association in definitions.associations:
        for end, other in (
            (association.source, association.target),
            (association.target, association.source),
        ):
            text = texts.pop(own_id(definitions, end) or "", "")
            if text:
                yield "remark", named(other), text
    for text in texts.values():
        yield "remark", "", text
    for business in definitions.business:
        yield business.kind, business.name, business.description


def _source(source: KnowledgeSource) -> str:
    return " ".join(each for each in (source.type, source.location_uri, source.description) if each)


def tell_left_out(definitions: Definitions, guesses: Guesses, *, ours: bool) -> None:
    """Tells what no sheet holds, element by element."""
    for knowledge in definitions.knowledge:
        said = (
            f'The function "{knowledge.name}" stands in each cell that calls it; a workbook has no functions.'
        )
        guesses.add(knowledge.place, said)
    for service in definitions.services:
        guesses.add(service.place, f'The decision service "{service.name}" stands in the sheet Notes alone.')
    if definitions.diagrams and not ours:
        guesses.add("the picture", "It is left out; a page draws the graph anew.")
    for each in elements(definitions):
        foreign = [found.name for found in each.extensions if not found.name.startswith(f"{{{NAMESPACE}}}")]
        foreign += [name for name, _ in each.attributes]
        if foreign:
            guesses.add(_place(each), f"Another tool's {', '.join(sorted(set(foreign)))} is left out.")


def _place(element: Element) -> str:
    line = f"line {element.place.line}" if element.place.line else ""
    return ", ".join(part for part in (line, element.place.path) if part) or "the model"
