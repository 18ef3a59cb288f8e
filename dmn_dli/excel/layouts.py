"""The grid of decision tables and of sheets of criteria: its rows, its kinds of columns, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen

from dmn_dli.excel import codes
from dmn_dli.excel.place import Place
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Code, Finding

KIND_ROW, HEADING_ROW, VALUES_ROW, FIRST_RULE_ROW = 2, 3, 4, 5
"""The rows of a table's head, and the first below it."""


class ColumnKind(Enum):
    """What a column is for; the value is the word in row 2."""

    GROUP = "GROUP"
    INPUT = "IF"
    OUTPUT = "THEN"
    ANNOTATION = "NOTE"


@frozen
class Layout:
    """What tells the two sheets of this grid apart: decision tables of rules, and sheets of criteria.

    kinds: what row 2 may say of a column; heading: the word in A3. The others are words of messages: what the
    sheet holds (`whole`, and in full `kind`), what A1 names, what a row and several rows are called, and the
    `remedies` that differ from those of the codes.
    """

    kinds: tuple[ColumnKind, ...]
    heading: str
    whole: str
    kind: str
    named: str
    row: str
    rows: str
    remedies: Mapping[Code, str] = field(factory=dict)

    @property
    def words(self) -> str:
        """The words of row 2 as a message lists them."""
        *others, last = (kind.value for kind in self.kinds)
        return f"{', '.join(others)} or {last}"

    def finding(
        self, place: Place, code: Code, message: str, cell: Cell | str, rules: tuple[str, ...] = ()
    ) -> Finding:
        """A finding on such a sheet, with the remedy in its words."""
        return place.finding(code, message, cell, remedy=self.remedies.get(code, ""), rules=rules)


TABLE = Layout(
    kinds=(ColumnKind.INPUT, ColumnKind.OUTPUT, ColumnKind.ANNOTATION),
    heading="Rule",
    whole="table",
    kind="decision table",
    named="decision",
    row="rule",
    rows="rules",
)
CRITERIA = Layout(
    kinds=tuple(ColumnKind),
    heading="Criterion",
    whole="list of criteria",
    kind="list of criteria",
    named="criteria",
    row="criterion",
    rows="criteria",
    remedies={
        codes.NO_NAME: "Write a name for the criteria in A1, such as Criteria.",
        codes.ROW_HEADING: "Write Criterion in A3 and values in A4; criteria begin in row 5.",
        codes.COLUMN_KIND: "Write GROUP (where a criterion belongs), IF (a condition), THEN (what is "
        "required, and what would show it) or NOTE (a remark) in the column's row 2.",
        codes.NO_RULES: "Write the criteria from row 5 on.",
        codes.NO_RULE_ID: "Write the number that the document prints in column A, or an id of your own where "
        "it prints none; it stays for good.",
        codes.DUPLICATE_RULE_ID: "Give one of them an id of its own, and correct it under Part of as well.",
        codes.GAP: "Delete the blank row, so that the criteria follow each other.",
        codes.RULE_STATUS: "Write retired to take the criterion out of force; leave the cell blank, or write "
        "in force, to keep it.",
        codes.RETIRED_ELSEWHERE: "Write Status in the column's row 3 if the criterion is to be out of force; "
        "otherwise say it in other words.",
    },
)
