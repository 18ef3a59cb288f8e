"""Plain text of csv as columns by pyarrow: quotes stand around whole values, each line is a full row.

What such text means is beyond doubt, so that its parser and the csv module cannot read it differently.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.csv

from dmn_dli.batch.arrow_cases import Array

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def neatly_quoted(data: bytes, delimiter: str) -> bool:
    """Whether quotes, if any, stand around whole values that hold neither quotes nor line ends.

    data: whole rows.
    """
    text = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(text == ord('"'))
    if quotes.size % 2:
        return False
    # What stands outside: a mark, or a line's end; beyond the text it is the same.
    outside = np.isin(np.arange(256), [ord(delimiter), ord("\n"), ord("\r")])
    opening, closing = quotes[::2], quotes[1::2]
    before = text[opening - 1][opening > 0]
    behind = text[(closing + 1)[closing + 1 < text.size]]
    if not (outside[before].all() and outside[behind].all()):
        return False
    ends = np.flatnonzero(text == ord("\n"))
    return bool((np.searchsorted(ends, opening) == np.searchsorted(ends, closing)).all())


def plain_columns(
    data: bytes, rows: int, delimiter: str, width: int, wanted: Sequence[int]
) -> dict[int, Array] | None:
    """The wanted columns by their places, dictionary-encoded; None where the csv module is to read them.

    data: whole lines that end in a line feed, neatly quoted. rows: how many hold a case.
    """
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    odd = (
        lines != rows or data.startswith(_BYTE_ORDER_MARK) or len(delimiter.encode()) > 1 or delimiter == '"'
    )
    if odd or not wanted:
        return None
    names = [str(place) for place in range(width)]
    text = pa.dictionary(pa.int32(), pa.string())
    try:
        table = pyarrow.csv.read_csv(
            pa.py_buffer(data),
            pyarrow.csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names),
            pyarrow.csv.ParseOptions(
                delimiter=delimiter,
                quote_char='"' if b'"' in data else False,
                double_quote=False,
                ignore_empty_lines=False,
            ),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, text),
                strings_can_be_null=False,
                include_columns=[names[place] for place in wanted],
            ),
        )
    except pa.ArrowInvalid:  # a row of another length, which is told by line
        return None
    if table.num_rows != rows:
        return None
    (batch,) = table.unify_dictionaries().combine_chunks().to_batches()
    return {place: batch.column(names[place]) for place in wanted}
