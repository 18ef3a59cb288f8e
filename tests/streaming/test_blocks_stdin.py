"""Standard input in blocks: what there is at once, the same cases as one by one, and the same words."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import BinaryIO

import pytest

pytest.importorskip("pyarrow", reason="blocks need the extra batch: numpy, pyarrow and msgspec")
pytest.importorskip("msgspec", reason="blocks need the extra batch: numpy, pyarrow and msgspec")

from dmn_dli.streaming.blocks import blocks, total_size
from tests.streaming.reading import Read, cases_of, in_blocks, one_by_one

Give = Callable[[BinaryIO], None]


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Put a stream where the program finds standard input."""
    return lambda stream: monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n \n",
        b"{}",
        b'\n{"a": 1}\n\n{"a": 1, "a": 2}\n{"case_id": "x", "a": 1.50}',
        b'{"a": 1}\n{"a":\n2}\n',
        b'{"a":\n1}',
        b'[{"a": 1}, {"payer": ["acme"]}, 5,\n {}]',
        b"\n\n[1,]",
        b"[]",
        b"\xff",
        b'{"a": 1}\n\xff\n',
        b'\xef\xbb\xbf{"a": 1}\n{}',
    ],
)
@pytest.mark.parametrize("cases", [1, 2, 100])
def test_the_cases_and_the_words_of_one_by_one(data: bytes, cases: int, give: Give) -> None:
    def fresh(read: Callable[[], Read]) -> Read:
        give(io.BytesIO(data))
        return read()

    assert fresh(lambda: in_blocks("-", cases)) == fresh(lambda: one_by_one("-"))


@pytest.fixture
def ends(give: Give) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The two ends of a pipe that is standard input."""
    read, write = os.pipe()
    with os.fdopen(read, "rb") as stream, os.fdopen(write, "wb", buffering=0) as other:
        give(stream)
        yield stream, other


def test_a_line_that_comes_alone_is_given_before_the_next_one(ends: tuple[BinaryIO, BinaryIO]) -> None:
    _, write = ends
    found = blocks("-")
    for number in range(1, 4):
        write.write(b'{"case_id": "%d"}\n{"beg' % number if number == 3 else b'{"case_id": "%d"}\n' % number)
        block = next(found)
        assert [case.case_id for case in cases_of(block)] == [str(number)]
        assert block.first == number
    write.write(b'un": 1}\n')
    assert [case.facts for case in cases_of(next(found))] == [{"begun": 1}]


def test_lines_that_come_together_make_one_block(ends: tuple[BinaryIO, BinaryIO]) -> None:
    _, write = ends
    write.write(b"{}\n" * 500)
    found = blocks("-")
    assert [next(found).cases for _ in range(2)] == [1, 499]
    write.close()
    assert [*found] == []


def test_how_much_there_is_is_not_known() -> None:
    assert total_size("-") is None
