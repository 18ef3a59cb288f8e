"""A workbook as a renaming looks at it: its cells as they are stored, and the FEEL in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain

from attrs import evolve, field, frozen

from dmn_dli.excel.place import Place
from dmn_dli.excel.sheet import Package, Sheet
from dmn_dli.excel.workbook import open_package, opened_workbook
from dmn_dli.feel import FeelSyntaxError, FeelType, Parsed, parse_unary_tests, syntax
from dmn_dli.linking.columns import ResolvedColumn, resolve_column
from dmn_dli.linking.expressions import parse
from dmn_dli.linking.link import link
from dmn_dli.linking.names import Names, gather_names
from dmn_dli.linking.reporter import Reporter
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Assumption, Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.model.table import DecisionTable, InputClause
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.words import folded
from dmn_dli.tables.linked import LinkedPolicy, OutputColumn


@frozen
class Passage:
    """A text of FEEL in a cell, and its tree, whose spans are offsets into `text`.

    column: of a cell below an IF clause, the column as it is resolved. output: of an entry or a default, the
    name by which expressions know the output. clause: whether it is an input clause itself.
    """

    sheet: str
    cell: Cell
    text: str
    tree: syntax.Node
    column: ResolvedColumn | None = None
    output: str = ""
    clause: bool = False


@frozen(slots=False)
class Reading:
    """A workbook's bytes with the dictionary that it goes with, which is its own where it holds one.

    wrong: what is wrong with that dictionary.
    """

    shown: str
    name: str
    data: bytes = field(repr=False)
    shared: Dictionary = field(repr=False)
    wrong: tuple[Finding, ...] = ()

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook as the reader has it."""
        return opened_workbook(self._opened, self.data, self.name, self.shown)

    @cached_property
    def _opened(self) -> tuple[Package | None, tuple[Finding, ...]]:
        return open_package(self.data, self.name, Place(self.shown))

    def with_data(self, data: bytes, shared: Dictionary, wrong: tuple[Finding, ...]) -> Reading:
        """The same file with other bytes, or beside another dictionary; what was read of it stays read."""
        if data == self.data and shared is self.shared and wrong is self.wrong:
            return self
        return Reading(self.shown, self.name, data, shared, wrong)

    @cached_property
    def linked(self) -> LinkedPolicy:
        """The policy that the workbook makes; all problems are findings."""
        own = self.workbook.dictionary
        linked = link(self.workbook, own or self.shared)
        return linked if own else evolve(linked, findings=(*self.wrong, *linked.findings))

    @property
    def dictionary(self) -> Dictionary:
        """The facts that the workbook speaks of."""
        return self.linked.dictionary

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """The sheets as the file stores them, by the names of their tabs."""
        return _by_tab(self._opened[0])

    @cached_property
    def outputs(self) -> Mapping[str, tuple[OutputColumn, ...]]:
        """The outputs of each table, by its name."""
        return {table.name: table.outputs for table in self.linked.tables}

    @cached_property
    def names(self) -> Names:
        """The names that the workbook's expressions may use."""
        types = {(name, output.name): output.type for name, own in self.outputs.items() for output in own}
        book = self.workbook
        return gather_names(
            self.dictionary, book.tables, types, book.unread, self.linked.allowed, book.criteria
        )

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All FEEL of tables, criteria and assumptions; rows out of force too, where they can be read."""
        book = self.workbook
        grids: list[tuple[DecisionTable | CriteriaSheet, Sequence[tuple[Cell, ...]]]] = [
            *((table, [rule.inputs for rule in table.rules]) for table in book.tables),
            *((sheet, [row.inputs for row in sheet.rows]) for sheet in book.criteria),
        ]
        conditions = (self._conditions(sheet, rows) for sheet, rows in grids)
        return (
            *chain.from_iterable(conditions),
            *chain.from_iterable(map(self._results, book.tables)),
            *assumed(book.assumptions, self.dictionary),
        )

    def column(self, clause: InputClause) -> ResolvedColumn | None:
        """The column of a clause; None where it names nothing."""
        return resolve_column(clause, self.outputs, self.names, {}, Reporter("", ""))

    def _conditions(
        self, sheet: DecisionTable | CriteriaSheet, rows: Sequence[tuple[Cell, ...]]
    ) -> Iterator[Passage]:
        for position, clause in enumerate(sheet.inputs):
            column = self.column(clause)
            if column is None:
                continue
            text = " ".join(clause.cell.text.split())
            named = self.names.canonical.get(folded(text))
            tree = (
                _tree(partial(parse, names=self.names), text)
                if named is None
                else syntax.Name(named, span=syntax.Span(0, len(text)))
            )
            if tree is not None:
                yield Passage(sheet.sheet, clause.cell, text, tree, column, clause=True)
            read = partial(parse_unary_tests, environment=column.context.environment)
            for cell in (row[position] for row in rows):
                if cell.kind in _READ:
                    tests = _tree(read, cell.text)
                    if tests is not None:
                        yield Passage(sheet.sheet, cell, cell.text, tests, column)

    def _results(self, table: DecisionTable) -> Iterator[Passage]:
        """The entries and defaults of outputs that hold expressions; all others are constants."""
        for position, (clause, output) in enumerate(
            zip(table.outputs, self.outputs[table.name], strict=True)
        ):
            if output.type is not FeelType.ANY:
                continue
            name = output_name(table, output)
            texts = [(rule.outputs[position], rule.outputs[position].text) for rule in table.rules]
            if clause.default is not None and clause.values_cell is not None:
                texts.append((clause.values_cell, clause.default))
            for cell, text in texts:
                tree = _tree(partial(parse, names=self.names), text)
                if tree is not None and cell.kind in _READ:
                    yield Passage(table.sheet, cell, text, tree, output=name)


_READ = (CellKind.TEXT, CellKind.NUMBER, CellKind.BOOLEAN)


def output_name(table: DecisionTable, output: OutputColumn) -> str:
    """The name by which expressions know an output: the decision's, where that has one output alone."""
    return table.name if len(table.outputs) == 1 else f"{table.name}.{output.name}"


def assumed(assumptions: Sequence[Assumption], dictionary: Dictionary) -> Iterator[Passage]:
    """The conditions on a sheet Assumptions, which are of facts alone."""
    names = gather_names(dictionary, (), {})
    for assumption in assumptions:
        text = assumption.condition.text
        tree = _tree(partial(parse, names=names), text)
        if tree is not None:
            yield Passage(assumption.sheet, assumption.condition, text, tree)


def stored_sheets(data: bytes, name: str) -> Mapping[str, Sheet]:
    """The sheets of a file as they are stored, by the names of their tabs; none where it cannot be read."""
    return _by_tab(open_package(data, name, Place(name))[0])


def _by_tab(package: Package | None) -> Mapping[str, Sheet]:
    return {sheet.name: sheet for sheet in package.sheets} if package is not None else {}


def _tree(read: Callable[[str], Parsed], text: str) -> syntax.Node | None:
    try:
        return read(text).tree
    except FeelSyntaxError:
        return None
