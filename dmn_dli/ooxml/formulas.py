"""References in formulas: which cells they speak of, and how they follow when cells move."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import evolve, frozen
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from dmn_dli.model.area import Area
from dmn_dli.model.cell import column_letters
from dmn_dli.ooxml.errors import BrokenBookError
from dmn_dli.ooxml.places import LAST_COLUMN, LAST_ROW, column_number
from dmn_dli.ooxml.shifting import Axis, Place, Shift, areas_after, origin_of, place_after, span_of

GONE = "#REF!"
"""What a formula says in the place of cells that are gone."""

_MAY_REFER = re.compile(r"[A-Za-z]\$?\d|[A-Za-z]:\$?[A-Za-z]|\d:\$?\d")
_OPERAND = re.compile(r"(@?)((?:'(?:[^']|'')*'|[^'!]*)!)?([^!]*)")
_COLON = re.compile(r":(?=(?:[^']*'[^']*')*[^']*$)")
_END = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})|(\$?)([A-Za-z]{1,3})|(\$?)(\d{1,7})")


@frozen
class End:
    """One end of a reference: its column and row, 0 where it names none, and whether `$` fixes them."""

    column: int = 0
    row: int = 0
    column_fixed: bool = False
    row_fixed: bool = False

    def written(self) -> str:
        """`$B5`."""
        column = "$" * self.column_fixed + column_letters(self.column) if self.column else ""
        return column + ("$" * self.row_fixed + str(self.row) if self.row else "")

    def moved(self, rows: int, columns: int) -> End:
        """What it names from a cell so much further on; beyond its end a sheet begins anew."""
        row = self.row if self.row_fixed or not self.row else (self.row + rows - 1) % LAST_ROW + 1
        column = self.column
        if column and not self.column_fixed:
            column = (column + columns - 1) % LAST_COLUMN + 1
        return evolve(self, row=row, column=column)


@frozen
class Reference:
    """A reference to cells: two ends, or one where it is a single cell."""

    ends: tuple[End, ...]

    @property
    def area(self) -> Area:
        """The cells that it speaks of."""
        first, last = self.ends[0], self.ends[-1]
        top, bottom = sorted((first.row or 1, last.row or LAST_ROW))
        left, right = sorted((first.column or 1, last.column or LAST_COLUMN))
        return Area(top, left, bottom, right)

    def names(self, axis: Axis) -> bool:
        """Whether it says which rows, or columns, it is about; `A:A` is about all rows."""
        return bool(self.ends[0].row if axis is Axis.ROWS else self.ends[0].column)

    def on(self, area: Area) -> Reference:
        """The same reference to another area; of one cell where it was of one."""
        first, last = self.ends[0], self.ends[-1]
        corners = ((area.top, area.left), (area.bottom, area.right))
        moved = [
            evolve(end, row=end.row and row, column=end.column and column)
            for end, (row, column) in zip((first, last), corners, strict=True)
        ]
        return Reference(tuple(moved[: len(self.ends)]))

    def written(self) -> str:
        """`$B5:C6`."""
        return ":".join(end.written() for end in self.ends)


Change = Callable[[str | None, Reference], Reference | None]
"""Another reference for one, None where its cells are gone; first the sheet that it names, if any."""


def with_references(formula: str, change: Change) -> str:
    """A formula, without its `=`, with other references; what lies in other files or spans sheets stays.

    Raises BrokenBookError for a formula that cannot be read.
    """
    if not _MAY_REFER.search(formula):
        return formula
    return with_operands(formula, lambda operand: _operand(operand, change))


def with_operands(formula: str, change: Callable[[str], str]) -> str:
    """A formula, without its `=`, with other operands (references and names) for those that it has.

    Raises BrokenBookError for a formula that cannot be read.
    """
    return "".join(_token(token, change) for token in _tokens(formula))


def follow(formula: str, shift: Shift, home: str, sheet: str) -> str:
    """A formula that goes on speaking of the same cells after rows or columns of `sheet` moved.

    home: the sheet in which the formula stands. A range that would fall into pieces stays what it is.
    """

    return with_references(formula, _following(shift, home, sheet))


def follow_reference(text: str, shift: Shift, home: str, sheet: str) -> str:
    """As `follow`, of a text that is one reference or a name, where sheets' names may lack their quotes."""
    return _operand(text, _following(shift, home, sheet))


def _following(shift: Shift, home: str, sheet: str) -> Change:
    def change(named: str | None, reference: Reference) -> Reference | None:
        where = home if named is None else named
        if where.casefold() != sheet.casefold() or not reference.names(shift.axis):
            return reference
        first, last = span_of(shift, reference.area)
        areas = areas_after(shift, [reference.area], reach=first < last)
        if len(areas) > 1:
            return reference
        return reference.on(areas[0]) if areas else None

    return change


def seen_from(formula: str, home: Place, place: Place) -> str:
    """A formula of one cell as it reads in another, as when it is copied there."""
    rows, columns = place[0] - home[0], place[1] - home[1]
    if not rows and not columns:
        return formula
    return with_references(
        formula, lambda _, found: Reference(tuple(end.moved(rows, columns) for end in found.ends))
    )


def follow_area(formula: str, before: Place, now: Place, shift: Shift, sheet: str) -> str:
    """The formula of an area of `sheet`, read from its upper left cell, which is another after a shift.

    before, now: that cell as it was and as it is.
    """
    stood = origin_of(shift, now)
    stands = place_after(shift, stood)
    assert stands is not None
    followed = follow(seen_from(formula, before, stood), shift, sheet, sheet)
    return seen_from(followed, stands, now)


def reference_in(text: str) -> Reference | None:
    """`B5`, `$B$5:C6`, `B:C` or `5:6`; None for a name or anything else."""
    ends = [_end(each) for each in text.split(":")]
    found = tuple(end for end in ends if end is not None)
    if len(found) < len(ends) or not 1 <= len(found) <= 2:
        return None
    kinds = {(bool(end.row), bool(end.column)) for end in found}
    if len(kinds) > 1 or (len(found) == 1 and kinds != {(True, True)}):
        return None
    return Reference(found)


def _end(text: str) -> End | None:
    found = _END.fullmatch(text)
    if found is None:
        return None
    column = column_number(found[2] or found[6] or "")
    row = int(found[4] or found[8] or 0)
    if column > LAST_COLUMN or row > LAST_ROW or (found[4] or found[8]) == "0":
        return None
    return End(column, row, bool(found[1] or found[5]), bool(found[3] or found[7]))


def _tokens(formula: str) -> Iterator[Token]:
    try:
        yield from Tokenizer(f"={formula}").items
    except TokenizerError as error:
        raise BrokenBookError(f"The formula {formula} cannot be read: {error}.") from error


def _token(token: Token, change: Callable[[str], str]) -> str:
    value: str = token.value
    if token.type == Token.OPERAND and token.subtype == Token.RANGE:
        return change(value)
    if token.type == Token.FUNC and ":" in value:
        # `A1:INDEX(` is a reference that a function ends.
        start, colon, function = value.rpartition(":")
        return change(start) + colon + function
    return value


def _operand(value: str, change: Change) -> str:
    parts = _OPERAND.fullmatch(value)
    if parts is None:
        return ":".join(_operand(each, change) for each in _COLON.split(value)) if ":" in value else value
    sign, prefix, rest = parts[1], parts[2] or "", parts[3]
    if "[" in prefix or (":" in prefix and not prefix.startswith("'")):
        return value
    named = sheet_in(prefix) if prefix else None
    if named is not None and ":" in named:
        return value
    whole = reference_in(rest)
    if whole is not None:
        return sign + prefix + _changed(named, whole, rest, change)
    pieces = [(each, reference_in(each)) for each in rest.split(":")]
    if len(pieces) == 1:
        return value
    return (
        sign
        + prefix
        + ":".join(each if found is None else _changed(named, found, each, change) for each, found in pieces)
    )


def _changed(named: str | None, reference: Reference, written: str, change: Change) -> str:
    new = change(named, reference)
    if new is None:
        return GONE
    return written if new == reference else new.written()


def sheet_in(prefix: str) -> str:
    """The name of the sheet in `'It''s'!`."""
    name = prefix.removesuffix("!")
    if name.startswith("'") and name.endswith("'"):
        return name[1:-1].replace("''", "'")
    return name
