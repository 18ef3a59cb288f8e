"""The form of a case: a field for each fact that some payer reads, in the dictionary's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.page import anchors
from dmn_dli.page.case_code import NULL, entered
from dmn_dli.page.html import Child, Element, h
from dmn_dli.report import explanation_words as words
from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.kernel import DATE_FACT

MOST_RADIOS = 6
"""Up to so many values are shown one below the other, more in a list that opens."""

MOST_OPTIONS = 500
"""A fact of more values is typed."""


@frozen
class FormFact:
    """A fact in the form.

    reader: as the first payer's latest version has it. options: the values to choose from, as they are
    entered; none where the value is typed. description: what the dictionary says of it.
    """

    reader: FactReader
    options: tuple[str, ...]
    nullable: bool
    description: str


def form_facts(series: Mapping[str, KernelSeries]) -> tuple[FormFact, ...]:
    """The facts that some version of some payer reads, and the date, each with all that any of them takes."""
    kernels = [kernel for each in series.values() for kernel in reversed(each.deciding)]
    found: dict[str, list[PolicyKernel]] = {}
    for kernel in kernels:
        for name in kernel.case_reader.facts:
            found.setdefault(name, []).append(kernel)
    return tuple(
        _form_fact(name, having)
        for name, having in found.items()
        if name == DATE_FACT or any(each.case_reader.facts[name].variable for each in having)
    )


def _form_fact(name: str, having: Sequence[PolicyKernel]) -> FormFact:
    listed = [_values(name, each) for each in having]
    options = dict.fromkeys(value for values in listed for value in values) if all(listed) else {}
    described = (each.linked.dictionary.by_name[name].description for each in having)
    return FormFact(
        having[0].case_reader.facts[name],
        tuple(options) if len(options) <= MOST_OPTIONS else (),
        any(each.case_reader.facts[name].nullable for each in having),
        next(filter(None, described), ""),
    )


def _values(name: str, kernel: PolicyKernel) -> list[str]:
    """The values of a fact where they can be listed."""
    if kernel.case_reader.facts[name].type == "boolean":
        return [entered(value) for value in (True, False)]
    allowed = kernel.linked.allowed.get(name)
    values = allowed.values if allowed else None
    return [entered(value) for value in values or () if value is not None]


def fields(facts: Iterable[FormFact]) -> Child:
    """The form's fields."""
    return [_field(fact) for fact in facts]


def _field(fact: FormFact) -> Element:
    """A question with its answers; where one is refused, the reason appears below."""
    reader = fact.reader
    place = anchors.field(reader.name)
    if not fact.options:
        control: Child = _typed(fact, place)
    elif len(fact.options) <= MOST_RADIOS:
        control = _radios(fact, place)
    else:
        control = _list(fact, place)
    return h(
        "fieldset",
        h(
            "legend",
            words.asked(reader),
            h("span", f"{reader.label}{words.unit(reader)}", class_="fact-label"),
        ),
        h("details", h("summary", "What is meant"), h("p", fact.description), class_="meaning")
        if fact.description
        else None,
        control,
        h("p", id=f"{place}/error", class_="error", hidden=True),
        id=place,
        class_="field",
        data_fact=reader.name,
        aria_describedby=f"{place}/error",
    )


def _choices(fact: FormFact) -> list[tuple[str, str]]:
    """What may be chosen: what is entered, and what it reads."""
    none = [(NULL, "Not applicable")] if fact.nullable else []
    return [("", "Unknown"), *((value, value) for value in fact.options), *none]


def _radios(fact: FormFact, place: str) -> Element:
    return h(
        "div",
        (
            h("label", h("input", type="radio", name=place, value=value, checked=not value), " ", text)
            for value, text in _choices(fact)
        ),
        class_="choices",
    )


def _list(fact: FormFact, place: str) -> Element:
    return h(
        "select",
        (h("option", text, value=value) for value, text in _choices(fact)),
        name=place,
        aria_label=fact.reader.label,
    )


def _typed(fact: FormFact, place: str) -> Child:
    reader = fact.reader
    number = reader.type in ("number", "integer")
    hint = f"{place}/hint"
    return [
        h(
            "div",
            h(
                "input",
                type="text",
                name=place,
                inputmode="decimal" if number else None,
                autocomplete="off",
                spellcheck="false",
                aria_label=reader.label,
                aria_describedby=f"{hint} {place}/error",
            ),
            h("input", type="date", class_="picker", aria_label=f"{reader.label}: pick a day")
            if reader.type == "date"
            else None,
            h("label", h("input", type="checkbox", value=NULL), " Not applicable") if fact.nullable else None,
            class_="typed",
        ),
        h("p", f"{words.expected(reader)} Leave it blank if it is unknown.", id=hint, class_="hint"),
    ]
