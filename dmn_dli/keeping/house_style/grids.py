"""What decision tables and sheets of criteria are to be like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from attrs import define, evolve, field

from dmn_dli.excel.columns import Column, read_columns
from dmn_dli.excel.head import decision_name
from dmn_dli.excel.layouts import (
    FIRST_RULE_ROW,
    HEADING_ROW,
    KIND_ROW,
    VALUES_ROW,
    ColumnKind,
    Layout,
)
from dmn_dli.excel.place import Place as Reading
from dmn_dli.excel.rows import RULES_LIMIT, last_row
from dmn_dli.excel.sheet import Sheet
from dmn_dli.excel.table import hit_policy
from dmn_dli.feel import FeelSyntaxError
from dmn_dli.keeping.house_style import table as style
from dmn_dli.keeping.house_style.choices import GridChoices
from dmn_dli.keeping.house_style.highlights import highlights
from dmn_dli.keeping.house_style.measure import Written, clause_width, row_height, text_width
from dmn_dli.keeping.house_style.notes import (
    CRITERIA_HEADINGS,
    CRITERIA_WORD,
    CRITERION,
    STATUS,
    clause_note,
    hit_policy_note,
)
from dmn_dli.keeping.house_style.plan import Note, SheetPlan, fitted
from dmn_dli.keeping.house_style.tree import Standing
from dmn_dli.keeping.house_style.words import ANY, Subject, Words, row_4_of
from dmn_dli.model.area import Area
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.repair import plain_word
from dmn_dli.ooxml.look import Look
from dmn_dli.ooxml.sheet import Place

REQUIREMENT, EVIDENCE, PART_OF, STRONG = (
    "requirement",
    "evidence",
    "part of",
    ("requirement", "needs", "means"),
)
STATUS_HEADING = "status"


def grid_columns(sheet: Sheet, layout: Layout) -> tuple[Column, ...]:
    """The columns that say what they are for; what is wrong with others is `check`'s to say."""
    return read_columns(sheet, Reading("", sheet.name), layout, [])


def too_large(sheet: Sheet, columns: tuple[Column, ...]) -> bool:
    """Whether a sheet has more rows or columns than are read of one."""
    last = last_row(sheet, columns)
    return last > RULES_LIMIT + VALUES_ROW or bool(sheet.spans_too_much(last, len(columns)))


@define
class GridPlanner:
    """A sheet of rules or criteria while it is being planned.

    outputs: row 4 of the THEN columns without their defaults, by the columns' numbers. standing: how rows of
    criteria stand to each other, by their numbers; None on a decision table.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    words: Words
    criteria: tuple[CriteriaSheet, ...]
    outputs: Mapping[int, str] = field(factory=dict)
    standing: Mapping[int, Standing] | None = None
    is_final: bool = False
    subjects: dict[int, Subject] = field(factory=dict, init=False)
    values: dict[Place, str | None] = field(factory=dict, init=False)
    widths: dict[int, float] = field(factory=dict, init=False)
    looks: dict[Place, Look] = field(factory=dict, init=False)
    last: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.last = max(last_row(self.sheet, self.columns), VALUES_ROW)

    def plan(self) -> SheetPlan:
        """The sheet as the house style has it."""
        for column in self.columns:
            if column.kind is ColumnKind.INPUT:
                self.subjects[column.number] = self.words.subject(column.heading.text)
                self._row_4(column)
        self._widths()
        self._head_looks()
        for row in range(FIRST_RULE_ROW, self.last + style.SPARE_ROWS + 1):
            self._row_looks(row)
        rows = (FIRST_RULE_ROW, self.last + style.SPARE_ROWS)
        choices = GridChoices(self.sheet, self.words, self.subjects, self.row_4, self.outputs, rows[1])
        right = self._right
        kind = style.TABLE if self.standing is None else style.CRITERIA
        return SheetPlan(
            sheet=self.sheet.name,
            kind=kind,
            looks=self.looks,
            widths=self.widths,
            heights=dict(self._heights()),
            values={
                place: text
                for place, text in self.values.items()
                if (self.sheet.at(*place).text or None) != text
            },
            notes=dict(self._notes()),
            choices=choices.of_columns(self.columns, is_criteria=self.standing is not None),
            highlights=highlights(rows, right, self._due(), choices.marked(self.columns)),
            title=self._title(right),
            columns=self._frozen(),
            tab=style.FINAL_TAB if self.is_final else "",
        )

    @property
    def _right(self) -> int:
        return max((column.number for column in self.columns), default=1)

    def row_4(self, column: int) -> str:
        """What row 4 says of a column, or is to say."""
        return self.values.get((VALUES_ROW, column), self.sheet.at(VALUES_ROW, column).text) or ""

    def _row_4(self, column: Column) -> None:
        """What row 4 of a fact's clause is to say, if the dictionary can be read and no merge hides it."""
        fact = self.subjects[column.number].fact
        if fact is None or self.sheet.covered(VALUES_ROW, column.number):
            return
        try:
            self.values[VALUES_ROW, column.number] = row_4_of(fact)
        except FeelSyntaxError:
            return

    def _due(self) -> list[int]:
        """The columns in which no cell may be blank."""
        return [
            column.number
            for column in self.columns
            if column.kind is ColumnKind.INPUT
            or (column.kind is ColumnKind.OUTPUT and (self.standing is None or _named(column, REQUIREMENT)))
        ]

    def _title(self, right: int) -> str:
        """The area of the question: row 1 from B to the last column, unless more is there."""
        area = Area(1, 2, 1, max(right, 2))
        texts = [cell.column for cell in self.sheet.rows.get(1, ()) if cell.column > area.left]
        wider = [
            each
            for each in self.sheet.merged
            if each.meets(area) and (each.left < area.left or each.bottom > area.bottom)
        ]
        return "" if texts or wider or right < 3 else area.reference

    def _frozen(self) -> int:
        """How many columns stay in sight: the ids; of criteria what is required too, if it stands first."""
        inputs = [column.number for column in self.columns if column.kind is ColumnKind.INPUT]
        required = [column.number for column in self.columns if _named(column, REQUIREMENT)]
        if self.standing is None or not required or (inputs and required[0] > min(inputs)):
            return 1
        return required[0]

    # Looks

    def _head_looks(self) -> None:
        heads: list[tuple[Place, Look]] = [
            ((1, 1), style.NAME_CELL),
            ((KIND_ROW, 1), style.POLICY_CELL if self.standing is not None else _LARGE_POLICY),
            ((HEADING_ROW, 1), style.ROW_WORD_CELL),
            ((VALUES_ROW, 1), style.VALUES_WORD_CELL),
        ]
        if self.columns:
            heads.append(((1, 2), style.QUESTION_CELL))
        for column in self.columns:
            fill = style.KIND_FILLS[column.kind]
            heads += [
                ((KIND_ROW, column.number), _filled(style.KIND_CELL, fill)),
                ((HEADING_ROW, column.number), _filled(style.HEADING_CELL, fill)),
                ((VALUES_ROW, column.number), _filled(style.VALUES_CELL, fill)),
            ]
        for place, look in heads:
            if not self.sheet.covered(*place):
                self.looks[place] = fitted(look, self.sheet.at(*place))

    def _row_looks(self, row: int) -> None:
        standing = None if self.standing is None else self.standing.get(row)
        self._look((row, 1), _id_look(standing) if self.standing is not None else style.ID_CELL)
        for column in self.columns:
            look = self._look_of(column, self.sheet.at(row, column.number), standing)
            if standing is not None and standing.fill:
                look = _filled(look, standing.fill)
            self._look((row, column.number), look)

    def _look(self, place: Place, look: Look) -> None:
        if not self.sheet.covered(*place):
            self.looks[place] = fitted(look, self.sheet.at(*place))

    def _look_of(self, column: Column, cell: Cell, standing: Standing | None) -> Look:
        # Spare rows look as plain cells do, until somebody writes there and the file is formatted again.
        used = cell.row <= self.last
        if column.kind is ColumnKind.INPUT and plain_word(cell.text) == ANY:
            return style.ANY_CELL if self.standing is None else style.FAINT_CELL
        if column.kind is ColumnKind.ANNOTATION and used:
            return style.REMARK_CELL
        if self.standing is None or not used:
            return style.CELL
        if _named(column, EVIDENCE):
            return style.EVIDENCE_CELL
        if _named(column, PART_OF):
            return style.ANY_CELL
        topmost = standing is not None and standing.is_group and not standing.depth
        return style.ID_CELL if topmost and _named(column, *STRONG) else style.CELL

    # Widths and heights

    def _widths(self) -> None:
        ids = [cell.text for cell in self.sheet.cells.values() if cell.column == 1 and cell.row > VALUES_ROW]
        self.widths[1] = self._id_width(ids)
        texts: dict[int, list[str]] = {column.number: [] for column in self.columns}
        for cell in self.sheet.cells.values():
            if cell.row > VALUES_ROW and cell.column in texts:
                texts[cell.column].append(cell.text)
        for column in self.columns:
            heading = plain_word(column.heading.text)
            if column.kind is ColumnKind.INPUT:
                criterion = bool(self.subjects[column.number].criterion)
                width = clause_width(
                    column.heading.text, self.row_4(column.number), reads_criterion=criterion
                )
            elif heading in style.WIDTHS:
                width = style.WIDTHS[heading]
            else:
                width = text_width(column.heading.text, texts[column.number])
            self.widths[column.number] = width

    def _id_width(self, ids: list[str]) -> float:
        least_of_table, least_of_criteria, most = style.ID_WIDTHS
        depths = [each.depth for each in self.standing.values()] if self.standing else []
        widest = 1.15 * max(map(len, ids), default=0) + 4 + 1.6 * max(depths, default=0)
        name = 1.3 * max(map(len, decision_name(self.sheet).split()), default=0) + 2
        least = least_of_table if self.standing is None else least_of_criteria
        return round(min(max(widest, name, least), most), 1)

    def _heights(self) -> Iterator[tuple[int, float | None]]:
        question = self.sheet.at(1, 2)
        across = sum(width for number, width in self.widths.items() if number > 1)
        name = Written(decision_name(self.sheet), self.widths[1], style.NAME_CELL)
        title = Written(question.text, max(across, 10.0), style.QUESTION_CELL)
        yield 1, row_height([name, title], style.NAME_HEIGHT)
        yield KIND_ROW, style.KIND_HEIGHT
        yield HEADING_ROW, row_height(self._written(HEADING_ROW), 19.4)
        yield VALUES_ROW, row_height(self._written(VALUES_ROW), 16.0)
        for row in range(FIRST_RULE_ROW, self.last + style.SPARE_ROWS + 1):
            yield row, row_height(self._written(row)) if row in self.sheet.rows else None

    def _written(self, row: int) -> Iterator[Written]:
        for number, width in self.widths.items():
            text = self.row_4(number) if row == VALUES_ROW else self.sheet.at(row, number).text
            look = self.looks.get((row, number))
            if look is not None:
                yield Written(text, width, look)

    # Notes

    def _notes(self) -> Iterator[tuple[Place, Note]]:
        if self.standing is not None:
            yield (KIND_ROW, 1), CRITERIA_WORD
            yield (HEADING_ROW, 1), CRITERION
        else:
            policy = hit_policy(self.sheet.at(KIND_ROW, 1).text)
            if policy is not None:
                yield (KIND_ROW, 1), hit_policy_note(policy)
        for column in self.columns:
            note = self._note(column)
            if note is not None:
                yield (HEADING_ROW, column.number), note

    def _note(self, column: Column) -> Note | None:
        heading = plain_word(column.heading.text)
        if column.kind is ColumnKind.INPUT:
            return clause_note(
                self.subjects[column.number], self.criteria, of_criteria=self.standing is not None
            )
        if column.kind is ColumnKind.ANNOTATION:
            return STATUS if heading == STATUS_HEADING else None
        return None if self.standing is None else CRITERIA_HEADINGS.get(heading)


_LARGE_POLICY = evolve(style.POLICY_CELL, size=11.0)


def _named(column: Column, *headings: str) -> bool:
    return plain_word(column.heading.text) in headings


@lru_cache(maxsize=1000)
def _filled(look: Look, fill: str) -> Look:
    return evolve(look, fill=fill)


def _id_look(standing: Standing | None) -> Look:
    if standing is None:
        return style.CELL
    look = style.ID_CELL if standing.is_group else style.CELL
    return _id_cell(look, standing.fill, standing.depth)


@lru_cache(maxsize=1000)
def _id_cell(look: Look, fill: str, depth: int) -> Look:
    return evolve(look, fill=fill, indent=depth)
