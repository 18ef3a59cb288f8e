"""Marks: conditions on one text that part all texts into classes, `starts with "E11"` among them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Mark(NamedTuple):
    """A condition on a text.

    kind: `starts`, `ends`, `contains`, `is`: so it does with `text`; `length`: it has at least `number`
    characters. number: of `starts` and `is` how many characters are passed over first. case: `upper` or
    `lower` where the text is put into capital or small letters first.
    """

    kind: str
    text: str = ""
    number: int = 0
    case: str = ""


def bears(mark: Mark, text: str) -> bool:
    """Whether a mark holds of a text."""
    if mark.case:
        text = text.upper() if mark.case == "upper" else text.lower()
    match mark.kind:
        case "starts":
            return text.startswith(mark.text, mark.number)
        case "ends":
            return text.endswith(mark.text)
        case "contains":
            return mark.text in text
        case "is":
            return text[mark.number :] == mark.text
    return len(text) >= mark.number


def answers(marks: Iterable[Mark], text: str) -> int:
    """Which marks hold of a text: bit i is set where the i-th does."""
    return sum(1 << place for place, mark in enumerate(marks) if bears(mark, text))
