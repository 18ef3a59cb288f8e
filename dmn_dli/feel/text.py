"""Writes FEEL values as text: as a literal that reads back (`to_feel`), and as the built-in `string` does."""

from __future__ import annotations

import re
from decimal import Decimal

from dmn_dli.feel.keywords import KEYWORDS
from dmn_dli.feel.temporal_values import TEMPORAL_CLASSES
from dmn_dli.feel.values import FunctionValue, RangeValue

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLAIN_KEY = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_ESCAPED = re.compile(r'["\\\n\r\t]')


def to_feel(value: object) -> str:
    """The value as FEEL text that reads back as the value; the same value always gives the same text.

    Numbers are written without exponent and without idle zeros, dates, times
    and durations as `@"…"`. A function has no text of its own: its parameters
    are all that is told. Raises TypeError for what is no FEEL value.
    """
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, TEMPORAL_CLASSES):
        return f'@"{value}"'
    if isinstance(value, RangeValue):
        return _range(value)
    if isinstance(value, list):
        return "[" + ", ".join(to_feel(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(key)}: {to_feel(entry)}" for key, entry in value.items()) + "}"
    return _plain(value)


def as_string(value: object) -> str | None:
    """The value as the built-in `string` gives it: text as it is, dates without quotes; null for null."""
    if value is None or isinstance(value, str):
        return value
    return _inside(value)


def _inside(value: object) -> str:
    """As `as_string`, but text within a list or context keeps its quotes."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(_inside(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(key)}: {_inside(entry)}" for key, entry in value.items()) + "}"
    return _range(value) if isinstance(value, RangeValue) else _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, TEMPORAL_CLASSES):
        return str(value)
    if isinstance(value, FunctionValue):
        return f"function({', '.join(value.parameters)})"
    raise TypeError(f"FEEL has no value such as a {type(value).__name__}")


def number_text(value: Decimal) -> str:
    """A number in plain digits, without idle zeros: `0.5`, `100`."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text) + '"'


def key_text(key: str) -> str:
    """The name of a context's entry, in quotes where it is no plain name."""
    return key if _PLAIN_KEY.fullmatch(key) and key not in KEYWORDS else _quoted(key)


def _range(value: RangeValue) -> str:
    if value.operator:
        return f"({value.operator} {to_feel(value.low)})"
    if value.low is None:
        return f"({'<=' if value.high_closed else '<'} {to_feel(value.high)})"
    if value.high is None:
        return f"({'>=' if value.low_closed else '>'} {to_feel(value.low)})"
    opening, closing = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    return f"{opening}{to_feel(value.low)}..{to_feel(value.high)}{closing}"
