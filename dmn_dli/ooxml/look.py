"""How a cell is to look: what is named is changed, what is None stays as the cell has it."""

from __future__ import annotations

from attrs import frozen

SIDES = ("left", "right", "top", "bottom")
"""The sides of a cell, in the order in which a style names them."""


@frozen
class Border:
    """A line on some sides of a cell, and none on the others; colour: `RRGGBB`; style: ECMA-376 18.18.3."""

    colour: str
    style: str = "thin"
    sides: tuple[str, ...] = SIDES


@frozen
class Look:
    """Changes to a cell's style.

    number_format: `@` for Text, `General`, `yyyy-mm-dd`. font: the family's name; size in points; ink and
    fill: `RRGGBB`, of fill "" for none. horizontal, vertical: as in ECMA-376 18.18.40 and 18.18.88.
    quote_prefix: whether the text counts as typed with a leading apostrophe.
    """

    number_format: str | None = None
    font: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    ink: str | None = None
    fill: str | None = None
    border: Border | None = None
    horizontal: str | None = None
    vertical: str | None = None
    wrap: bool | None = None
    indent: int | None = None
    quote_prefix: bool | None = None


@frozen
class Dropdown:
    """A list of words that Excel offers in some cells (data validation).

    areas: references such as `B5:B16`, in the sheet. words: what is offered; where they are more than a cell
    takes (255 characters) the caller leaves the dropdown out. error_title, error: what Excel says of another
    entry; "" for no word. style: `warning`, `stop`, `information`. prompt: shown when the cell is chosen.
    """

    areas: tuple[str, ...]
    words: tuple[str, ...]
    error_title: str = ""
    error: str = ""
    style: str = "warning"
    prompt_title: str = ""
    prompt: str = ""


@frozen
class Highlight:
    """A conditional format: where the formula holds, cells get this fill and ink.

    areas: references. formula: of the first area's upper left cell, without `=`.
    """

    areas: tuple[str, ...]
    formula: str
    fill: str
    ink: str | None = None
    stop: bool = False


@frozen
class Print:
    """Print set-up. rows, columns: what is repeated on each page, as `1:4` and `A:A`; "" for none."""

    landscape: bool = True
    paper: int = 1
    fit_width: int = 1
    fit_height: int = 0
    rows: str = ""
    columns: str = ""
    footer: str = ""
    margins: tuple[float, float, float, float] = (0.4, 0.4, 0.5, 0.65)
