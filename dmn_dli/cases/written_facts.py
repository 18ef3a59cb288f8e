"""Facts written as text in csv, on a sheet or at a prompt, as a payer's dictionary reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.errors import Problem, problem

if TYPE_CHECKING:
    from dmn_dli.runtime.facts import FactReader


def read_written(
    texts: Mapping[str, str], series: KernelSeries
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Fact name to value, and a problem for each fact that two columns give; blank text is left out.

    A heading that is no fact, and what is no value of its fact's type, stay as they are, for the evaluation
    to refuse.
    """
    readers = _readers(series)
    facts: dict[str, Any] = {}
    headings: dict[str, str] = {}
    problems: list[Problem] = []
    for heading, text in texts.items():
        reader = readers.get(plain_word(heading))
        name = heading if reader is None else reader.name
        if name in headings:
            twice = f'The columns "{headings[name]}" and "{heading}" both give {name}.'
            problems.append(problem(twice, fact=name))
        elif reader is None:
            facts[name] = text
        elif text.strip():
            facts[name] = reader.from_text(text)
        headings.setdefault(name, heading)
    return facts, tuple(problems)


def read_fact(text: str, reader: FactReader) -> Any:
    """The value that a text stands for, as `policy.evaluate` takes it; None for a blank and for `null`.

    Raises NotAValue where the fact cannot have it.
    """
    value = reader.from_text(text)
    reader.place(None if value is None else reader.canonical(value))
    return value


def _readers(series: KernelSeries) -> dict[str, FactReader]:
    """What headings may name: facts by label or, first, by name; as the latest version has them."""
    facts = [fact for kernel in series.deciding for fact in kernel.case_reader.facts.values()]
    return {plain_word(fact.label): fact for fact in facts} | {fact.name.casefold(): fact for fact in facts}
