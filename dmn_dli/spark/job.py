"""A folder of Parquet or a table of cases answered by Spark, into a new folder or table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from attrs import frozen

from dmn_dli.cases.entries import CasesFileError
from dmn_dli.cases.files import FORMATS
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.errors import CaseError
from dmn_dli.runtime.input_error import InputError
from dmn_dli.spark.evaluator import SparkEvaluator, spark_evaluator
from dmn_dli.spark.reasons import reason_of_spark, reason_of_worker

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TABLE = "table:"
"""Begins what names a table of Spark's catalogue; else it is a path, or the address of a folder."""

_WRONG = "error.kind"

_NO_FILE = "UNABLE_TO_INFER_SCHEMA"
"""How Spark calls a folder without a file that it would read."""


@frozen
class Answered:
    """What a job has written: how many rows, and how many of them are errors."""

    rows: int
    errors: int


def answer(
    session: SparkSession,
    given: str,
    target: str,
    series: Mapping[str, KernelSeries],
    columns: Sequence[str],
    payers: Sequence[str] | None = None,
) -> Answered:
    """Write a row for each case and payer, all or none; the target must not exist.

    given, target: a folder of Parquet files, or `table:` and a table's name. columns: as of
    `dmn_dli.spark_evaluator`. Raises InputError for what cannot be read, answered or written.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException, PythonException
    from pyspark.sql import Observation
    from pyspark.sql import functions as f

    check_places(given, target)
    # Whether a row is an error is always worked out, chosen or not, so that errors are counted.
    evaluator = spark_evaluator(series, dict.fromkeys((*columns, _WRONG)), payers, session=session)
    counts = Observation("rows")
    wrong = f.count(f.col(f"`{_WRONG}`"))
    cases = _cases(session, given)
    _check_columns(evaluator, cases.columns, given)
    try:
        answers = evaluator.evaluate(cases).observe(
            counts, f.count(f.lit(1)).alias("rows"), wrong.alias("errors")
        )
        _write(session, answers.select([f"`{name}`" for name in columns]), target)
    except PythonException as error:
        reason = reason_of_worker(str(error))
        if reason is None:
            raise
        raise InputError(reason) from error
    except (PySparkException, Py4JJavaError) as error:
        reason = reason_of_worker(str(error)) or reason_of_spark(str(error))
        raise InputError(f"Spark has stopped: {reason}. Nothing is written.") from error
    found = counts.get
    return Answered(found["rows"], found["errors"])


def check_places(given: str, target: str) -> None:
    """Raise InputError for what can be told of the two places before Spark looks at them."""
    for place in (given, target):
        ending = PurePath(place).suffix.lower()
        if not place.startswith(TABLE) and ending in FORMATS and ending != ".parquet":
            raise InputError(
                f'"{place}" ends in "{ending}"; with Spark cases and answers are Parquet or a table, since '
                "it has rules of its own for other files. Evaluate without --engine spark, or make Parquet "
                "of it."
            )


def _check_columns(evaluator: SparkEvaluator, names: Sequence[str], given: str) -> None:
    """Raise InputError where cases may not have these columns."""
    try:
        evaluator.check(names)
    except CaseError as error:
        strange = " ".join(each["reason"] for each in error.problems)
        raise InputError(
            f'"{given}" has columns that are no facts. {strange} Begin the names of others with _, '
            "or give a view without them."
        ) from error
    except CasesFileError as error:
        raise InputError(f'"{given}" cannot be used. {error}') from error
    except KeyError as error:
        raise InputError(
            f'"{given}" has no column {error.args[0]}, by which answers are told apart: in Spark a row has '
            "no position that could stand for it."
        ) from error


def _cases(session: SparkSession, given: str) -> DataFrame:
    """The cases. Raises InputError where they cannot be read."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        if given.startswith(TABLE):
            return session.table(given.removeprefix(TABLE))
        # Else a fact that some files alone have would be left out, as if nobody knew it.
        return session.read.option("mergeSchema", "true").parquet(given)
    except (PySparkException, Py4JJavaError) as error:
        reason = "it holds no Parquet file" if _NO_FILE in str(error) else reason_of_spark(str(error))
        raise InputError(f'"{given}" cannot be read by Spark, as Parquet or as a table: {reason}.') from error


def _write(session: SparkSession, answers: DataFrame, target: str) -> None:
    """Write the answers; what a job has begun that does not end is taken away."""
    writer = answers.write.mode("error").format("parquet")
    if target.startswith(TABLE):
        writer.saveAsTable(target.removeprefix(TABLE))
        return
    # Spark's own door to folders, of whatever file system the address is.
    java: Any = session.sparkContext._jvm
    path = java.org.apache.hadoop.fs.Path(target)
    files = path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())
    if files.exists(path):
        raise InputError(f'"{target}" exists already, and nothing is written over; name another folder.')
    whole = False
    try:
        writer.save(target)
        whole = True
    finally:
        if not whole:
            files.delete(path, True)  # noqa: FBT003 - Java takes no names
