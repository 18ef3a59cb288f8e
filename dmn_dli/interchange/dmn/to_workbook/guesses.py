"""What an import of a model had to guess, gathered in the order in which it was met."""

from __future__ import annotations

from attrs import define, field

from dmn_dli.interchange.dmn.expressions import Place
from dmn_dli.interchange.imported import Guess


@define
class Guesses:
    """Gathers guesses; the same one is told once."""

    _found: dict[Guess, None] = field(factory=dict)

    def add(self, place: Place | str, text: str) -> None:
        """place: in the model's file. text: a whole sentence."""
        words = place if isinstance(place, str) else _words(place)
        self._found.setdefault(Guess(words, text))

    @property
    def all(self) -> tuple[Guess, ...]:
        """All of them."""
        return tuple(self._found)


def _words(place: Place) -> str:
    line = f"line {place.line}" if place.line else ""
    return ", ".join(part for part in (line, place.path) if part) or "the model"
