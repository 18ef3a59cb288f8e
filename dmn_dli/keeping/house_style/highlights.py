"""Conditional formats by which Excel itself marks what is surely wrong in a table while people write in it.

Only functions that every Excel and LibreOffice know; no lists of constants, which Excel takes nowhere in a
conditional format; `=` instead of COUNTIF and MATCH, to which `2.1` and `2.10` are one number and `*` is any
text.
A cell that may be FEEL (a list, a range, `not(...)`, an expression) is never marked: `check` judges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from attrs import frozen

from dmn_dli.feel import FeelSyntaxError, FeelType, constant_value, syntax
from dmn_dli.keeping.house_style.table import BLANK_FILL, WRONG_FILL, WRONG_INK
from dmn_dli.model.cell import column_letters
from dmn_dli.ooxml.look import Highlight
from dmn_dli.tables.allowed_values import parse_allowed

MARKER = "dmn-dli format"

_NO_BREAK = "\u00a0"
_SIGNS = '()[]{}<>=!?,;:./*+%@"' + "“”„‟″‘’‐‑−\u00ad\u200b\ufeff"
"""Characters by which a cell may be more than one of the allowed words, or be read as other characters."""

_KEYWORDS = (" and ", " or ", " in ", " of ", " then ")
_BOOLEAN_WORDS = ("true", "false", "yes", "no")
_PASSING = ("-", "–", "—", "null")
"""Any value, as people type it, and no value."""


@frozen
class Marked:
    """A column whose values are known.

    formula: of the cell in row 5 of the column, with `{cell}` and `{values}` for it and for row 4.
    """

    column: int
    formula: str


def words_test(names: Sequence[str] = ()) -> str:
    """That a cell is a word which row 4 does not list; names: what cells of the column may name besides."""
    listed = _quoted_out("{values}")
    values = f'SUBSTITUTE(SUBSTITUTE(TRIM({listed})," ,",","),", ",",")'
    absent = f'ISERROR(FIND(","&{_word()}&",",","&LOWER({values})&","))'
    return _lone_word((*names,), f"LEN(TRIM({{values}}))>0,{absent}")


def boolean_test(names: Sequence[str] = ()) -> str:
    """That a cell is a word which is neither true nor false."""
    return _lone_word((*_BOOLEAN_WORDS, *names))


def numbers_test(text: str) -> str:
    """That a cell is a whole number which the allowed values, a list or one range, leave out; "" for none."""
    outside = _outside(text)
    if not outside:
        return ""
    no_signs = ",".join(f"ISERROR(FIND({_text(sign)},{{cell}}))" for sign in f"{_SIGNS}-")
    return f"AND({no_signs},ISNUMBER(VALUE(TRIM({{cell}}))),{outside})"


def highlights(
    rows: tuple[int, int], width: int, due: Iterable[int], marked: Iterable[Marked]
) -> tuple[Highlight, ...]:
    """The formats of a sheet whose rows of rules or criteria are these, the first and the last.

    width: its last column; due: columns in which no cell may be blank, the first (of ids) aside.
    """
    first, last = rows
    found = [_blanks(rows, width, [1, *due]), duplicates(rows)]
    by_formula: dict[str, list[int]] = {}
    for each in marked:
        by_formula.setdefault(each.formula, []).append(each.column)
    for formula, columns in by_formula.items():
        letters = column_letters(columns[0])
        told = formula.format(cell=f"{letters}{first}", values=f"{letters}${first - 1}")
        found.append(Highlight(_areas(columns, first, last), told, WRONG_FILL, WRONG_INK))
    return tuple(found)


def duplicates(rows: tuple[int, int], column: int = 1) -> Highlight:
    """That an id, a case's name or a fact's stands in its column more than once."""
    first, last = rows
    letters = column_letters(column)
    cell, all_cells = f"${letters}{first}", f"${letters}${first}:${letters}${last}"
    # In small letters, since LibreOffice may be set to tell letter case apart.
    same = f"LOWER(TRIM({all_cells}))=LOWER(TRIM({cell}))"
    formula = f"AND(LEN(TRIM({cell}))>0,SUMPRODUCT(1*({same}))>1)"
    return Highlight(_areas([column], first, last), formula, WRONG_FILL, WRONG_INK)


def _blanks(rows: tuple[int, int], width: int, due: Sequence[int]) -> Highlight:
    first, last = rows
    row, cell = f"$A{first}:${column_letters(width)}{first}", f"{column_letters(due[0])}{first}"
    formula = f"AND(COUNTA({row})>0,LEN(TRIM({cell}))=0)"
    return Highlight(_areas(due, first, last), formula, BLANK_FILL)


def _areas(columns: Iterable[int], first: int, last: int) -> tuple[str, ...]:
    """The columns between two rows, neighbours as one area."""
    runs = groupby(enumerate(sorted(columns)), key=lambda each: each[1] - each[0])
    found = []
    for _, run in runs:
        numbers = [column for _, column in run]
        found.append(f"{column_letters(numbers[0])}{first}:{column_letters(numbers[-1])}{last}")
    return tuple(found)


def _lone_word(allowed: Iterable[str], *more: str) -> str:
    passing = ",".join(f"{_word()}={_text(word.lower())}" for word in (*_PASSING, *allowed))
    signs = [f"ISERROR(FIND({_text(sign)},{{cell}}))" for sign in _SIGNS]
    signs += [f"ISERROR(FIND({_text(word)},LOWER({{cell}})))" for word in _KEYWORDS]
    return f"AND(ISTEXT({{cell}}),LEN(TRIM({{cell}}))>0,NOT(OR({passing})),{','.join([*signs, *more])})"


def _word() -> str:
    """The cell's text with single plain blanks, in small letters."""
    return f'LOWER(TRIM(SUBSTITUTE(SUBSTITUTE({{cell}},"{_NO_BREAK}"," "),CHAR(10)," ")))'


def _quoted_out(reference: str) -> str:
    plain = f'SUBSTITUTE(SUBSTITUTE({reference},"{_NO_BREAK}"," "),CHAR(10),",")'
    return f'SUBSTITUTE({plain},"""","")'


def _text(value: str) -> str:
    """A text in a formula, in which the braces of the template are doubled."""
    return '"' + value.replace('"', '""').replace("{", "{{").replace("}", "}}") + '"'


def _outside(text: str) -> str:
    value = "VALUE(TRIM({cell}))"
    try:
        allowed = parse_allowed(text, FeelType.NUMBER)
    except FeelSyntaxError:
        return ""
    if allowed.values is not None:
        numbers = [each for each in allowed.values if isinstance(each, Decimal)]
        return f"NOT(OR({','.join(f'{value}={each:f}' for each in numbers)}))" if numbers else ""
    match allowed.tests.tests:
        case [syntax.ValueTest(syntax.Range() as range_)]:
            bounds = []
            if range_.low is not None:
                sign = "<" if range_.low_closed else "<="
                bounds.append(f"{value}{sign}{constant_value(range_.low):f}")
            if range_.high is not None:
                sign = ">" if range_.high_closed else ">="
                bounds.append(f"{value}{sign}{constant_value(range_.high):f}")
            return f"OR({','.join(bounds)})" if bounds else ""
    return ""
