"""What a cell's element holds, and how a value is written into it (ECMA-376 part 1, 18.3.1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils.datetime import to_excel

from dmn_dli.ooxml.exact import Element
from dmn_dli.ooxml.texts import item_text, read_text, set_item_text

Value = str | Decimal | int | bool | date | None
"""What a cell may be given; None makes it blank (its style stays). Text is never a formula."""

_HELD = ("f", "v", "is")
_OF_A_VALUE = ("cm", "vm", "ph")
"""What a cell says of its value besides: what kind of array or rich value it is."""

_MOST_DIGITS = 20


def holds_formula(cell: Element) -> bool:
    """Whether a cell holds a formula."""
    return cell.find("f") is not None


def holds(cell: Element, value: Value, strings: Sequence[str], epoch: datetime) -> bool:
    """Whether a cell holds this very value, not by a formula. strings: the texts that cells share."""
    if holds_formula(cell):
        return False
    kind = cell.get("t", "n")
    written = cell.find("v")
    content = "" if written is None else written.text
    text = _text(cell, kind, content, strings)
    if value is None or value == "":
        return not content if text is None else not text
    if isinstance(value, str):
        return text == value
    if text is not None or not content:
        return False
    if isinstance(value, bool):
        return kind == "b" and (content in ("1", "true")) == value
    if kind == "d":
        return isinstance(value, date) and content == value.isoformat()
    number = _day(value, epoch) if isinstance(value, date) else value
    return kind == "n" and _float(content) == float(number)


def write(cell: Element, value: Value, epoch: datetime) -> None:
    """Let a cell hold a value in the place of what it holds. Raises ValueError for a number without end."""
    for name in _HELD:
        for each in cell.find_all(name):
            cell.remove(each)
    for name in _OF_A_VALUE:
        cell.set(name, None)
    if value is None or value == "":
        cell.set("t", None)
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        set_item_text(_first(cell, "is"), value)
    elif isinstance(value, bool):
        cell.set("t", "b")
        _first(cell, "v").set_text("1" if value else "0")
    else:
        cell.set("t", None)
        number = _day(value, epoch) if isinstance(value, date) else value
        _first(cell, "v").set_text(_digits(number))


def shown_text(cell: Element, strings: Sequence[str]) -> str:
    """A cell's text; of another value the characters by which the part writes it."""
    written = cell.find("v")
    content = "" if written is None else written.text
    text = _text(cell, cell.get("t", "n"), content, strings)
    return content if text is None else text


def _first(cell: Element, name: str) -> Element:
    """A new child before what extends the cell."""
    return cell.put_before(cell.make(name), next(iter(cell.elements), None))


def _text(cell: Element, kind: str, content: str, strings: Sequence[str]) -> str | None:
    """A cell's text; None where it holds another kind of value."""
    if kind == "inlineStr":
        item = cell.find("is")
        return "" if item is None else item_text(item)
    if kind == "str":
        return read_text(content)
    if kind == "s":
        number = int(content) if content.strip().isdigit() else -1
        return strings[number] if 0 <= number < len(strings) else ""
    return None


def _day(day: date, epoch: datetime) -> Decimal:
    """A day's number in the calendar that counts from this epoch."""
    return Decimal(repr(to_excel(day, epoch)))  # type: ignore[no-untyped-call]


def _float(content: str) -> float | None:
    try:
        return float(content)
    except ValueError:
        return None


def _digits(number: Decimal | int) -> str:
    if isinstance(number, int):
        return str(number)
    if not number.is_finite():
        raise ValueError(f"A cell cannot hold {number}.")
    plain = format(number.normalize(), "f")
    return plain if len(plain) <= _MOST_DIGITS else str(number)
