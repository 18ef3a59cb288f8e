"""Blocks of JSON lines hold the cases that reading them one by one gives, and end with the same words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="blocks need the extra batch: numpy, pyarrow and msgspec")
pytest.importorskip("msgspec", reason="blocks need the extra batch: numpy, pyarrow and msgspec")

from dmn_dli.streaming import decoded_lines, json_lines
from dmn_dli.streaming.blocks import total_size
from dmn_dli.streaming.decoded_lines import DecodedLines
from tests.streaming.reading import given_before_an_error, in_blocks, one_by_one

_KEYS = st.sampled_from(["a", "b", "case_id", "payer", "_x", "é", 'q"', "c:d"])
_NUMBERS = ("0", "1", "-0", "1.0", "1.00", "1e2", "NaN", "1e9999", "-1e-9999", "9" * 1001, "9" * 999)
_WORDS = ("true", "false", "null", '"acme"', '""', '" x "', '"\\ud800"', '"\\u0061"', '"\\"\\": 1"', '"a:b"')
_NESTED = (
    '"{"',
    '"}"',
    '["acme", "beta"]',
    "[]",
    "{}",
    "[1]",
    "{",
    "}",
    "[[" * 400 + "]]" * 400,
    "[" * 201 + "]" * 201,
)
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
    at_once=st.integers(1, 3),
)
def test_json_lines(
    lines: list[bytes], ends: bytes, *, last: bool, cases: int, piece: int, at_once: int, tmp_path: Path
) -> None:
    data = ends.join(lines) + (ends if last else b"")
    file = tmp_path / "a.jsonl"
    file.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_lines, "BYTES", piece)
        patch.setattr(decoded_lines, "AT_ONCE", at_once)
        assert in_blocks(str(file), cases) == one_by_one(str(file))
    sizes = [block.size for block in given_before_an_error(str(file), cases)]
    assert len(data.rstrip()) <= sum(sizes) <= (total_size(str(file)) or 0) or not sizes


_PLAIN = st.dictionaries(
    st.sampled_from(["a", "b", "case_id", "payer", "_x"]),
    st.sampled_from([*_NUMBERS[:6], *_WORDS[:6], '"b:c"', '"[b"', "9" * 999]),
    max_size=5,
).map(lambda pairs: an_object([*pairs.items()], ",", ":").encode())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=_PLAIN,
    lines=st.lists(st.one_of(_PLAIN, _PLAIN, _PLAIN, _LINES), min_size=1, max_size=12),
    at_once=st.integers(1, 3),
)
def test_lines_whose_keys_are_known_are_read_as_the_first_are(
    first: bytes, lines: list[bytes], at_once: int, tmp_path: Path
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n".join([first, *lines]) + b"\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoded_lines, "AT_ONCE", at_once)
        assert in_blocks(str(file), 20) == one_by_one(str(file))


def test_lines_that_hold_nothing_but_known_keys_are_decoded_into_slots(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoded: list[int] = []
    whole = DecodedLines._decoded

    def observed(self: DecodedLines, start: int, end: int) -> list[dict[str, Any]]:
        decoded.append(start)
        return whole(self, start, end)

    monkeypatch.setattr(decoded_lines, "AT_ONCE", 2)
    monkeypatch.setattr(DecodedLines, "_decoded", observed)
    known, new, told_twice = '{"a": 1, "_b": 2}', '{"a": 1, "c": 2}', '{"a": 1, "a": 2}'
    lines = [known, known, known, "{}", known, new, known, new, told_twice, known, known, known]
    DecodedLines("\n".join(lines).encode(), 1, 1).batch()
    # The first, those with a new key, and those with a key told twice and what comes behind.
    assert decoded == [0, 4, 8, 10]


def test_a_line_that_is_nested_too_deeply_has_no_id_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "deep.jsonl"
    file.write_bytes(b'{"a":' + b"[" * 300 + b"]" * 300 + b',"case_id":"given"}\n{"case_id":"next"}\n')
    assert in_blocks(str(file), 10) == one_by_one(str(file))
