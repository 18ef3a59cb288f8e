"""A sheet of criteria as it stands in the workbook: a policy's criteria as the document numbers them."""

from __future__ import annotations

from attrs import frozen

from dmn_dli.model.cell import Cell
from dmn_dli.model.table import Annotation, InputClause


@frozen
class CriterionRow:
    """A row: a criterion, or with `needs` a group of the rows whose `part_of` names it.

    id: as printed in the document; cell: where it stands. part_of, needs, means: the cells of the GROUP
    columns, blank ones included. inputs: cells in the order of the sheet's clauses. requirement, evidence:
    the THEN columns' cells; `evidence` may be blank. `retired` rows are kept and never evaluated.
    """

    id: str
    cell: Cell
    part_of: Cell
    needs: Cell
    means: Cell
    inputs: tuple[Cell, ...]
    requirement: Cell
    evidence: Cell
    annotations: tuple[Cell, ...] = ()
    retired: bool = False


@frozen
class CriteriaSheet:
    """A sheet whose A2 says Criteria; `name` is what A1 says, by which rows are known (`Criteria.2.c`)."""

    name: str
    sheet: str
    question: str
    inputs: tuple[InputClause, ...]
    annotations: tuple[Annotation, ...]
    rows: tuple[CriterionRow, ...]

    def name_of(self, identifier: str) -> str:
        """The name by which clauses and records' expectations know a row: `Criteria.2.c`."""
        return f"{self.name}.{identifier}"

    def note(self, row: CriterionRow, name: str) -> str:
        """What a row says in the NOTE column of a name, whatever its letter case; "" where there is none."""
        for annotation, cell in zip(self.annotations, row.annotations, strict=True):
            if annotation.name.strip().casefold() == name.casefold():
                return cell.text
        return ""

    @property
    def in_force(self) -> tuple[CriterionRow, ...]:
        """The rows that are not retired."""
        return tuple(row for row in self.rows if not row.retired)
