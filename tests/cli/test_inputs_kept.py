"""No command writes over what it reads, whatever the file is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import COMMANDS
from tests.cli.kit import write_kit
from tests.cli.program import environment, invoke

ACME, BETA, FACTS = "tables/acme-2025-01-01.xlsx", "tables/beta-2024-06-01.xlsx", "tables/facts.xlsx"
READING: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "audit": [(("audit", "log", "case.json"), ("log", "case.json", ACME, FACTS))],
    "check": [(("check", ACME), (ACME, FACTS)), (("check",), (ACME, BETA, FACTS))],
    "compare": [
        (("compare", "case.json"), ("case.json", ACME, FACTS)),
        (("compare", "--payers", "acme", "beta"), (ACME,)),
    ],
    "diff": [
        (("diff", ACME, BETA), (ACME, BETA, FACTS)),
        (("diff", "tables", "tables"), (ACME, FACTS)),
        (("diff", "tables", "tables", "--cases", "case.json"), ("case.json",)),
    ],
    "evaluate": [(("evaluate", "case.json", "--audit", "log"), ("case.json", "log", ACME, FACTS))],
    "explain": [(("explain", "case.json"), ("case.json", ACME, FACTS))],
    "export": [(("export", ACME), (ACME, FACTS))],
    "format": [(("format", ACME), (ACME, FACTS)), (("format", "--check"), (ACME, BETA, FACTS))],
    "merge": [(("merge", ACME, ACME, ACME), (ACME, FACTS)), (("merge", FACTS, FACTS, FACTS), (FACTS,))],
    "page": [(("page", "--no-engine"), (ACME, FACTS)), (("page", ACME, "--no-engine"), (ACME, FACTS))],
    "schema": [(("schema", "cases"), (ACME, FACTS))],
    "show": [(("show", ACME), (ACME,))],
    "tck": [(("tck", "kit"), ("kit/own/own-test-01.xml", "kit/own/own.dmn"))],
    "test": [
        (("test", ACME), (ACME, FACTS)),
        (("test", ACME, "--suggest", "--append-to", "case.json", "--force"), ("case.json",)),
    ],
}
"""Of each command: arguments, and the files that it then works with."""

RUNS = [(arguments, read) for runs in READING.values() for arguments, files in runs for read in files]


@pytest.fixture
def place(with_tables: Path) -> Path:
    (with_tables / "case.json").write_text('{"prevents_relapse": true}')
    result = invoke("evaluate", "case.json", "--audit", "log")
    assert result.exit_code == 0
    write_kit(with_tables / "kit")
    return with_tables


def test_every_command_that_writes_a_file_is_tried_here() -> None:
    # compile writes a folder, rename its inputs, new and import what must not be there yet.
    assert {*READING, "compile", "import", "new", "rename"} == set(COMMANDS)


def _itself(path: Path) -> str:
    return str(path)


def _otherwise_spelt(path: Path) -> str:
    return os.path.join(path.parent, "..", path.parent.name, path.name)  # noqa: PTH118 - a Path would tidy it


def _by_link(path: Path) -> str:
    link = path.with_name("link.txt")
    link.symlink_to(path.name)
    return str(link)


def _by_second_name(path: Path) -> str:
    name = path.with_name("second.txt")
    name.hardlink_to(path)
    return str(name)


@pytest.mark.parametrize(("arguments", "read"), RUNS, ids=str)
def test_an_output_is_never_a_file_that_is_read(arguments: tuple[str, ...], read: str, place: Path) -> None:
    before = (place / read).read_bytes()
    result = invoke(*arguments, "--output", read)
    assert (result.exit_code, "is never written over" in result.stderr) == (2, True)
    assert (place / read).read_bytes() == before


@pytest.mark.parametrize("spelt", [_itself, _otherwise_spelt, _by_link, _by_second_name])
def test_a_file_is_known_by_every_name(spelt: Callable[[Path], str], place: Path) -> None:
    before = (place / ACME).read_bytes()
    result = invoke("show", ACME, "--output", spelt(place / ACME))
    assert (result.exit_code, "is never written over" in result.stderr) == (2, True)
    assert (place / ACME).read_bytes() == before


@pytest.mark.parametrize("log", ["case.json", ACME, FACTS])
def test_an_audit_log_is_never_a_file_that_is_read(log: str, place: Path) -> None:
    before = (place / log).read_bytes()
    result = invoke("evaluate", "case.json", "--audit", log)
    assert (result.exit_code, "is never written over" in result.stderr) == (2, True)
    assert (place / log).read_bytes() == before


@pytest.mark.usefixtures("place")
def test_a_log_that_is_yet_to_be_made_is_no_output_either() -> None:
    result = invoke("evaluate", "case.json", "--audit", "new", "--output", "./new")
    assert (result.exit_code, "is never written over" in result.stderr) == (2, True)


def test_the_file_behind_standard_input_is_an_input(place: Path) -> None:
    with (place / "case.json").open("rb") as cases:
        done = subprocess.run(
            [sys.executable, "-m", "cli", "evaluate", "-", "--output", "case.json"],
            cwd=place,
            env=environment(),
            stdin=cases,
            capture_output=True,
        )
    assert (done.returncode, b"is never written over" in done.stderr) == (2, True)
    assert json.loads((place / "case.json").read_bytes()) == {"prevents_relapse": True}


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_suggested_cases_never_take_the_place_of_the_dictionary(force: tuple[str, ...], place: Path) -> None:
    before = (place / FACTS).read_bytes()
    assert invoke("test", ACME, "--suggest", "--append-to", FACTS, *force).exit_code == 2
    assert (place / FACTS).read_bytes() == before


def test_an_annotated_copy_never_takes_the_place_of_another_workbook(place: Path) -> None:
    folder = place / "copies"
    folder.mkdir()
    (folder / Path(ACME).name).symlink_to(place / BETA)
    before = (place / BETA).read_bytes()
    assert invoke("check", ACME, BETA, "--annotate", "copies", "--force").exit_code == 2
    assert (place / BETA).read_bytes() == before


def test_a_compiled_module_never_takes_the_place_of_a_workbook(place: Path) -> None:
    folder = place / "modules"
    folder.mkdir()
    (folder / "beta_20240601.py").symlink_to(place / BETA)
    before = (place / BETA).read_bytes()
    result = invoke("compile", "--output", "modules")
    assert (result.exit_code, "is never written over" in result.stderr) == (2, True)
    assert (place / BETA).read_bytes() == before


def test_a_new_file_beside_the_inputs_is_written(place: Path) -> None:
    assert invoke("show", ACME, "--output", "tables/acme.txt").exit_code == 0
    assert (place / "tables/acme.txt").read_text(encoding="utf-8").startswith("#")
