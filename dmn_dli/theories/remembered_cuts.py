"""The cuts of subjects as they stand in tables, remembered: policies made for single cases ask them again."""

from __future__ import annotations

from typing import TypeAlias

from dmn_dli.feel import syntax
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.walk import any_node
from dmn_dli.model.facts import Fact
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.tables.linked import LinkedPolicy
from dmn_dli.theories.one_fact import cuts
from dmn_dli.theories.policy_memory import memory_of

CutsMemory: TypeAlias = dict[tuple[Node, str, frozenset[object]], frozenset[object] | None]
"""For a subject, a fact's name and constants the cuts of the fact; None where they are not known."""


def remembered_cuts(
    policy: LinkedPolicy, subject: Node, fact: Fact, constants: frozenset[object]
) -> frozenset[object]:
    """As `one_fact.cuts`; what holds the values of a single case is not kept. Raises NotAnalysable."""
    if any_node(subject, lambda node: isinstance(node, syntax.Known)):
        return cuts(subject, fact, constants)
    memory: CutsMemory = memory_of(policy).setdefault(cuts, {})
    key = subject, fact.name, constants
    if key not in memory:
        try:
            memory[key] = cuts(subject, fact, constants)
        except NotAnalysable:
            memory[key] = None
    found = memory[key]
    if found is None:
        raise NotAnalysable
    return found
