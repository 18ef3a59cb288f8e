"""What our export has kept of a workbook in a model: its sheets, cell by cell (docs/dmn.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from attrs import frozen

from dmn_dli.interchange.dmn.expressions import Extension
from dmn_dli.interchange.dmn.model import Decision, Definitions
from dmn_dli.interchange.dmn.ours import all_of, attribute, one_of
from dmn_dli.interchange.imported import Rows, Value
from dmn_dli.model.repair import plain_word


@frozen
class KeptSheet:
    """A sheet: its tab, what it holds, its rows; of a table the id of the decision that it is."""

    name: str
    holds: str
    rows: Rows
    decision: str = ""
    shared: str = ""


@frozen
class KeptBook:
    """A workbook: the name of its file, the shared dictionary that it had, and its sheets in order."""

    name: str
    dictionary: str
    sheets: tuple[KeptSheet, ...]

    def holds(self, kind: str) -> bool:
        """Whether there is a sheet of that kind."""
        return any(each.holds == kind for each in self.sheets)


def kept_book(definitions: Definitions) -> KeptBook | None:
    """The workbook that a model was exported from; None where it was made elsewhere."""
    found = one_of(definitions, "workbook")
    if found is None:
        return None
    sheets = tuple(_sheet(each) for each in all_of(found, "sheet"))
    return KeptBook(attribute(found, "name"), attribute(found, "dictionary"), sheets)


def _sheet(sheet: Extension) -> KeptSheet:
    rows = [[_value(cell) for cell in all_of(row, "cell")] for row in all_of(sheet, "row")]
    return KeptSheet(
        attribute(sheet, "name"),
        attribute(sheet, "holds"),
        rows,
        attribute(sheet, "decision"),
        attribute(sheet, "of"),
    )


def _value(cell: Extension) -> Value:
    """What a cell holds; what is not of the type that it says is text, which a person will see."""
    text = cell.text
    try:
        match attribute(cell, "type"):
            case "number":
                return Decimal(text)
            case "boolean":
                return text.casefold() == "true"
            case "date":
                return date.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    return text or None


def with_shared_assumptions(sheets: tuple[KeptSheet, ...]) -> Mapping[str, Rows]:
    """The rows of the assumptions' sheet, by its tab; those that were shared stand below the others."""
    own = next((each for each in sheets if each.holds == "assumptions" and not each.shared), None)
    shared = next((each for each in sheets if each.holds == "assumptions" and each.shared), None)
    if shared is None:
        return {} if own is None else {own.name: own.rows}
    if own is None or not own.rows:
        return {shared.name: shared.rows}
    headings = [plain_word(str(each or "")) for each in own.rows[0]]
    more = []
    for condition, reason, *_ in shared.rows[1:]:
        values = {"condition": condition, "reason": reason}
        more.append([values.get(heading) for heading in headings])
    return {own.name: [*own.rows, *more]}


def criterion_of(decision: Decision, kept: KeptBook | None) -> Extension | None:
    """What a decision says as a row of criteria, where the workbook has its sheet; else it is a table."""
    return one_of(decision, "criterion") if kept is not None and kept.holds("criteria") else None
