"""Words as they are compared wherever letter case and blanks do not count."""

from __future__ import annotations

from typing import Any


def folded(value: Any) -> Any:
    """Text as facts and names are compared: blanks single, letter case gone; any other value as it is."""
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
