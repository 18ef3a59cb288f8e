"""Facts that were written as text, in csv or a worksheet, by name or label: as a payer's dictionary reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dmn_dli.evaluate.errors import CaseError, problem
from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import KernelSeries

if TYPE_CHECKING:
    from dmn_dli.evaluate.case_facts import FactReader


def read_written(texts: Mapping[str, str], series: KernelSeries) -> dict[str, Any]:
    """Fact name to value; blank text is left out, since the fact is unknown.

    A heading that is no fact stays as it is, for the evaluation to refuse. Raises CaseError where two
    columns give the same fact.
    """
    readers: dict[str, FactReader] = {}
    for version in series.versions:
        if isinstance(version, PolicyKernel):
            for fact in version.case_reader.facts.values():
                readers[_folded(fact.label)] = fact
    for fact in tuple(readers.values()):
        readers[fact.name.casefold()] = fact
    facts: dict[str, Any] = {}
    headings: dict[str, str] = {}
    for heading, text in texts.items():
        reader = readers.get(_folded(heading))
        name = heading if reader is None else reader.name
        if name in headings:
            twice = f'The columns "{headings[name]}" and "{heading}" both give {name}.'
            raise CaseError([problem(twice, fact=name)])
        headings[name] = heading
        if reader is None or text.strip():
            facts[name] = text if reader is None else reader.from_text(text)
    return facts


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
