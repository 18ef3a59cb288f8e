"""A decision table as its sheet shows it: the hit policy, IF, THEN and NOTE columns, the rules, the cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from attrs import frozen

from dmn_dli.excel.layouts import HEADING_ROW, KIND_ROW, TABLE, VALUES_ROW, ColumnKind
from dmn_dli.model.cell import Cell, column_letters
from dmn_dli.model.table import DecisionTable
from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.findings import mark
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.marks import Marks
from dmn_dli.page.policy.legend import legend
from dmn_dli.page.policy.names import Names
from dmn_dli.page.policy.proofs import table_badges
from dmn_dli.page.policy.used import case_links
from dmn_dli.page.text import cell_text, frame

_ANY = "-"

_BRIEF = 40
"""The first THEN column stays in sight where no cell of it has more letters."""


@frozen
class _Column:
    """A column of the grid.

    cells: those of the rules, in their order. pinned: whether it stays in sight beside the rules. show: what
    one of the cells shows.
    """

    kind: ColumnKind
    heading: Cell
    title: Child
    values: Cell | None
    cells: tuple[Cell, ...]
    pinned: bool = False
    show: Callable[[str], Child] = cell_text

    @property
    def letters(self) -> str:
        """The column's name in Excel."""
        return column_letters(self.heading.column)


@frozen
class _Grid:
    """A table while it is shown. used: the cases of each rule; None where the policy's cases are not run."""

    policy: PagePolicy
    table: DecisionTable
    columns: Sequence[_Column]
    marks: Marks
    used: Mapping[str, Sequence[int]] | None

    def mark(self, *references: str) -> Child:
        """The findings on cells or rows of the sheet."""
        return mark(self.marks, self.table.sheet, *references)


def table_section(policy: PagePolicy, table: DecisionTable, marks: Marks, names: Names) -> Element:
    """A table, with what its hit policy means, what is proven of it, and which cases reach its rules."""
    columns = sorted(_columns(table, names), key=lambda each: each.heading.column)
    grid = _Grid(policy, table, columns, marks, _used(policy, table))
    hit_policy = table.hit_policy
    shown = h(
        "table",
        h("colgroup", h("col"), (h("col", class_=each.kind.value.lower()) for each in columns)),
        h("thead", _kinds(grid), _headings(grid)),
        h("tbody", _values(grid), class_="values"),
        h("tbody", _rules(grid), _missing(grid)),
        class_="pinned grid",
    )
    return h(
        "section",
        h("h2", table.name, grid.mark("")),
        h("p", table.question, grid.mark("A1", "B1"), class_="question", data_tip=True),
        h(
            "p",
            h("b", f"{hit_policy.reading[0].upper()}{hit_policy.reading[1:]}."),
            f" (Hit policy {hit_policy.word}, {hit_policy.value}.) ",
            table_badges(policy, table),
        ),
        legend() if table is policy.linked.workbook.tables[0] else None,
        frame(shown, f"Table {table.name}"),
        id=anchors.sheet(policy.key, table.sheet),
        class_="sheet",
    )


def _columns(table: DecisionTable, names: Names) -> Iterator[_Column]:
    for position, clause in enumerate(table.inputs):
        cells = tuple(rule.inputs[position] for rule in table.rules)
        title = names.clause(table.sheet, clause)
        show = partial(names.test, table.sheet, clause)
        yield _Column(ColumnKind.INPUT, clause.cell, title, clause.allowed, cells, show=show)
    for position, output in enumerate(table.outputs):
        cells = tuple(rule.outputs[position] for rule in table.rules)
        pinned = position == 0 and all(len(cell.text) <= _BRIEF for cell in cells)
        yield _Column(ColumnKind.OUTPUT, output.cell, output.name, output.values_cell, cells, pinned)
    for position, note in enumerate(table.annotations):
        cells = tuple(rule.annotations[position] for rule in table.rules)
        yield _Column(ColumnKind.ANNOTATION, note.cell, note.name, None, cells)


def _used(policy: PagePolicy, table: DecisionTable) -> Mapping[str, Sequence[int]] | None:
    """The cases that use each rule, by the rule's id."""
    coverage = policy.cases.coverage if policy.cases else ()
    return next((each.used for each in coverage if each.decision == table.name), None)


def _kinds(grid: _Grid) -> Element:
    """Row 2: the hit policy, and what each column is for."""
    hit_policy = grid.table.hit_policy.value
    return h(
        "tr",
        h("th", hit_policy, grid.mark(f"A{KIND_ROW}", str(KIND_ROW)), scope="col"),
        (
            h(
                "th",
                each.kind.value,
                grid.mark(f"{each.letters}{KIND_ROW}"),
                class_=f"{each.kind.value.lower()}{' outcome' if each.pinned else ''}",
                scope="col",
            )
            for each in grid.columns
        ),
        h("th", "Cases", rowspan=2, scope="col") if grid.used is not None else None,
    )


def _headings(grid: _Grid) -> Element:
    """Row 3: what each column is about."""
    return h(
        "tr",
        h("th", TABLE.heading, grid.mark(f"A{HEADING_ROW}", str(HEADING_ROW)), scope="col"),
        (
            h("th", each.title, grid.mark(each.heading.reference), class_=_outcome(each), scope="col")
            for each in grid.columns
        ),
    )


def _values(grid: _Grid) -> Element:
    """Row 4: which values each column allows."""
    return h(
        "tr",
        h("th", "values", grid.mark(f"A{VALUES_ROW}", str(VALUES_ROW)), scope="row"),
        (
            h(
                "td",
                cell_text(each.values.text) if each.values else None,
                grid.mark(f"{each.letters}{VALUES_ROW}"),
                class_=_outcome(each),
            )
            for each in grid.columns
        ),
        h("td") if grid.used is not None else None,
    )


def _rules(grid: _Grid) -> Iterator[Element]:
    named: set[str] = set()
    for position, rule in enumerate(grid.table.rules):
        own = rule.id and rule.id not in named
        named.add(rule.id)
        cells = [(each, each.cells[position]) for each in grid.columns]
        yield h(
            "tr",
            h(
                "th",
                rule.id,
                h("span", "retired", class_="badge") if rule.retired else None,
                grid.mark(rule.cell.reference, str(rule.cell.row)),
                scope="row",
            ),
            (_cell(grid, column, cell) for column, cell in cells),
            _cases(grid, rule.id, retired=rule.retired),
            id=anchors.rule(grid.policy.key, grid.table.name, rule.id) if own else None,
            class_="retired" if rule.retired else None,
        )


def _missing(grid: _Grid) -> Element | None:
    """The row below the rules, where something is to be said of rules that are not there."""
    said = grid.mark(f"A{grid.table.next_row}")
    if not said:
        return None
    across = len(grid.columns) + (grid.used is not None)
    return h("tr", h("th", said, scope="row"), h("td", "No rule stands here.", colspan=across))


def _cell(grid: _Grid, column: _Column, cell: Cell) -> Element:
    return h(
        "td",
        column.show(cell.text),
        grid.mark(cell.reference),
        class_="any" if column.kind is ColumnKind.INPUT and cell.text == _ANY else _outcome(column),
    )


def _outcome(column: _Column) -> str | None:
    return "outcome" if column.pinned else None


def _cases(grid: _Grid, rule: str, *, retired: bool) -> Element | None:
    if grid.used is None:
        return None
    return h("td", None if retired else case_links(grid.policy, grid.used.get(rule, ())))
