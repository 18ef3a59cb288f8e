"""Files in blocks: bounds, and the formats that are read whole."""

from __future__ import annotations

import json
import tracemalloc
from itertools import count
from pathlib import Path

import pytest
from openpyxl import Workbook

pytest.importorskip("pyarrow", reason="blocks need the extra batch: numpy, pyarrow and msgspec")
pytest.importorskip("msgspec", reason="blocks need the extra batch: numpy, pyarrow and msgspec")

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import read_case_file
from dmn_dli.runtime.bounded_files import LINE_BYTES
from dmn_dli.streaming import csv_text, json_lines
from dmn_dli.streaming.block import CASES
from dmn_dli.streaming.blocks import blocks, total_size
from tests.streaming.reading import in_blocks, one_by_one


def test_a_document_and_a_sheet_are_read_whole(tmp_path: Path) -> None:
    rows = [{"case_id": "x", "a": 1}, {"payer": 5}, {"a": "b"}]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["case_id", "Payer", "a"], ["x", "acme|beta", 1], ["", "", "=1+1"], ["y", "", "z"]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    for name in ("a.json", "a.xlsx"):
        file = str(tmp_path / name)
        assert in_blocks(file, 2) == one_by_one(file)
        assert sum(block.size for block in blocks(file, 1, 2)) == total_size(file)


def test_a_file_that_is_not_there_is_told_as_one_by_one(tmp_path: Path) -> None:
    for ending in ("jsonl", "csv", "json", "xlsx", "parquet"):
        file = str(tmp_path / f"no.{ending}")
        assert in_blocks(file, 2) == one_by_one(file)
        assert total_size(file) is None


@pytest.mark.parametrize("ending", [b"", b"\n", b"\n{}\n"])
def test_a_line_without_end_is_told_behind_the_cases_before_it(ending: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"a": 1}\n' + b" " * (LINE_BYTES + 1) + ending)
    assert in_blocks(str(file), CASES) == one_by_one(str(file))
    file.write_bytes(b'{"a": 1}\n' + b" " * (LINE_BYTES - 3) + b"{}\n" + ending)
    assert in_blocks(str(file), CASES) == one_by_one(str(file))


def test_keys_that_no_two_lines_share_make_no_endless_columns(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        "".join(json.dumps({f"key {line} {each}": 1 for each in range(5)}) + "\n" for line in range(500))
    )
    (block,) = blocks(str(file))
    batch = block.batch()
    assert len(batch.facts) == 1_000
    assert [batch.case(row) for row in range(500)] == [*read_case_file(str(file), count(1))]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "quoted.csv"])
def test_a_file_is_never_held_whole(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (json_lines, csv_text):
        monkeypatch.setattr(module, "BYTES", 200_000)
    file = tmp_path / name
    with file.open("w") as stream:
        stream.write("" if name.endswith("jsonl") else "case_id,a\n")
        for number in range(20_000):
            text = f"{number}{'x' * 200}"
            line = {"a.jsonl": f'{{"case_id": "{text}"}}', "a.csv": f"{text},b"}.get(name, f'"{text}",b')
            stream.write(line + "\n")
    next(blocks(str(file))).batch()  # what reading loads besides is no part of it
    tracemalloc.start()
    try:
        cases = sum(block.batch().rows for block in blocks(str(file), 1, 1_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert cases == 20_000
    assert peak < 2_500_000, "the file has four million bytes, a piece that is read a twentieth"


def test_an_error_of_csv_is_told_behind_the_cases_before_it(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('a\n"x\n\ny"\nz\n"q"w\nv\n')
    found = in_blocks(str(file), CASES)
    assert found == one_by_one(str(file))
    assert len(found[0]) == 2
    assert "Line 6 is no csv" in found[1]


def test_a_file_of_csv_that_is_no_longer_utf_8_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a\n" + "x\n" * 2_200_000)
    found = blocks(str(file))
    next(found)
    file.write_bytes(b"a\n" + b"\xe9\n" * 2_200_000)
    with pytest.raises(CasesFileError, match="is not UTF-8"):
        [block.batch() for block in found]
