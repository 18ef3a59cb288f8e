"""Cells of csv from a column of a batch: put together of pieces, each of which is put into text once."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from dmn_dli.batch.coded import (
    ITSELF,
    Coded,
    Concatenated,
    Fields,
    Instead,
    Listed,
    Merged,
    RowColumn,
    Text,
    Where,
)
from dmn_dli.evaluate.record_fields import LISTED, compact, texts_of
from dmn_dli.report.table_row import may_begin_formula, no_formula
from dmn_dli.runtime.plain import for_people

_REMEMBERED = 2_048
"""Lists of values whose pieces are kept; a list serves one part of one column of one version."""

_BETWEEN = " | "
"""What stands before each item of a list but the first."""

_ENDS_CELL = re.compile(r'[,"\n]')
_OPEN_END = re.compile(r"#\w*\Z|\n[^\S\n]*:?\Z")
"""An end that, with what follows, may be something that a runner obeys."""

Mask: TypeAlias = NDArray[np.bool_]

_Rendered: TypeAlias = tuple[bytes, bool, bool]
"""A piece; whether it holds what ends a cell; whether cells with it are made whole."""

_Render: TypeAlias = Callable[[Any], _Rendered]


def cell(text: str) -> bytes:
    """A text as a cell within a row, that no spreadsheet takes for a formula."""
    shown = no_formula(text)
    return _outlet(f'"{_doubled(shown)}"' if _ENDS_CELL.search(shown) else shown)


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def _outlet(text: str) -> bytes:
    """A text that stands behind others on its line."""
    return for_people("." + text)[1:].encode()


class _Pieces:
    """Values as pieces of cells. within: which hold what ends a cell. alone: whose cells are made whole."""

    def __init__(self, render: _Render, values: Sequence[Any]) -> None:
        self.values = values
        self._render = render
        self.pieces: list[bytes] = []
        self.within: list[bool] = []
        self.alone: list[bool] = []

    def up_to(self, count: int) -> _Pieces:
        """With the first of the values at least."""
        for value in self.values[len(self.pieces) : count]:
            piece, within, alone = self._render(value)
            self.pieces.append(piece)
            self.within.append(within)
            self.alone.append(alone)
        return self


@frozen(eq=False)
class _Part:
    """The piece of each row."""

    pieces: Sequence[bytes]
    within: Mask | None
    alone: Mask | None


class CellPieces:
    """The cells of one column, or of several that are made from one key of the record."""

    def __init__(self, name: str, whole: Callable[[Any], bytes]) -> None:
        """name: the first column's. whole: the cells of one value."""
        self._name = name
        self._whole = whole
        self._texts: dict[tuple[str, str | None], _Rendered] = {}
        self._kept: OrderedDict[tuple[int, str], _Pieces] = OrderedDict()

    def of(self, column: RowColumn) -> Sequence[bytes]:
        """The cells of each row."""
        if isinstance(column, Coded):
            return self._part(column, "", lambda value: (self._whole(value), False, False)).pieces
        if isinstance(column, Instead):
            cells = [*self.of(column.column)]
            for place in np.flatnonzero(column.which != ITSELF).tolist():
                cells[place] = self._whole(column.at(place))
            return cells
        if isinstance(column, Merged):
            return self._object(column)
        listed = self._name in LISTED
        parts = self._items(column) if listed else self._text(column)
        if parts is None:
            return [self._whole(column.at(place)) for place in range(len(column))]
        return self._joined(column, [*parts], len(_BETWEEN) if listed else 0)

    def _object(self, column: Merged) -> Sequence[bytes]:
        """The cells of objects, as JSON; made whole where two parts have names in common."""
        names = [{name for value in part.all for name in value} for part in column.parts]
        if len(set().union(*names)) < sum(map(len, names)):
            return [self._whole(column.at(place)) for place in range(len(column))]
        parts = [self._part(part, "object", _entries) for part in column.parts]
        joined = [b"".join(each)[1:] for each in zip(*[part.pieces for part in parts], strict=True)]
        return [b'"{' + each + b'}"' if each else b"{}" for each in joined]

    def _joined(self, column: RowColumn, parts: Sequence[_Part], skipped: int) -> Sequence[bytes]:
        if not parts:
            return [b""] * len(column)
        cells = [b"".join(each)[skipped:] for each in zip(*[part.pieces for part in parts], strict=True)]
        for place in _places([part.within for part in parts]):
            cells[place] = b'"' + cells[place] + b'"'
        for place in _places([part.alone for part in parts]):
            cells[place] = self._whole(column.at(place))
        if isinstance(column, Text) and column.null is not None:
            for place in np.flatnonzero(column.null).tolist():
                cells[place] = b""
        return cells

    def _items(self, column: RowColumn) -> list[_Part] | None:
        """The parts of the cells of lists, each item behind what parts it from another; None if not known."""
        found: list[_Part] = []
        for part in column.parts if isinstance(column, Concatenated) else (column,):
            if isinstance(part, Coded):
                found.append(self._part(part, "list", self._list))
            elif isinstance(part, Listed):
                for item in part.items:
                    its = self._item(item)
                    if its is None:
                        return None
                    found += its
            elif isinstance(part, Where):
                its = self._item(part.item)
                if its is None:
                    return None
                found += [_where(part.present, each) for each in its]
            else:
                return None
        return found

    def _item(self, item: RowColumn) -> list[_Part] | None:
        if isinstance(item, Fields) and self._name == "criteria":
            return self._criterion(item)
        if isinstance(item, Coded):
            return [self._part(item, "item", lambda value: self._list([value]))]
        return self._text(item, _BETWEEN)

    def _criterion(self, row: Fields) -> list[_Part] | None:
        """A criterion's cell is its id and status, of which the status alone differs from case to case."""
        id_, status = row.columns["id"], row.columns["status"]
        if not isinstance(id_, Coded) or not isinstance(status, Coded):
            return None
        return [
            self._part(id_, "id", lambda value: _piece(_BETWEEN + value, alone=may_begin_formula(value))),
            self._part(status, "status", lambda value: _piece(f" {value}")),
        ]

    def _text(self, column: RowColumn, before: str = "") -> list[_Part] | None:
        """The parts of a text, its first behind `before`; None if not known."""
        if not isinstance(column, Text) or (before and column.null is not None):
            return None
        return [
            self._part(
                part, f"first{before}", lambda value: _piece(before + value, alone=may_begin_formula(value))
            )
            if not place
            else self._part(part, "further", _piece)
            for place, part in enumerate(column.flat())
        ]

    def _list(self, value: Any) -> _Rendered:
        texts = texts_of(self._name, value or ())
        whole = "".join([_BETWEEN + each for each in texts])
        piece, within, _ = _piece(whole)
        return piece, within, any(map(may_begin_formula, filter(None, texts)))

    def _part(self, column: Coded, role: str, render: _Render) -> _Part:
        """What a column gives in a role; what its lasting values give is kept."""
        own = _Pieces(partial(self._once, role, render), column.own).up_to(len(column.own))
        pieces, within, alone = own.pieces, own.within, own.alone
        if column.settled:
            kept = self._settled(column, role, render)
            pieces = kept.pieces[: column.settled] + pieces
            within = kept.within[: column.settled] + within
            alone = kept.alone[: column.settled] + alone
        return _Part(
            [pieces[number] for number in column.numbers.tolist()],
            np.array(within, bool).take(column.numbers) if any(within) else None,
            np.array(alone, bool).take(column.numbers) if any(alone) else None,
        )

    def _once(self, role: str, render: _Render, value: Any) -> _Rendered:
        """What a value of one batch gives; the same text, or none, need not be rendered for every row."""
        if value is not None and not isinstance(value, str):
            return render(value)
        found = self._texts.get((role, value))
        if found is None:
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            found = self._texts[role, value] = render(value)
        return found

    def _settled(self, column: Coded, role: str, render: _Render) -> _Pieces:
        # The list itself is kept beside its pieces: its id stands for it as long as it lives.
        key = (id(column.values), role)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = _Pieces(render, column.values)
        self._kept.move_to_end(key)
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)
        return kept.up_to(column.settled)


def _entries(value: Mapping[str, Any]) -> _Rendered:
    """The entries of an object, each behind a comma."""
    return _piece(f",{compact(value)[1:-1]}" if value else "")


def _piece(text: str, *, alone: bool = False) -> _Rendered:
    """A piece of a cell, which may be anywhere in it; whether it holds what ends a cell, and whether it does
    not stand for itself, since with what is before or behind it it may be something else."""
    return (
        _outlet(_doubled(text)),
        bool(_ENDS_CELL.search(text)),
        alone or bool(_OPEN_END.search(text)),
    )


def _where(present: Mask, part: _Part) -> _Part:
    """The part in some rows, nothing in the others."""
    pieces = [piece if here else b"" for piece, here in zip(part.pieces, present.tolist(), strict=True)]
    within = None if part.within is None else part.within & present
    return _Part(pieces, within, None if part.alone is None else part.alone & present)


def _places(masks: Iterable[Mask | None]) -> Iterator[int]:
    told = [each for each in masks if each is not None]
    if told:
        yield from np.flatnonzero(np.logical_or.reduce(told)).tolist()
