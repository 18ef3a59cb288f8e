"""Sheets and formatted tables as formulas name them, and as Excel lets them be named."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openpyxl.utils.cell import quote_sheetname

from dmn_dli.ooxml.formulas import GONE, with_operands

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|((?:\[\d+\])?[^\s'!,;(){}\[\]]+))!")
_PART_OF_A_RANGE = re.compile(r"\$?[A-Za-z]{1,3}(\$?[0-9]+)?|\$?[0-9]+")
_STRUCTURED = re.compile(r"([^\s'!,;(){}\[\]:]+)(?=\[)")

_COLUMN = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_ESCAPED = re.compile(r"'(.)")
_TO_ESCAPE, _ESCAPE = re.compile(r"(?=[\[\]#'])"), "'"


def objection_to_name(name: str) -> str:
    """Why Excel does not take this as a sheet's name; "" where it does."""
    if not name.strip():
        return "A sheet's name cannot be blank."
    if len(name.encode("utf-16-le")) > 2 * _LONGEST_NAME:
        return f'The sheet\'s name "{name}" has more than {_LONGEST_NAME} characters.'
    if _NOT_IN_NAMES.search(name):
        return f'The sheet\'s name "{name}" holds one of the characters [ ] : * ? / \\, which Excel refuses.'
    if name.startswith("'") or name.endswith("'"):
        return f"The sheet's name {name} begins or ends with an apostrophe, which Excel refuses."
    if name.casefold() == _RESERVED:
        return f'Excel keeps the name "{name}" for itself.'
    return ""


def with_names(
    formula: str, sheets: Mapping[str, str | None], tables: Mapping[str, str | None] | None = None
) -> str:
    """A formula, without `=`, with other names for sheets and formatted tables; None for those that are gone.

    sheets, tables: the new names by the old ones' casefolded. Text within quotes stays as it is, and so does
    a formula that names none of these. Raises BrokenBookError for one that may, and cannot be read.
    """
    named = formula.casefold().replace("''", "'")
    if not any(name in named for name in (*sheets, *(tables or {}))):
        return formula
    return with_operands(formula, lambda operand: _operand(operand, sheets, tables or {}))


def with_columns(formula: str, table: str, columns: Mapping[str, str | None]) -> str:
    """A formula, without `=`, with other names for columns of a formatted table; None for what is gone.

    columns: the new names by the old ones' casefolded. Raises BrokenBookError as `with_names`.
    """
    if f"{table}[".casefold() not in formula.casefold():
        return formula
    return with_operands(formula, lambda operand: _structured(operand, table, columns))


def _structured(operand: str, table: str, columns: Mapping[str, str | None]) -> str:
    """`Table[[#This Row],[column]]`; in names of columns an apostrophe stands before brackets."""
    if not operand.casefold().startswith(f"{table}[".casefold()):
        return operand
    gone = False

    def column(found: re.Match[str]) -> str:
        nonlocal gone
        new = columns.get(_ESCAPED.sub(r"\1", found[1]).casefold(), "")
        gone = gone or new is None
        return f"[{_TO_ESCAPE.sub(_ESCAPE, new)}]" if new else found[0]

    result = _COLUMN.sub(column, operand)
    return GONE if gone else result


def _operand(text: str, sheets: Mapping[str, str | None], tables: Mapping[str, str | None]) -> str:
    gone = False

    def sheet(found: re.Match[str]) -> str:
        nonlocal gone
        quoted, plain = found[1], found[2]
        names = (plain if quoted is None else quoted.replace("''", "'")).split(":")
        new = [sheets.get(name.casefold(), name) for name in names]
        if new == names or "[" in found[0]:  # that of another workbook
            return found[0]
        gone = gone or None in new
        first = ""
        if quoted is None and len(names) > 1 and _PART_OF_A_RANGE.fullmatch(names[0]):
            first = f"{names[0]}:"  # the end of a range of which the other cell is named with its sheet
            new = new[1:]
        return f"{first}{quote_sheetname(':'.join(each or '' for each in new))}!"

    def table(found: re.Match[str]) -> str:
        nonlocal gone
        new = tables.get(found[1].casefold(), found[1])
        gone = gone or new is None
        return new or ""

    result = _STRUCTURED.sub(table, _SHEET.sub(sheet, text)) if tables else _SHEET.sub(sheet, text)
    return GONE if gone else result
