"""What the program prints, to the byte: each folder golden/<command>/<case> is one run of it.

`args` holds the arguments, one a line; `tables` the variant of tables to run with (without it `good`);
`stdin` what the program reads, where it reads anything. All other files but the expected ones are the run's
working directory. UPDATE_GOLDEN=1 writes `stdout`, `stderr` and `exit` anew.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from cli.main import COMMANDS
from cli.output import PLAIN_WIDTH
from tests.cli.program import invoke
from tests.cli.tables import write_tables

GOLDEN = Path(__file__).parent / "golden"
FOLDERS = sorted(path.parent for path in GOLDEN.glob("*/*/args"))
EXPECTED = ("stdout", "stderr", "exit")

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_SECONDS = re.compile(r'(?<= time=")\d+\.\d{3}(?=")')


def _read(path: Path, default: str = "") -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else default


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_a_run_prints_what_it_printed_before(folder: Path, here: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.copytree(path, here / path.name)
        elif path.name not in (*EXPECTED, "args", "tables", "stdin"):
            shutil.copy(path, here)
    write_tables(here / "tables", _read(folder / "tables", "good").strip())
    result = invoke(*_read(folder / "args").splitlines(), stdin=_read(folder / "stdin") or None)
    # A workbook made anew holds the time at which it was made.
    came = {
        "stdout": _SECONDS.sub("<seconds>", _DIGEST.sub("<digest>", result.stdout)),
        "stderr": result.stderr,
        "exit": f"{result.exit_code}\n",
    }
    if os.environ.get("UPDATE_GOLDEN"):
        for name, text in came.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    assert came == {name: _read(folder / name, "(missing)") for name in EXPECTED}


def test_every_command_has_a_golden_run() -> None:
    assert {folder.parent.name for folder in FOLDERS} == set(COMMANDS)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_text_is_no_wider_than_said(folder: Path) -> None:
    args = _read(folder / "args")
    if folder.parent.name not in ("show", "compile", "export", "schema") and (
        "--format" not in args or "\ntext" in args
    ):
        lines = _read(folder / "stdout").splitlines()
        assert [line for line in lines if len(line) > PLAIN_WIDTH] == []
