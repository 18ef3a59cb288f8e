"""What was approximated once, remembered: by what a decision reads, not by the whole case.

A table of 40 columns need not be worked out again because a fact changed that it does not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from dmn_dli.diagrams.build import build
from dmn_dli.diagrams.compiled import outcome_values
from dmn_dli.evaluate.live_rules import LiveRules, asks_facts_alone, rules_by_atom
from dmn_dli.evaluate.table_function import TableFunction
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.linking.portable import decode
from dmn_dli.runtime.compiled import CompiledPolicy, DerivedClause
from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.policy import Decision
from dmn_dli.runtime.residual import Residual
from dmn_dli.tables.linked import ExpressionSource, LinkedPolicy, LinkedTable
from dmn_dli.theories.lowering import fact_domains
from dmn_dli.theories.terms import Term

_KEEP = 2_000_000
"""How many answers, their rules and numbers of their diagrams are held before it starts afresh."""

_UNKNOWN = object()

Key: TypeAlias = tuple[Any, ...]


class Approximated(NamedTuple):
    """A decision's answer: its residual, the atoms of its derived variables, its FEEL value where settled."""

    residual: Residual
    derived: Mapping[int, int]
    value: tuple[()] | tuple[object]


class _Reading(NamedTuple):
    """What a decision's answer hangs on: atoms of these variables, and the very values of these facts."""

    variables: tuple[int, ...]
    facts: tuple[str, ...]


class ApproximationMemory:
    """The answers of one policy's decisions."""

    def __init__(
        self, policy: LinkedPolicy, readers: Mapping[str, FactReader], compiled: CompiledPolicy
    ) -> None:
        """Take a policy, the readers of its facts, and the policy as it was compiled."""
        self.derived = {each.variable: each for each in compiled.derived}
        """The derived variables by number."""
        self.requires = {table.name: policy.requires(table.name) for table in policy.decisions}
        """For each decision those that it needs, its own among them."""
        self.read = frozenset(
            name for each, required in self.requires.items() for name in required if name != each
        )
        """The decisions that others read."""
        self.domains = fact_domains(policy)
        """Of every fact that is read."""
        self._whole = frozenset(name for name, domain in self.domains.items() if domain.whole)
        self._policy = policy
        self._compiled = compiled
        self._readers = readers
        bound = {node[0] for each in compiled.policy.assumptions for node in each.diagram.nodes}
        self.assumed = {variable: each for variable, each in self.derived.items() if variable in bound}
        """The terms that assumptions ask, by number."""
        self.behind = {
            variable: frozenset(readers[name].variable for name in each.facts)
            for variable, each in self.assumed.items()
        }
        """For each of them the variables of its facts."""
        self._bound = bound.union(*self.behind.values())
        self._readings = {name: self._reading(required) for name, required in self.requires.items()}
        self._answers: dict[Key, Approximated] = {}
        self._size = 0
        self._terms: dict[int, Term] = {}
        self._live_rules: dict[str, LiveRules | None] = {}

    def value(self, decision: str, outcome: int) -> object:
        """The FEEL value of a decision's outcome, by number."""
        if self._compiled.values:
            return decode(self._compiled.values[decision][outcome])
        return self._values[decision][outcome]

    @cached_property
    def _values(self) -> Mapping[str, tuple[object, ...]]:
        """Those of a policy compiled without: its diagrams answer alone, but for cases of fine numbers."""
        return outcome_values(build(self._policy))

    def _reading(self, required: frozenset[str]) -> _Reading:
        tables = [self._policy.by_name[name] for name in required]
        read = self._policy.facts_read(frozenset().union(*[table.reads for table in tables]))
        computed = self._policy.facts_read(frozenset().union(*[_computed_with(table) for table in tables]))
        assumed = frozenset[str]().union(*[each.facts for each in self.assumed.values()])
        valued = computed | assumed | (read & self._whole)
        variables = {self._readers[name].variable for name in read} | self._bound
        return _Reading(tuple(sorted(variables)), tuple(sorted(valued)))

    def key(self, decision: str, atoms: Sequence[int], known: Mapping[str, Any]) -> Key:
        """What the answer of a decision is remembered by; `known` holds the FEEL values of given facts."""
        variables, facts = self._readings[decision]
        values: list[object] = [known.get(name, _UNKNOWN) for name in facts]
        if self._whole:
            values = [each if each is _UNKNOWN else freeze(each) for each in values]
        return (decision, *[atoms[variable] for variable in variables], *values)

    def live_rules(self, decision: Decision, table: TableFunction) -> LiveRules | None:
        """The live rules of a decision without a diagram; None where atoms of facts do not tell all of it."""
        if decision.name not in self._live_rules:
            found = None
            if not self._compiled.policy.assumptions and asks_facts_alone(table, self.domains):
                variables = {name: reader.variable for name, reader in self._readers.items()}
                by_atom = rules_by_atom(table, self.domains, variables)
                found = LiveRules(table, decision, by_atom, self._policy)
            self._live_rules[decision.name] = found
        return self._live_rules[decision.name]

    def term(self, clause: DerivedClause) -> Term:
        """The term that a derived variable of the compiled policy stands for."""
        found = self._terms.get(clause.variable)
        if found is None:
            term = clause.term
            found = self._terms[clause.variable] = term if isinstance(term, Term) else decode(term)
        return found

    def get(self, key: Key) -> Approximated | None:
        """The answer, if it is remembered."""
        return self._answers.get(key)

    def keep(self, key: Key, answer: Approximated, compiled: Decision) -> None:
        """Remember an answer; one by another diagram than the compiled decision's weighs as much as that.

        The rules that its outcomes name weigh too: of thousands that all meet each case names others.
        """
        decision = answer.residual.decision
        own = decision.diagram if decision is not compiled else None
        size = (
            1
            + (sum(map(len, own.nodes)) if own else 0)
            + sum(len(each.rules) for each in answer.residual.outcomes)
        )
        if self._size + size > _KEEP:
            self._answers.clear()
            self._size = 0
        self._answers[key] = answer
        self._size += size


def _computed_with(table: LinkedTable) -> frozenset[str]:
    """The names whose values a table computes with, so that their atoms do not say all."""
    columns = [
        column.names
        for column in table.columns
        if column.reads or isinstance(column.source, ExpressionSource)
    ]
    return table.computed_names.union(*columns)
