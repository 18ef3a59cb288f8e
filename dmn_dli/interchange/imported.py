"""What an import makes of a file: sheets of a workbook of ours as rows, and what it had to guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

Value: TypeAlias = str | int | float | Decimal | bool | date | None
Rows: TypeAlias = Sequence[Sequence[Value]]


@frozen
class Guess:
    """Something that the file does not say, or says in a way of its own: where, and what was made of it.

    place: in the file that was read (`Sheet1!B3`, `decision "Risk", rule 2`). text: a whole sentence.
    """

    place: str
    text: str


@frozen
class ImportedBook:
    """A workbook that was made of a file of somebody else's.

    name: of the file to write, with its ending. sheets: in order, `Policy` first, `Facts` its own dictionary.
    guesses: all that a person should look at, in the order of the file.
    """

    name: str
    sheets: Mapping[str, Rows]
    guesses: tuple[Guess, ...] = ()
