"""What the names of a policy stand for, while its conditions are taken apart into questions."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from itertools import product
from math import prod
from typing import TypeAlias

from attrs import evolve

from dmn_dli.feel import FeelType, children, compile_expression, free_names, infer, syntax
from dmn_dli.feel.budget import FeelLimit
from dmn_dli.feel.conversion_node import Conversion
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.feel.replacing import with_nodes
from dmn_dli.feel.syntax import Node
from dmn_dli.feel.value_types import type_of
from dmn_dli.feel.walk import BINDING, any_node
from dmn_dli.model.facts import DICTIONARY_TYPES, Fact, FactType
from dmn_dli.runtime.marks import Mark
from dmn_dli.tables.allowed_values import FEEL_TYPES
from dmn_dli.tables.constants import NotAnalysable, scalars_of
from dmn_dli.tables.domain import Domain, domain_of, enumerated_domain, fact_domain_of
from dmn_dli.tables.linked import (
    Computed,
    Constant,
    LinkedPolicy,
    LinkedTable,
    OutputColumn,
    value_names,
)
from dmn_dli.tables.orders import ORDERED
from dmn_dli.theories.behind import Behind, behind, output_of

MOST_VALUES = 256
"""How many combinations of listed values are put into a subject, or gone through for its constants."""

MOST_SPLIT = 8
"""How many values a decision may have for each to be asked of the facts that are read beside it."""

_OF_TERMS = ORDERED | {FeelType.STRING}
"""The types of terms that are no conditions."""

Test: TypeAlias = syntax.ComparisonTest | syntax.ValueTest

_UNPARTED = frozenset({FeelType.LIST, FeelType.CONTEXT, FeelType.ANY})


def domain_of_fact(
    fact: Fact, policy: LinkedPolicy, constants: frozenset[object], marks: Collection[Mark] = ()
) -> Domain:
    """A fact's domain, cut at constants, and of text by marks."""
    return fact_domain_of(
        FEEL_TYPES[fact.type],
        policy.allowed.get(fact.name),
        constants,
        integer=fact.type is FactType.INTEGER,
        nullable=fact.nullable,
        marks=marks,
        named=not policy.of_model,
    )


_LABOURED = (*BINDING, Conversion)
_MATCHING = frozenset({"matches", "replace", "split"})


def runs_long(tree: Node) -> bool:
    """Whether the work that an expression takes depends on more than single values."""
    return any_node(tree, _runs_long)


def _runs_long(node: Node) -> bool:
    """Whether the work that a node takes depends on more than single values."""
    if isinstance(node, syntax.Invocation):
        return not isinstance(node.function, syntax.Name) or node.function.name in _MATCHING
    return isinstance(node, _LABOURED)


class PolicyScope:
    """The `Scope` of a policy's questions: facts, and decisions as far as they are done.

    constants: for each fact where the answers that single facts give change; marks: for text what parts it.
    terms: the subjects that several answer, each with its name and the constants among which it is asked for.
    """

    def __init__(self, policy: LinkedPolicy) -> None:
        """Start with the facts alone."""
        self.policy = policy
        self.facts = policy.dictionary.by_name
        self.constants: dict[str, set[object]] = {}
        self.marks: dict[str, frozenset[Mark]] = {}
        self.terms: dict[Node, tuple[str, set[object]]] = {}
        self._types = {name: FEEL_TYPES[fact.type] for name, fact in self.facts.items()}
        self._values: dict[str, tuple[object, ...] | None] = {}
        self.behind: dict[str, Behind] = {}
        """What stands behind the names of decisions, as far as it can be put in for them."""
        self._open: set[str] = set()
        self._wide: dict[str, bool] = {}

    def is_wide(self, name: str) -> bool:
        """Whether a name may have more values than can be gone through."""
        if name not in self._wide:
            fact = self.facts.get(name)
            if fact is None:
                return name in self._open
            self._wide[name] = not domain_of_fact(fact, self.policy, frozenset()).finite
        return self._wide[name]

    def may_be_null(self, name: str) -> bool:
        """Whether null is among the values of a name."""
        fact = self.facts.get(name)
        return fact is None or fact.nullable

    def type_of(self, tree: Node) -> FeelType:
        """The type of an expression."""
        return infer(tree, self._types).type

    def values_of(self, tree: Node) -> frozenset[object]:
        """All values of an expression that reads no wide name. Raises NotAnalysable."""
        try:
            return frozenset[object]().union(*map(scalars_of, self._all_values(tree)))
        except TypeError:
            raise NotAnalysable from None  # contexts cannot be kept among constants

    def _all_values(self, tree: Node) -> list[object]:
        """The values of an expression that reads no wide name. Raises NotAnalysable."""
        names = sorted(free_names(tree))
        value = compile_expression(tree)
        try:
            return [value(dict(zip(names, each, strict=True))) for each in product(*self._listed(names))]
        except FeelLimit:
            raise NotAnalysable from None

    def ask(self, subject: Node, constants: frozenset[object]) -> Node:
        """What stands for a subject: itself where one fact answers, else a term. Raises NotAnalysable."""
        names = sorted(free_names(subject))
        wide = [name for name in names if self.is_wide(name)]
        if any(name not in self.facts for name in wide):
            raise NotAnalysable
        if len(wide) == 1 and self._answered(subject, wide[0], names, constants):
            return subject
        decision = next((name for name in names if name not in self.facts), None)
        if decision is not None:
            return self._by_value(subject, decision, constants)
        return self._term(subject, names, constants)

    def _by_value(self, subject: Node, decision: str, constants: frozenset[object]) -> Node:
        """What stands for a subject by the value of a decision that it reads beside several facts."""
        (values,) = self._listed([decision])
        if len(values) > MOST_SPLIT:
            raise NotAnalysable
        *others, last = [
            (value, self._with_value(with_nodes(subject, {decision: syntax.Known(value)}), constants))
            for value in values
        ]
        found = last[1]
        for value, asked in reversed(others):
            is_it = syntax.Comparison("=", syntax.Name(decision), syntax.Known(value))
            found = syntax.If(is_it, asked, found)
        return found

    def _with_value(self, subject: Node, constants: frozenset[object]) -> Node:
        """What stands for a subject in which a value is put in; null reckoned with is null."""
        return syntax.NullLiteral() if _is_null(subject) else self.ask(subject, constants)

    def _answered(self, subject: Node, name: str, names: list[str], constants: frozenset[object]) -> bool:
        """Whether one fact answers the question; where it does, it is cut there."""
        fact = self.facts[name]
        if isinstance(subject, syntax.Name) and fact.type in DICTIONARY_TYPES:
            self.constants.setdefault(name, set()).update(constants)
            return True
        # Most policies compare facts as they are, and never need the theories.
        from dmn_dli.theories.remembered_cuts import remembered_cuts
        from dmn_dli.theories.text import affordable, marks_of

        others = [each for each in names if each != name]
        found: set[object] = set()
        marks = set(self.marks.get(name, ()))
        parted = fact.type is FactType.STRING
        try:
            for values in product(*self._listed(others)):
                known = {each: syntax.Known(value) for each, value in zip(others, values, strict=True)}
                tree = with_nodes(subject, known) if known else subject
                if parted:
                    marks |= marks_of(tree, name, constants)
                else:
                    found |= remembered_cuts(self.policy, tree, fact, constants)
        except NotAnalysable:
            return False
        if marks != self.marks.get(name, frozenset()):
            if not affordable(marks):
                return False
            self.marks[name] = frozenset(marks)
        self.constants.setdefault(name, set()).update(found)
        return True

    def _listed(self, names: list[str]) -> list[tuple[object, ...]]:
        """All values of names that are not wide. Raises NotAnalysable where they are too many together."""
        found = []
        for name in names:
            if name in self.facts:
                domain = domain_of_fact(self.facts[name], self.policy, frozenset())
                found.append(tuple(atom.representative for atom in domain.atoms))
            else:
                values = self._values.get(name)
                if values is None:
                    raise NotAnalysable
                found.append(values)
        if prod(map(len, found)) > MOST_VALUES:
            raise NotAnalysable
        return found

    def _term(self, subject: Node, names: list[str], constants: frozenset[object]) -> Node:
        if runs_long(subject):
            raise NotAnalysable  # a cell that may go beyond the budget is told as that cell
        whole = any(FEEL_TYPES[self.facts[each].type] in _UNPARTED for each in names if each in self.facts)
        if whole or not names or any(name not in self.facts for name in names):
            raise NotAnalysable
        if constants and self.type_of(subject) not in _OF_TERMS:
            raise NotAnalysable
        name, known = self.terms.setdefault(subject, (f"#{len(self.terms) + 1}", set()))
        known |= constants
        return syntax.Name(name)

    def term_domain(self, tree: Node, constants: set[object]) -> Domain:
        """The domain of a term that is asked for among constants."""
        if not constants:
            return enumerated_domain(FeelType.BOOLEAN, (False, True), nullable=True, other=False)
        return domain_of(self.type_of(tree), None, constants, nullable=True, computed=True)

    def put_in(self, tree: Node) -> Node:
        """The tree with what stands behind names of decisions put in for them."""
        found = {name: self.behind[name].tree for name in free_names(tree) if name in self.behind}
        return with_nodes(tree, found) if found else tree

    def put_in_test(self, test: Test) -> Test:
        """The same of a test of a cell."""
        if isinstance(test, syntax.ComparisonTest):
            return evolve(test, operand=self.put_in(test.operand))
        return evolve(test, expression=self.put_in(test.expression))

    def take(self, table: LinkedTable, outputs: LinkedTable | None) -> None:
        """Which values a decision may have under each of its names, as far as they can be listed."""
        hit_policy = table.hit_policy
        if outputs is None:
            self._open.update(value_names([table]))
        for name in value_names([table]):
            only = output_of(name, table)
            self._types[name] = FeelType.ANY if only is None else only.type
            if outputs is None and only is not None:
                self._look_behind(name, only, table)
            if hit_policy.counts and name == table.name:
                self._types[name] = FeelType.NUMBER
                self._values[name] = tuple(map(Decimal, range(len(table.rule_indexes) + 1)))
                continue
            if hit_policy.gives_list or hit_policy.counts or only is None:
                self._types[name] = FeelType.LIST if hit_policy.gives_list else FeelType.ANY
                self._values[name] = None
                continue
            self._values[name] = None if outputs is None or hit_policy.own_values else self._entries(only)

    def _look_behind(self, name: str, output: OutputColumn, table: LinkedTable) -> None:
        trees = {
            place: self.put_in(entry.tree)
            for place, entry in enumerate(output.all_entries)
            if isinstance(entry, Computed)
        }
        found = behind(output, table, trees)
        if found is not None:
            self.behind[name] = found
            self._values |= found.values
            kinds = {type_of(value) for value in found.values[found.constant] if value is not None}
            self._types |= {
                found.which: FeelType.NUMBER,
                found.constant: kinds.pop() if len(kinds) == 1 else FeelType.ANY,
            }

    def _results(self, tree: Node) -> list[object]:
        """All values that an expression may pick from. Raises NotAnalysable."""
        if not any(map(self.is_wide, free_names(tree))):
            return self._all_values(tree)
        if isinstance(tree, syntax.If):
            return [*self._results(tree.then), *self._results(tree.otherwise)]
        raise NotAnalysable

    def _entries(self, output: OutputColumn) -> tuple[object, ...] | None:
        """The values of an output's entries, null among them."""
        found: dict[object, object] = {None: None}
        for entry in output.all_entries:
            if isinstance(entry, Constant):
                found[freeze(entry.value)] = entry.value
                continue
            try:
                values = self._results(entry.tree)
            except NotAnalysable:
                return None
            found |= {freeze(value): value for value in values}
        return tuple(found.values())


def _is_null(tree: Node) -> bool:
    """Whether an expression is null whatever its names are, since what it reckons with is."""
    match tree:
        case syntax.Known(None) | syntax.NullLiteral():
            return True
        case syntax.Arithmetic() | syntax.Negation():
            return any(map(_is_null, children(tree)))
    return False
