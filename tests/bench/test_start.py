"""`dmn-dli evaluate` of one case, process start to end, beside `python -c "import click"`.

`make bench` prints the ratio; the answer is checked, the time never.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
CASE = {"service": "donor lymphocyte infusion", "transplant_type": "none"}


def test_one_case_from_the_command_line_is_answered_and_the_ratio_is_printed(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps(CASE))
    environment = os.environ | {"DMN_DLI_CACHE": str(tmp_path / "cache")}
    ours = [
        *(sys.executable, "-m", "dmn_dli_cli", "evaluate", str(case)),
        *("--tables", str(ROOT / "tables"), "--format", "json"),
    ]
    theirs = [sys.executable, "-c", "import click"]

    def seconds(command: list[str]) -> float:
        start = perf_counter()
        subprocess.run(command, env=environment, capture_output=True, check=True)
        return perf_counter() - start

    first = subprocess.run(ours, env=environment, capture_output=True, check=True)
    assert len(json.loads(first.stdout)) == 5
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(9)]
    ratio = statistics.median(a / b for a, b in pairs)
    print(
        f"\nevaluate {statistics.median(a for a, _ in pairs) * 1000:.0f} ms, "
        f"import click {statistics.median(b for _, b in pairs) * 1000:.0f} ms, ratio {ratio:.2f}"
    )
