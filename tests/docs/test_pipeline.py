"""The pipeline that the guide shows passes with our own tables."""

from __future__ import annotations

import re
import shlex
import shutil
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
    return tmp_path


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_the_pipeline_passes(step: str) -> None:
    result = invoke(*shlex.split(step))
    assert result.exit_code == 0, result.output


def test_the_pipeline_is_strict() -> None:
    assert [step for step in STEPS if "--strict" in step] != []


def test_a_review_that_is_due_is_said_by_the_step_that_stops_nobody(checkout: Path) -> None:
    assert checkout.is_dir()
    first = shlex.split(STEPS[0])
    assert "--strict" not in first
    assert "::warning" in invoke(*first, "--today", "2027-01-01").stdout
