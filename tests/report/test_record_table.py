"""Records in Parquet: what csv has as text, row by row, in bounded memory and in the same bytes each time."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Sequence
from typing import Any

import pytest

pytest.importorskip("numpy", reason="Parquet output needs the extra batch: numpy and pyarrow")
pytest.importorskip("pyarrow", reason="Parquet output needs the extra batch: numpy and pyarrow")

import pyarrow as pa
import pyarrow.parquet as pq

from dmn_dli.cases.asking import ask
from dmn_dli.evaluate.record_fields import (
    CHOICES,
    COLUMNS,
    LISTED,
    ChosenColumns,
    finals_of,
    text_of,
    texts_of,
)
from dmn_dli.report import record_table
from dmn_dli.report.record_table import RecordTable, TableWriter
from tests.batch.test_answers import SERIES, random_cases

Records = Sequence[dict[str, Any]]


def records() -> Records:
    return [ask(case, payer, SERIES) for case in random_cases(12, 0.3, 1) for payer in (*SERIES, "molna")]


def written(records: Records, columns: tuple[str, ...] = COLUMNS) -> bytes:
    stream = io.BytesIO()
    with RecordTable(stream, columns) as table:
        write = TableWriter(table, columns, SERIES)
        write.case(records)
        write.finish()
    return stream.getvalue()


@pytest.mark.parametrize("columns", [COLUMNS, CHOICES, ("rule",)])
@pytest.mark.parametrize("at_a_time", [7, 1_024])
def test_a_row_says_what_the_record_says(
    columns: tuple[str, ...], at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_table, "_RECORDS", at_a_time)
    given = records()
    chosen = ChosenColumns(columns, finals_of(SERIES))
    table = pq.read_table(io.BytesIO(written(given, columns)))
    assert table.column_names == list(columns)
    assert any("error" in each for each in given)
    for row, record in zip(table.to_pylist(), given, strict=True):
        for name, came in row.items():
            value = chosen.field(record, name)
            if value is None:
                assert came is None
            elif name in LISTED:
                assert came == texts_of(name, value)
            else:
                assert text_of(name, came) == text_of(name, value)


def test_columns_have_one_type_whatever_stands_in_them() -> None:
    schemas = [pq.read_schema(io.BytesIO(written(some))) for some in (records(), records()[:1], [])]
    assert schemas[0] == schemas[1] == schemas[2]
    assert schemas[0].field("determination").type == pa.dictionary(pa.int32(), pa.string())
    assert schemas[0].field("missing_facts").type == pa.list_(pa.string())


def test_the_same_records_give_the_same_bytes() -> None:
    given = records()
    assert written(given) == written(given)


def test_row_groups_are_full_whatever_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_table, "_ROWS", 10)
    batch = pa.RecordBatch.from_arrays(
        [pa.array([f"rule {number % 4}" for number in range(33)]).dictionary_encode()], ["rule"]
    )
    for pieces in ([33], [1] * 33, [10, 20, 3], [9, 0, 15, 9]):
        stream = io.BytesIO()
        table, start = RecordTable(stream, ["rule"]), 0
        for length in pieces:
            table.piece(batch.slice(start, length))
            start += length
        table.finish()
        file = pq.ParquetFile(stream)
        assert [file.metadata.row_group(each).num_rows for each in range(file.num_row_groups)] == [
            10,
            10,
            10,
            3,
        ]
        assert file.read()["rule"].to_pylist() == batch["rule"].to_pylist()
        # Texts that several pieces share stand once, in the row group's dictionary.
        encodings = [file.metadata.row_group(each).column(0).encodings for each in range(4)]
        assert all("RLE_DICTIONARY" in each for each in encodings)


def test_what_waits_is_bounded_in_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_table, "_BYTES", 1_000)
    batch = pa.RecordBatch.from_arrays([pa.array(["long " * 100])], ["case_id"])
    stream = io.BytesIO()
    table = RecordTable(stream, ["case_id"])
    for _ in range(7):
        table.piece(batch)
    table.finish()
    assert pq.ParquetFile(stream).num_row_groups == 4


def test_a_file_that_is_given_up_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ignored: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", ignored.append)
    stream = io.BytesIO()
    with pytest.raises(KeyboardInterrupt), RecordTable(stream, ["rule"]) as table:
        raise KeyboardInterrupt
    stream.close()
    del table
    gc.collect()
    assert ignored == []
