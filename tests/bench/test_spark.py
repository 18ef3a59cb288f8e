"""Spark on one core and on two: cases a second beside a job that hands the same cases through Python unread.

`make bench` prints the rates and their ratios; DMN_DLI_BENCH_CASES says how many cases, 400,000 without it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import pyarrow as pa
import pyarrow.parquet as pq

from dmn_dli.spark.job import answer
from tests.spark.kit import SERIES, spark

pytestmark = pytest.mark.bench

CASES = int(os.environ.get("DMN_DLI_BENCH_CASES", "400000"))
FILES = 8
SAID = ("determination", "rule", "citation", "possible_determinations", "missing_facts")
COLUMNS = ("case_id", "payer", *SAID)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given")
    chance = random.Random(5)
    facts = [fact for fact in SERIES["molina"].facts.values() if fact.type != "date"]
    for number in range(FILES):
        rows = CASES // FILES
        columns: dict[str, Any] = {"case_id": [f"{number}-{row}" for row in range(rows)]}
        for fact in facts:
            values: list[Any] = [0.0, 1.0, 2.0, 3.0] if fact.slots else [*fact.values]
            columns[fact.name] = chance.choices([None, *values * 4], k=rows)
        pq.write_table(pa.table(columns), folder / f"{number}.parquet")
    return folder


@pytest.mark.parametrize("cores", [1, 2])
def test_cases_a_second(cores: int, given: Path, tmp_path: Path) -> None:
    with spark(f"local[{cores}]", tmp_path) as session:
        session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "65536")

        def handed_through(name: str) -> None:
            frame = session.read.parquet(str(given))
            frame.mapInArrow(lambda batches: batches, frame.schema).write.parquet(str(tmp_path / name))

        def answered(name: str) -> None:
            found = answer(session, str(given), str(tmp_path / name), SERIES, COLUMNS, ["molina"])
            assert found.rows == CASES // FILES * FILES

        handed, ours = rate(handed_through), rate(answered)
    shown = f"{handed:,.0f} handed through, {ours:,.0f} answered: {handed / ours:.1f} times as long"
    print(f"\nlocal[{cores}], cases/s: {shown}")


def rate(work: Callable[[str], None], rounds: int = 3) -> float:
    """Cases a second in the best round; the first starts processes of Python."""
    best = float("inf")
    for number in range(rounds):
        start = perf_counter()
        work(f"{work.__name__}-{number}")
        best = min(best, perf_counter() - start)
    return CASES / best
