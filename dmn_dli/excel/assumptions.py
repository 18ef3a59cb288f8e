"""The Assumptions sheet: conditions that hold of every real case."""

from __future__ import annotations

from dmn_dli.excel.listing import read_listing
from dmn_dli.excel.place import Place, trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import CellKind
from dmn_dli.model.codes import sheets
from dmn_dli.model.facts import Assumption
from dmn_dli.model.finding import Finding


def read_assumptions(sheet: Sheet, place: Place) -> tuple[tuple[Assumption, ...], list[Finding]]:
    """The assumptions in the order of the sheet, with what is wrong with their layout.

    A row without a condition is reported and left out; the conditions are not looked into.
    """
    found: list[Finding] = []
    listing = read_listing(sheet, place, ("condition", "reason"), (), found, lacking=sheets.ASSUMPTION_COLUMN)
    if listing is None:
        return (), found
    read = []
    for row in listing.rows:
        condition, reason = listing.at(row, "condition"), trimmed(listing.at(row, "reason"))
        if condition.blank:
            message = f"Row {row} has no condition; a test of facts that holds of every case is expected."
            found.append(place.finding(sheets.ASSUMPTION_INCOMPLETE, message, condition))
            continue
        if condition.kind in (CellKind.NUMBER, CellKind.BOOLEAN, CellKind.DATE, CellKind.TIME):
            message = (
                f"The condition is {condition.text}; a test of facts that holds of every case is expected."
            )
            found.append(place.finding(sheets.ASSUMPTION_INCOMPLETE, message, condition))
        if not reason.text:
            message = "The assumption has no reason; whoever relies on it must be able to see why it holds."
            found.append(place.finding(sheets.ASSUMPTION_INCOMPLETE, message, reason))
        read.append(Assumption(place.repaired(condition, found), reason.text, sheet.name))
    return tuple(read), found
