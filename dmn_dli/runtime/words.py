"""Words as they are compared wherever letter case and blanks do not count."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize


def composed(text: str) -> str:
    """Text in Unicode NFC, in which it is compared: an ö is one, typed as one character or as two."""
    return text if text.isascii() else normalize("NFC", text)


def folded(value: Any) -> Any:
    """Text as facts and names are compared: NFC, blanks single, no letter case; other values as they are."""
    return composed(" ".join(value.split())).casefold() if isinstance(value, str) else value
