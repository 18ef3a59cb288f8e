"""A decision table or a sheet of criteria as the grid that people edit: a head, columns, rows of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from dmn_dli.diff.change import ChangeKind
from dmn_dli.excel.criteria import EVIDENCE, MEANS, NEEDS, PART_OF, REQUIREMENT, WORD
from dmn_dli.excel.layouts import CRITERIA, HEADING_ROW, KIND_ROW, TABLE, ColumnKind
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.table import Annotation, DecisionTable, InputClause, Rule
from dmn_dli.runtime.words import folded

GROUP, IF, THEN, NOTE = (
    kind.value for kind in (ColumnKind.GROUP, ColumnKind.INPUT, ColumnKind.OUTPUT, ColumnKind.ANNOTATION)
)


@frozen
class Kinds:
    """How changes of a sheet and of its rows are called."""

    added: ChangeKind
    removed: ChangeKind
    renamed: ChangeKind
    row_added: ChangeKind
    row_removed: ChangeKind
    row_moved: ChangeKind


OF_TABLES = Kinds(
    ChangeKind.DECISION_ADDED,
    ChangeKind.DECISION_REMOVED,
    ChangeKind.DECISION_RENAMED,
    ChangeKind.RULE_ADDED,
    ChangeKind.RULE_REMOVED,
    ChangeKind.RULE_MOVED,
)
OF_CRITERIA = Kinds(
    ChangeKind.CRITERIA_ADDED,
    ChangeKind.CRITERIA_REMOVED,
    ChangeKind.CRITERIA_RENAMED,
    ChangeKind.CRITERION_ADDED,
    ChangeKind.CRITERION_REMOVED,
    ChangeKind.CRITERION_MOVED,
)


@frozen
class Column:
    """A column: its word of row 2, its heading, row 4's cell, and its place among those of its kind."""

    kind: str
    heading: Cell
    values: Cell | None
    place: int
    position: int
    """Where its cells stand in a row."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells columns apart."""
        return self.kind, folded(self.heading.text)

    @property
    def stands(self) -> bool:
        """Whether the sheet has it: a GROUP or THEN column that it lacks is read as blank cells in A."""
        return self.heading.column > 1


@frozen
class Row:
    """A rule or criterion: its id, the id's cell, and its cells in the order of the columns."""

    id: str
    cell: Cell
    cells: tuple[Cell, ...]


@frozen
class Grid:
    """A sheet with rows under ids; word: what A2 says, the hit policy; corner: what A3 says."""

    name: str
    sheet: str
    question: str
    word: str
    corner: str
    kinds: Kinds
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def cells(self) -> Iterator[Cell]:
        """All that it holds, cell by cell, where it stands in the workbook."""
        heads = enumerate((self.name, self.word, self.corner, "values"), 1)
        yield from (Cell(row, 1, text=text) for row, text in heads)
        yield Cell(1, 2, text=self.question)
        for column in self.columns:
            if column.stands:
                yield Cell(KIND_ROW, column.heading.column, text=column.kind)
                yield column.heading
            if column.values is not None:
                yield column.values
        for row in self.rows:
            yield row.cell
            yield from (row.cells[column.position] for column in self.columns if column.stands)


def grid_of(sheet: DecisionTable | CriteriaSheet) -> Grid:
    """A sheet of either kind as a grid."""
    return _table(sheet) if isinstance(sheet, DecisionTable) else _criteria(sheet)


def row_text(grid: Grid, row: Row) -> str:
    """A row on a line: `IF Service: other THEN Scope: not addressed`; cells that say nothing left out."""
    told: dict[str, list[str]] = {}
    for column in grid.columns:
        text = row.cells[column.position].text.strip()
        silent = column.kind == NOTE or (column.kind == IF and text == "-")
        if text and not silent:
            told.setdefault(column.kind, []).append(f"{column.heading.text}: {text}")
    return " ".join(f"{kind} {'; '.join(parts)}" for kind, parts in told.items())


def _table(table: DecisionTable) -> Grid:
    columns = _columns(
        _heads(IF, table.inputs),
        [(THEN, each.cell, each.values_cell) for each in table.outputs],
        _heads(NOTE, table.annotations),
    )
    return Grid(
        table.name,
        table.sheet,
        table.question,
        table.hit_policy.value,
        TABLE.heading,
        OF_TABLES,
        columns,
        tuple(Row(rule.id, rule.cell, _rule_cells(rule)) for rule in table.rules),
    )


def _rule_cells(rule: Rule) -> tuple[Cell, ...]:
    return (*rule.inputs, *rule.outputs, *rule.annotations)


def _criteria(sheet: CriteriaSheet) -> Grid:
    rows = [Row(row.id, row.cell, _criterion_cells(row)) for row in sheet.rows]

    def fixed(kind: str, headings: Sequence[str], first: int) -> list[tuple[str, Cell, Cell | None]]:
        """The columns of given headings, which stand where the cells of the first row stand."""
        places = rows[0].cells[first:] if rows else [Cell(HEADING_ROW, 1)] * len(headings)
        return [
            (kind, Cell(HEADING_ROW, place.column, text=heading), None)
            for heading, place in zip(headings, places, strict=False)
        ]

    columns = _columns(
        fixed(GROUP, (PART_OF, NEEDS, MEANS), 0),
        _heads(IF, sheet.inputs),
        fixed(THEN, (REQUIREMENT, EVIDENCE), 3 + len(sheet.inputs)),
        _heads(NOTE, sheet.annotations),
    )
    return Grid(
        sheet.name, sheet.sheet, sheet.question, WORD, CRITERIA.heading, OF_CRITERIA, columns, tuple(rows)
    )


def _criterion_cells(row: CriterionRow) -> tuple[Cell, ...]:
    groups = row.part_of, row.needs, row.means
    return (*groups, *row.inputs, row.requirement, row.evidence, *row.annotations)


def _heads(
    kind: str, clauses: Sequence[InputClause] | Sequence[Annotation]
) -> list[tuple[str, Cell, Cell | None]]:
    return [(kind, each.cell, each.allowed if isinstance(each, InputClause) else None) for each in clauses]


def _columns(*kinds: Sequence[tuple[str, Cell, Cell | None]]) -> tuple[Column, ...]:
    placed = [(place, head) for heads in kinds for place, head in enumerate(heads)]
    return tuple(Column(*head, place, position) for position, (place, head) in enumerate(placed))
