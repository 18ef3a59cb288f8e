"""Columns as JSON: fragments of text of which each is made once, and rows joined of them by one gather.

However a column is put together, its text is a sequence of fragments, the same number for every row, of which
some are empty; neighbours of which few combinations are met are fused. So the rows of a batch are a table of
fragments' numbers, and all their text is one take.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
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
from dmn_dli.batch.fused_fragments import FragmentFuser
from dmn_dli.batch.lasting import LastingArrays, LastingLists

_MOST_LISTS = 50_000
"""Of how many lists of values the fragments are kept."""

Fragments = list[Coded]
"""What a row's text consists of; the values are bytes."""


class JsonFragments:
    """Puts columns into fragments of JSON, as `json.dumps` of each row's value would have it."""

    def __init__(self, dumps: Callable[[Any], str], *, indent: int | None = None) -> None:
        """dumps: makes the JSON of one value, with this indentation; it may escape characters in it."""
        self._dumps = dumps
        self._indent = indent
        self._made = LastingLists()
        self._filled = LastingArrays()
        self._fuser = FragmentFuser()
        self._texts_of_batch: dict[int, Fragments] = {}
        self._fixed: dict[tuple[str, ...], tuple[bytes, ...]] = {}

    def row(self, parts: Sequence[str | RowColumn], rows: int) -> Fragments:
        """The fragments of whole rows: of text that all have, and of columns."""
        if len(self._made) + len(self._fuser) > _MOST_LISTS:
            self._made.clear()
            self._filled.clear()
            self._fuser.clear()
        found: Fragments = []
        for part in parts:
            found += [self._same(part, rows)] if isinstance(part, str) else self.of(part, 1)
        self._texts_of_batch.clear()  # the ids hold as long as the columns
        return [*self._fuser.fused(found)]

    def _shown(self, fragment: Coded, present: NDArray[np.bool_]) -> Coded:
        """The fragment where it is present, nothing elsewhere."""
        if fragment.own or present.all():
            return fragment.where(present, b"")
        made = self._made.of(fragment.values, fragment.settled, list, "shown", first=[b""])
        return Coded((fragment.numbers + 1) * present, made, fragment.settled + 1)

    def _choice(self, which: NDArray[np.bool_], no: str, yes: str) -> Coded:
        """One of two fragments in each row."""
        return Coded(which.astype(np.int32), self._texts(no, yes), 2)

    def _same(self, text: str, rows: int) -> Coded:
        """The same fragment in each row."""
        return Coded(np.zeros(rows, np.int32), self._texts(text), 1)

    def _texts(self, *texts: str) -> tuple[bytes, ...]:
        """These texts, always the same ones: by their id fragments are known again."""
        found = self._fixed.get(texts)
        if found is None:
            found = self._fixed[texts] = tuple([each.encode() for each in texts])
        return found

    def of(self, column: RowColumn, level: int = 0) -> Fragments:
        """The fragments of a column that stands so many objects and lists deep."""
        match column:
            case Coded():
                return [self._rendered(column, ("value", level), lambda value: self._value(value, level))]
            case Text():
                return self._text(column)
            case Fields():
                return self._fields(column, level)
            case Listed():
                return self._listed(column, level)
            case Concatenated() | Merged():
                return self._concatenated(column, level)
            case Where():
                return self._concatenated(Concatenated((column,)), level)
            case Instead():
                return self._instead(column, level)

    def _value(self, value: Any, level: int) -> bytes:
        text = self._dumps(value)
        if self._indent is not None:  # a line break within a text is an escape
            text = text.replace("\n", f"\n{' ' * (self._indent * level)}")
        return text.encode()

    def _rendered(self, column: Coded, how: tuple[Any, ...], render: Callable[[Any], bytes]) -> Coded:
        """A column of values as one of fragments; those of a lasting list are made once."""
        made = self._made.of(column.values, column.settled, lambda new: [*map(render, new)], how)
        return Coded(column.numbers, made, column.settled, [*map(render, column.own)])

    def _text(self, column: Text) -> Fragments:
        inner = self._inner(column)
        rows = len(column)
        if column.null is None or not column.null.any():
            return [self._same('"', rows), *inner, self._same('"', rows)]
        return [self._choice(column.null, '"', "null"), *inner, self._choice(column.null, '"', "")]

    def _inner(self, column: Text) -> Fragments:
        """A text without its quotes; of a text that stands in several places its fragments are made once."""
        known = self._texts_of_batch.get(id(column))
        if known is not None:
            return known
        found: Fragments = []
        for part in column.parts:
            if isinstance(part, Coded):
                found.append(self._rendered(part, ("text",), self._inner_text))
            else:
                found += self._inner(part)
        found = [*self._fuser.fused(found)]
        if column.null is not None and column.null.any():
            found = [self._shown(each, ~column.null) for each in found]
        self._texts_of_batch[id(column)] = found
        return found

    def _inner_text(self, text: str) -> bytes:
        return self._dumps(text)[1:-1].encode()

    def _fields(self, column: Fields, level: int) -> Fragments:
        opening, comma, closing = self._marks("{}", level)
        found: Fragments = []
        before = opening
        for name, each in column.columns.items():
            found += [self._same(f"{before}{self._dumps(name)}: ", len(column)), *self.of(each, level + 1)]
            before = comma
        return [*found, self._same(closing, len(column))]

    def _listed(self, column: Listed, level: int) -> Fragments:
        opening, comma, closing = self._marks("[]", level)
        found: Fragments = []
        before = opening
        for each in column.items:
            found += [self._same(before, len(column)), *self.of(each, level + 1)]
            before = comma
        return [*found, self._same(closing, len(column))]

    def _concatenated(self, column: Concatenated | Merged, level: int) -> Fragments:
        brackets = "[]" if isinstance(column, Concatenated) else "{}"
        opening, comma, closing = self._marks(brackets, level)
        before = np.zeros(len(column), bool)
        found: Fragments = []
        for part in column.parts:
            if isinstance(part, Where):
                found += self._where(part, before, comma, level)
                before = before | part.present
            else:
                items = self._items(part, comma, brackets, level)
                found.append(Coded(items.numbers * 2 + before, items.values, items.settled, items.own))
                before = before | self._where_filled(part)
        if self._indent is None:
            return [self._same(opening, len(column)), *found, self._same(closing, len(column))]
        return [
            self._choice(before, brackets[0], opening),
            *found,
            self._choice(before, brackets[1], closing),
        ]

    def _where_filled(self, part: Coded) -> NDArray[np.bool_]:
        """Where a list, or an object, has some item."""
        found = self._filled.of(part.values, part.settled, _filled)
        return (np.concatenate([found, _filled(part.own)]) if part.own else found).take(part.numbers)

    def _where(self, part: Where, before: NDArray[np.bool_], comma: str, level: int) -> Fragments:
        separator = self._choice(before & part.present, "", comma)
        return [
            separator,
            *[self._shown(each, part.present) for each in self._fuser.fused(self.of(part.item, level + 1))],
        ]

    def _items(self, part: Coded, comma: str, brackets: str, level: int) -> Coded:
        """Lists, or objects, without brackets: at 2i the i-th, at 2i + 1 the same behind others."""

        def inner(value: Any) -> bytes:
            if isinstance(value, dict):
                items = [
                    self._dumps(name).encode() + b": " + self._value(each, level + 1)
                    for name, each in value.items()
                ]
            else:
                items = [self._value(each, level + 1) for each in value or ()]
            return comma.encode().join(items)

        def alone_and_behind(texts: Sequence[bytes]) -> list[bytes]:
            return [each for text in texts for each in (text, comma.encode() + text if text else b"")]

        whole = self._rendered(part, ("items", brackets, level), inner)
        both = self._made.of(whole.values, whole.settled, alone_and_behind, "both", each=2)
        return Coded(part.numbers, both, whole.settled * 2, alone_and_behind(whole.own))

    def _instead(self, column: Instead, level: int) -> Fragments:
        itself = column.which == ITSELF
        own = [*[self._value(each, level) for each in column.values], b""]
        numbers = np.where(itself, len(column.values), column.which)
        return [
            *[self._shown(each, itself) for each in self._fuser.fused(self.of(column.column, level))],
            Coded(numbers, (), 0, own),
        ]

    def _marks(self, brackets: str, level: int) -> tuple[str, str, str]:
        """What opens a list or an object, parts its items, and closes it."""
        if self._indent is None:
            return brackets[0], ", ", brackets[1]
        inner, outer = (f"\n{' ' * (self._indent * each)}" for each in (level + 1, level))
        return f"{brackets[0]}{inner}", f",{inner}", f"{outer}{brackets[1]}"


def _filled(values: Sequence[Any]) -> NDArray[np.bool_]:
    return np.array([bool(each) for each in values], bool)
