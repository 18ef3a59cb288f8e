"""Keys for FEEL values: equal exactly where the values are the same, and hashable whatever they are."""

from __future__ import annotations

from collections.abc import Hashable


def freeze(value: object) -> Hashable:
    """A key for a value; `true` and 1, which Python holds equal, have different ones."""
    match value:
        case list() | tuple():
            return ("list", tuple(freeze(item) for item in value))
        case dict():
            return ("context", tuple((name, freeze(item)) for name, item in value.items()))
        case Hashable():
            return (value.__class__.__name__, value)
    raise TypeError(f"no FEEL value: {value!r}")
