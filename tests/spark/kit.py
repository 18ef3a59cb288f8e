"""Cases of the five payers as Parquet files of uneven size, and what single cases are told of them."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dmn_dli.cases.asking import ask, payers_of
from dmn_dli.cases.files import given_case
from dmn_dli.evaluate.record_fields import COLUMNS, LISTED, text_of, texts_of
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.runtime.input_error import InputError
from tests import payers

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

KERNELS = [payers.kernel(name) for name in payers.WORKBOOKS]
SERIES = {
    payer: KernelSeries(payer, [each for each in KERNELS if each.payer == payer])
    for payer in sorted({each.payer for each in KERNELS})
}

FILES = (90, 4, 1, 0, 12)
"""How many cases each file holds: one has most of them, one none."""

Row = tuple[tuple[str, Any], ...]
"""A row of answers: columns with their values."""


def some_cases(seed: int) -> list[dict[str, Any]]:
    """Cases with facts unknown, and with values that no fact has; some name their payers."""
    chance = random.Random(seed)
    facts = next(iter(SERIES.values())).facts.values()
    values: dict[str, Sequence[Any]] = {
        each.name: ("2026-06-01", "2019-01-01")
        if each.type == "date"
        else (Decimal("0.00"), Decimal("2.50"), Decimal("200.00"))
        if each.slots
        else each.values
        for each in facts
    }
    found = []
    for position in range(sum(FILES)):
        case: dict[str, Any] = {"case_id": f"c{position}"}
        for name, each in values.items():
            if name == "transplant_type" and position % 10 == 3:
                case[name] = "no such type"
            elif each and chance.random() < 0.8:
                case[name] = chance.choice(each)
        if position % 10 == 4:
            case["payer"] = chance.choice((["molina"], ["molina", "cigna"]))
        found.append(case)
    return found


def write_files(cases: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """The cases as Parquet files, of as many rows each as FILES has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist(list(cases), schema(cases))
    start = 0
    for number, rows in enumerate(FILES):
        pq.write_table(table.slice(start, rows), folder / f"{number}.parquet")
        start += rows


def schema(cases: Sequence[Mapping[str, Any]]) -> Any:
    import pyarrow as pa

    names = dict.fromkeys(["case_id", "payer", *[name for case in cases for name in case]])
    kinds = {
        name: next((_kind(pa, case[name]) for case in cases if case.get(name) is not None), pa.string())
        for name in names
    }
    return pa.schema(list(kinds.items()))


def _kind(pa: Any, value: Any) -> Any:
    if isinstance(value, list):
        return pa.list_(pa.string())
    if isinstance(value, bool):
        return pa.bool_()
    return pa.decimal128(8, 2) if isinstance(value, Decimal) else pa.string()


def single_cases(
    cases: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS, asked: Sequence[str] | None = None
) -> Counter[Row]:
    """What single cases are told, a row for each case and payer."""
    found: Counter[Row] = Counter()
    for position, each in enumerate(cases, 1):
        case = given_case(each, position)
        for payer in payers_of(case, asked, SERIES):
            record = ask(case, payer, SERIES)
            found[tuple((column, _value(record, column)) for column in columns)] += 1
    return found


def _value(record: Mapping[str, Any], column: str) -> Any:
    value: Any = record
    for key in column.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    if value is None or column == "format_version":
        return value
    return tuple(texts_of(column, value)) if column in LISTED else text_of(column, value)


def rows(table: Any) -> Counter[Row]:
    """The rows of an Arrow table or record batch."""
    return Counter(
        tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in row.items())
        for row in table.to_pylist()
    )


def read(folder: Path) -> Counter[Row]:
    """The rows of a folder that Spark has written; what it has not finished counts as nothing."""
    import pyarrow.parquet as pq

    assert (folder / "_SUCCESS").is_file()
    return rows(pq.read_table(folder))


@contextmanager
def spark(master: str, folder: Path) -> Iterator[SparkSession]:
    """A session with small partitions and batches; without one the test is skipped, under CI=true fails.

    folder: where it keeps its tables.
    """
    from dmn_dli.spark.session import need_spark, new_session

    try:
        need_spark()
    except InputError as error:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(str(error))
    import pyspark

    settings = {
        "spark.master": master,
        "spark.ui.enabled": "false",
        "spark.sql.files.maxPartitionBytes": "4m",  # each file is a partition
        "spark.sql.execution.arrow.maxRecordsPerBatch": "16",
        "spark.sql.warehouse.dir": (folder / "tables").as_uri(),
    }
    arguments = " ".join(f"--conf {name}={value}" for name, value in settings.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(Path(pyspark.__file__).parent))
        patch.setenv("PYSPARK_SUBMIT_ARGS", f"{arguments} pyspark-shell")
        patch.delenv("PYSPARK_PYTHON", raising=False)
        session = new_session()
        yield session
        session.stop()
