"""What stands in a cell of a new workbook until somebody fills it in."""

from __future__ import annotations

from dmn_dli.model.repair import plain_word

TO_FILL_IN = "to fill in"


def to_fill_in(what: str = "") -> str:
    """The text of a cell that is yet to be filled in; what: what belongs there."""
    return f"{TO_FILL_IN}: {what}" if what else TO_FILL_IN


def is_to_fill_in(text: str) -> bool:
    """Whether a cell still holds such a text, in any letter case."""
    plain = plain_word(text)
    return plain == TO_FILL_IN or plain.startswith(f"{TO_FILL_IN}:")
