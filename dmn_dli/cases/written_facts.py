"""Facts written as text in csv, on a sheet or at a prompt, as a payer's dictionary reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.errors import Problem, problem
from dmn_dli.runtime.facts import ABSENT

if TYPE_CHECKING:
    from dmn_dli.runtime.facts import FactReader


def read_written(
    texts: Mapping[str, str], series: KernelSeries
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Fact name to value, and a problem for each fact that two columns give; blank text is left out.

    A heading that is no fact, and what is no value of its fact's type, stay as they are, for the evaluation
    to refuse.
    """
    readers = readers_by_heading(series)
    facts: dict[str, Any] = {}
    headings: dict[str, str] = {}
    problems: list[Problem] = []
    for heading, text in texts.items():
        name, reader = fact_of(heading, readers)
        if name in headings:
            twice = f'The columns "{headings[name]}" and "{heading}" both give {name}.'
            problems.append(problem(twice, fact=name))
        elif reader is None:
            facts[name] = text
        elif (value := written_value(text, reader)) is not ABSENT:
            facts[name] = value
        headings.setdefault(name, heading)
    return facts, tuple(problems)


def read_fact(text: str, reader: FactReader) -> Any:
    """The value that a text stands for, as `policy.evaluate` takes it; None for a blank and for `null`.

    Raises NotAValue where the fact cannot have it.
    """
    value = reader.from_text(text)
    reader.place(None if value is None else reader.canonical(value))
    return value


def fact_of(heading: str, readers: Mapping[str, FactReader]) -> tuple[str, FactReader | None]:
    """The name of the fact that a heading means, and its reader; the heading and None where it means none."""
    reader = readers.get(plain_word(heading))
    return (heading if reader is None else reader.name), reader


def written_value(text: str, reader: FactReader) -> Any:
    """What a text gives for a fact; ABSENT where it is blank."""
    return reader.from_text(text) if text.strip() else ABSENT


def readers_by_heading(series: KernelSeries) -> dict[str, FactReader]:
    """What headings may name: facts by label or, first, by name; as the latest version has them."""
    facts = [fact for kernel in series.deciding for fact in kernel.case_reader.facts.values()]
    return {plain_word(fact.label): fact for fact in facts} | {fact.name.casefold(): fact for fact in facts}
