"""Running the program, in this process or as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from cli.main import group

ROOT = Path(__file__).resolve().parents[2]
INTERRUPTIBLE = (
    sys.executable,
    "-c",
    (
        "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "runpy.run_module('cli', run_name='__main__', alter_sys=True)"
    ),
)
"""A command that is `-m cli` and hears SIGINT, which processes started in the background are born deaf to."""


def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
    """The result of running the program in this process."""
    return CliRunner().invoke(
        group, list(arguments), input=stdin, prog_name="dmn-dli", catch_exceptions=False
    )


def environment(**variables: str) -> dict[str, str]:
    """This process's environment, by which the program's modules are found."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **variables}


def run(
    *arguments: str, cwd: Path, stdin: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """The result of running the program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=environment(**variables),
        timeout=60,
    )
