"""The pipeline that the guide shows passes with our own tables."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import invoke
from tests.docs.pages import ROOT, blocks

GUIDE = ROOT / "docs" / "ci-guide.md"
STEPS = [
    match[1]
    for block in blocks(GUIDE, "yaml")
    for match in re.finditer(r"(?:run:|^ +-) dmn-dli (.*)$", block.text, re.MULTILINE)
]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "tables", tmp_path / "tables")
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BASE", "main")
    return tmp_path


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_the_pipeline_passes(step: str) -> None:
    if "origin/" in step:
        _commit_as_origins_main()
    result = invoke(*shlex.split(os.path.expandvars(step)))
    assert result.exit_code == 0, result.output


def _commit_as_origins_main() -> None:
    who = "-c user.name=Nurse -c user.email=nurse@example.org"
    commands = ("init", "add tables", f"{who} commit -m tables", "update-ref refs/remotes/origin/main HEAD")
    for command in commands:
        subprocess.run(["git", *command.split()], check=True, capture_output=True)  # noqa: S607


def test_a_change_is_compared_with_the_branch_that_it_is_to_join() -> None:
    assert [step.split()[0] for step in STEPS if "$BASE" in step] == ["diff", "page"]
    (pipeline,) = (block.text for block in blocks(GUIDE, "yaml") if "actions/checkout" in block.text)
    assert "BASE: ${{ github.base_ref }}" in pipeline
    assert "fetch-depth: 0" in pipeline


def test_the_pipeline_is_strict() -> None:
    assert [step for step in STEPS if "--strict" in step] != []


def test_a_review_that_is_due_is_said_by_the_step_that_stops_nobody(checkout: Path) -> None:
    assert checkout.is_dir()
    first = shlex.split(STEPS[0])
    assert "--strict" not in first
    assert "::warning" in invoke(*first, "--today", "2027-01-01").stdout
