"""A table's logic on bitmasks: which rules a value lets pass, and what the rules that fire result in.

Rule i is bit i. Each distinct test of a column has the mask of the rules that
use it; a value's mask is the union over the tests that it passes, and the
rules that fire are the intersection over the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

from attrs import field, frozen

from dmn_dli.feel import FeelLimit, compile_expression, compile_unary_tests
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.model.cell import Cell
from dmn_dli.runtime.hit_policy import Conflict, Values, contributing, priority_ranks, result
from dmn_dli.tables.limits import CellLimit, placed
from dmn_dli.tables.linked import Column, Computed, Constant, Entry, LinkedTable
from dmn_dli.tables.masks import members
from dmn_dli.tables.open_values import OPEN, holds_open

Scope: TypeAlias = Mapping[str, object]


@frozen
class Outcome:
    """What a table results in.

    rules: positions (among the rules in force) of those that contribute.
    value: the decision's value; conflict: why there is none, the rules in `rules`.
    """

    rules: tuple[int, ...]
    value: object
    conflict: str | None = None


@frozen(slots=False)
class ColumnLogic:
    """The tests of a column as functions, each with the mask of the rules that use it."""

    column: Column

    @cached_property
    def test_masks(self) -> tuple[int, ...]:
        """For each distinct test the rules that use it."""
        masks = [0] * len(self.column.tests)
        for rule, test in enumerate(self.column.rules):
            masks[test] |= 1 << rule
        return tuple(masks)

    @cached_property
    def tests(self) -> tuple[Callable[[object, Scope], bool | None], ...]:
        """For each distinct test its function."""
        return tuple(map(self.test, range(len(self.column.tests))))

    def test(self, number: int) -> Callable[[object, Scope], bool | None]:
        """The function of a distinct test. It raises CellLimit where it takes more work than is allowed."""
        tree = self.column.tests[number]
        cell = self.column.cells[self.column.rules.index(number)]
        return placed(tree, compile_unary_tests(tree), cell)

    @cached_property
    def known_masks(self) -> dict[int, tuple[object, tuple[int, ...]]]:
        """The index's memory: by a domain's identity the domain, kept so that it stays one, and its masks."""
        return {}

    def mask(self, value: object, scope: Scope) -> int:
        """The rules whose cell the value passes; `scope` holds the names that cells read."""
        mask = 0
        for test, rules in zip(self.tests, self.test_masks, strict=True):
            if test(value, scope) is True:
                mask |= rules
        return mask


class _AskedFor(dict[int, Values]):
    """The outputs of rules, each worked out when it is asked for: of those that fire, few may decide."""

    def __init__(self, values: Callable[[int], Values]) -> None:
        super().__init__()
        self._of = values

    def __missing__(self, rule: int) -> Values:
        """Work out and remember."""
        self[rule] = found = self._of(rule)
        return found


@frozen(slots=False)
class TableLogic:
    """A linked table's outcome for each set of rules that fire; columns: the logic of each input column."""

    table: LinkedTable
    columns: tuple[ColumnLogic, ...] = field(eq=False)

    @columns.default
    def _of_table(self) -> tuple[ColumnLogic, ...]:
        return tuple(map(ColumnLogic, self.table.columns))

    @property
    def all_rules(self) -> int:
        """The mask of all rules in force."""
        return (1 << len(self.table.rule_indexes)) - 1

    @cached_property
    def indifferent(self) -> tuple[int, ...]:
        """For each column the rules whose cell says `-`."""
        return tuple(
            sum(
                rules
                for test, rules in zip(each.column.tests, each.test_masks, strict=True)
                if not test.tests
            )
            for each in self.columns
        )

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The rules in the order in which they win, or stand in a list; where outputs rank them, constants.

        Of C< and C> null comes first, which makes the value null.
        """
        rules = range(len(self.table.rules))
        hit_policy = self.table.hit_policy
        if hit_policy.ranked:
            return tuple(sorted(rules, key=lambda rule: self._ranks(self._values(rule, None))))
        if not hit_policy.aggregates or hit_policy.own_values:
            return tuple(rules)
        values: list[Any] = [self._values(rule, None)[0] for rule in rules]
        ordered = sorted([rule for rule in rules if values[rule] is not None], key=values.__getitem__)
        nulls = [rule for rule in rules if values[rule] is None]
        return (*nulls, *(ordered if hit_policy.least_wins else reversed(ordered)))

    @cached_property
    def weights(self) -> tuple[Any, ...]:
        """What each rule adds to a sum, or to the number of rules."""
        if self.table.hit_policy.counts:
            return (Decimal(1),) * len(self.table.rules)
        return tuple(self._values(rule, None)[0] for rule in range(len(self.table.rules)))

    @cached_property
    def output_names(self) -> tuple[str, ...]:
        """The names of the outputs."""
        return tuple(output.name for output in self.table.outputs)

    def outcome(self, mask: int, scope: Scope | None = None) -> Outcome:
        """What the rules of `mask` result in; `scope` is needed where outputs are computed."""
        fired = members(mask)
        values = _AskedFor(lambda rule: self._values(rule, scope))
        ranks = self._ranks
        hit_policy = self.table.hit_policy
        rules = contributing(hit_policy, fired, lambda rule: ranks(values[rule]))
        try:
            value = result(
                hit_policy, self.output_names, rules, values, self._default(scope) if not rules else None
            )
        except Conflict as conflict:
            return Outcome(conflict.rules, None, conflict.reason)
        # Of a criterion nobody asks which of its rules says whether it is met.
        return Outcome((), value) if self.table.criterion else Outcome(rules, value)

    @property
    def ranked_by_constants(self) -> bool:
        """Whether no output is computed whose row 4 ranks its values."""
        ranking = [self.table.outputs[place] for place in self._ranking]
        return not any(isinstance(entry, Computed) for output in ranking for entry in output.entries)

    @cached_property
    def _ranking(self) -> tuple[int, ...]:
        """The outputs, by position, whose row 4 ranks the rules; none where the hit policy asks for none."""
        return tuple(
            place
            for place, output in enumerate(self.table.outputs)
            if self.table.hit_policy.ranked
            and output.allowed is not None
            and output.allowed.values is not None
        )

    def deciding(self, mask: int) -> int | None:
        """The rule whose outputs are the value where the rules of a mask fire, and one's are; None for none.

        Outputs by which rules are ranked are constants.
        """
        ranks = self._ranks
        rules = contributing(
            self.table.hit_policy, members(mask), lambda rule: ranks(self._values(rule, None))
        )
        return rules[0] if rules else None

    def alike(self, mask: int) -> bool:
        """Whether the rules of a mask have the same entries, so that they agree whatever these come to."""
        first, *others = members(mask) or [0]
        return all(
            output.entries[rule] == output.entries[first] for output in self.table.outputs for rule in others
        )

    def disagreement(self, mask: int) -> Outcome:
        """The outcome of the rules of a mask where an A table's do not agree."""
        rules = tuple(members(mask))
        try:
            result(self.table.hit_policy, ("",), rules, {rule: (rule,) for rule in rules}, None)
        except Conflict as conflict:
            return Outcome(conflict.rules, None, conflict.reason)
        raise ValueError("rules of this table need not agree")

    def partial(self, mask: int, scope: Scope, *, agreed: bool) -> Outcome:
        """What the rules of a mask result in where entries may be open: then the value is, or parts of it.

        agreed: whether it is known that the rules of an A table agree.
        """
        hit_policy, rules = self.table.hit_policy, members(mask)
        if hit_policy.forbids_overlap and len(rules) > 1:
            return self.outcome(mask)
        values = {rule: self._values(rule, scope) for rule in rules}
        columns = list(zip(*values.values(), strict=True))
        if not any(map(holds_open, columns)):
            return self.outcome(mask, scope)
        if hit_policy.aggregates or any(holds_open(columns[place]) for place in self._ranking):
            return Outcome(() if hit_policy.one_answer else tuple(rules), OPEN)
        if hit_policy.must_agree and len(rules) > 1 and not self.alike(mask):
            told = [[value for value in column if not holds_open(value)] for column in columns]
            if any(len(set(map(freeze, each))) > 1 for each in told):
                return self.disagreement(mask)
            if not agreed:
                return Outcome(tuple(rules), OPEN)
            common = tuple(each[0] if each else OPEN for each in told)
            value = result(hit_policy, self.output_names, rules[:1], {rules[0]: common}, None)
            return Outcome(tuple(rules), value)
        return self.outcome(mask, scope)

    def outcome_names(self, mask: int) -> frozenset[str]:
        """The names of facts and decisions from which the outcome of a mask is computed."""
        entries = [
            output.entries[rule] if mask else output.default
            for output in self.table.outputs
            for rule in members(mask) or (0,)
        ]
        return frozenset(name for entry in entries if isinstance(entry, Computed) for name in entry.names)

    def _values(self, rule: int, scope: Scope | None) -> Values:
        cells = self.table.rules[rule].outputs
        return tuple(
            self._entry_value(output.entries[rule], scope, cell)
            for output, cell in zip(self.table.outputs, cells, strict=True)
        )

    def _default(self, scope: Scope | None) -> Values | None:
        if not self.table.has_default:
            return None
        return tuple(
            self._entry_value(output.default, scope, clause.values_cell or clause.cell)
            for output, clause in zip(self.table.outputs, self.table.table.outputs, strict=True)
            if output.default is not None
        )

    def _entry_value(self, entry: Entry, scope: Scope | None, cell: Cell) -> object:
        if isinstance(entry, Constant):
            return entry.value
        try:
            return self._computed[entry](scope or {})
        except FeelLimit as limit:
            raise CellLimit(limit.message, cell) from None

    @cached_property
    def _computed(self) -> dict[Computed, Callable[[Scope], Any]]:
        return {entry: compile_expression(entry.tree) for entry in self.table.computed_entries}

    @cached_property
    def _ranks(self) -> Callable[[Values], tuple[int, ...]]:
        if not self.table.hit_policy.ranked:
            return lambda values: ()  # noqa: ARG005 - the signature is the hit policies'
        return priority_ranks(
            [
                {value: place for place, value in enumerate(output.allowed.values)}
                if output.allowed is not None and output.allowed.values is not None
                else None
                for output in self.table.outputs
            ]
        )
