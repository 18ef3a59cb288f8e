"""The decision requirements graph: decisions, sheets of criteria as one node each, the facts they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from attrs import frozen

from dmn_dli.feel.value_types import FeelType
from dmn_dli.linking.names import gather_names
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Fact
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.words import folded
from dmn_dli.tables.linked import LinkedPolicy

_Part: TypeAlias = DecisionTable | CriteriaSheet


@frozen
class Node:
    """A decision, or a whole sheet of criteria.

    name: as A1 says; sheet: its tab. rows: how many rules or criteria are in force. facts: those that it
    reads itself, in the dictionary's order. final: whether it gives the determination.
    """

    name: str
    sheet: str
    rows: int
    facts: tuple[Fact, ...] = ()
    criteria: bool = False
    final: bool = False


@frozen
class Requirement:
    """An information requirement: `requiring` reads what `required` gives.

    criteria: of a sheet of criteria, the ids of the rows that are read, in its order.
    """

    requiring: str
    required: str
    criteria: tuple[str, ...] = ()


@frozen(slots=False)
class RequirementsGraph:
    """Each node once, in the order of the tabs, and what they require of each other."""

    nodes: tuple[Node, ...]
    requirements: tuple[Requirement, ...]

    @cached_property
    def required_by(self) -> Mapping[str, tuple[Requirement, ...]]:
        """What each node requires."""
        found: dict[str, tuple[Requirement, ...]] = {node.name: () for node in self.nodes}
        for each in self.requirements:
            found[each.requiring] += (each,)
        return found


def requirements_of(policy: LinkedPolicy) -> RequirementsGraph:
    """The graph of a policy, broken or not: of decisions that are not linked, what their headings say."""
    parts = _parts(policy)
    reads = _linked_reads(policy)
    for name in parts.keys() - reads.keys():
        reads[name] = _headings(policy, parts[name])
    nodes = tuple(
        Node(
            name,
            part.sheet,
            len(part.in_force),
            tuple(fact for fact in policy.dictionary.facts if fact.name in reads[name]),
            isinstance(part, CriteriaSheet),
            name == policy.workbook.policy.final_decision,
        )
        for name, part in parts.items()
    )
    requirements = tuple(
        requirement
        for requiring in parts
        for required, part in parts.items()
        if required != requiring
        for requirement in _requirement(requiring, part, reads[requiring])
    )
    return RequirementsGraph(nodes, requirements)


def _parts(policy: LinkedPolicy) -> dict[str, _Part]:
    """Tables and sheets of criteria by their names, in the order of the tabs; of several alike the first."""
    workbook = policy.workbook
    place = {tab: position for position, tab in enumerate(workbook.tabs)}
    parts: list[_Part] = [*workbook.tables, *workbook.criteria]
    parts.sort(key=lambda part: place.get(part.sheet, len(place)))
    found: dict[str, _Part] = {}
    for part in parts:
        found.setdefault(part.name, part)
    return found


def _linked_reads(policy: LinkedPolicy) -> dict[str, frozenset[str]]:
    """What each part reads; of a sheet of criteria, what its rows do."""
    found: dict[str, frozenset[str]] = {}
    for decision in policy.decisions:
        name = decision.criterion.sheet if decision.criterion else decision.name
        found[name] = found.get(name, frozenset()) | decision.reads
    return found


def _headings(policy: LinkedPolicy, part: _Part) -> frozenset[str]:
    """What a part reads by its headings alone, those that are expressions left aside."""
    workbook = policy.workbook
    untyped = {
        (table.name, output.name): FeelType.ANY for table in workbook.tables for output in table.outputs
    }
    names = gather_names(policy.dictionary, workbook.tables, untyped, criteria=workbook.criteria)
    headings = (folded(clause.cell.text) for clause in part.inputs)
    return frozenset(names.canonical[heading] for heading in headings if heading in names.canonical)


def _requirement(requiring: str, part: _Part, read: frozenset[str]) -> Iterator[Requirement]:
    """What is required of a part, if anything."""
    if isinstance(part, CriteriaSheet):
        rows = tuple(row.id for row in part.in_force if part.name_of(row.id) in read)
        if rows:
            yield Requirement(requiring, part.name, rows)
    elif part.name in read or any(f"{part.name}.{output.name}" in read for output in part.outputs):
        yield Requirement(requiring, part.name)
