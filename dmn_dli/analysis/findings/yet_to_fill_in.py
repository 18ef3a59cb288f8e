"""DT616: a cell of a payer's workbook still says what is to be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.analysis.checks import Findings, PolicyCheck
from dmn_dli.model.cell import Cell
from dmn_dli.model.finding import Code, Finding, Kind, Severity
from dmn_dli.model.repair import trim
from dmn_dli.model.to_fill_in import is_to_fill_in
from dmn_dli.model.workbook import Workbook
from dmn_dli.tables.linked import LinkedPolicy

CODE = Code(
    "DT616",
    Kind.LAYOUT,
    Severity.ERROR,
    "A cell still says what is to be filled in.",
    "Write over it what belongs there; where the document has nothing of the kind, delete the row, or "
    "the whole sheet.",
)
_OF_NO_ROW = "Write over it what belongs there."


def _find(policy: LinkedPolicy) -> Findings:
    for sheet, decision, row, cell in _cells(policy.workbook):
        if is_to_fill_in(cell.text):
            message = f'The cell reads "{trim(cell.text)}".'
            rules = (row,) if row else ()
            file = policy.workbook.file
            remedy = CODE.remedy if row else _OF_NO_ROW
            yield Finding(CODE, message, remedy, file, sheet, cell.reference, decision, rules)


def _cells(workbook: Workbook) -> Iterator[tuple[str, str, str, Cell]]:
    """The cells in which people write: sheet, decision, rule and cell."""
    yield from (("Policy", "", "", cell) for cell in workbook.policy.places.values())
    for table in workbook.tables:
        for rule in table.in_force:
            for cell in (*rule.outputs, *rule.annotations):
                yield table.sheet, table.name, rule.id, cell
    for criteria in workbook.criteria:
        for row in criteria.in_force:
            for cell in (row.requirement, row.evidence, *row.annotations):
                yield criteria.sheet, criteria.name, row.id, cell
    for entry in workbook.changes:
        yield from (("Change History", "", "", cell) for cell in entry.cells)


CHECK = PolicyCheck(CODE, _find)
