"""Lists of text, and texts put together, in Arrow: made by gathers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from dmn_dli.batch.atom_columns import by_code
from dmn_dli.batch.coded import Coded, Text
from dmn_dli.batch.combined import together
from dmn_dli.batch.transitions import Numbers

ESCAPED = "backslashreplace"
"""How a lone surrogate is written, which UTF-8 does not have."""


def list_array(lists: Sequence[Sequence[str] | None], numbers: Numbers) -> Any:
    """For each row the lists under its numbers, one behind the other; null where its first number's is None.

    numbers: a row for each row of the result. Arrow's own gather of lists goes item by item; here each
    distinct list's text is copied at once, and where its items begin is reckoned.
    """
    used, chosen = _used(numbers, len(lists))
    items = [lists[each] or () for each in used]
    row_ends, text = _rows_alike(items, chosen) or _rows(items, chosen)
    width = numbers.shape[1]
    mask = None
    if any(lists[each] is None for each in used):
        mask = pa.array(np.array([lists[each] is None for each in used]).take(chosen[::width]))
    return pa.ListArray.from_arrays(pa.array(_from_0(row_ends[width - 1 :: width])), text, mask=mask)


def _rows(items: Sequence[Sequence[str]], chosen: Numbers) -> tuple[Numbers, Any]:
    """Where the items of each chosen list end, and all items."""
    # Of each distinct list: how many items, and where they stand among all; the bytes of all, list by list.
    counts = np.array([*map(len, items)], np.int32)
    starts = np.cumsum(counts, dtype=np.int32) - counts
    flat = pa.array([item for each in items for item in each], pa.string())
    bounds = np.frombuffer(flat.buffers()[1], np.int32, len(flat) + 1)
    sizes = np.diff(bounds)
    whole_lists = pa.Array.from_buffers(
        pa.binary(), len(items), [None, pa.py_buffer(bounds.take(_from_0(starts + counts))), _bytes(flat)]
    )
    in_each = counts.take(chosen)
    ends = np.cumsum(in_each, dtype=np.int32)
    filled = np.flatnonzero(in_each)  # mostly few lists have items
    chosen, in_each = chosen[filled], in_each[filled]
    first = starts.take(chosen) - ends[filled] + in_each
    which = np.repeat(first, in_each) + np.arange(ends[-1] if ends.size else 0)
    joined = whole_lists.take(pa.array(chosen))
    ends_of_text = np.cumsum(by_code(sizes, which))
    text = pa.StringArray.from_buffers(which.size, pa.py_buffer(_from_0(ends_of_text)), _bytes(joined))
    return ends, text


def _rows_alike(items: Sequence[Sequence[str]], chosen: Numbers) -> tuple[Numbers, Any] | None:
    """The same where all lists have one item, or none has any, for which less is to be done."""
    lengths = {*map(len, items)}
    if lengths <= {0}:
        return np.zeros(chosen.size, np.int32), pa.array([], pa.string())
    if lengths == {1}:
        text = pa.array([each for (each,) in items], pa.string()).take(pa.array(chosen))
        return np.arange(1, chosen.size + 1, dtype=np.int32), text
    return None


def held(text: str) -> str:
    """The text as Arrow can hold it: a lone surrogate from JSON stands as the escape that it came as."""
    return text if text.isascii() else text.encode(errors=ESCAPED).decode()


def once_each(column: Text) -> Coded:
    """The same texts, each distinct one made once; they are joined of as many rows as differ in a part."""
    parts = column.flat()
    codes, rows = together([part.numbers for part in parts])
    coded = joined_texts([part.taken(rows) for part in parts], errors="surrogatepass").dictionary_encode()
    texts: list[str | None] = [
        each.decode(errors="surrogatepass") for each in coded.dictionary.cast(pa.binary()).to_pylist()
    ]
    numbers = by_code(coded.indices.to_numpy(zero_copy_only=False), codes)
    if column.null is not None and column.null.any():
        numbers = np.where(column.null, np.int32(len(texts)), numbers)
        texts.append(None)
    return Coded(numbers, (), 0, texts)


def joined_texts(parts: Sequence[Coded], errors: str = ESCAPED) -> Any:
    """For each row the texts of the parts, one behind the other, as an array of text.

    errors: how lone surrogates are encoded.
    """
    texts: list[str] = []
    columns: list[Numbers] = []
    for part in parts:
        columns.append(part.numbers.astype(np.intp) + len(texts))
        texts += part.all
    used, chosen = _used(np.stack(columns, axis=1), len(texts))
    encoded = [texts[each].encode(errors=errors) for each in used]
    joined = pa.array(encoded, pa.binary()).take(pa.array(chosen))
    ends = np.cumsum(np.array([len(each) for each in encoded], np.intp).take(chosen))
    whole = _from_0(ends[len(parts) - 1 :: len(parts)])
    return pa.StringArray.from_buffers(whole.size - 1, pa.py_buffer(whole), _bytes(joined))


def _used(numbers: Numbers, count: int) -> tuple[list[int], Numbers]:
    """The numbers that stand there, and for each number, row by row, its place among them."""
    flat = numbers.ravel()
    there = np.zeros(count, bool)
    there[flat] = True
    used = np.flatnonzero(there)
    places = np.zeros(count, np.int32)
    places[used] = np.arange(used.size, dtype=np.int32)
    return used.tolist(), by_code(places, flat)


def _from_0(ends: Numbers) -> Numbers:
    """Where each begins, and where the last ends."""
    found = np.zeros(ends.size + 1, np.int32)
    found[1:] = ends
    return found


def _bytes(joined: Any) -> Any:
    """The bytes of all texts, one behind the other."""
    return joined.buffers()[2] or pa.py_buffer(b"")
