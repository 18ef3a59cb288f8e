"""File to file: `dmn-dli evaluate` beside reading its input and writing its output alone.

`make bench` prints times and ratios; BENCH_ROWS says how many rows the files have. What is read and written
alone goes through the quickest library for the format, and whole, in a process that has started already.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="files of claims are made with pyarrow")
pytest.importorskip("orjson", reason="orjson comes with the extra bench")

import orjson
import pyarrow.csv
import pyarrow.parquet as pq

from tests.bench import claims, command

pytestmark = pytest.mark.bench

CHOSEN = "case_id,determination,rule,citation,possible_determinations,missing_facts"


def _of_lines(source: Path) -> Any:
    with source.open("rb") as file:
        return [orjson.loads(line) for line in file]


def _into_lines(rows: Any, target: Path) -> None:
    with target.open("wb") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


_ALONE: dict[str, tuple[Callable[[Any], Any], Callable[[Any, Any], Any]]] = {
    "parquet": (pq.read_table, pq.write_table),
    "csv": (pyarrow.csv.read_csv, pyarrow.csv.write_csv),
    "jsonl": (_of_lines, _into_lines),
}


def _alone(form: str, source: Path, answers: Path) -> float:
    """The least seconds of work in which the cases can be read and the answers written."""
    read, write = _ALONE[form]
    known = read(answers)
    best = float("inf")
    for _ in range(3):
        start = process_time()
        read(source)
        write(known, answers.with_name(f"alone.{form}"))
        best = min(best, process_time() - start)
    return best


@pytest.mark.parametrize("columns", [CHOSEN, None], ids=["chosen columns", "whole records"])
@pytest.mark.parametrize("unknown", [0.0, 0.1], ids=["all known", "a tenth unknown"])
@pytest.mark.parametrize("form", _ALONE)
def test_file_to_file_beside_reading_and_writing_alone(
    form: str, unknown: float, columns: str | None, tmp_path: Path
) -> None:
    rows = command.MOST_ROWS if columns else min(command.MOST_ROWS, 20_000)
    source = claims.written(tmp_path / f"claims.{form}", claims.batches(rows, unknown=unknown))
    few = claims.written(tmp_path / f"few.{form}", claims.batches(1))
    target, options = tmp_path / f"answers.{form}", (["--columns", columns] if columns else [])
    command.evaluate(few, target, *options)  # the workbooks are compiled once
    started = command.evaluate(few, target, *options)
    one, two = (command.evaluate(source, target, *options, cores=cores) for cores in (1, 2))
    assert len(_ALONE[form][0](target)) == rows
    alone = _alone(form, source, target)
    ours = one.processor - started.processor
    print(
        f"\n{form}, {rows:,} rows, {'chosen columns' if columns else 'all columns'}, {unknown:.0%} unknown: "
        f"{one.seconds - started.seconds:.2f} s on one core, {two.seconds - started.seconds:.2f} s on two, "
        f"besides {started.seconds:.2f} s to start; of work {ours:.2f} s ({rows / ours:,.0f}/s), "
        f"reading and writing alone {alone:.2f} s; ours / alone {ours / alone:.2f}"
    )
