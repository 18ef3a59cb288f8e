"""Blocks of csv hold the cases that reading them one by one gives, and end with the same words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="blocks need the extra batch: numpy, pyarrow and msgspec")

from dmn_dli.streaming import csv_text
from dmn_dli.streaming.blocks import blocks
from dmn_dli.streaming.csv_rows import CsvRows
from dmn_dli.streaming.plain_csv import neatly_quoted, plain_columns
from tests.streaming.reading import given_before_an_error, in_blocks, one_by_one

_PLAIN = ("", "a", " ", "x y", "é", "\ufeff", "\x00", "\r", 'a"b')
_NEAT = ('"q"', '""', '"a,b"', '";"', '","', "a", "")
_QUOTED = ('"q"', '"a,b"', '"a\nb"', '"a\r\nb"', '"say ""a"""', '"a"b')
_HEADINGS = ("case_id", "payer", "Service", "_x", "", "b", "CASE_ID", '"two\nlines"', "Payer ")
_BEFORE = ("", "\n", "\ufeff", "\ufeff\n,,\n", "sep=;\n", "SEP=,\r\n", '"sep=,"\n\n', "sep=\t\n")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.sampled_from(_BEFORE),
    headings=st.lists(st.sampled_from(_HEADINGS), min_size=1, max_size=4),
    rows=st.sampled_from([_PLAIN, _NEAT]).flatmap(
        lambda texts: st.lists(st.lists(st.sampled_from(texts), min_size=4, max_size=4), max_size=9)
    ),
    others=st.lists(st.lists(st.sampled_from((*_PLAIN, *_QUOTED)), max_size=4), max_size=3),
    mark=st.sampled_from([",", ",", ";", "\t"]),
    end=st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    last=st.booleans(),
    cases=st.integers(1, 5),
    piece=st.sampled_from([1, 7, 30, 10_000]),
)
def test_csv(
    before: str,
    headings: list[str],
    rows: list[list[str]],
    others: list[list[str]],
    mark: str,
    end: str,
    *,
    last: bool,
    cases: int,
    piece: int,
    tmp_path: Path,
) -> None:
    fitting = [row[: len(headings)] for row in rows]
    text = before + end.join(mark.join(row) for row in [headings, *fitting, *others]) + (end if last else "")
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "BYTES", piece)
        assert in_blocks(str(file), cases) == one_by_one(str(file))
    sizes = [block.size for block in given_before_an_error(str(file), cases)]
    assert sum(sizes) <= len(text.encode())


def test_plain_text_is_read_by_pyarrow(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"a,_x,b\r\n1,2, null\r\n,\x00,NA\r\n")
    (block,) = blocks(str(file))
    assert isinstance(block, CsvRows)
    assert block.plain
    found = plain_columns(block.data, block.cases, ",", 3, [0, 2])
    assert found is not None
    assert [column.to_pylist() for column in found.values()] == [["1", ""], [" null", "NA"]]
    assert in_blocks(str(file), 5) == one_by_one(str(file))


def test_text_quoted_around_whole_values_is_read_by_pyarrow(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b'"a","_x","b"\r\n"1","2"," nu,ll"\r\n"","","NA"\r\n"","",""\r\n')
    (block,) = blocks(str(file))
    assert isinstance(block, CsvRows)
    assert (block.plain, block.cases) == (True, 2)
    assert in_blocks(str(file), 5) == one_by_one(str(file))


@pytest.mark.parametrize(
    "data", [b'"a', b'a"b"\n', b'"a"b\n', b'"a""b"\n', b'"a\nb"\n', b'"a","\n"\n', b'a,"\n",b\n']
)
def test_quotes_elsewhere_are_not_neat(data: bytes) -> None:
    assert not neatly_quoted(data, ",")
    assert neatly_quoted(b'"a","b,c"\n"",d\r\n"e"', ",")


@pytest.mark.parametrize("data", [b"a\nb,c\n", b"a\n\nb\n", b"\xef\xbb\xbfa\nb\n", b"\xff\nb\n"])
def test_what_the_parsers_could_read_differently_is_left_to_the_csv_module(data: bytes) -> None:
    assert plain_columns(data, 2, ",", 1, [0]) is None
