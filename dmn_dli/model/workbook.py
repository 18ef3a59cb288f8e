"""A whole workbook as read: the policy's fields, its tables, its cases."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.model.facts import Assumption, Dictionary
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable
from dmn_dli.model.waiver import Waiver

IN_FORCE = "in force"
DRAFT, WITHDRAWN = "draft", "withdrawn"
SET_ASIDE = (DRAFT, WITHDRAWN)
"""What the field Status may say besides: the workbook is used only when named by its path."""


@frozen
class PolicyFields:
    """The Policy sheet. Without `payer` the workbook is generic.

    effective_to: inclusive; None until the day before the next version.
    last_review, next_review: the day itself, or the last day of a month given as `August 2025`.
    places: field name to the cell that holds its value; blank: to that of a field which has none.
    """

    payer: str | None = None
    payer_name: str | None = None
    policy_number: str | None = None
    title: str | None = None
    status: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    last_review: date | None = None
    next_review: date | None = None
    source_document: str | None = None
    final_decision: str | None = None
    notes: str | None = None
    places: dict[str, Cell] = field(factory=dict, eq=False)
    blank: dict[str, Cell] = field(factory=dict, eq=False)

    @property
    def draft(self) -> bool:
        """Whether the policy is used only when named by its path: a draft, or one that was withdrawn."""
        return plain_word(self.status or "") in SET_ASIDE

    @property
    def withdrawn(self) -> bool:
        """Whether the policy was withdrawn, so that it will never come in force."""
        return plain_word(self.status or "") == WITHDRAWN


@frozen
class CaseRow:
    """A row of the Cases sheet: its name, and a cell for each column (same order as the sheet's)."""

    name: str
    cell: Cell
    values: tuple[Cell, ...]


@frozen
class CaseSheet:
    """The Cases sheet: `headings` (row 1, without the `case` column) the rows, and the `column` of `case`."""

    sheet: str
    headings: tuple[Cell, ...]
    rows: tuple[CaseRow, ...]
    column: int = 1


@frozen
class ChangeEntry:
    """A line of the Change History; `cell` is its first, `cells` are all that hold something."""

    date: date | None
    who: str
    what: str
    why: str
    cell: Cell
    cells: tuple[Cell, ...] = ()


@frozen
class NoteSheet:
    """A sheet of free text, `Notes` or `Notes …`: in each row the cells that hold something."""

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]


@frozen
class Workbook:
    """All that a file says, with what the reader found to object to.

    file: the path as given on the command line; `name` the bare file name; `sha256` of the file's bytes.
    dictionary: the workbook's own Facts sheet, if it has one.
    assumptions: the workbook's own, in addition to those of the dictionary.
    accepted: the findings that the Accepted sheet accepts; which of them apply, `waivers` says.
    accepted_codes: where that sheet, `accepted_sheet`, names a code, also in rows that are wrong.
    unread: names of the tables and sheets of criteria that could not be read, which the workbook lacks.
    tabs: the names of all its sheets, in the order in which people see them.
    findings: layout problems and repairs, in sheet order.
    """

    file: str
    name: str
    sha256: str
    policy: PolicyFields
    tables: tuple[DecisionTable, ...] = ()
    criteria: tuple[CriteriaSheet, ...] = ()
    cases: CaseSheet | None = None
    changes: tuple[ChangeEntry, ...] = ()
    dictionary: Dictionary | None = None
    assumptions: tuple[Assumption, ...] = ()
    accepted: tuple[Waiver, ...] = ()
    accepted_codes: tuple[Cell, ...] = ()
    accepted_sheet: str = ""
    notes: tuple[NoteSheet, ...] = ()
    unread: tuple[str, ...] = ()
    tabs: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def generic(self) -> bool:
        """Whether the workbook names no payer, so that its tables are of any field."""
        return self.policy.payer is None
