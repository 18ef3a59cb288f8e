"""Where results go: whole files or none, and colour for eyes alone."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import environment, invoke, run

EVALUATE = ("evaluate", "case.json", "--payer", "beta")


@pytest.fixture
def place(with_tables: Path) -> Path:
    (with_tables / "case.json").write_text('{"prevents_relapse": true}')
    return with_tables


def test_a_file_holds_what_standard_output_would(place: Path) -> None:
    assert invoke(*EVALUATE, "--output", "out.txt").stdout == ""
    assert (place / "out.txt").read_text(encoding="utf-8") == invoke(*EVALUATE).stdout
    assert sorted(path.name for path in place.iterdir()) == ["case.json", "out.txt", "tables"]


@pytest.mark.parametrize(("target", "reason"), [("no/such/out", "No such file"), ("tables", "is a folder")])
def test_output_that_cannot_be_written_is_exit_code_2(target: str, reason: str, place: Path) -> None:
    result = invoke(*EVALUATE, "--output", target)
    assert (result.exit_code, reason in result.stderr) == (2, True)
    assert (place / "tables" / "facts.xlsx").exists()


def test_a_full_disk_is_exit_code_2(place: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "cli", *EVALUATE],
            cwd=place,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert (result.returncode, b"cannot be written" in result.stderr) == (2, True)


def test_an_older_file_stays_where_the_run_fails(place: Path) -> None:
    (place / "out.txt").write_text("old")
    script = (
        "import dmn_dli.report.records as records; records._JsonLinesWriter.record = lambda *_: 1 / 0;"
        "from cli.main import run; run()"
    )
    arguments = [sys.executable, "-c", script, *EVALUATE, "--format", "jsonl", "--output", "out.txt"]
    assert subprocess.run(arguments, cwd=place, env=environment(), capture_output=True).returncode == 3
    assert (place / "out.txt").read_text() == "old"
    assert sorted(path.name for path in place.iterdir()) == ["case.json", "out.txt", "tables"]


def test_runs_at_once_leave_one_whole_file(place: Path) -> None:
    arguments = [sys.executable, "-m", "cli", *EVALUATE, "--format", "json", "--output", "out.json"]
    processes = [
        subprocess.Popen(arguments, cwd=place, env=environment(), stderr=subprocess.DEVNULL) for _ in range(4)
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]
    assert json.loads((place / "out.json").read_text())[0]["determination"] == "medically necessary"
    assert sorted(path.name for path in place.iterdir()) == ["case.json", "out.json", "tables"]


def _on_a_terminal(place: Path, **variables: str) -> bytes:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "cli", *EVALUATE],
        cwd=place,
        env=environment(TERM="xterm", **variables),
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ) as process:
        process.wait(30)
    os.close(theirs)
    written = os.read(ours, 65_536)
    os.close(ours)
    return written


def test_colour_is_for_terminals_and_no_color_is_honoured(place: Path) -> None:
    plain = run(*EVALUATE, cwd=place).stdout
    coloured = _on_a_terminal(place)
    assert b"\x1b[1;32mMEDICALLY NECESSARY\x1b[0m" in coloured
    assert b"\x1b" not in plain
    assert b"\x1b" not in _on_a_terminal(place, NO_COLOR="1")
