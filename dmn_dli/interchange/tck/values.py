"""Values as the kit writes them: typed text, null, lists and components, as FEEL values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dmn_dli.feel.builtins import REGISTRY
from dmn_dli.feel.decimals import read_number
from dmn_dli.interchange.dmn.names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


class BadValue(Exception):
    """A value that is none of the kit's; `line` in the file."""

    def __init__(self, message: str, line: int) -> None:
        """The message is a sentence without its full stop."""
        super().__init__(message)
        self.line = line


def tag_of(element: _Element) -> str:
    """The element's name without its namespace."""
    return local(str(element.tag))


def value_of(element: _Element) -> object:
    """The FEEL value that the element holds: a `value`, a `list`, or `component`s. Raises BadValue."""
    parts = [child for child in element if tag_of(child) in ("value", "list", "component")]
    if not parts:
        return None
    first = tag_of(parts[0])
    if first == "component":
        return {part.get("name", ""): _nullable(part, value_of) for part in parts}
    return _nullable(parts[0], _list if first == "list" else _scalar)


def _nullable(element: _Element, read: Callable[[_Element], object]) -> object:
    return None if element.get(f"{_INSTANCE}nil") in ("true", "1") else read(element)


def _list(element: _Element) -> object:
    return [_nullable(item, value_of) for item in element if tag_of(item) == "item"]


def _scalar(element: _Element) -> object:
    text = element.text or ""
    kind = element.get(f"{_INSTANCE}type", "string").rpartition(":")[2]
    reader = _READERS.get(kind)
    if reader is None:
        raise BadValue(f"the type `{kind}` of a value is not known", element.sourceline or 0)
    value = reader(text if kind == "string" else text.strip())
    if value is None:
        raise BadValue(f"`{text.strip()}` is no {kind}", element.sourceline or 0)
    return value


def _boolean(text: str) -> object:
    return {"true": True, "1": True, "false": False, "0": False}.get(text)


# XML Schema writes dates, times and durations as FEEL reads them.
_READERS: Mapping[str, Callable[[str], object]] = {
    "string": lambda text: text,
    "boolean": _boolean,
    **dict.fromkeys(("decimal", "double", "float", "integer", "int", "long"), read_number),
    "date": REGISTRY["date"],
    "time": REGISTRY["time"],
    "dateTime": REGISTRY["date and time"],
    **dict.fromkeys(("duration", "dayTimeDuration", "yearMonthDuration"), REGISTRY["duration"]),
}
