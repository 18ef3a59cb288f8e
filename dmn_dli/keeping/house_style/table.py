"""The house style in one table: letters, colours, widths, and what each kind of sheet looks like."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from dmn_dli.excel.layouts import ColumnKind
from dmn_dli.ooxml.look import Border, Look, Print

FONT, SIZE, SMALL, TINY = "Arial", 10.0, 9.0, 8.0
INK, GREY, REMARK_INK, PALE = "1F2933", "6B7280", "4B5563", "A8B0BA"
EDGE = Border("B8C0C8")

HEAD_FILL = "D5DCE4"
"""Headings of sheets that are lists."""

KIND_FILLS = {
    ColumnKind.GROUP: "E6E1F2",
    ColumnKind.INPUT: "DCE8F5",
    ColumnKind.OUTPUT: "E1F0DC",
    ColumnKind.ANNOTATION: "ECEEF0",
}
"""The head of a column by what row 2 says of it."""

TOPMOST, GROUP, EXCLUDING, EXCLUDED = "E3E8EE", "F1F4F7", "F8E9E1", "FDF5F1"
"""Rows of criteria: groups that are part of none, other groups, groups of exclusions, what is excluded."""

TEXT_FORMAT, DATE_FORMAT, ANY_FORMAT = "@", "yyyy-mm-dd", "General"
BOOLEAN_FORMAT = '"true";"true";"false"'

SPARE_ROWS = 10
"""Rows below the last one that holds a value which have the look, the dropdowns and the highlights too."""

_PLAIN = Look(
    number_format=ANY_FORMAT,
    font=FONT,
    size=SIZE,
    bold=False,
    italic=False,
    ink=INK,
    fill="",
    border=EDGE,
    horizontal="general",
    vertical="top",
    wrap=True,
    indent=0,
)
CELL = evolve(_PLAIN, number_format=TEXT_FORMAT)
"""A cell of a rule, a criterion or a list."""

ID_CELL = evolve(CELL, bold=True)
ANY_CELL = evolve(CELL, ink=GREY)
"""A cell of a decision table that accepts any value."""

FAINT_CELL = evolve(CELL, ink=PALE)
"""The same on a sheet of criteria, where most cells do."""

REMARK_CELL = evolve(CELL, size=SMALL, ink=REMARK_INK)
EVIDENCE_CELL = evolve(CELL, size=SMALL)
LEFT = "left"
"""Where dates, numbers and booleans stand, which Excel would put elsewhere than words."""

NAME_CELL = evolve(_PLAIN, size=12.0, bold=True, vertical="center")
QUESTION_CELL = evolve(_PLAIN, size=11.0, italic=True, vertical="center", indent=1)
POLICY_CELL = evolve(CELL, bold=True, horizontal="center", vertical="center", wrap=False)
"""A2: the hit policy, or the word Criteria."""

ROW_WORD_CELL = evolve(_PLAIN, bold=True, vertical="center")
VALUES_WORD_CELL = evolve(_PLAIN, size=TINY, italic=True, ink=GREY)
KIND_CELL = evolve(CELL, size=TINY, bold=True, ink=GREY, horizontal="left", vertical="center", wrap=False)
HEADING_CELL = evolve(CELL, bold=True, vertical="center")
VALUES_CELL = evolve(CELL, size=TINY, italic=True, ink=GREY)
LIST_HEADING_CELL = evolve(_PLAIN, bold=True, fill=HEAD_FILL, vertical="center")

NAME_HEIGHT, KIND_HEIGHT = 26.0, 18.0

WIDTHS: Mapping[str, float] = {
    "part of": 13.0,
    "needs": 8.0,
    "means": 15.5,
    "requirement": 42.0,
    "evidence": 38.0,
    "determination": 16.0,
    "payer wording": 26.0,
    "reason": 44.0,
    "refer to": 14.0,
    "citation": 30.0,
    "note": 46.0,
    "plan note": 70.0,
}
"""Columns of tables and of criteria that are known by their headings; others are as wide as their text."""

CLAUSE_WIDTHS = (11.5, 17.0, 20.0)
"""The least width of a column, the most of an IF column, and the most where it reads a row of criteria."""

TEXT_WIDTHS: tuple[tuple[int, float], ...] = ((12, 14.0), (18, 20.0), (60, 28.0), (160, 46.0))
WIDEST = 70.0
"""The width of other columns by the longest line in them: up to so many characters so wide."""

ID_WIDTHS = (10.0, 14.0, 22.0)
"""The least width of column A of a table and of criteria, and the most of both."""

CASE_WIDTHS: Mapping[str, float] = {
    "case": 34.0,
    "expect determination": 16.0,
    "expect missing": 28.0,
    "expect criterion": 16.0,
    "why": 46.0,
}


@frozen
class Kind:
    """What all sheets of a kind have: the colour of the tab, what is frozen, how they print."""

    tab: str
    rows: int
    columns: int
    printing: Print


_FOOTER = "&L&F&C&A&RPage &P of &N"
_GRID = Print(rows="1:4", footer=_FOOTER)
_LIST = Print(rows="1:1", footer=_FOOTER)
FINAL_TAB = "5B8C5A"
"""The tab of the final decision."""

TABLE = Kind("7FA3C7", 4, 1, _GRID)
CRITERIA = Kind("8E7CC3", 4, 1, evolve(_GRID, columns="A:A"))
POLICY = Kind("374151", 1, 0, _LIST)
FACTS = Kind("374151", 1, 2, _LIST)
CASES = Kind("C9A24B", 1, 1, evolve(_LIST, fit_width=2, columns="A:A"))
OTHER = Kind("9CA3AF", 1, 0, _LIST)
"""Change History, Assumptions, Accepted."""

BLANK_FILL, WRONG_FILL, WRONG_INK = "FFE08A", "F8CACA", "8A1C1C"
"""Cells that Excel marks: due ones that are blank; ids that stand twice, and values outside row 4."""
