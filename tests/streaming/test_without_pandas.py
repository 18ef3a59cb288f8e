"""Arrow does without pandas where nobody else uses it, and still makes frames where they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("pandas", reason="Arrow looks for pandas where it is installed")

_PROGRAM = """
import sys
from dmn_dli.streaming.without_pandas import do_without_pandas
do_without_pandas()
import pyarrow as pa
pa.array(["a"])
assert "pandas" not in sys.modules
print(list(pa.array([1, 2]).to_pandas()))
import pandas
print(pa.array(pandas.Series([1.0, float("nan")])).null_count)
"""


def test_no_list_loads_pandas_and_frames_come_all_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "[1, 2]\n1\n"), done.stderr
