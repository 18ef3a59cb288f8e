"""A policy whose cells are parsed, typed and linked to facts and decisions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

from attrs import field, frozen

from dmn_dli.feel import FeelType, syntax
from dmn_dli.model.cell import Cell
from dmn_dli.model.facts import Dictionary, Fact
from dmn_dli.model.finding import Finding
from dmn_dli.model.table import DecisionTable, Rule
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.constants import NotAnalysable, test_constants


@frozen
class AllowedValues:
    """The values that a fact, a clause or an output may take.

    text: as written, for messages. tests: the same as unary tests.
    values: all of them in order where they can be listed, else None (a range, say).
    """

    text: str
    tests: syntax.UnaryTests
    values: tuple[object, ...] | None


@frozen
class FactSource:
    """The clause is a fact."""

    fact: Fact


@frozen
class DecisionSource:
    """The clause is another decision's value, or one of its outputs."""

    decision: str
    output: str | None = None

    @property
    def name(self) -> str:
        """The name under which FEEL expressions know the value."""
        return self.decision if self.output is None else f"{self.decision}.{self.output}"


@frozen
class ExpressionSource:
    """The clause is a FEEL expression over `names` (facts, decisions, `Decision.output`)."""

    tree: syntax.Node
    names: frozenset[str]


Source: TypeAlias = FactSource | DecisionSource | ExpressionSource


@frozen(slots=False)
class Column:
    """An input clause with its cells.

    tests: the distinct unary tests; `rules[i]` is the index among them of rule i's cell.
    cells: the cell of each rule, for messages.
    reads: names that the cells themselves mention (usually none).
    """

    clause: Cell
    label: str
    source: Source
    type: FeelType
    allowed: AllowedValues | None
    tests: tuple[syntax.UnaryTests, ...]
    rules: tuple[int, ...]
    cells: tuple[Cell, ...]
    reads: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of facts and decisions that the clause and the cells read, sorted."""
        match self.source:
            case FactSource(fact):
                clause = {fact.name}
            case DecisionSource() as source:
                clause = {source.name}
            case ExpressionSource(names=names):
                clause = set(names)
        return tuple(sorted(clause | self.reads))

    @cached_property
    def constants(self) -> tuple[frozenset[object] | None, ...]:
        """For each distinct test the constants with which it compares the value; None where it does more."""
        found: list[frozenset[object] | None] = []
        for test in self.tests:
            try:
                found.append(test_constants(test))
            except NotAnalysable:
                found.append(None)
        return tuple(found)

    @property
    def all_constants(self) -> frozenset[object] | None:
        """The constants of all tests; None where one of them does more than compare with constants."""
        known = [constants for constants in self.constants if constants is not None]
        return frozenset().union(*known) if len(known) == len(self.constants) else None


@frozen
class Constant:
    """An output entry whose value is known."""

    value: object


@frozen
class Computed:
    """An output entry that a FEEL expression over `names` computes."""

    tree: syntax.Node
    names: frozenset[str]


Entry: TypeAlias = Constant | Computed


@frozen
class OutputColumn:
    """An output clause with an entry for each rule, and its default (None: no default)."""

    name: str
    type: FeelType
    allowed: AllowedValues | None
    entries: tuple[Entry, ...]
    default: Entry | None = None

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """The entries of the rules, and the default's behind them where there is one."""
        return self.entries if self.default is None else (*self.entries, self.default)


@frozen
class LinkedAssumption:
    """A condition over facts that holds of every real case.

    cell, place: where it stands (`Assumptions!A2`). names: the facts that it reads.
    """

    cell: Cell
    place: str
    reason: str
    tree: syntax.Node
    names: frozenset[str]


@frozen
class Needs:
    """What a group asks of its members that apply: `all`, `any`, `none`, or `at least` so many."""

    word: str
    least: int = 0

    def __str__(self) -> str:
        return f"{self.word} {self.least}" if self.least else self.word


@frozen
class Criterion:
    """A row of a sheet of criteria that is in force.

    name: as clauses know it (`Criteria.2.c`). sheet: the decision's name in A1. group, members: names of
    rows. means: the determination that it claims. condition: the names that its own IF cells other than `-`
    read; of a group they say when it applies.
    """

    name: str
    sheet: str
    id: str
    cell: Cell
    group: str | None
    needs: Needs | None
    means: object
    members: tuple[str, ...]
    condition: frozenset[str]


@frozen(slots=False)
class LinkedTable:
    """A decision table ready for the index; `rules` are those in force, in sheet order."""

    table: DecisionTable
    columns: tuple[Column, ...]
    outputs: tuple[OutputColumn, ...]
    rule_indexes: tuple[int, ...]
    """Which of the sheet's rules are in force: positions in `table.rules`."""
    criterion: Criterion | None = None
    """The row of a sheet of criteria that is decided here, or counted for; None for the workbook's tables."""

    @property
    def name(self) -> str:
        """The decision's name."""
        return self.table.name

    @property
    def hit_policy(self) -> HitPolicy:
        """The table's hit policy."""
        return self.table.hit_policy

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force, as the sheet has them."""
        return tuple(self.table.rules[index] for index in self.rule_indexes)

    @property
    def has_default(self) -> bool:
        """Whether the table has a value where no rule fires: all outputs have a default then, or none."""
        return bool(self.outputs) and all(output.default is not None for output in self.outputs)

    @cached_property
    def computed_entries(self) -> tuple[Computed, ...]:
        """The output entries that are no constants."""
        return tuple(
            entry for output in self.outputs for entry in output.all_entries if isinstance(entry, Computed)
        )

    @property
    def computed(self) -> bool:
        """Whether some output entry is not a constant."""
        return bool(self.computed_entries)

    @cached_property
    def computed_names(self) -> frozenset[str]:
        """The names of facts and decisions from which outputs are computed."""
        return frozenset(name for entry in self.computed_entries for name in entry.names)

    @cached_property
    def reads(self) -> frozenset[str]:
        """All names of facts and decisions on which the table's value may depend."""
        names: set[str] = set()
        for column in self.columns:
            names.update(column.names)
        return self.computed_names.union(names)


@frozen(slots=False)
class LinkedPolicy:
    """A workbook's decisions, linked, in an order in which each comes after those that it requires.

    decisions: its tables, and for each row of its sheets of criteria one that decides it.
    findings: those of the reader and of linking together. Where one of them is
    an error the policy may lack tables and must not be evaluated.
    allowed: what the dictionary allows for a fact, by its name; a fact that it lacks may have any value.
    """

    workbook: Workbook
    dictionary: Dictionary
    decisions: tuple[LinkedTable, ...]
    findings: tuple[Finding, ...] = field(default=())
    assumptions: tuple[LinkedAssumption, ...] = ()
    allowed: Mapping[str, AllowedValues] = field(factory=dict, eq=False)

    @cached_property
    def known(self) -> dict[object, Any]:
        """The memory of those who work something out of the policy once, each under a key of its own."""
        return {}

    @property
    def of_model(self) -> bool:
        """Whether the tables are a DMN model's, in which a text is what it is to the letter."""
        return any(table.table.of_model for table in self.decisions)

    @cached_property
    def tables(self) -> tuple[LinkedTable, ...]:
        """The decisions that are tables of the workbook."""
        return tuple(table for table in self.decisions if table.criterion is None)

    @cached_property
    def criteria(self) -> tuple[LinkedTable, ...]:
        """The decisions that are rows of a sheet of criteria, in the order of the sheets and their rows."""
        names = [sheet.name_of(row.id) for sheet in self.workbook.criteria for row in sheet.in_force]
        return tuple(self.by_name[name] for name in names if name in self.by_name)

    @cached_property
    def by_name(self) -> Mapping[str, LinkedTable]:
        """Each decision under its name."""
        return {table.name: table for table in self.decisions}

    @cached_property
    def decision_names(self) -> Mapping[str, str]:
        """Each name that expressions use for a decision's value, to the decision."""
        return value_names(self.decisions)

    def requires(self, decision: str) -> frozenset[str]:
        """The decisions that a decision needs, its own among them, all the way up."""
        return self._upstream(decision, lambda table: table.reads)

    def _upstream(self, decision: str, reads: Callable[[LinkedTable], frozenset[str]]) -> frozenset[str]:
        """The decisions to which a decision leads by these reads, its own among them."""
        found: set[str] = set()
        waiting = [decision]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                names = reads(self.by_name[name])
                waiting += [self.decision_names[read] for read in names if read in self.decision_names]
        return frozenset(found)

    def must_answer(self, table: LinkedTable) -> bool:
        """Whether a case that no rule fits is an error: in a payer's policy, where one answer is due.

        In a generic workbook such a table has no value, as in DMN.
        """
        return not self.workbook.generic and table.hit_policy.one_answer and not table.has_default

    def asked(self, decision: str) -> frozenset[str]:
        """The facts that a decision's cells other than `-` read, all the way up.

        Of a criterion these are the facts of its own condition, of a group those of its members: what says
        whether it applies is left aside.
        """
        read = frozenset[str]().union(
            *[_asked(self.by_name[each]) for each in self._upstream(decision, _asked)]
        )
        return read & self.dictionary.by_name.keys()

    def facts_read(self, names: Collection[str]) -> frozenset[str]:
        """The facts among `names`, and those that the decisions among them read, all the way up."""
        read = set(names)
        for name in names:
            if name in self.decision_names:
                for decision in self.requires(self.decision_names[name]):
                    read |= self.by_name[decision].reads
        return frozenset(name for name in read if name in self.dictionary.by_name)


def _asked(table: LinkedTable) -> frozenset[str]:
    criterion = table.criterion
    if criterion is not None:
        return frozenset(criterion.members) if criterion.needs else criterion.condition
    asking = [column.names for column in table.columns if any(test.tests for test in column.tests)]
    return table.computed_names.union(*asking)


def value_names(tables: Iterable[LinkedTable]) -> dict[str, str]:
    """Each name that expressions use for a value of these tables' decisions, to the decision."""
    names: dict[str, str] = {}
    for table in tables:
        names[table.name] = table.name
        if table.criterion is not None:
            continue
        names |= {f"{table.name}.{output.name}": table.name for output in table.outputs}
    return names
