"""The proof that a renaming changes names alone: every piece of the policy before and after, side by side.

Names are proven by form: with the name replaced the one tree is the other, so that the two are one function.
A fact's value is proven place by place: each test, clause and entry is the same function of the values before
and after, either because it only compares them with constants, or because all combinations were tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from dmn_dli.cases.rows import ReadRow, ReadSheet, read_with
from dmn_dli.feel import syntax
from dmn_dli.feel.replacing import with_names
from dmn_dli.keeping.rename.carriers import carriers, source_carries
from dmn_dli.keeping.rename.commuting import Commuting
from dmn_dli.keeping.rename.data import Subject
from dmn_dli.keeping.rename.domains import listed_values
from dmn_dli.keeping.rename.facts import case_columns
from dmn_dli.keeping.rename.reading import Reading, output_name
from dmn_dli.keeping.rename.request import Task
from dmn_dli.model.cell import Cell, cell_name
from dmn_dli.model.facts import Dictionary, Fact
from dmn_dli.model.finding import errors
from dmn_dli.runtime.facts import FactReader
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.store.compile import fact_readers
from dmn_dli.tables.linked import (
    AllowedValues,
    Column,
    Computed,
    Constant,
    Criterion,
    DecisionSource,
    Entry,
    ExpressionSource,
    FactSource,
    LinkedTable,
    OutputColumn,
)


@frozen
class Objection:
    """What stands in the way of a renaming: a cell (or a sheet, or the file), and why."""

    file: str
    sheet: str
    cell: Cell | None
    why: str

    def __str__(self) -> str:
        place = self.sheet if self.cell is None else cell_name(self.sheet, self.cell.reference)
        where = f"{self.file}, {place}" if place else self.file
        read = f' reads "{self.cell.text}"' if self.cell is not None and self.cell.text else ""
        return f"{where}{read}: {self.why}."


def objections(old: Reading, new: Reading, task: Task) -> Iterator[Objection]:
    """What keeps a workbook from being proven the same but for the name; nothing where it is proven."""
    wrong = errors(new.linked.findings)
    if wrong:
        for finding in wrong:
            why = f"with the new name there is an error. {finding.text.removesuffix('.')}"
            yield Objection(finding.file, finding.place, None, why)
        return
    yield from _Comparison(old, new, task).objections()


class _Comparison:
    """A workbook before and after the renaming."""

    def __init__(self, old: Reading, new: Reading, task: Task) -> None:
        self.old, self.new, self.task = old, new, task
        self.revalued = task.revalued
        self.known = carriers(old.linked, self.revalued.fact.name) if self.revalued else frozenset()
        self.commuting = (
            Commuting(self.revalued, self.known, listed_values(old.linked)) if self.revalued else None
        )

    def objections(self) -> Iterator[Objection]:
        """All that is not the same but for the name."""
        yield from self._book()
        yield from self._facts(self.old.dictionary, self.new.dictionary)
        yield from self._assumptions()
        after = {table.name: table for table in self.new.linked.decisions}
        for table in self.old.linked.decisions:
            name = self._decision_name(table)
            if name in after:
                yield from self._table(table, after.pop(name))
            else:
                yield self._at(table.table.sheet, None, f'no decision is called "{name}" afterwards')
        for table in after.values():
            yield self._at(table.table.sheet, None, f'"{table.name}" would be a decision of its own')
        yield from self._cases()

    def _at(self, sheet: str, cell: Cell | None, why: str) -> Objection:
        return Objection(self.old.shown, sheet, cell, why)

    def _decision_name(self, table: LinkedTable) -> str:
        """A decision's name afterwards; a group that counts has one more, behind a line break."""
        name, line, rest = table.name.partition("\n")
        return self.task.name(name) + line + rest

    def _book(self) -> Iterator[Objection]:
        before, after = self.old.workbook.policy, self.new.workbook.policy
        final = before.final_decision and self.task.name(before.final_decision)
        if evolve(before, final_decision=final) != after:
            yield self._at("Policy", None, "its fields would be read otherwise")
        if self.old.workbook.unread != self.new.workbook.unread:
            yield self._at("", None, "a sheet could no longer be read")

    def _facts(self, before: Dictionary, after: Dictionary) -> Iterator[Objection]:
        if len(before.facts) != len(after.facts):
            yield Objection(after.file, after.sheet, None, "a fact would be lost or won")
            return
        for old, new in zip(before.facts, after.facts, strict=True):
            same = evolve(self._fact(old), allowed=None) == evolve(new, allowed=None)
            allowed = self.old.linked.allowed.get(old.name), self.new.linked.allowed.get(new.name)
            carried = self.revalued is not None and old.name == self.revalued.fact.name
            if not (same and self._allowed(*allowed, carried=carried)):
                yield Objection(
                    after.file, after.sheet, new.allowed, f'the fact "{new.name}" would be another'
                )

    def _fact(self, fact: Fact) -> Fact:
        request = self.task.request
        if self.task.fact is None or fact.name != self.task.fact.name:
            return fact
        if request.subject is Subject.FACT:
            label = request.new if fact.label == fact.name and self._unlabelled(fact) else fact.label
            return evolve(fact, name=request.new, label=label)
        return evolve(fact, label=request.new) if request.subject is Subject.LABEL else fact

    def _unlabelled(self, fact: Fact) -> bool:
        """Whether a fact has no label of its own, so that its name stands for it."""
        renamed = self.new.dictionary.by_name.get(self.task.request.new)
        return renamed is not None and renamed.row == fact.row and renamed.label == renamed.name

    def _allowed(self, before: AllowedValues | None, after: AllowedValues | None, *, carried: bool) -> bool:
        if before is None or after is None:
            return before is after
        if carried and self.revalued is not None and before.values is not None:
            return [self.revalued.mapped(value) for value in before.values] == list(after.values or ())
        return before.tests == after.tests

    def _assumptions(self) -> Iterator[Objection]:
        before, after = self.old.linked.assumptions, self.new.linked.assumptions
        for old, new in zip(before, after, strict=False):
            if not self._same(old.tree, new.tree):
                yield self._at(new.place.partition("!")[0].strip("'"), new.cell, _OTHERWISE)
        if len(before) != len(after):
            yield self._at("Assumptions", None, "an assumption would be lost or won")

    def _table(self, old: LinkedTable, new: LinkedTable) -> Iterator[Objection]:
        sheet = old.table.sheet
        if old.hit_policy is not new.hit_policy or len(old.columns) != len(new.columns):
            yield self._at(sheet, None, "its columns or hit policy would be others")
            return
        if [self._row_id(old, rule.id) for rule in old.rules] != [rule.id for rule in new.rules]:
            yield self._at(sheet, None, "its rules would be others")
            return
        if self._criterion(old.criterion) != (new.criterion and evolve(new.criterion, cell=_NO_CELL)):
            yield self._at(sheet, old.criterion.cell if old.criterion else None, "its group would be another")
        for before, after in zip(old.columns, new.columns, strict=True):
            yield from self._column(sheet, before, after)
        for position, (first, second) in enumerate(zip(old.outputs, new.outputs, strict=True)):
            yield from self._output(old, first, second, position)

    def _row_id(self, table: LinkedTable, rule: str) -> str:
        """A rule's id afterwards; a criterion's table has rules of its own, which bear the criterion's."""
        request, decision = self.task.request, self.task.decision
        if decision is None or request.subject not in (Subject.RULE, Subject.CRITERION):
            return rule
        if table.table.sheet != decision.sheet:
            return rule
        if table.criterion is None:
            return request.new if rule == request.old else rule
        row, blank, number = rule.rpartition(" ")
        return (request.new if row == request.old else row) + blank + number

    def _criterion(self, criterion: Criterion | None) -> Criterion | None:
        """A criterion as it is to be afterwards, wherever it stands."""
        if criterion is None:
            return None
        request, name = self.task.request, self.task.name
        sheet, identifier = criterion.sheet, criterion.id
        if self.task.decision is not None and sheet == self.task.decision.name:
            sheet = request.new if request.subject is Subject.DECISION else sheet
            renumbered = request.subject is Subject.CRITERION and identifier == request.old
            identifier = request.new if renumbered else identifier
        return evolve(
            criterion,
            name=name(criterion.name),
            sheet=sheet,
            id=identifier,
            cell=_NO_CELL,
            group=criterion.group and name(criterion.group),
            members=tuple(map(name, criterion.members)),
            condition=frozenset(map(name, criterion.condition)),
        )

    def _column(self, sheet: str, old: Column, new: Column) -> Iterator[Objection]:
        carried = source_carries(old.source, self.known)
        if old.type is not new.type or not self._source(old, new):
            yield self._at(sheet, old.clause, _OTHERWISE)
        if not self._allowed(old.allowed, new.allowed, carried=carried):
            yield self._at(sheet, old.clause, "its row 4 would allow other values")
        arriving = self._arriving(old)
        known: dict[tuple[int, int], bool] = {}
        told: set[str] = set()
        for cell, before, after in zip(old.cells, old.rules, new.rules, strict=True):
            pair = before, after
            if pair not in known:
                known[pair] = self._same(
                    old.tests[before], new.tests[after], arriving=arriving, carried=carried
                )
            if not known[pair] and cell.reference not in told:
                told.add(cell.reference)
                yield self._at(sheet, cell, _OTHERWISE)

    def _source(self, old: Column, new: Column) -> bool:
        match old.source, new.source:
            case FactSource(before), FactSource(after):
                return self.task.name(before.name) == after.name
            case DecisionSource() as before, DecisionSource() as after:
                # The whole name is respelt, be it of a group that counts its members or of an output.
                name, line, rest = before.name.partition("\n")
                return self.task.name(name) + line + rest == after.name
            case ExpressionSource(before), ExpressionSource(after):
                return self._same(before, after, given=source_carries(old.source, self.known))
        return False

    def _arriving(self, column: Column) -> Sequence[object] | None:
        """The values that arrive at a column, where they can be listed."""
        if self.commuting is None:
            return None
        if isinstance(column.source, FactSource):
            return self.commuting.values.get(column.source.fact.name)
        listed = column.allowed.values if column.allowed else None
        return None if listed is None else (*listed, None)

    def _output(
        self, table: LinkedTable, old: OutputColumn, new: OutputColumn, position: int
    ) -> Iterator[Objection]:
        sheet = table.table.sheet
        full = output_name(table.table, old)
        carried = full in self.known
        named = self._decision_name(table) if table.criterion else old.name
        if (named, old.type) != (new.name, new.type) or not self._allowed(
            old.allowed, new.allowed, carried=False
        ):
            yield self._at(sheet, table.table.outputs[position].cell, "its result would be another")
        if carried and table.hit_policy in (HitPolicy.COLLECT_MIN, HitPolicy.COLLECT_MAX):
            yield self._at(
                sheet, None, "its hit policy picks by the order of letters, which a new value changes"
            )
        cells = (
            [rule.outputs[position] for rule in table.rules]
            if table.criterion is None
            else [None] * len(old.entries)
        )
        default = table.table.outputs[position].values_cell
        pairs = zip([*cells, default], (*old.entries, old.default), (*new.entries, new.default), strict=True)
        for cell, before, after in pairs:
            if not self._entry(before, after, carried=carried):
                yield self._at(sheet, cell, _OTHERWISE)

    def _entry(self, old: Entry | None, new: Entry | None, *, carried: bool) -> bool:
        match old, new:
            case Constant(before), Constant(after):
                if carried and self.revalued is not None:
                    return before != self.revalued.new and self.revalued.mapped(before) == after
                return type(before) is type(after) and before == after
            case Computed(before), Computed(after):
                return self._same(before, after, given=carried)
        return old is new

    def _same(
        self,
        old: syntax.Node,
        new: syntax.Node,
        *,
        given: bool = False,
        arriving: Sequence[object] | None = None,
        carried: bool = False,
    ) -> bool:
        if self.commuting is None:
            return with_names(old, self.task.names) == new
        return self.commuting.same(old, new, given=given, arriving=arriving, carried=carried)

    def _cases(self) -> Iterator[Objection]:
        before, after = self.old.workbook.cases, self.new.workbook.cases
        if before is None or after is None:
            if before is not after:
                yield self._at("Cases", None, "the sheet could no longer be read")
            return
        for old, new in zip(case_columns(self.old), case_columns(self.new), strict=True):
            if (old.role, self.task.name(old.name)) != (new.role, new.name):
                yield self._at(before.sheet, old.heading, "the column would mean something else")
        readers = fact_readers(self.old.linked), fact_readers(self.new.linked)
        rows = [_read_cases(each).rows for each in (self.old, self.new)]
        for first, second in zip(*rows, strict=True):
            facts, others = (_values_of(row, by) for row, by in zip((first, second), readers, strict=True))
            mapped = {self.task.name(name): self._mapped(name, value) for name, value in facts.items()}
            if mapped != others or len(first.refused) != len(second.refused):
                yield self._at(before.sheet, first.row.cell, "the case would be another")

    def _mapped(self, fact: str, value: object) -> object:
        return self.revalued.mapped(value) if self.revalued and fact == self.revalued.fact.name else value


def _values_of(row: ReadRow, readers: Mapping[str, FactReader]) -> dict[str, object]:
    """A case's facts as the policy knows them, whatever the letter case in which they are written."""
    return {name: readers[name].given_value(value) for name, value in row.facts.items()}


_NO_CELL = Cell(1, 1)
_OTHERWISE = "it cannot be proven to mean the same with the new name"


def _read_cases(reading: Reading) -> ReadSheet:
    tables = [table.name for table in reading.workbook.tables]
    return read_with(reading.workbook, fact_readers(reading.linked), tables)
