"""What holds of a job of Spark on one machine and on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from dmn_dli.evaluate.record_fields import COLUMNS
from dmn_dli.spark import job
from dmn_dli.spark.evaluator import SparkEvaluator, spark_evaluator
from dmn_dli.spark.job import Answered, answer
from tests.spark.kit import FILES, SERIES, read, single_cases, some_cases, write_files

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def no_row_is_lost_or_doubled(session: SparkSession, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of some partitions one has most rows; one task fails, the process of another is killed."""
    given, target, marks = folder / "in", folder / "out", folder / "marks"
    given.mkdir()
    marks.mkdir()
    monkeypatch.setattr(
        job, "spark_evaluator", lambda *args, **kept: troubled(spark_evaluator(*args, **kept), str(marks))
    )
    cases = some_cases(2)
    write_files(cases, given)
    assert session.read.parquet(str(given)).rdd.getNumPartitions() == len(FILES)
    found = answer(session, str(given), str(target), SERIES, COLUMNS)
    assert {each.name for each in marks.iterdir()} == {"failed", "killed"}
    told = read(target)
    assert told == single_cases(cases)
    errors = sum(count for row, count in told.items() if dict(row)["error.kind"] is not None)
    assert errors
    assert found == Answered(sum(told.values()), errors)


def troubled(evaluator: SparkEvaluator, marks: str) -> SparkEvaluator:
    """The evaluator, but for two tasks at their first attempt, after they have given some answers."""

    class Troubled(SparkEvaluator):
        """Made in here, so that workers are sent it whole: they know nothing of tests."""

        def __call__(self, batches: Any) -> Iterator[Any]:
            import os
            import signal
            from contextlib import suppress
            from itertools import islice

            from pyspark import TaskContext

            task: Any = TaskContext.get()
            answers = SparkEvaluator.__call__(self, batches)
            yield from islice(answers, 2)
            for trouble in ("failed", "killed") if task.attemptNumber() == 0 else ():
                with suppress(FileExistsError):
                    os.close(os.open(os.path.join(marks, trouble), os.O_CREAT | os.O_EXCL))  # noqa: PTH118
                    if trouble == "killed":
                        os.kill(os.getpid(), signal.SIGKILL)
                    raise OSError("a disk is full")
            yield from answers

    return Troubled(*attrs.astuple(evaluator, recurse=False))
