"""Random claims for the payers' policies: as record batches, and as Parquet, csv and JSON lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from dmn_dli.runtime.facts import FactReader
from tests import payers

ROWS = 65_536
"""How many rows a batch has."""


def values_of_facts() -> dict[str, Sequence[Any]]:
    """For each fact that some payer's policy reads some of its values; a day on which all are in force."""
    found: dict[str, Sequence[Any]] = {}
    for name in payers.WORKBOOKS:
        for each in payers.kernel(name).case_reader.facts.values():
            found[each.name] = _values(each)
    return {name: values for name, values in found.items() if values}


def _values(fact: FactReader) -> Sequence[Any]:
    if fact.type == "date":
        return ["2026-06-01"]
    if fact.type in ("number", "integer"):
        return [0, 1, 2, 3, 4]
    return [value for value in fact.values if value is not None]


def batches(
    rows: int,
    *,
    unknown: float = 0.0,
    repeated: bool = False,
    names: Sequence[str] | None = None,
) -> Iterator[Any]:
    """Record batches of so many random claims in all, with `case_id`; texts as dictionaries.

    unknown: which part of the values is null. repeated: whether the claims are 1,000 that come again and
    again. names: the facts that they give, else all.
    """
    chance = np.random.default_rng(6)
    values = {name: each for name, each in values_of_facts().items() if names is None or name in names}
    few = _columns(1_000, values, unknown, chance) if repeated else None
    for start in range(0, rows, ROWS):
        count = min(ROWS, rows - start)
        if few is None:
            columns = _columns(count, values, unknown, chance)
        else:
            which = pa.array(chance.integers(0, 1_000, count))
            columns = {name: column.take(which) for name, column in few.items()}
        ids = pa.array([f"claim {number}" for number in range(start + 1, start + count + 1)])
        yield pa.RecordBatch.from_pydict({"case_id": ids, **columns})


def _columns(
    rows: int, values: Mapping[str, Sequence[Any]], unknown: float, chance: np.random.Generator
) -> dict[str, Any]:
    found = {}
    for name, each in values.items():
        codes = chance.integers(0, len(each), rows)
        absent = chance.random(rows) < unknown
        column = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32(), mask=absent), pa.array(each))
        found[name] = column if pa.types.is_string(column.type.value_type) else column.dictionary_decode()
    return found


def plain(batch: Any) -> Any:
    """The same batch with texts as they are."""
    arrays = [
        each.dictionary_decode() if pa.types.is_dictionary(each.type) else each for each in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, batch.schema.names)


def written(path: Path, given: Iterator[Any]) -> Path:
    """A file of batches: Parquet, csv or JSON lines, as its name ends."""
    if path.suffix == ".jsonl":
        encoder = msgspec.json.Encoder()
        with path.open("wb") as file:
            for batch in given:
                rows = [
                    {name: value for name, value in row.items() if value is not None}
                    for row in batch.to_pylist()
                ]
                file.write(encoder.encode_lines(rows))
        return path
    first = plain(next(given))
    if path.suffix == ".parquet":
        made = pq.ParquetWriter(path, first.schema)
    else:  # in quotes where it must be, as spreadsheets write it
        made = pa.csv.CSVWriter(path, first.schema, write_options=pa.csv.WriteOptions(quoting_style="needed"))
    with made as writer:
        writer.write_batch(first)
        for batch in given:
            writer.write_batch(plain(batch))
    return path
