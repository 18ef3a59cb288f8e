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
from dmn_dli.model.cell import Cell
from dmn_dli.runtime.hit_policy import Conflict, Values, contributing, priority_ranks, result
from dmn_dli.tables.limits import CellLimit, placed
from dmn_dli.tables.linked import Column, Computed, Constant, Entry, LinkedTable
from dmn_dli.tables.masks import members

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
        """Whether no output whose row 4 ranks its values is computed."""
        return not any(
            isinstance(entry, Computed)
            for output in self.table.outputs
            if output.allowed is not None and output.allowed.values is not None
            for entry in output.entries
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
