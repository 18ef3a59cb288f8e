"""Files that the program writes: modes and links kept, and nothing left behind by a run that is ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from cli.main import COMMANDS
from tests.cli.kit import write_kit
from tests.cli.program import environment, invoke, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes, links and signals are POSIX's")

SHOW = ("show", "tables/beta-2024-06-01.xlsx")
STREAM = ("evaluate", "-", "--format", "jsonl", "--payer", "beta", "--output", "out.txt")


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664])
def test_a_file_that_is_replaced_keeps_its_mode(mode: int, with_tables: Path) -> None:
    out = with_tables / "out.txt"
    out.write_text("old")
    out.chmod(mode)
    assert invoke(*SHOW, "--output", "out.txt").exit_code == 0
    assert out.read_text(encoding="utf-8") == invoke(*SHOW).stdout
    assert out.stat().st_mode & 0o777 == mode


def test_a_new_file_has_the_mode_that_the_mask_leaves(with_tables: Path) -> None:
    before = os.umask(0o027)
    try:
        assert invoke(*SHOW, "--output", "out.txt").exit_code == 0
    finally:
        os.umask(before)
    assert (with_tables / "out.txt").stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed_and_stays(with_tables: Path) -> None:
    (with_tables / "there").mkdir()
    for name, target in (("out.txt", "there/a.txt"), ("new.txt", "there/b.txt")):
        (with_tables / name).symlink_to(target)
    (with_tables / "there/a.txt").write_text("old")
    (with_tables / "there/a.txt").chmod(0o640)
    for name in ("out.txt", "new.txt"):
        assert invoke(*SHOW, "--output", name).exit_code == 0
        assert (with_tables / name).is_symlink()
        assert (with_tables / name).read_text(encoding="utf-8") == invoke(*SHOW).stdout
    assert (with_tables / "there/a.txt").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in (with_tables / "there").iterdir()) == ["a.txt", "b.txt"]


def test_links_in_a_circle_are_exit_code_2(with_tables: Path) -> None:
    (with_tables / "a").symlink_to("b")
    (with_tables / "b").symlink_to("a")
    result = invoke(*SHOW, "--output", "a")
    assert (result.exit_code, "symbolic links" in result.stderr) == (2, True)
    assert (with_tables / "a").is_symlink()


@pytest.mark.usefixtures("with_tables")
def test_a_long_name_leaves_room_for_the_temporary_one() -> None:
    assert invoke(*SHOW, "--output", "o" * 250).exit_code == 0


def _begun(arguments: Sequence[str], place: Path) -> subprocess.Popen[bytes]:
    """A run that has begun to write a file, and waits for cases."""
    process = subprocess.Popen(
        arguments, cwd=place, env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b'{"prevents_relapse": true}\n')
    process.stdin.flush()
    for _ in range(600):
        if list(place.glob(".dmn-dli.*.tmp")):
            return process
        time.sleep(0.05)
    process.kill()
    raise AssertionError("no temporary file was made")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_no_temporary_file(name: str, with_tables: Path) -> None:
    number = getattr(signal, name)
    (with_tables / "out.txt").write_text("old")
    # Who runs the tests may be deaf to hangups, and their processes with them.
    script = f"import signal; signal.signal({number:d}, signal.SIG_DFL); from cli.main import run; run()"
    process = _begun([sys.executable, "-c", script, *STREAM], with_tables)
    process.send_signal(number)
    _, messages = process.communicate(timeout=30)
    assert (process.returncode, b"Traceback" in messages) == (128 + number, False)
    assert sorted(path.name for path in with_tables.iterdir()) == ["out.txt", "tables"]
    assert (with_tables / "out.txt").read_text() == "old"


def test_a_run_that_shall_not_hear_of_hangups_goes_on(with_tables: Path) -> None:
    script = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); from cli.main import run; run()"
    process = _begun([sys.executable, "-c", script, *STREAM], with_tables)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert "medically necessary" in (with_tables / "out.txt").read_text()


def test_a_signal_while_a_workbook_is_compiled_leaves_nothing_in_the_cache(
    with_tables: Path, tmp_path: Path
) -> None:
    script = (
        "import os, signal\n"
        "from dmn_dli.runtime.whole_files import replacing\n"
        "from dmn_dli.store import cache\n"
        "from cli.main import run\n"
        "def write(data, path, *, private=False):\n"
        "    with replacing(path, private=private) as stream:\n"
        "        stream.write(data[:10])\n"
        "        stream.flush()\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "cache.write_whole = write\n"
        "run()"
    )
    folder = tmp_path / "cache"
    done = subprocess.run(
        [sys.executable, "-c", script, "evaluate", "-"],
        cwd=with_tables,
        env=environment(DMN_DLI_CACHE=str(folder)),
        input=b"{}",
        capture_output=True,
    )
    assert done.returncode == 128 + signal.SIGTERM
    assert list(folder.iterdir()) == []


RUNS = {
    "audit": ("audit", "log"),
    "check": ("check",),
    "compare": ("compare", "case.json"),
    "compile": ("compile", "--output", "modules"),
    "diff": ("diff", "tables", "tables"),
    "evaluate": ("evaluate", "case.json"),
    "explain": ("explain", "case.json"),
    "export": ("export", "tables/acme-2025-01-01.xlsx"),
    "format": ("format",),
    "import": ("import", "foreign.csv", "--output", "made"),
    "new": ("new", "version", "acme", "2026-01-01"),
    "rename": ("rename", "fact", "gvhd_grade", "grade", "--dry-run"),
    "merge": ("merge", *["tables/acme-2025-01-01.xlsx"] * 3, "--output", "merged.xlsx"),
    "page": ("page", "--no-engine", "--output", "page.html"),
    "schema": ("schema", "cases"),
    "show": SHOW,
    "tck": ("tck", "kit"),
    "test": ("test",),
}


@pytest.fixture
def place(with_tables: Path) -> Path:
    (with_tables / "case.json").write_text('{"prevents_relapse": true, "service": "boost"}')
    (with_tables / "foreign.csv").write_text("size,price\n1,2\n")
    assert invoke("evaluate", "case.json", "--audit", "log", "--audit-facts").exit_code == 0
    write_kit(with_tables / "kit")
    return with_tables


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_touches_the_cache_that_shall_not(
    command: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = place / "cache"
    monkeypatch.setenv("DMN_DLI_CACHE", str(cache))
    assert invoke(*RUNS[command], "--no-cache").exit_code == 0
    assert os.environ["DMN_DLI_CACHE"] == str(cache)
    assert not cache.exists()
    for made in (place / "tables" / "acme-2026-01-01.xlsx", place / "made" / "foreign.xlsx"):
        made.unlink(missing_ok=True)
    assert invoke(*RUNS[command]).exit_code == 0
    keep_none = ("diff", "export", "format", "import", "merge", "new", "show", "tck")
    assert cache.exists() is (command not in keep_none)


CLOSED = [
    (*RUNS["evaluate"],),
    (*RUNS["compile"],),
    ("--version",),
    ("check", "--help"),
    ("test", "--format", "json"),
]


def _shell(place: Path, arguments: Sequence[str], redirection: str) -> subprocess.CompletedProcess[bytes]:
    command = f'exec "$@" {redirection}'
    program = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(
        ["/bin/sh", "-c", command, "sh", *program],
        cwd=place,
        env=environment(),
        capture_output=True,
        timeout=60,
    )


@pytest.mark.parametrize("arguments", CLOSED, ids=" ".join)
@pytest.mark.parametrize("redirection", [">&-", "> /dev/full", "<&- >&-"])
def test_results_that_cannot_be_delivered_are_exit_code_2(
    redirection: str, arguments: tuple[str, ...], place: Path
) -> None:
    done = _shell(place, arguments, redirection)
    assert (done.returncode, b"cannot be written to standard output" in done.stderr) == (2, True)


@pytest.mark.parametrize("redirection", ["2>&-", "2> /dev/full", "<&-", "<&- 2>&-"])
def test_messages_that_nobody_hears_stop_nothing(redirection: str, place: Path) -> None:
    done = _shell(place, ("evaluate", "case.json", "--format", "json"), redirection)
    assert (done.returncode, b'"determination"' in done.stdout) == (0, True)
    assert _shell(place, ("evaluate", "no-such-file.json"), redirection).returncode == 2


@pytest.mark.parametrize("command", [("evaluate", "-"), ("explain", "-"), ("compare", "-")])
def test_cases_from_an_input_that_is_closed_are_exit_code_2(command: tuple[str, ...], place: Path) -> None:
    done = _shell(place, command, "<&-")
    assert (done.returncode, b"Standard input cannot be used" in done.stderr) == (2, True)


def test_a_closed_output_gives_its_number_to_no_other_file(place: Path) -> None:
    done = _shell(
        place, ("evaluate", "case.json", "--format", "json", "--output", "out.json"), "<&- >&- 2>&-"
    )
    assert done.returncode == 0
    assert (place / "out.json").read_text().startswith("[")


def test_a_reader_of_help_that_has_seen_enough_is_no_reason_for_words(place: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for arguments in (["--help"], ["--version"], ["compile"]):
        done = subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            cwd=place,
            env=environment(),
            stdout=writing,
            stderr=subprocess.PIPE,
        )
        assert (done.returncode, b"rror" in done.stderr) == (2, False)
    os.close(writing)


def test_a_file_left_by_a_run_that_was_killed_is_in_nobodys_way(place: Path) -> None:
    (place / ".dmn-dli.1.a.tmp").write_text("half")
    assert run("evaluate", "case.json", "--output", "out.txt", cwd=place).returncode == 0
