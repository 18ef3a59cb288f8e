"""Inputs without an end, and names that are no text: words and exit code 2, never a defect."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import environment, invoke, run
from tests.cli.tables import BETA, changed
from tests.excel.build import make_workbook

ZERO = Path("/dev/zero")
endless = pytest.mark.skipif(not ZERO.exists(), reason="there is no /dev/zero")
bytes_in_names = pytest.mark.skipif(sys.platform != "linux", reason="names are text here")


@endless
@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "xlsx"])
def test_cases_without_end_are_exit_code_2(ending: str, with_tables: Path) -> None:
    (with_tables / f"zero.{ending}").symlink_to(ZERO)
    result = invoke("evaluate", f"zero.{ending}")
    assert (result.exit_code, "is no plain file" in result.stderr) == (2, True)


@endless
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "zero.xlsx"), 2, "is no plain file"),
        (("check", "zero.xlsx"), 1, "is no plain file"),
        (("audit", "zero.xlsx"), 2, "million bytes"),
        (("diff", "tables", "zero.xlsx"), 2, "is no plain file"),
    ],
)
def test_files_without_end_are_told_of(
    arguments: tuple[str, ...], code: int, said: str, with_tables: Path
) -> None:
    (with_tables / "zero.xlsx").symlink_to(ZERO)
    result = invoke(*arguments)
    assert (result.exit_code, said in " ".join(result.output.split())) == (code, True)


@endless
@pytest.mark.parametrize("arguments", [("evaluate", "-"), ("explain", "--ask", "--payer", "acme")])
def test_an_input_without_end_ends(arguments: tuple[str, ...], with_tables: Path) -> None:
    with ZERO.open("rb") as zero:
        done = subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            cwd=with_tables,
            env=environment(),
            stdin=zero,
            capture_output=True,
            timeout=60,
        )
    assert done.returncode == (2 if "-" in arguments else 0)
    assert (b"million bytes" if "-" in arguments else b"no more answers") in done.stderr


def test_answers_that_are_none_come_to_an_end(with_tables: Path) -> None:
    done = run("explain", "--ask", "--payer", "acme", cwd=with_tables, stdin=b"nonsense\n" * 1_000)
    assert (done.returncode, b"no more answers" in done.stderr) == (0, True)


def _odd(text: str) -> str:
    """A name with a byte that is no UTF-8."""
    return os.fsdecode(text.encode("latin-1"))


@pytest.fixture
def odd_names(with_tables: Path) -> Path:
    gamma = make_workbook(changed(BETA, "Policy", {(2, 2): "gamma", (10, 2): "Determinatoin"}))
    delta = make_workbook(changed(BETA, "Policy", {(2, 2): "delta"}))
    (with_tables / "tables" / _odd("g\xff-2024-06-01.xlsx")).write_bytes(gamma)
    (with_tables / "tables" / _odd("d\xff-2024-06-01.xlsx")).write_bytes(delta)
    (with_tables / _odd("case\xfe.json")).write_text('{"prevents_relapse": true}')
    return with_tables


@bytes_in_names
def test_names_that_are_no_utf_8_are_as_good_as_others(odd_names: Path) -> None:
    case = _odd("case\xfe.json")
    # As a process: names come in as bytes, and go out as bytes again.
    determined = run("evaluate", case, "--payer", "delta", "--format", "json", cwd=odd_names)
    assert (determined.returncode, json.loads(determined.stdout)[0]["determination"]) == (
        0,
        "medically necessary",
    )
    assert json.loads(determined.stdout)[0]["policy"]["workbook"] == "d\udcff-2024-06-01.xlsx"
    for form in ("text", "github"):
        found = run("check", "--format", form, cwd=odd_names)
        assert (found.returncode, b"-2024-06-01.xlsx" in found.stdout) == (1, True)
    assert invoke("evaluate", case).exit_code == 2  # for the one with errors
    said = invoke("check", "--format", "sarif")
    assert (said.exit_code, b"tables/g%FF-2024-06-01.xlsx" in said.stdout_bytes) == (1, True)
    files = {
        each["file"] for each in json.loads(invoke("check", "--format", "json").stdout_bytes)["findings"]
    }
    assert "tables/g\udcff-2024-06-01.xlsx" in files
    said = invoke("test", "--format", "junit")
    assert (said.exit_code, b"</testsuites>" in said.stdout_bytes) == (1, True)
    missing = run("show", _odd("no\xff.xlsx"), cwd=odd_names)
    assert (missing.returncode, b"defect" in missing.stderr) == (2, False)


@bytes_in_names
def test_a_workbook_whose_name_is_no_utf_8_compiles_and_is_copied(odd_names: Path) -> None:
    assert invoke("compile", "--output", "modules").exit_code == 2  # for the one with errors
    source = (odd_names / "modules" / "delta_20240601.py").read_bytes()
    assert isinstance(ast.parse(source), ast.Module)
    delta = f"tables/{_odd('d' + chr(255))}-2024-06-01.xlsx"
    target = _odd("out\xff.txt")
    assert run("show", delta, "--output", target, cwd=odd_names).returncode == 0
    assert (odd_names / target).read_bytes() == run("show", delta, cwd=odd_names).stdout
