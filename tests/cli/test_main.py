"""The program as a whole: help, exit codes, interruptions, and what happens when it is at fault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import COMMANDS
from dmn_dli import __version__
from tests.cli.program import INTERRUPTIBLE, environment, invoke, run

IN_PLACE = {"format": (), "new": ("payer",), "rename": ("fact",)}
"""Commands that write files of the folder, and one of the commands of which a group consists."""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_exit_codes(command: str) -> None:
    result = invoke(command, "--help")
    assert result.exit_code == 0
    assert "Exit codes" in result.stdout
    if command in IN_PLACE:
        result = invoke(command, *IN_PLACE[command], "--help")
    else:
        assert ("--output DIR" if command in ("compile", "import") else "--output FILE") in result.stdout
    assert "--tables PATH" in result.stdout


def test_help_lists_every_command() -> None:
    assert [name for name in COMMANDS if f"\n  {name} " in invoke("--help").stdout] == list(COMMANDS)


def test_the_version_is_the_package_s() -> None:
    assert invoke("--version").stdout == f"dmn-dli, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [("nothing",), ("evaluate",), ("show",), ("check", "--today", "1.2.25")]
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert run(*arguments, cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("command", ["check", "test"])
def test_checks_never_fall_back_to_the_bundled_tables(command: str, here: Path) -> None:
    result = invoke(command)
    assert (result.exit_code, "There is no workbook to look at" in result.stderr) == (2, True)
    (here / "empty").mkdir()
    assert invoke(command, "empty").exit_code == 2


def test_a_page_is_made_of_the_bundled_tables_where_there_are_no_others(here: Path) -> None:
    result = invoke("page", "--no-engine", "--output", "page.html")
    assert (result.exit_code, "Using the bundled tables" in result.stderr) == (0, True)
    assert "Molina Healthcare" in (here / "page.html").read_text(encoding="utf-8")


_DEFECT = (
    "import sys, cli.tables, cli.main; cli.tables.holds_tables = lambda folder: 1 / 0;"
    "sys.argv = ['dmn-dli', 'check']; cli.main.run()"
)


@pytest.mark.parametrize(("debug", "traced"), [("0", False), ("1", True)])
def test_a_defect_of_ours_is_exit_code_3_and_says_how_to_report_it(
    debug: str, traced: bool, tmp_path: Path
) -> None:
    result = subprocess.run(
        [sys.executable, "-c", _DEFECT],
        cwd=tmp_path,
        env=environment(DMN_DLI_DEBUG=debug),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 3
    assert "a defect of its own" in result.stderr
    assert "ZeroDivisionError" in result.stderr
    assert ("Traceback" in result.stderr) is traced


def test_an_interruption_is_exit_code_130(with_tables: Path) -> None:
    process = subprocess.Popen(
        [*INTERRUPTIBLE, "evaluate", "-", "--format", "jsonl"],
        cwd=with_tables,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"{}\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=30)
    assert (process.returncode, b"Traceback" in messages) == (130, False)


def test_a_reader_that_has_seen_enough_is_no_reason_for_words(with_tables: Path) -> None:
    cases = '{"prevents_relapse": true}\n' * 2_000
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-m", "cli", "evaluate", "-", "--format", "jsonl", "--payer", "beta"],
        cwd=with_tables,
        env=environment(),
        input=cases.encode(),
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (2, b"Using tables in ./tables\n")


@pytest.mark.parametrize(("typed", "meant"), [("evalute", "evaluate"), ("chekc", "check"), ("Diff", "diff")])
def test_a_mistyped_command_is_answered_with_the_nearest(typed: str, meant: str) -> None:
    result = invoke(typed)
    assert (result.exit_code, f'Did you mean "{meant}"?' in result.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [("check", "--format", "jsn"), ("evaluate", "x", "--format", "jsn")])
def test_a_mistyped_format_is_answered_with_the_nearest(arguments: tuple[str, ...]) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, 'Did you mean "json"?' in result.stderr) == (2, True)


def test_help_cuts_no_sentence_short() -> None:
    assert "..." not in invoke("--help").stdout.replace("[ARGS]...", "")


def test_the_package_runs_as_the_command_does() -> None:
    command = [sys.executable, "-m", "dmn_dli", "--version"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (0, invoke("--version").stdout)
