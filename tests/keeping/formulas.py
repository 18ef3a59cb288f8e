"""Excel's formulas, as far as conditional formats of the house style use them; short and naive.

Values are text, numbers, booleans, None for a blank cell, lists for ranges, and `Wrong` for error values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from attrs import frozen

from dmn_dli.excel.sheet import Sheet
from dmn_dli.model.cell import CellKind

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<area>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)(?![\w(])'
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Z]+)(?=\()|(?P<sign><>|<=|>=|[-+*/&=<>(),]))"
)
_REFERENCE = re.compile(r"(\$?)([A-Z]+)(\$?)(\d+)")


class Wrong(Exception):
    """An error value, which a formula hands on unless ISERROR asks for it."""


@frozen
class At:
    """A formula of one cell, told for another: by how many rows and columns the two are apart."""

    sheet: Sheet
    rows: int = 0
    columns: int = 0

    def cells(self, reference: str) -> list[list[Any]]:
        """What the cells of an area hold."""
        corners = [self._moved(each) for each in reference.split(":")]
        (top, left), (bottom, right) = corners[0], corners[-1]
        return [
            [_value(self.sheet, row, column) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]

    def _moved(self, reference: str) -> tuple[int, int]:
        match = _REFERENCE.fullmatch(reference)
        assert match is not None
        column = 0
        for letter in match[2]:
            column = column * 26 + ord(letter) - 64
        return int(match[4]) + (0 if match[3] else self.rows), column + (0 if match[1] else self.columns)


def _value(sheet: Sheet, row: int, column: int) -> Any:
    cell = sheet.at(row, column)
    match cell.kind:
        case CellKind.BLANK:
            return None
        case CellKind.NUMBER:
            return float(cell.text)
        case CellKind.BOOLEAN:
            return cell.text == "true"
        case CellKind.ERROR:
            return Wrong(cell.text)
        case CellKind.DATE | CellKind.TIME:
            return 45000.0
    return cell.text


Reading = Callable[[At], Any]
"""A part of a formula, ready to be asked of a cell."""


def holds(formula: str, at: At) -> bool:
    """Whether a conditional format with that formula shows in a cell; an error value does not."""
    try:
        return bool(_read(formula)(at))
    except Wrong:
        return False


@cache
def _read(formula: str) -> Reading:
    return _Parser(formula).whole()


class _Parser:
    def __init__(self, formula: str) -> None:
        self.tokens = list(self._tokens(formula))
        self.next = 0

    def _tokens(self, formula: str) -> Iterator[tuple[str, str]]:
        position = 0
        while position < len(formula):
            match = _TOKEN.match(formula, position)
            assert match is not None, formula[position:]
            assert match.lastgroup
            yield match.lastgroup, match[match.lastgroup]
            position = match.end()

    def whole(self) -> Reading:
        value = self.compared()
        assert self.next == len(self.tokens)
        return value

    def sign(self, *signs: str) -> str:
        if self.next < len(self.tokens) and self.tokens[self.next][1] in signs:
            self.next += 1
            return self.tokens[self.next - 1][1]
        return ""

    def compared(self) -> Reading:
        left = self.joined()
        while sign := self.sign("=", "<>", "<", ">", "<=", ">="):
            left = _both(partial(_compare, sign), left, self.joined())
        return left

    def joined(self) -> Reading:
        left = self.multiplied()
        while self.sign("&"):
            left = _both(lambda one, other: _text(one) + _text(other), left, self.multiplied())
        return left

    def multiplied(self) -> Reading:
        left = self.single()
        while self.sign("*"):
            left = _both(lambda one, other: _number(one) * _number(other), left, self.single())
        return left

    def single(self) -> Reading:
        kind, text = self.tokens[self.next]
        self.next += 1
        if kind == "text":
            return _always(text[1:-1].replace('""', '"'))
        if kind == "number":
            return _always(float(text))
        if kind == "area":
            return lambda at: at.cells(text) if ":" in text else at.cells(text)[0][0]
        if kind == "name":
            assert self.sign("(")
            return self.call(text)
        assert text == "(", text
        value = self.compared()
        assert self.sign(")")
        return value

    def call(self, name: str) -> Reading:
        arguments = [self.compared()]
        while not self.sign(")"):
            assert self.sign(",")
            arguments.append(self.compared())
        if name == "ISERROR":
            return lambda at: _is_wrong(arguments[0], at)
        if name == "AND":  # what follows a false one cannot make it true
            return lambda at: all(_right(each(at)) for each in arguments)
        return lambda at: _FUNCTIONS[name](*(_right(each(at)) for each in arguments))


def _always(value: Any) -> Reading:
    return lambda _: value


def _both(do: Callable[[Any, Any], Any], left: Reading, right: Reading) -> Reading:
    return lambda at: _each(do, left(at), right(at))


def _is_wrong(reading: Reading, at: At) -> bool:
    try:
        return isinstance(reading(at), Wrong)
    except Wrong:
        return True


def _right(value: Any) -> Any:
    if isinstance(value, Wrong):
        raise value
    return value


def _each(do: Callable[..., Any], *values: Any) -> Any:
    """What is done with single values, done with each of a range."""
    rows = next((value for value in values if isinstance(value, list)), None)
    if rows is None:
        return do(*map(_right, values))
    return [
        [
            _each(do, *(value[row][column] if isinstance(value, list) else value for value in values))
            for column in range(len(rows[0]))
        ]
        for row in range(len(rows))
    ]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"  # as Excel in German says: no formula may hang on the words
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(value: Any) -> float:
    if isinstance(value, str):
        if re.fullmatch(r"\s*-?\d+(\.\d+)?(e\d+)?\s*", value, re.IGNORECASE):
            return float(value)
        if re.fullmatch(r"\d+[-/.]\d+([-/.]\d+)?", value):
            return 45000.0  # a date, to Excel
        raise Wrong(value)
    return float(value or 0)


def _compare(sign: str, one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        one, other = (
            value if isinstance(value, (str, type(None))) else f"{value}?" for value in (one, other)
        )
        one, other = (one or "").casefold(), (other or "").casefold()
    else:
        one, other = one or 0, other or 0
    tests: Mapping[str, bool] = {
        "=": one == other,
        "<>": one != other,
        "<": one < other,
        ">": one > other,
        "<=": one <= other,
        ">=": one >= other,
    }
    return tests[sign]


def _find(part: Any, whole: Any) -> float:
    position = _text(whole).find(_text(part))
    if position < 0:
        raise Wrong("#VALUE!")
    return position + 1.0


def _flat(values: Any) -> Iterator[Any]:
    if isinstance(values, list):
        for value in values:
            yield from _flat(value)
    else:
        yield values


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "OR": lambda *values: any(values),
    "NOT": lambda value: not value,
    "LEN": lambda value: _each(lambda one: float(len(_text(one))), value),
    "TRIM": lambda value: _each(lambda one: re.sub(" +", " ", _text(one)).strip(" "), value),
    "LOWER": lambda value: _each(lambda one: _text(one).lower(), value),
    "SUBSTITUTE": lambda text, old, new: _text(text).replace(old, new),
    "CHAR": lambda number: chr(int(number)),
    "FIND": _find,
    "VALUE": _number,
    "ISTEXT": lambda value: isinstance(value, str),
    "ISNUMBER": lambda value: isinstance(value, float),
    "N": lambda value: value if isinstance(value, float) else 0.0,
    "COUNTA": lambda values: float(sum(value is not None for value in _flat(values))),
    "SUMPRODUCT": lambda values: sum(_number(value) for value in _flat(values)),
}
