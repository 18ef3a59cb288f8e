"""Blocks of case files hold the cases that reading them one by one gives, and end with the same words."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="blocks need the extra batch: numpy, pyarrow and msgspec")
pytest.importorskip("msgspec", reason="blocks need the extra batch: numpy, pyarrow and msgspec")

from dmn_dli.batch.cases import CaseBatch
from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import Case, read_case_file
from dmn_dli.runtime.facts import ABSENT
from dmn_dli.streaming import csv_text, json_lines
from dmn_dli.streaming.block import Block
from dmn_dli.streaming.blocks import blocks, total_size

Read = tuple[list[Any], str]
"""Cases, and why there are no more of them."""


def as_text(value: Any) -> Any:
    """A value such that values of two types, or numbers written in two ways, are not equal."""
    if isinstance(value, dict):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_text(each) for each in value]
    return (value.__class__.__name__, str(value))


def as_data(case: Case) -> Any:
    return (
        case.case_id,
        case.payers,
        [(key, as_text(value)) for key, value in case.facts.items()],
        case.written,
        case.problems,
    )


def one_by_one(name: str) -> Read:
    return read(as_data(case) for case in read_case_file(name, count(7)))


def read(cases: Iterator[Any]) -> Read:
    found: list[Any] = []
    try:
        found.extend(cases)
    except CasesFileError as error:
        return found, str(error)
    return found, ""


def in_blocks(name: str, cases: int) -> Read:
    return read(as_data(case) for block in blocks(name, 7, cases) for case in cases_of(block))


def given_before_an_error(name: str, cases: int) -> Iterator[Block]:
    try:
        yield from blocks(name, 1, cases)
    except CasesFileError:
        return


def cases_of(block: Block) -> Iterator[Case]:
    """The cases of a block that has been to another process; what its columns say of each is held to it."""
    batch = pickle.loads(pickle.dumps(block)).batch()  # noqa: S301 - our own
    assert batch.rows == block.cases
    for row in range(batch.rows):
        case = batch.case(row)
        assert (row in batch.odd) or not case.problems
        assert str(batch.case_ids[row]) == case.case_id
        if row not in batch.odd:
            assert batch.payers.at(row) == case.payers
            facts = facts_of(batch, row)
            assert {key: as_text(value) for key, value in facts.items()} == {
                key: as_text(value) for key, value in case.facts.items()
            }
            assert batch.written == case.written
        yield case


def facts_of(batch: CaseBatch, row: int) -> dict[str, Any]:
    given = {name: column.value(row) for name, column in batch.facts.items()}
    return {name: value for name, value in given.items() if value is not ABSENT}


_KEYS = st.sampled_from(["a", "b", "case_id", "payer", "_x", "é", 'q"', "c:d"])
_NUMBERS = ("0", "1", "-0", "1.0", "1.00", "1e2", "NaN", "1e9999", "-1e-9999", "9" * 1001, "9" * 999)
_WORDS = ("true", "false", "null", '"acme"', '""', '" x "', '"\\ud800"', '"\\u0061"', '"\\"\\": 1"', '"a:b"')
_NESTED = ('"{"', '"}"', '["acme", "beta"]', "[]", "{}", "[1]", "{", "}", "[[" * 400 + "]]" * 400)
_VALUES = st.recursive(
    st.one_of(*map(st.sampled_from, (_NUMBERS, _WORDS, _NESTED))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda each: f"[{', '.join(each)}]"),
        st.lists(st.tuples(_KEYS, inner), max_size=2).map(lambda pairs: an_object(pairs, ",", ":")),
    ),
    max_leaves=3,
)


def an_object(pairs: Sequence[tuple[str, str]], comma: str, colon: str) -> str:
    return "{" + comma.join(f"{json.dumps(key)}{colon}{value}" for key, value in pairs) + "}"


_OBJECTS = st.builds(
    an_object,
    st.lists(st.tuples(_KEYS, _VALUES), max_size=4),
    st.sampled_from([",", ", "]),
    st.sampled_from([":", ": ", " : "]),
)
_BLANK = (b"", b" \t", b"\x0b", b"\x1c")
_BROKEN = (b"{}{}", b"{} {}", b'{"a":', b"1}", b'{"a":{}', b',"b":2}', b"[]", b"5", b"\xff", b"{\xff}")
_STRANGE = (b"{} ", b"{}\r", b"\xef\xbb\xbf{}", b'{"a":1,"a":2}', b'{"a" : 1,"a" :2,"b":"\\":"}')
_LINES = st.one_of(
    _OBJECTS.map(str.encode), _OBJECTS.map(str.encode), st.sampled_from((*_BLANK, *_BROKEN, *_STRANGE))
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(_LINES, max_size=8),
    ends=st.sampled_from([b"\n", b"\r\n"]),
    last=st.booleans(),
    cases=st.integers(1, 5),
    piece=st.sampled_from([1, 7, 30, 10_000]),
)
def test_json_lines(
    lines: list[bytes], ends: bytes, *, last: bool, cases: int, piece: int, tmp_path: Path
) -> None:
    data = ends.join(lines) + (ends if last else b"")
    file = tmp_path / "a.jsonl"
    file.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_lines, "BYTES", piece)
        assert in_blocks(str(file), cases) == one_by_one(str(file))
    sizes = [block.size for block in given_before_an_error(str(file), cases)]
    assert len(data.rstrip()) <= sum(sizes) <= (total_size(str(file)) or 0) or not sizes


_PLAIN = ("", "a", " ", "x y", "é", "\ufeff", "\x00", "\r", 'a"b')
_QUOTED = ('"q"', '"a,b"', '"a\nb"', '"a\r\nb"', '"say ""a"""', '"a"b')
_HEADINGS = ("case_id", "payer", "Service", "_x", "", "b", "CASE_ID", '"two\nlines"', "Payer ")
_BEFORE = ("", "\n", "\ufeff", "\ufeff\n,,\n", "sep=;\n", "SEP=,\r\n", '"sep=,"\n\n', "sep=\t\n")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.sampled_from(_BEFORE),
    headings=st.lists(st.sampled_from(_HEADINGS), min_size=1, max_size=4),
    rows=st.lists(st.lists(st.sampled_from((*_PLAIN, *_PLAIN, *_QUOTED)), max_size=4), max_size=9),
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
    mark: str,
    end: str,
    *,
    last: bool,
    cases: int,
    piece: int,
    tmp_path: Path,
) -> None:
    text = before + end.join(mark.join(row) for row in [headings, *rows]) + (end if last else "")
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "BYTES", piece)
        assert in_blocks(str(file), cases) == one_by_one(str(file))
    sizes = [block.size for block in given_before_an_error(str(file), cases)]
    assert sum(sizes) <= len(text.encode())
