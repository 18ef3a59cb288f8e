"""Many cases: `evaluate` writes the same bytes, says the same and ends the same as case by case."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli import streamed
from tests.cli.program import environment, invoke
from tests.cli.tables import write_tables

pytest.importorskip("numpy", reason="cases are answered in blocks with the extra batch")
pytest.importorskip("pyarrow", reason="as above")
pytest.importorskip("msgspec", reason="as above")

from dmn_dli.streaming import answering

_FILES = ("a.jsonl", "b.csv", "c.json", "d.jsonl", "e.jsonl")

_COLUMNS = (
    (),
    (),
    ("--columns", "case_id,determination,rule"),
    ("--columns", "policy.number,notes,error.message,payer,policy.title"),
    ("--columns", "unmet_criteria"),
)
_GOOD: Mapping[str, Sequence[object]] = {
    "date_of_service": ["2025-06-01", "2019-01-01"],
    "service": ["infusion", "boost", "other", "Infusion "],
    "gvhd_grade": [0, 1, 2, 3, 4, 4.0],
    "donor_cells": [0, 12.5, 100],
    "prevents_relapse": [True, False],
    "payer": ["acme", "BETA", ["beta", "acme"]],
    "case_id": ["a\u202e", 7, "\ud800", " b "],
    "_own": [[1]],
}
_BAD: Mapping[str, Sequence[object]] = {
    "date_of_service": ["no day"],
    "service": ["bost", 1],
    "gvhd_grade": [9, "x", 1e30],
    "donor_cells": [101],
    "prevents_relapse": [1],
    "payer": ["nobody", []],
    "case_id": [True],
    "grade": [1],
}


def _case(chance: random.Random) -> dict[str, object]:
    rare = ("payer", "case_id", "_own")
    case = {
        name: chance.choice(some)
        for name, some in _GOOD.items()
        if chance.random() < (0.1 if name in rare else 0.7)
    }
    if chance.random() < 0.2:
        case |= {name: chance.choice(some) for name, some in _BAD.items() if chance.random() < 0.3}
    names = [*case]
    chance.shuffle(names)
    return {name: case[name] for name in names}


def _lines(chance: random.Random, count: int) -> bytes:
    odd = [
        b"\n",
        b"{\n",
        b"[1]\n",
        b'{"service": "boost", "service": "other"}\n',
        b"\xff\n",
        b'{"gvhd_grade": NaN}\n',
    ]
    lines = [
        (chance.choice(odd) if chance.random() < 0.1 else json.dumps(_case(chance)).encode()) + b"\n"
        for _ in range(count)
    ]
    return b"".join(lines)


def _rows(chance: random.Random, count: int) -> bytes:
    columns = ["case_id", "payer", "Service", "gvhd_grade", "prevents_relapse"]
    texts = ["", "boost", "infusion", "2", "yes", "acme|beta", '"a,b"', "false", "null"]
    lines = [",".join(columns)]
    for _ in range(count):
        width = len(columns) if chance.random() < 0.95 else 3
        lines.append(",".join(chance.choice(texts) for _ in range(width)))
    if chance.random() < 0.2:
        lines.append('"open')
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("stream")
    write_tables(folder / "tables")
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


def _both_ways(*arguments: str, cases: int = 5) -> tuple[Result, Result]:
    """The program's results case by case and in blocks of some cases, all in this process."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(answering.Answering, "cases", cases)
        patched.setattr(streamed, "_MANY", 0)
        return _one_by_one(*arguments), invoke(*arguments, "--workers", "1")


def _one_by_one(*arguments: str) -> Result:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("cli.evaluate.streamable", lambda *_, **__: False)
        return invoke(*arguments)


def _same(one: Result, many: Result) -> None:
    assert many.stdout_bytes == one.stdout_bytes
    assert (many.stderr, many.exit_code) == (one.stderr, one.exit_code)


def _write_files(seed: int, place: Path) -> None:
    chance = random.Random(seed)
    (place / "a.jsonl").write_bytes(_lines(chance, chance.randrange(20)))
    (place / "b.csv").write_bytes(_rows(chance, chance.randrange(20)))
    (place / "c.json").write_bytes(json.dumps([_case(chance) for _ in range(chance.randrange(9))]).encode())
    (place / "d.jsonl").write_bytes(b"")
    (place / "e.jsonl").write_bytes(json.dumps({"service": "boost"}).encode() + b"\n")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10**6),
    names=st.lists(st.sampled_from(_FILES), min_size=1, max_size=4),
    form=st.sampled_from(["json", "jsonl", "csv"]),
    payer=st.sampled_from([(), ("--payer", "beta"), ("--payer", "ACME", "--payer", "beta")]),
    columns=st.sampled_from(_COLUMNS),
    gate=st.sampled_from([(), ("--fail-on", "medically necessary"), ("--fail-on", "no policy on file")]),
)
def test_the_same_bytes_words_and_exit_codes(
    seed: int,
    names: list[str],
    form: str,
    payer: tuple[str, ...],
    columns: tuple[str, ...],
    gate: tuple[str, ...],
    place: Path,
) -> None:
    _write_files(seed, place)
    _same(*_both_ways("evaluate", *names, "--format", form, *payer, *columns, *gate))


@pytest.mark.parametrize(("seed", "form"), [(0, "text"), (1, "json"), (2, "json")])
def test_a_summary_counts_the_same(seed: int, form: str, place: Path) -> None:
    _write_files(seed, place)
    gate = ("--fail-on", "medically necessary")
    _same(*_both_ways("evaluate", "b.csv", "a.jsonl", "c.json", "--summary", "--format", form, *gate))
    one, many = _both_ways("evaluate", "e.jsonl", "--summary", "--format", form, *gate)
    _same(one, many)
    assert many.exit_code != 2


@pytest.mark.parametrize("columns", _COLUMNS)
def test_a_parquet_file_has_the_same_rows(columns: tuple[str, ...], place: Path) -> None:
    import pyarrow.parquet as pq

    _write_files(1, place)
    written = [("--format", "parquet", "--output", f"{number}.parquet") for number in (1, 2)]
    asked = ("evaluate", "b.csv", "a.jsonl", "c.json", *columns)
    one = _one_by_one(*asked, *written[0])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(answering.Answering, "cases", 5)
        many = invoke(*asked, *written[1], "--workers", "1")
    _same(one, many)
    first, second = (pq.read_table(place / f"{number}.parquet") for number in (1, 2))
    assert (first.schema, first.to_pylist()) == (second.schema, second.to_pylist())
    assert first.num_rows


def test_a_gate_trips_and_an_error_outranks_it(place: Path) -> None:
    (place / "a.jsonl").write_text('{"prevents_relapse": false}\n' * 12, encoding="utf-8")
    gated = ("evaluate", "a.jsonl", "--payer", "beta", "--format", "jsonl", "--fail-on")
    for gate, code in (("medically necessary", 0), ("Criteria not met", 1)):
        one, many = _both_ways(*gated, gate)
        _same(one, many)
        assert many.exit_code == code
    with (place / "a.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"prevents_relapse": 1}\n')
    assert _both_ways(*gated, "criteria not met")[1].exit_code == 2


_PROGRAM = """
if __name__ == "__main__":
    import signal
    from cli import streamed
    from cli.main import run
    from dmn_dli.streaming.answering import Answering
    signal.signal(signal.SIGINT, signal.default_int_handler)
    streamed._MANY = 0
    Answering.cases = 10
    run()
"""


def _program(place: Path, *arguments: str) -> list[str]:
    """A command that answers in blocks of ten whatever the size."""
    (place / "program.py").write_text(_PROGRAM, encoding="utf-8")
    return [sys.executable, "program.py", *arguments]


def test_processes_side_by_side_write_the_same(place: Path) -> None:
    (place / "a.jsonl").write_bytes(_lines(random.Random(3), 150))
    (place / "b.csv").write_bytes(_rows(random.Random(4), 50))
    arguments = ("evaluate", "a.jsonl", "b.csv", "a.jsonl", "--format", "jsonl")
    one = _one_by_one(*arguments)
    done = subprocess.run(
        _program(place, *arguments, "--workers", "2", "--output", "out.jsonl"),
        env=environment(),
        capture_output=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (one.exit_code, b"")
    assert (place / "out.jsonl").read_bytes() == one.stdout_bytes
    assert done.stderr.decode() == one.stderr


def _children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in found.split()]


def _alive(processes: list[int]) -> list[int]:
    return [
        each
        for each in processes
        if Path(f"/proc/{each}/cmdline").exists() and Path(f"/proc/{each}/cmdline").read_bytes()
    ]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGINT, 130),
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.slow),  # handled as the one above is
        (signal.SIGKILL, -9),
    ],
    ids=str,
)
def test_a_run_that_is_ended_takes_its_processes_and_files_along(number: int, code: int, place: Path) -> None:
    (place / "a.jsonl").write_bytes(_lines(random.Random(3), 20_000))
    arguments = ("evaluate", "a.jsonl", "--format", "jsonl", "--workers", "2", "--output", "whole.jsonl")
    process = subprocess.Popen(_program(place, *arguments), env=environment(), stderr=subprocess.PIPE)
    for _ in range(1200):
        files = [path for path in place.glob(".dmn-dli.*.tmp") if path.stat().st_size]
        if files:
            break
        time.sleep(0.05)
    assert files
    children = _children(process.pid)
    assert len(children) >= 2
    process.send_signal(number)
    _, messages = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in messages) == (code, False)
    for _ in range(200):
        if not _alive(children):
            break
        time.sleep(0.05)
    assert _alive(children) == []
    assert not (place / "whole.jsonl").exists()
    if number != signal.SIGKILL:
        assert not [*place.glob(".dmn-dli.*.tmp")]
    for path in place.glob(".dmn-dli.*.tmp"):
        path.unlink()
