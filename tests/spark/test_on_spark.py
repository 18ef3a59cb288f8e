"""Spark on this machine: two cores, real partitions, tasks that fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

import dmn_dli
from dmn_dli.evaluate.record_fields import COLUMNS
from dmn_dli.runtime.input_error import InputError
from dmn_dli.spark.job import answer
from tests.cli.program import ROOT, invoke
from tests.docs.pages import blocks
from tests.spark import checks
from tests.spark.kit import SERIES, read, rows, single_cases, some_cases, spark, write_files

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CASES = some_cases(3)[85:]
TABLES = ROOT / "tables"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    with spark("local[2,3]", tmp_path_factory.mktemp("spark")) as found:
        yield found


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    write_files(CASES, folder)
    return folder


def test_no_row_is_lost_or_doubled(
    session: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks.no_row_is_lost_or_doubled(session, tmp_path, monkeypatch)


def test_a_data_frame_is_answered_with_what_is_kept_of_it(session: SparkSession, given: Path) -> None:
    from pyspark.sql import functions as f

    frame = session.read.parquet(str(given)).withColumn("amount", f.lit(2.5).cast("decimal(9,2)"))
    columns = ["case_id", "payer", "determination", "missing_facts"]
    evaluator = dmn_dli.spark_evaluator(
        dmn_dli.load(TABLES), columns, payers=["Molina"], keep=["amount"], session=session
    )
    found = evaluator.evaluate(frame)
    assert dict(found.dtypes)["missing_facts"] == "array<string>"
    assert found.dtypes[0] == ("amount", "decimal(9,2)")
    assert rows(found.drop("amount").toArrow()) == single_cases(CASES, columns, ["molina"])


def test_the_programs_on_the_page_run(
    session: SparkSession, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.sql import functions as f

    monkeypatch.chdir(ROOT)
    session.read.parquet(str(given)).withColumn("paid", f.lit(1)).createOrReplaceTempView("claims")
    program, _ = blocks(ROOT / "docs" / "spark.md", "python")
    names = {"spark": session}
    exec(program.text, names)  # noqa: S102 - the page's own example
    assert names["answers"].columns[:3] == ["paid", "case_id", "payer"]
    assert names["answers"].count() == sum(single_cases(CASES, ["case_id"]).values())


def test_what_cannot_be_read_or_written_is_told_in_words(
    session: SparkSession, given: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    there = tmp_path / "there"
    there.mkdir()
    wrong = {
        (str(given), str(there)): "exists already, and nothing is written over",
        (str(tmp_path / "none"), str(tmp_path / "out")): "Path does not exist",
        (str(tmp_path / "empty"), str(tmp_path / "out")): "it holds no Parquet file",
        ("table:claims.of_2019", str(tmp_path / "out")): "cannot be found",
        (str(given), str(given / "0.parquet" / "out")): "Spark has stopped",
    }
    for (source, target), message in wrong.items():
        with pytest.raises(InputError, match=message):
            answer(session, source, target, SERIES, COLUMNS)
    assert not (tmp_path / "out").exists()
    assert [*there.iterdir()] == []


def test_a_table_is_answered_into_a_table(session: SparkSession, given: Path) -> None:
    session.read.parquet(str(given)).createOrReplaceTempView("claims")
    columns = ["case_id", "payer", "rule"]
    answer(session, "table:claims", "table:answers", SERIES, columns, ["cigna"])
    try:
        assert session.table("answers").count() == len(CASES)
        with pytest.raises(InputError, match="already exists"):
            answer(session, "table:claims", "table:answers", SERIES, columns)
    finally:
        session.sql("DROP TABLE answers")


def test_a_fact_that_some_files_alone_have_is_read(session: SparkSession, tmp_path: Path) -> None:
    given = tmp_path / "in"
    for number, each in enumerate([{"case_id": "a"}, {"case_id": "b", "service": "other"}]):
        (given / f"_part={number}").mkdir(parents=True)
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist([each]), given / f"_part={number}" / "x.parquet")
    answer(session, str(given), str(tmp_path / "out"), SERIES, ["case_id", "determination"], ["molina"])
    assert {row[1][1] for row in read(tmp_path / "out")} == {"needs information", "not addressed"}


@pytest.mark.usefixtures("session")
def test_the_command_answers_says_how_many_are_errors_and_ends_with_2(given: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    arguments = ["--engine", "spark", str(given), str(target), "--tables", str(TABLES), "--payer", "molina"]
    result = invoke("evaluate", *arguments)
    assert result.exit_code == 2
    told = read(target)
    assert told == single_cases(CASES, COLUMNS, ["molina"])
    errors = sum(dict(row)["error.kind"] is not None for row in told)
    assert f"has {len(CASES)} rows, of which {errors} are errors: see error.kind" in result.stderr
