"""File to file: `dmn-dli evaluate` beside reading its input and writing its output alone.

`make bench` prints times and ratios; BENCH_ROWS says how many rows the files have. What is read and written
alone goes through the quickest library for the format, in a process that has started already: whole, and, of
Parquet, also in the quickest way that is known, piece by piece with texts as codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from pathlib import Path
from time import process_time
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="files of claims are made with pyarrow")
pytest.importorskip("orjson", reason="orjson comes with the extra bench")

import orjson
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from attrs import frozen

from tests.bench import claims, command

pytestmark = pytest.mark.bench

CHOSEN = "case_id,determination,rule,citation,possible_determinations,missing_facts"


def _in_groups(source: Path) -> Iterator[Any]:
    texts = [each.name for each in pq.read_schema(source) if pa.types.is_string(each.type)]
    file = pq.ParquetFile(source, read_dictionary=[name for name in texts if name != "case_id"])
    for group in range(file.num_row_groups):
        yield file.read_row_group(group, use_threads=False)


def _into_groups(groups: Sequence[Any], target: Path) -> None:
    with pq.ParquetWriter(target, groups[0].schema, compression="zstd") as writer:
        for each in groups:
            writer.write_table(each)


def _of_lines(source: Path) -> Any:
    with source.open("rb") as file:
        return [[orjson.loads(line) for line in file]]


def _into_lines(pieces: Any, target: Path) -> None:
    with target.open("wb") as file:
        for row in pieces[0]:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


@frozen
class _Way:
    """How cases are read and answers written alone. read: gives pieces, which `write` takes."""

    read: Callable[[Path], Iterable[Sized]]
    write: Callable[[Sequence[Any], Path], Any]

    def seconds(self, source: Path, answers: Path, rows: int) -> float:
        """The least seconds of work in which the cases can be read and the answers, so many rows, written."""
        known = [*self.read(answers)]
        assert sum(map(len, known)) == rows
        best = float("inf")
        for _ in range(3):
            start = process_time()
            for _each in self.read(source):
                pass
            self.write(known, answers.with_stem("alone"))
            best = min(best, process_time() - start)
        return best


_ALONE: dict[str, dict[str, _Way]] = {
    "parquet": {
        "whole": _Way(lambda file: [pq.read_table(file)], lambda known, file: pq.write_table(known[0], file)),
        "piece by piece": _Way(_in_groups, _into_groups),
    },
    "csv": {
        "whole": _Way(
            lambda file: [pyarrow.csv.read_csv(file)],
            lambda known, file: pyarrow.csv.write_csv(known[0], file),
        )
    },
    "jsonl": {"whole": _Way(_of_lines, _into_lines)},
}


@pytest.mark.parametrize("columns", [CHOSEN, None], ids=["chosen columns", "whole records"])
@pytest.mark.parametrize("unknown", [0.0, 0.1], ids=["all known", "a tenth unknown"])
@pytest.mark.parametrize("form", _ALONE)
def test_file_to_file_beside_reading_and_writing_alone(
    form: str, unknown: float, columns: str | None, tmp_path: Path
) -> None:
    rows = command.MOST_ROWS if columns else min(command.MOST_ROWS, 20_000)
    source = claims.written(tmp_path / f"claims.{form}", claims.batches(rows, unknown=unknown))
    few = claims.written(tmp_path / f"few.{form}", claims.batches(2_000, unknown=unknown))
    target, options = tmp_path / f"answers.{form}", (["--columns", columns] if columns else [])
    command.evaluate(few, target, *options)  # the workbooks are compiled once
    started = command.evaluate(few, target, *options)
    one, two = (command.evaluate(source, target, *options, cores=cores) for cores in (1, 2))
    ours = one.processor - started.processor
    held = "chosen columns" if columns else "whole records"
    alone = {name: way.seconds(source, target, rows) for name, way in _ALONE[form].items()}
    beside = ", ".join(
        f"{name} {seconds:.2f} s (ours {ours / seconds:.2f})" for name, seconds in alone.items()
    )
    print(
        f"\n{form}, {rows:,} rows, {held}, {unknown:.0%} unknown: "
        f"{one.seconds:.2f} s on one core ({rows / one.seconds:,.0f}/s), {two.seconds:.2f} s on two "
        f"({rows / two.seconds:,.0f}/s), {started.seconds:.2f} s of it for the start and 2,000 rows; "
        f"of work {ours:.2f} s without these, reading and writing alone {beside}"
    )
