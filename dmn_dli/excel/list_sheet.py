"""How sheets that the program writes for reading look: a title, dark headings, wrapped lines, print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from attrs import evolve, frozen

from dmn_dli.ooxml.look import Border, Look, Print
from dmn_dli.ooxml.sheet import EditedSheet, Place
from dmn_dli.runtime.plain import visible

Text: TypeAlias = str | int | Decimal
"""What a cell of a list holds; numbers are written so that Excel can sum them."""

FONT = "Arial"
BODY = Look(
    font=FONT, size=10, wrap=True, vertical="top", border=Border("9CA3AF", style="hair", sides=("bottom",))
)
"""A cell of a list, its text broken into lines."""

HEAD = Look(font=FONT, bold=True, size=10, ink="FFFFFF", fill="374151", wrap=True, vertical="top")
"""A heading of a list."""

_TITLE = Look(font=FONT, bold=True, size=12)
_LINK = Look(font=FONT, size=10, ink="1D4ED8", underline=True)
_COUNT, _AMOUNT = "#,##0", "#,##0.00######"
_DIGITS = 15
"""So many digits a cell holds exactly; a longer number is written as text."""

_LONGEST = 32_000
"""Characters that a cell or a note takes."""
_TALLEST = 400
_MARKED = 2


@frozen
class ListRow:
    """A line of a list; colour: of its first two cells, then bold; link: of a column, and where it leads."""

    texts: tuple[Text, ...]
    colour: str = ""
    link: tuple[int, str] | None = None


def write_list(
    sheet: EditedSheet, title: str, headings: Sequence[tuple[str, float]], rows: Iterable[ListRow]
) -> None:
    """Make an empty sheet a list: a title if there is one, headings with their columns' widths, the rows."""
    top = 1
    if title:
        write_title(sheet, title)
        top = 2
    widths = [width for _, width in headings]
    for column, (heading, width) in enumerate(headings, 1):
        write(sheet, (top, column), heading, HEAD)
        sheet.column_width(column, width)
    targets: dict[Place, str] = {}
    for number, row in enumerate(rows, top + 1):
        marked = evolve(BODY, fill=row.colour, bold=True) if row.colour else BODY
        for column, text in enumerate(row.texts, 1):
            write(sheet, (number, column), text, marked if column <= _MARKED else BODY)
        if row.link is not None:
            targets[number, row.link[0]] = row.link[1]
        sheet.row_height(number, height(map(str, row.texts), widths))
    link(sheet, targets)
    for_reading(sheet, (top, 0), f"{top}:{top}")


def write(sheet: EditedSheet, place: Place, text: Text, look: Look) -> None:
    """Put text into a cell as text: what begins with = stays what it is, now and when the cell is edited."""
    if not isinstance(text, str):
        if len(Decimal(text).as_tuple().digits) <= _DIGITS:
            sheet.put(place, text)
            sheet.look(place, evolve(look, number_format=_AMOUNT if isinstance(text, Decimal) else _COUNT))
            return
        text = f"{text:,f}" if isinstance(text, Decimal) else f"{text:,}"
    prefixed = text.startswith(("=", "+", "-", "@", "'"))
    sheet.put(place, plain(text))
    sheet.look(place, evolve(look, quote_prefix=True) if prefixed else look)


def write_title(sheet: EditedSheet, text: str) -> None:
    """The line above a list."""
    write(sheet, (1, 1), text, _TITLE)


def link(sheet: EditedSheet, targets: Mapping[Place, str]) -> None:
    """Make cells lead to others (`'Plan notes'!B5`)."""
    sheet.links(targets, "Go to the cell")
    for place in targets:
        sheet.look(place, _LINK)


def plain(text: str) -> str:
    """The text with escapes for what shows nothing, some of which an xlsx cannot hold."""
    return visible(text, "\n")[:_LONGEST]


def height(texts: Iterable[str], widths: Sequence[float]) -> float:
    """How high a row is whose texts stand in columns of these widths."""
    most = max([1, *(_lines(text, width) for text, width in zip(texts, widths, strict=False))])
    return min(6 + 13 * most, _TALLEST)


def for_reading(sheet: EditedSheet, frozen: Place, titles: str) -> None:
    """Frozen headings, no grid, and print set-up: landscape, as wide as a page, headings on each.

    frozen: how many rows and columns stay in sight. titles: the rows of headings (`2:2`).
    """
    sheet.freeze(*frozen)
    sheet.grid_lines(shown=False)
    sheet.print_setup(Print(rows=titles))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes where about so many characters fit on one."""
    return sum(1 + int(len(line) // width) for line in text.splitlines())
