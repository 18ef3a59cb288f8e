"""A sheet of criteria on known facts, row by row.

Of the program only the reading of cells is used: each row is linked as if it
were a decision table of one rule, so that FEEL says whether its cells accept what arrives. Groups, what
applies and what is met are worked out here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from attrs import evolve, frozen

from dmn_dli.linking.link import link
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.finding import errors
from dmn_dli.model.table import DecisionTable, OutputClause, Rule
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import Column, LinkedPolicy, LinkedTable
from tests.reference.tables import clause_value, may_arrive, unary_tests

Status = bool | None
"""Met, not met; null where the row does not apply."""

STATUSES: Mapping[Status, str] = {True: "met", False: "not met", None: "does not apply"}
NECESSARY = "medically necessary"
NOTHING_UNMET = (NECESSARY, "not addressed")
"""The determinations of which no criterion is listed as unmet."""


@frozen(slots=False)
class Row:
    """A row in force; `group` and `members` are rows' names.

    conditions: its IF cells other than `-`, each with its column and as a test of what arrives.
    """

    sheet: CriteriaSheet
    row: CriterionRow
    group: str | None
    members: tuple[str, ...]
    conditions: tuple[tuple[Column, Callable[..., Any]], ...]

    @cached_property
    def name(self) -> str:
        """The name under which tables and other rows read its status."""
        return row_name(self.sheet, self.row.id)

    @cached_property
    def needs(self) -> str:
        """`all`, `any`, `none` or `at least N`; "" for a criterion."""
        return " ".join(self.row.needs.text.split()).casefold()

    @property
    def means(self) -> str | None:
        """The determination that the row claims."""
        return self.row.means.text.strip() or None

    @property
    def citation(self) -> str | None:
        """The place in the document."""
        return self.sheet.note(self.row, "Citation").strip() or None

    @cached_property
    def reads(self) -> frozenset[str]:
        """The facts, decisions and rows that its own conditions name."""
        return frozenset(name for column, _ in self.conditions for name in column.names)

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Whether all of its IF cells hold."""
        return all(test(clause_value(column, scope), scope) is True for column, test in self.conditions)

    def arrives(self, scope: Mapping[str, Any]) -> bool:
        """Whether row 4 admits what arrives at its conditions."""
        return all(may_arrive(column, clause_value(column, scope)) for column, _ in self.conditions)

    def of_members(self, statuses: Iterable[Status]) -> Status:
        """What a group is, by its members: those that do not apply do not count."""
        applying = [status for status in statuses if status is not None]
        met = sum(applying)
        if not applying:
            return None
        if self.needs == "all":
            return met == len(applying)
        if self.needs == "any":
            return met > 0
        if self.needs == "none":
            return met == 0
        return met >= int(self.needs.removeprefix("at least "))


class Criteria:
    """The rows of a policy's sheets of criteria, in sheet order, by the names under which they are read.

    linked: the policy with each row as a decision table of one rule, in which all names are resolved.
    """

    def __init__(self, policy: LinkedPolicy) -> None:
        sheets = policy.workbook.criteria
        self.generic = policy.workbook.generic
        self.linked = _rows_as_tables(policy) if sheets else policy
        self.rows: dict[str, Row] = {}
        self._facts: dict[str, frozenset[str]] = {}
        for sheet in sheets:
            for row in sheet.in_force:
                self.rows[row_name(sheet, row.id)] = self._row(sheet, row)

    def _row(self, sheet: CriteriaSheet, row: CriterionRow) -> Row:
        columns = self.linked.by_name[row_name(sheet, row.id)].columns
        return Row(
            sheet,
            row,
            None if row.part_of.blank else row_name(sheet, row.part_of.text),
            tuple(row_name(sheet, each.id) for each in sheet.in_force if each.part_of.text == row.id),
            tuple((column, unary_tests(column.tests[0])) for column in columns),
        )

    def reach(self, row: Row) -> list[Row]:
        """The groups whose IF cells must hold for the row to apply, itself among them where it is one."""
        groups = [row] if row.needs else []
        while row.group is not None:
            row = self.rows[row.group]
            groups.append(row)
        return groups

    def status(self, row: Row, scope: Mapping[str, Any]) -> Status:
        """Whether a row is met; scope: the value of each name that it, its groups and its members read."""
        if not all(group.holds(scope) for group in self.reach(row)):
            return None
        return row.of_members(scope[name] for name in row.members) if row.needs else row.holds(scope)

    def arrives(self, row: Row, scope: Mapping[str, Any]) -> bool:
        """Whether row 4 admits all that the row and its groups test."""
        return all(each.arrives(scope) for each in (row, *self.reach(row)))

    def reads(self, row: Row) -> frozenset[str]:
        """All names on which the row's status depends: its own, its groups', its members."""
        return row.reads.union(row.members, *(group.reads for group in self.reach(row)))

    def facts(self, name: str) -> frozenset[str]:
        """The facts that a name stands for or its condition reads, all the way up.

        Of a row: by its IF cells other than `-`, of a group: by its members; of neither, those by which it
        applies. Of a decision table: by the columns in which a cell is not `-`, and by computed entries.
        """
        if name not in self._facts:
            self._facts[name] = self._facts_of(name)
        return self._facts[name]

    def _facts_of(self, name: str) -> frozenset[str]:
        if name in self.rows:
            row = self.rows[name]
            read: Iterable[str] = row.members if row.needs else row.reads
        elif name in self.linked.decision_names:
            read = _read_by(self.linked.by_name[self.linked.decision_names[name]])
        else:
            return frozenset([name])
        return frozenset[str]().union(*(self.facts(each) for each in read))

    def unmet(self, determination: Any, statuses: Mapping[str, Status]) -> list[str]:
        """The rows that fail in a completion, beside what the record says of all of them.

        They are those of groups that claim to be medically necessary; in a generic workbook of every group
        whose claim is another determination.
        """
        if determination in NOTHING_UNMET:
            return []
        spoken_against = [
            name
            for name, means in self.claims().items()
            if means != determination and (self.generic or means == NECESSARY)
        ]
        failing = [self.rows[name] for name in spoken_against if statuses[name] is False]
        return [found for row in failing for found in self._apart(row, statuses)]

    def claims(self) -> dict[str, str]:
        """The groups that claim a determination, each with it."""
        return {name: row.means for name, row in self.rows.items() if row.means is not None}

    def _apart(self, row: Row, statuses: Mapping[str, Status]) -> list[str]:
        """What of a row that is not met fails."""
        if row.needs == "none":
            return [name for name in row.members if statuses[name] is True]
        if row.needs != "all":
            return [row.name]
        failing = [self.rows[name] for name in row.members if statuses[name] is False]
        return [found for member in failing for found in self._apart(member, statuses)]


def row_name(sheet: CriteriaSheet, identifier: str) -> str:
    """The name of a row as an input clause has it."""
    return f"{sheet.name}.{identifier}"


def any_value(cell: Cell) -> bool:
    """Whether an IF cell is `-`."""
    return cell.text.strip() == "-"


def _read_by(table: LinkedTable) -> frozenset[str]:
    """What a table's value reads: columns in which some cell is not `-`, and computed entries."""
    tested = [column for column in table.columns if not all(any_value(cell) for cell in column.cells)]
    return table.computed_names.union(*(column.names for column in tested))


def _rows_as_tables(policy: LinkedPolicy) -> LinkedPolicy:
    """The policy linked anew, each row of its criteria a table of one rule: its IF cells other than `-`."""
    made = []
    for sheet in policy.workbook.criteria:
        for row in sheet.in_force:
            output = OutputClause("is met", Cell(3, 1, CellKind.TEXT, "is met"), "boolean")
            met = Cell(row.cell.row, 1, CellKind.BOOLEAN, "true")
            tested = [each for each in zip(sheet.inputs, row.inputs, strict=True) if not any_value(each[1])]
            inputs, cells = tuple(clause for clause, _ in tested), tuple(cell for _, cell in tested)
            name, rule = row_name(sheet, row.id), Rule(row.id, row.cell, cells, (met,))
            made.append(DecisionTable(name, name, "", HitPolicy.FIRST, inputs, (output,), (), (rule,)))
    tables = (*policy.workbook.tables, *made)
    linked = link(evolve(policy.workbook, criteria=(), tables=tables), policy.dictionary)
    assert not errors(linked.findings), [each.text for each in errors(linked.findings)]
    return linked
