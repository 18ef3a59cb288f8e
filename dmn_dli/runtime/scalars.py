"""Scalars of other packages as Python has them, those that mean no value, and values as messages have them.

numpy's and pandas' are told by what they can do: neither is imported, so that none need be installed.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from numbers import Integral, Rational, Real
from typing import Any

from dmn_dli.runtime.values import json_value

LARGEST_EXPONENT = 1_000
"""Numbers beyond ten to this power are no facts, and would fill the memory when written out."""

LONGEST_TEXT = 1_000
"""How many characters of a refused value a problem repeats at most."""

_PRESENT = (str, int, bool, date, type(None))
_PLAIN = (str, int, bool, date, float, Decimal, type(None))


def is_missing(value: Any) -> bool:
    """Whether a value stands for none: NaN, NaT or pandas' NA.

    Not None, which may be a value, nor a signalling NaN, which is made to be refused.
    """
    if value.__class__ in _PRESENT or getattr(value, "shape", ()) != ():
        return False
    if isinstance(value, Decimal):
        return value.is_qnan()
    differs = None
    try:
        differs = value != value  # so it is with NaN and NaT alone
        return bool(differs)
    except TypeError:
        return differs is value  # NA is the answer to every comparison with it, and neither true nor false
    except (ValueError, ArithmeticError):
        return False


def plain(value: Any) -> Any:
    """The Python value that a scalar of another package stands for; any other value as it is.

    A number of less than double precision is the shortest decimal that it is the nearest to: a tenth is a
    tenth.
    """
    if value.__class__ in _PLAIN or getattr(value, "shape", ()) != ():
        return value
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Integral) and not isinstance(value, int):
        return int(value)
    if isinstance(value, str | Decimal | date | Rational):
        return value
    if getattr(getattr(value, "dtype", None), "kind", "") in ("M", "m"):
        return _moment(value)
    item = getattr(value, "item", None)
    if not isinstance(value, Real) and not callable(item):
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation:
        found = item() if callable(item) else float(value)
    return found if found.__class__ in _PLAIN else value


def _moment(value: Any) -> Any:
    """The date and time that numpy writes out to the day at least; any other such value as it is."""
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return value


def in_bounds(number: int | Decimal) -> bool:
    """Whether a finite number may be a fact: none that would take forever, or all memory, to write out."""
    if isinstance(number, int):
        return number.bit_length() <= LARGEST_EXPONENT * 10 // 3
    if number and abs(number.adjusted()) > LARGEST_EXPONENT:
        return False
    return len(str(number)) <= 2 * LARGEST_EXPONENT


def reported(value: Any) -> Any:
    """A value as a problem repeats it: as JSON has it, one of excessive length by its beginning."""
    value = None if value is None else plain(value)
    if isinstance(value, int) and not in_bounds(value):
        return f"a number of about {value.bit_length() * 301 // 1000:,} digits"
    if isinstance(value, Decimal) and value.is_finite() and not in_bounds(value):
        value = str(value)
    found = json_value(value)
    if isinstance(found, str) and len(found) > LONGEST_TEXT:
        return f"{found[:100]}… ({len(found):,} characters)"
    return found
