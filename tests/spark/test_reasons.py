"""Why a job has stopped is one line, out of what two languages say of it."""

from __future__ import annotations

import pytest

from dmn_dli.spark.reasons import reason_of_spark, reason_of_worker

ABORTED = """An error occurred while calling o199.parquet.
: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 3.0 failed 3 times, \
most recent failure: Lost task 0.2 in stage 3.0 (TID 5) (192.0.2.2 executor driver): \
org.apache.spark.SparkException: Exception thrown in awaitResult:
\tat org.apache.spark.util.SparkThreadUtils$.awaitResult(SparkThreadUtils.scala:53)
Caused by: org.apache.spark.SparkException: Could not read footer for file: in/a.csv.
\t... 19 more
Caused by: java.lang.RuntimeException: file:/in/a.csv is not a Parquet file. Expected magic number at tail
\tat org.apache.parquet.hadoop.ParquetFileReader.readFooter(ParquetFileReader.java:568)
"""

MISSING = """
[TABLE_OR_VIEW_NOT_FOUND] The table or view `claims` cannot be found. Verify the spelling. SQLSTATE: 42P01
'UnresolvedRelation [claims], [], false
"""

WORKER = """
  An exception was thrown from the Python worker. Please see the stack trace below.
Traceback (most recent call last):
  File "worker.py", line 1, in main
{}
"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ABORTED, "file:/in/a.csv is not a Parquet file. Expected magic number at tail"),
        (MISSING, "The table or view `claims` cannot be found. Verify the spelling"),
        ("java.net.UnknownHostException: nowhere", "UnknownHostException: nowhere"),
        (
            "[PATH_NOT_FOUND] Path does not exist: file:/none. SQLSTATE: 42K03",
            "Path does not exist: file:/none",
        ),
        ("", "it does not say why"),
    ],
)
def test_the_innermost_cause_is_told_without_its_call_stack(text: str, reason: str) -> None:
    assert reason_of_spark(text) == reason


def test_what_workers_lack_is_told_and_a_defect_of_ours_stays_one() -> None:
    own = WORKER.format("dmn_dli.runtime.input_error.InputError: The policies were sent by another version.")
    assert reason_of_worker(own) == "The policies were sent by another version."
    lacking = reason_of_worker(WORKER.format("ModuleNotFoundError: No module named 'dmn_dli'"))
    assert lacking is not None
    assert '"dmn_dli"' in lacking
    assert reason_of_worker(WORKER.format("IndexError: list index out of range")) is None
