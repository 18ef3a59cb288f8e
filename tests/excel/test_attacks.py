"""Small files that claim much: each is refused with its place, in a run that a reviewer hardly notices."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.excel.attacks import ATTACKS, Attack
from tests.excel.build import FACTS, GOOD_NAME, make_workbook

SECONDS, MEGABYTES = 10, 500
"""On a machine that does nothing else each takes less than half of the seconds."""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES * 1_000_000,) * 2)


def _run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The program under limits of time and memory, beyond which it is ended."""
    return subprocess.run(
        [sys.executable, "-c", "from dmn_dli_cli.main import run; run()", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        preexec_fn=_limited,
        env={**os.environ, "DMN_DLI_CACHE": str(cwd / "cache")},
        timeout=60,
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.what)
def test_a_file_that_claims_too_much_is_refused_with_its_place(attack: Attack, tmp_path: Path) -> None:
    (tmp_path / GOOD_NAME).write_bytes(attack.make())
    (tmp_path / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS}))
    result = _run("check", GOOD_NAME, "--format", "json", cwd=tmp_path)
    assert result.returncode == 1, result.stderr
    found = [each for each in json.loads(result.stdout)["findings"] if each["code"] == attack.code]
    assert len(found) == 1
    assert found[0]["sheet"].startswith(attack.place)
    assert found[0]["severity"] == "error"
