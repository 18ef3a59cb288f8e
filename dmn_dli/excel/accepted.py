"""The Accepted sheet: findings that somebody has looked at and accepted.

Whether a row has an effect, and whether there is such a code at all, `waivers` says: it knows all findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from dmn_dli.excel.days import read_day
from dmn_dli.excel.listing import Listing, read_listing
from dmn_dli.excel.place import Place, short, trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import Cell
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.finding import Code, Finding, Kind, Severity
from dmn_dli.model.repair import plain_word
from dmn_dli.model.table import DecisionTable, Rule
from dmn_dli.model.waiver import Waiver
from dmn_dli.runtime.nearest import did_you_mean

# A mistake on the sheet Accepted is never an error: no policy is evaluated differently because of it, and the
# finding that was to be accepted is still there.
ACCEPTED_COLUMN = Code(
    "DT185",
    Kind.LAYOUT,
    Severity.WARNING,
    "The Accepted sheet lacks a column.",
    "Write the headings code, where, why, who, until and, if you like, as it stood into row 1 of the sheet "
    "Accepted.",
)
ACCEPTED_ROW = Code(
    "DT186",
    Kind.LAYOUT,
    Severity.WARNING,
    "A row of the Accepted sheet cannot be used.",
    "Correct the cell; until then the finding is not accepted.",
)
UNTIED_WAIVER = Code(
    "DT187",
    Kind.LAYOUT,
    Severity.WARNING,
    "An accepted finding is not tied to what was accepted.",
    "Copy the text between the quotes into the column as it stood of this row; the finding then comes back "
    "when the rule changes.",
)
IDLE_WAIVER = Code(
    "DT188",
    Kind.LAYOUT,
    Severity.INFO,
    "A row of the Accepted sheet has no effect.",
    "Look at the finding again. To accept it as it is now, correct the row: the place, the last day, or the "
    "text in the column as it stood; otherwise delete the row.",
)
REFUSED_WAIVER = Code(
    "DT189",
    Kind.LAYOUT,
    Severity.WARNING,
    "A finding that keeps the workbook from being evaluated cannot be accepted.",
    "Mend what the finding says, and delete this row.",
)

WORKBOOK = "workbook"
"""What `where` says of a finding about the file as a whole."""

_NEEDED = ("code", "where", "why", "who", "until")
_OPTIONAL = ("as it stood",)
_CELL = re.compile(r"(?P<sheet>.+)!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9][0-9]*)")
_RULE = re.compile(r"(?P<sheet>.+?),? (?P<row>rule|criterion) (?P<rule>.+)", re.IGNORECASE)


@frozen
class Places:
    """The places of a workbook: its sheets, and the ids of each one's rules or criteria, by folded name."""

    sheets: Mapping[str, str]
    rules: Mapping[str, Mapping[str, str]]

    def sheet(self, text: str) -> str | None:
        """The sheet of that name, which may stand in Excel's quotes."""
        if len(text) > 2 and text[0] == text[-1] == "'":
            text = text[1:-1].replace("''", "'")
        return self.sheets.get(plain_word(text))


def places_of(
    names: Iterable[str], tables: Iterable[DecisionTable], criteria: Iterable[CriteriaSheet]
) -> Places:
    """The places of a workbook with sheets of these names, these tables and these criteria."""
    rows: Iterable[tuple[str, Iterable[Rule | CriterionRow]]] = (
        *((table.sheet, table.rules) for table in tables),
        *((sheet.sheet, sheet.rows) for sheet in criteria),
    )
    ids = {plain_word(sheet): {plain_word(row.id): row.id for row in members} for sheet, members in rows}
    return Places({plain_word(name): name for name in names}, ids)


def read_accepted(
    sheet: Sheet, place: Place, places: Places
) -> tuple[tuple[Waiver, ...], tuple[Cell, ...], list[Finding]]:
    """The accepted findings in the order of the sheet, the cells that name a code, and what is wrong with it.

    A row that is wrong is reported and left out, so that it accepts nothing.
    """
    found: list[Finding] = []
    listing = read_listing(sheet, place, _NEEDED, _OPTIONAL, found, lacking=ACCEPTED_COLUMN)
    if listing is None:
        return (), (), found
    waivers = (_read_row(listing, row, place, places, found) for row in listing.rows)
    cells = (trimmed(listing.at(row, "code")) for row in listing.rows)
    return tuple(filter(None, waivers)), tuple(cell for cell in cells if cell.text), found


def _read_row(
    listing: Listing, row: int, place: Place, places: Places, found: list[Finding]
) -> Waiver | None:
    cells = {heading: trimmed(listing.at(row, heading)) for heading in (*_NEEDED, *_OPTIONAL)}
    wrong: list[Finding] = []
    for heading in ("code", "where", "why", "who"):
        if not cells[heading].text:
            message = f"Row {row} of the sheet {listing.sheet.name} does not say {_ASKED[heading]}."
            wrong.append(place.finding(ACCEPTED_ROW, message, listing.at(row, heading)))
    where = _where(cells["where"], place, places, wrong)
    until = _until(cells["until"], place, wrong)
    found.extend(wrong)
    if wrong or where is None:
        return None
    return Waiver(
        cells["code"].text.upper(),
        cells["where"].text,
        cells["why"].text,
        cells["who"].text,
        until,
        cells["code"],
        *where,
        cells["as it stood"].text,
    )


_ASKED = {
    "code": "which code is accepted",
    "where": "where the finding is",
    "why": "why the finding is accepted",
    "who": "who has accepted it",
}


def _where(cell: Cell, place: Place, places: Places, wrong: list[Finding]) -> tuple[str, str, str] | None:
    """Sheet, cell and rule that `where` names; None, and why, where the workbook has no such place."""
    text = cell.text
    if not text:
        return None
    sheet = places.sheet(text)
    if sheet is not None:
        return sheet, "", ""
    at_cell, at_rule = _CELL.fullmatch(text), _RULE.fullmatch(text)
    if at_cell and (sheet := places.sheet(at_cell["sheet"])) is not None:
        return sheet, f"{at_cell['column'].upper()}{at_cell['row']}", ""
    if at_rule and (sheet := places.sheet(at_rule["sheet"])) is not None:
        ids = places.rules.get(plain_word(sheet), {})
        rule = ids.get(plain_word(at_rule["rule"]))
        if rule is not None:
            return sheet, "", rule
        hint = did_you_mean(at_rule["rule"], ids.values())
        message = f'The sheet "{sheet}" has no {at_rule["row"].lower()} "{short(at_rule["rule"])}".{hint}'
    elif plain_word(text) == WORKBOOK:
        return "", "", ""
    else:
        named = (at_cell or at_rule or {"sheet": text})["sheet"]
        hint = did_you_mean(named, places.sheets.values())
        message = (
            f'The place is "{short(text)}", and there is none such.{hint} A cell such as Scope!B7, a rule '
            f"such as Scope rule S-1, a sheet's name or the word {WORKBOOK} is expected."
        )
    wrong.append(place.finding(ACCEPTED_ROW, message, cell))
    return None


def split_place(text: str, places: Places) -> tuple[str, str, str] | None:
    """A place as a row words it, taken apart: the sheet, what stands between, the cell or the rule.

    None where it is no place on a sheet that there is. The three together are the text.
    """
    if places.sheet(text) is not None:
        return text, "", ""
    for pattern, target in ((_CELL, "column"), (_RULE, "rule")):
        found = pattern.fullmatch(text)
        if found and places.sheet(found["sheet"]) is not None:
            start = found.start(target)
            return found["sheet"], text[found.end("sheet") : start], text[start:]
    return None


def _until(cell: Cell, place: Place, wrong: list[Finding]) -> date | None:
    day = read_day(cell.text)
    if day is None and cell.text:
        message = f'The last day is "{short(cell.text)}"; a date such as 2025-12-31, or nothing, is expected.'
        wrong.append(place.finding(ACCEPTED_ROW, message, cell))
    return day
