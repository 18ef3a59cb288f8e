"""Progress: a line for a person who waits, and nothing for anybody else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cli.progress import line, progress


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("cli.progress.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def cases(tmp_path: Path) -> str:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b"x" * 1_000)
    return str(file)


def test_the_line_tells_share_rate_and_time_left() -> None:
    assert line(250, 1_000, 1_234, 2.0) == "25 %, 1,234 records, 617 a second, 0:06 left"
    assert line(1, 4_000, 10, 2.0).endswith("2:13:18 left")
    assert line(250, None, 1_234, 2.0) == "1,234 records, 617 a second"


def test_a_person_sees_a_long_run_and_no_trace_of_it_at_the_end(
    clock: list[float], cases: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress([cases, "vanished.jsonl"], Path("out.jsonl")) as shown:
        shown.advance(100, 10)
        assert screen.getvalue() == ""  # a short run passes without
        clock[0] += 5
        shown.advance(100, 10)
        assert screen.getvalue() == "\r\x1b[K20 %, 20 records, 4 a second, 0:20 left"
        with shown.hidden():
            assert screen.getvalue().endswith("left\r\x1b[K")
        clock[0] += 5
        shown.advance(100, 10)
    assert screen.getvalue().endswith("left\r\x1b[K")


@pytest.mark.parametrize(
    ("terminal", "kind", "output"), [(False, "xterm", True), (True, "dumb", True), (True, "xterm", False)]
)
def test_nobody_else_sees_anything(
    terminal: bool, kind: str, output: bool, clock: list[float], cases: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe, a terminal that cannot write over a line, and one on which the results appear."""
    screen = Screen() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("sys.stdout", Screen())
    monkeypatch.setenv("TERM", kind)
    with progress([cases], Path("out.jsonl") if output else None) as shown:
        clock[0] += 5
        shown.advance(100, 10)
    assert screen.getvalue() == ""
