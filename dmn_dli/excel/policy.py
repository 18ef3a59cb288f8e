"""The Policy sheet: the fields that say whose policy this is and when it holds."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from dmn_dli.excel import codes
from dmn_dli.excel.days import read_day
from dmn_dli.excel.hazards import value_hazards
from dmn_dli.excel.place import Place, trimmed
from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import Cell, CellKind
from dmn_dli.model.finding import Finding
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import IN_FORCE, SET_ASIDE, PolicyFields
from dmn_dli.runtime.nearest import did_you_mean

_FIELDS = {
    "Payer": "payer",
    "Payer name": "payer_name",
    "Policy number": "policy_number",
    "Title": "title",
    "Status": "status",
    "Effective from": "effective_from",
    "Effective to": "effective_to",
    "Last review": "last_review",
    "Next review": "next_review",
    "Source document": "source_document",
    "Final decision": "final_decision",
    "Notes": "notes",
}
_STATUSES = (IN_FORCE, *SET_ASIDE)
_BY_FOLDED = {name.casefold(): name for name in _FIELDS}
_DATES = ("Effective from", "Effective to", "Last review", "Next review")
_MONTH_WILL_DO = ("Last review", "Next review")
_ADVISED = ("Payer name", "Policy number", "Title")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_LITERAL = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
_MONTH_AND_YEAR = re.compile(r"([a-z]{3,})\.?,? (\d{4})")


def read_policy(sheet: Sheet, place: Place) -> tuple[PolicyFields, list[Finding]]:
    """The policy's fields with what is wrong with them."""
    found = list(_heading_findings(sheet, place))
    cells: dict[str, Cell] = {}
    blank: dict[str, Cell] = {}
    for row in sheet.rows:
        if row > 1:
            _read_field(sheet, place, row, (cells, blank), found)
    used = [cell for cell in sheet.cells.values() if cell.column <= 2]
    found.extend(value_hazards(sheet, place, used))
    dates = {name: _read_date(name, cells[name], place, found) for name in _DATES if name in cells}
    texts = {name: cell.text for name, cell in cells.items() if name not in _DATES}
    fields = PolicyFields(
        payer=texts.get("Payer"),
        payer_name=texts.get("Payer name"),
        policy_number=texts.get("Policy number"),
        title=texts.get("Title"),
        status=texts.get("Status"),
        effective_from=dates.get("Effective from"),
        effective_to=dates.get("Effective to"),
        last_review=dates.get("Last review"),
        next_review=dates.get("Next review"),
        source_document=texts.get("Source document"),
        final_decision=texts.get("Final decision"),
        notes=texts.get("Notes"),
        places=cells,
        blank={name: cell for name, cell in blank.items() if name not in cells},
    )
    found.extend(_missing_fields(fields, place))
    found.extend(_status(fields, place))
    found.extend(_period(fields, place))
    return fields, found


def file_name_findings(fields: PolicyFields, place: Place, name: str) -> Iterator[Finding]:
    """Whether a payer's workbook is named `<payer>-<effective date>.xlsx`."""
    if fields.payer is None or fields.effective_from is None:
        return
    expected = f"{fields.payer}-{fields.effective_from.isoformat()}.xlsx"
    if name.casefold() != expected.casefold():
        message = f"The file is named {name}; by its Policy sheet {expected} is expected."
        yield place.finding(codes.FILE_NAME, message)


def _heading_findings(sheet: Sheet, place: Place) -> Iterator[Finding]:
    headings = tuple(plain_word(sheet.at(1, column).text) for column in (1, 2))
    if headings != ("field", "value"):
        read = " and ".join(f'"{sheet.at(1, column).text}"' for column in (1, 2))
        message = f"Row 1 holds {read}; the headings Field and Value are expected, and the fields below them."
        yield place.finding(codes.POLICY_HEADINGS, message, "A1")


def _read_field(
    sheet: Sheet,
    place: Place,
    row: int,
    fields: tuple[dict[str, Cell], dict[str, Cell]],
    found: list[Finding],
) -> None:
    """Note a row's value among the fields that have one, or its cell among those that are blank."""
    cells, blank = fields
    label, value = sheet.at(row, 1), trimmed(sheet.at(row, 2))
    if label.blank and value.blank:
        return
    name = _BY_FOLDED.get(plain_word(label.text))
    if name is None:
        read = f'the field "{label.text}"' if not label.blank else f'"{value.text}" without a field\'s name'
        message = f"The Policy sheet holds {read}, which is not known.{did_you_mean(label.text, _FIELDS)}"
        remedy = f"The fields are {', '.join(_FIELDS)}; other remarks belong on a sheet named Notes."
        found.append(place.finding(codes.UNKNOWN_FIELD, message, label, remedy=remedy))
    elif name in cells:
        message = f'The field "{name}" stands in row {cells[name].row} already.'
        found.append(place.finding(codes.DUPLICATE_FIELD, message, label))
    else:
        (blank if value.blank else cells)[name] = value


def _read_date(name: str, cell: Cell, place: Place, found: list[Finding]) -> date | None:
    """The day that a cell gives; a review may be dated by its month alone, which is read as its last day."""
    if cell.kind in (CellKind.FORMULA, CellKind.ERROR):
        return None
    month_will_do = name in _MONTH_WILL_DO
    if cell.kind in (CellKind.DATE, CellKind.TEXT):
        month = _last_of_month(cell) if month_will_do else None
        day = month or read_day(cell.text)
        if day is not None:
            return day
    also = " or a month such as August 2025" if month_will_do else ""
    message = f'{name} holds "{cell.text}"; a date{also} is expected.'
    found.append(place.finding(codes.BAD_DATE, message, cell))
    return None


def _last_of_month(cell: Cell) -> date | None:
    """The last day of a month given as `August 2025`, as text or as Excel stores it when it is typed."""
    if cell.kind is CellKind.DATE:
        shown = _LITERAL.sub("", cell.number_format.lower())
        first = read_day(cell.text) if "m" in shown and "d" not in shown else None
    else:
        match = _MONTH_AND_YEAR.fullmatch(plain_word(cell.text))
        first = _first_of_month(match[1], int(match[2])) if match else None
    return first and first.replace(day=monthrange(first.year, first.month)[1])


def _first_of_month(word: str, year: int) -> date | None:
    months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    return date(year, months[0], 1) if months and year else None


def _missing_fields(fields: PolicyFields, place: Place) -> Iterator[Finding]:
    given = fields.places
    if "Final decision" not in given:
        message = "The Policy sheet lacks Final decision, the name of the table that gives the determination."
        yield place.finding(codes.FIELD_MISSING, message, fields.blank.get("Final decision", ""))
    if fields.payer is None:
        return
    if "Effective from" not in given:
        message = "The Policy sheet lacks Effective from, the first day on which the payer's policy holds."
        yield place.finding(codes.FIELD_MISSING, message, fields.blank.get("Effective from", ""))
    for name in _ADVISED:
        if name not in given:
            lacks = f"The Policy sheet of a payer's policy lacks {name}."
            message = f"{name} is blank." if name in fields.blank else lacks
            yield place.finding(codes.FIELD_ADVISED, message, fields.blank.get(name, ""))


def _status(fields: PolicyFields, place: Place) -> Iterator[Finding]:
    """A status that is none of those known, since what was meant to be set aside would be in force."""
    if fields.status is None or plain_word(fields.status) in _STATUSES:
        return
    cell = fields.places["Status"]
    if cell.kind in (CellKind.FORMULA, CellKind.ERROR):
        return
    message = f'Status holds "{fields.status}"; {", ".join(_STATUSES)} or nothing is expected.'
    yield place.finding(codes.STATUS, message + did_you_mean(fields.status, _STATUSES), cell)


def _period(fields: PolicyFields, place: Place) -> Iterator[Finding]:
    start, end = fields.effective_from, fields.effective_to
    if start and end and end < start:
        message = f"The policy ends on {end}, before it begins on {start}."
        yield place.finding(codes.PERIOD, message, fields.places["Effective to"])
