"""The Assumptions sheet: conditions that hold of every real case."""

from __future__ import annotations

from dmn_dli.excel.listing import read_listing
from dmn_dli.excel.place import Place, trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import CellKind
from dmn_dli.model.facts import Assumption
from dmn_dli.model.finding import Code, Finding, Kind, Severity

ASSUMPTION_COLUMN = Code(
    "DT180",
    Kind.LAYOUT,
    Severity.ERROR,
    "The Assumptions sheet lacks a column.",
    "Write the headings condition and reason into row 1 of the sheet Assumptions.",
)
ASSUMPTION_INCOMPLETE = Code(
    "DT181",
    Kind.LAYOUT,
    Severity.ERROR,
    "An assumption lacks its condition or its reason.",
    "Fill in both, or delete the row: a condition, such as not(Prior infusion = true and GVHD grade = 0), "
    "and why no real case can be otherwise.",
)


def read_assumptions(sheet: Sheet, place: Place) -> tuple[tuple[Assumption, ...], list[Finding]]:
    """The assumptions in the order of the sheet, with what is wrong with their layout.

    A row without a condition is reported and left out; the conditions are not looked into.
    """
    found: list[Finding] = []
    listing = read_listing(sheet, place, ("condition", "reason"), (), found, lacking=ASSUMPTION_COLUMN)
    if listing is None:
        return (), found
    read = []
    for row in listing.rows:
        condition, reason = listing.at(row, "condition"), trimmed(listing.at(row, "reason"))
        if condition.blank:
            message = f"Row {row} has no condition; a test of facts that holds of every case is expected."
            found.append(place.finding(ASSUMPTION_INCOMPLETE, message, condition))
            continue
        if condition.kind in (CellKind.NUMBER, CellKind.BOOLEAN, CellKind.DATE, CellKind.TIME):
            message = (
                f"The condition is {condition.text}; a test of facts that holds of every case is expected."
            )
            found.append(place.finding(ASSUMPTION_INCOMPLETE, message, condition))
        if not reason.text:
            message = "The assumption has no reason; whoever relies on it must be able to see why it holds."
            found.append(place.finding(ASSUMPTION_INCOMPLETE, message, reason))
        read.append(Assumption(place.repaired(condition, found), reason.text, sheet.name))
    return tuple(read), found
