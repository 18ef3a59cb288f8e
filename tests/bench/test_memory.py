"""How much memory `dmn-dli evaluate` has at once, for files of ever more rows.

`make bench` prints it, of the largest process on one core; BENCH_ROWS=10000000 goes on to ten million rows.
"""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="files of claims are made with pyarrow")

from tests.bench import claims, command
from tests.bench.test_files import CHOSEN

pytestmark = pytest.mark.bench

SIZES = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= command.MOST_ROWS]


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("repeated", [False, True], ids=["distinct", "repeated"])
def test_the_memory_for_files_of_ever_more_rows(form: str, repeated: bool, tmp_path: Path) -> None:
    said = []
    for rows in SIZES:
        given = claims.batches(rows, unknown=0.1, repeated=repeated)
        source = claims.written(tmp_path / f"claims.{form}", given)
        ran = command.evaluate(source, tmp_path / f"answers.{form}", "--columns", CHOSEN)
        said.append(f"{rows:,} rows {ran.megabytes:.0f} MB in {ran.seconds:.1f} s")
        source.unlink()
    print(f"\n{form}, {'repeated' if repeated else 'distinct'} claims: {'; '.join(said)}")
