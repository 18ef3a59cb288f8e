"""Blocks of Parquet hold the cases that reading them one by one gives, and end with the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="blocks need the extra batch: numpy, pyarrow and msgspec")

import pyarrow as pa

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.streaming.block import CASES
from dmn_dli.streaming.blocks import blocks, total_size
from tests.streaming.reading import in_blocks, one_by_one

_MOMENTS = (datetime(2026, 6, 1), datetime(2026, 6, 1, 13, 5), None)  # noqa: DTZ001 - as files hold them
_VALUES: Mapping[str, Sequence[Any]] = {
    "string": ("a", "", " b ", "é\u2003", "\x1c", None),
    "large_string": ("a", "b", None),
    "int8": (0, 1, -3, None),
    "int64": (2**53 + 1, None),
    "float16": (0.5, 1.25, float("nan"), None),
    "float32": (0.1, 16777216.0, float("nan"), None),
    "float64": (0.1, float("inf"), float("nan"), None),
    "bool": (True, False, None),
    "date32": (date(2026, 6, 1), None),
    "timestamp[us]": _MOMENTS,
    "timestamp[ns]": _MOMENTS,
    "decimal128(9, 2)": (Decimal("1.50"), Decimal("0.00"), None),
    "list<string>": (["acme", "beta"], ["acme"], [], [" "], None),
    "null": (None,),
}
_NAMES = ("case_id", "payer", "a", "b", "_x", "A.b", "", "é")


def arrow_type(kind: str) -> Any:
    if kind.startswith("decimal"):
        return pa.decimal128(9, 2)
    return pa.list_(pa.string()) if kind.startswith("list") else pa.type_for_alias(kind)


@st.composite
def tables(draw: st.DrawFn) -> Any:
    rows = draw(st.integers(0, 12))
    arrays = {}
    for name in draw(st.lists(st.sampled_from(_NAMES), unique=True, min_size=1)):
        kind = draw(st.sampled_from([*_VALUES]))
        values = draw(st.lists(st.sampled_from(_VALUES[kind]), min_size=rows, max_size=rows))
        arrays[name] = pa.array(values, arrow_type(kind))
        if kind == "string" and draw(st.booleans()):
            arrays[name] = arrays[name].dictionary_encode()
    return pa.table(arrays)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=tables(),
    group=st.integers(1, 8),
    cases=st.integers(1, 5),
    encoding=st.sampled_from([None, "PLAIN", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"]),
)
def test_parquet(table: Any, group: int, cases: int, encoding: str | None, tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    parquet = import_module("pyarrow.parquet")
    parquet.write_table(
        table,
        file,
        row_group_size=group,
        use_dictionary=encoding is None,
        column_encoding=None if encoding is None else dict.fromkeys(texts, encoding),
    )
    assert in_blocks(str(file), cases) == one_by_one(str(file))
    sizes = [block.size for block in blocks(str(file), 1, cases)]
    assert sum(sizes) == (total_size(str(file)) if table.num_rows else 0)


@pytest.mark.parametrize("content", [b"", b"hello", b"PAR1" * 40])
def test_what_is_no_parquet_is_told_in_the_same_words(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    found = in_blocks(str(tmp_path / "a.parquet"), 3)
    assert found == one_by_one(str(tmp_path / "a.parquet"))
    assert "cannot be read as Parquet" in found[1]


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["Service", "service"])
    import_module("pyarrow.parquet").write_table(table, tmp_path / "a.parquet")
    with pytest.raises(CasesFileError, match="stands there twice"):
        next(blocks(str(tmp_path / "a.parquet")))


def test_blocks_may_be_read_in_any_order(tmp_path: Path) -> None:
    """As workers do, each of which gets some of them."""
    file = str(tmp_path / "a.parquet")
    import_module("pyarrow.parquet").write_table(pa.table({"a": [*range(100)]}), file, row_group_size=40)
    found = [*blocks(file, 1, 7)]
    for block in [*found[::-2], *found[1::3], *found]:
        assert [block.batch().case(row).facts["a"] for row in range(block.cases)] == [
            *range(block.first - 1, block.first - 1 + block.cases)
        ]


def test_small_row_groups_make_one_block(tmp_path: Path) -> None:
    file = str(tmp_path / "a.parquet")
    import_module("pyarrow.parquet").write_table(pa.table({"a": [*range(1_000)]}), file, row_group_size=10)
    assert [block.cases for block in blocks(file, 1, CASES)] == [1_000]


def test_a_file_that_is_written_to_meanwhile_is_told(tmp_path: Path) -> None:
    file = str(tmp_path / "a.parquet")
    import_module("pyarrow.parquet").write_table(pa.table({"a": [1, 2]}), file)
    first, *_ = blocks(file, 1, 1)
    import_module("pyarrow.parquet").write_table(pa.table({"a": [1, 2, 3]}), file)
    with pytest.raises(CasesFileError, match="written to while it was read"):
        first.batch()
