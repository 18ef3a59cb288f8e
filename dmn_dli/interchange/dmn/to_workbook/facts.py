"""A model's input data as the rows of a sheet Facts; types that no fact can have are given as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from dmn_dli.feel import syntax
from dmn_dli.interchange.dmn.expressions import Extension
from dmn_dli.interchange.dmn.model import Definitions, InputData
from dmn_dli.interchange.dmn.ours import all_of, attribute, one_of
from dmn_dli.interchange.dmn.to_workbook.guesses import Guesses
from dmn_dli.interchange.imported import Rows
from dmn_dli.model.facts import DICTIONARY_TYPES, FACT_HEADINGS, Fact, FactType
from dmn_dli.model.repair import plain_word

_AS_TEXT: Final = {
    FactType.TIME: "time",
    FactType.DATE_TIME: "date and time",
    FactType.DAYS_DURATION: "duration",
    FactType.YEARS_DURATION: "duration",
}
"""Types that a workbook's facts cannot have, with the function that makes their values of text."""


@frozen
class FactSheet:
    """The rows of the sheet Facts.

    labels: by the policy's names, of facts that a clause may name. functions: what makes the value of a fact
    that is given as text. lost: facts that no workbook can have.
    """

    rows: Rows
    labels: Mapping[str, str]
    functions: Mapping[str, str]
    lost: frozenset[str]

    def nodes_of(self, names: Mapping[str, str]) -> Mapping[str, syntax.Node]:
        """What an expression says instead of those that are given as text; names: of the workbook."""
        return {
            path: syntax.Invocation(syntax.Name(function), (syntax.Name(names[path]),))
            for path, function in self.functions.items()
        }


def fact_sheet(
    definitions: Definitions, facts: Iterable[Fact], names: Mapping[str, str], guesses: Guesses
) -> FactSheet:
    """names: of the workbook, by path."""
    inputs = {each.name: each for each in definitions.inputs}
    further = _further_headings(definitions)
    rows: list[list[str | None]] = [[*FACT_HEADINGS, *further]]
    labels: dict[str, str] = {}
    functions: dict[str, str] = {}
    lost: set[str] = set()
    for fact in facts:
        element = inputs.get(fact.name) or inputs.get(fact.name.partition(".")[0]) or InputData()
        own = one_of(element, "fact")
        if own is not None:
            rows.append(_ours(element, own, fact, names[fact.name], further))
            labels[fact.name] = element.label or names[fact.name]
            continue
        if fact.type in _AS_TEXT:
            functions[fact.name] = _AS_TEXT[fact.type]
            what = (
                f'"{fact.name}" is a {fact.type.value}; the fact {names[fact.name]} is its text in ISO form.'
            )
            guesses.add(element.place, what)
        elif fact.type not in DICTIONARY_TYPES and fact.type is not FactType.ANY:
            lost.add(fact.name)
            what = f'"{fact.name}" is a {fact.type.value}, which no fact can be; it is left out.'
            guesses.add(element.place, what)
            continue
        elif fact.type is FactType.ANY:
            guesses.add(element.place, f'Nothing says of which type "{fact.name}" is; string is taken.')
        label = _label(fact.name, names)
        if fact.type not in _AS_TEXT:
            labels[fact.name] = label
        if label not in (fact.name, names[fact.name]):
            what = f'"{fact.name}" differs from another fact in letter case alone; it is labelled "{label}".'
            guesses.add(element.place, what)
        rows.append(_row(fact, names[fact.name], label, element))
    if len(rows) == 1:
        said = "The model has no input data; a dictionary must have a fact, which nothing reads."
        guesses.add("the model", said)
        rows.append(["no_input", None, FactType.BOOLEAN.value, None, None, "No", None, said, None])
    return FactSheet(rows, labels, functions, frozenset(lost))


def _label(path: str, names: Mapping[str, str]) -> str:
    """The path; with the fact's name where another fact has the same in other letter case."""
    word = plain_word(path)
    others = (each for other, name in names.items() if other != path for each in (other, name))
    if word == plain_word(names[path]) or all(plain_word(each) != word for each in others):
        return path
    return f"{path} ({names[path]})"


def _row(fact: Fact, name: str, label: str, element: InputData) -> list[str | None]:
    plain = fact.type in DICTIONARY_TYPES
    allowed = fact.allowed.text if fact.allowed is not None and plain else None
    return [
        name,
        label,
        fact.type.value if plain else FactType.STRING.value,
        allowed,
        None,
        "Yes" if fact.nullable else "No",
        fact.question or None,
        " ".join(element.description.split()) or None,
        None,
    ]


def _ours(
    element: InputData, own: Extension, fact: Fact, name: str, further: Iterable[str]
) -> list[str | None]:
    """A row as the workbook had it; allowed values that another tool has changed are what it made of them."""
    model = fact.allowed.text if fact.allowed is not None else ""
    kept = one_of(own, "allowed")
    allowed = kept.text if kept is not None and attribute(kept, "of") == model else model
    question = one_of(own, "question")
    values = {attribute(each, "heading"): each.text for each in all_of(own, "further")}
    return [
        name,
        element.label or None,
        attribute(own, "type") or fact.type.value,
        allowed or None,
        attribute(own, "unit") or None,
        "Yes" if attribute(own, "nullable") == "true" else "No",
        question.text if question is not None else None,
        element.description or None,
        attribute(own, "changeable") or None,
        *(values.get(heading) for heading in further),
    ]


def _further_headings(definitions: Definitions) -> list[str]:
    """The headings of further columns of the dictionary, in the order in which they are met."""
    found: dict[str, None] = {}
    for element in definitions.inputs:
        own = one_of(element, "fact")
        for each in all_of(own, "further") if own is not None else ():
            found.setdefault(attribute(each, "heading"))
    return list(found)
