"""`evaluate --engine spark`: what is refused in words, with the remedy, before Spark is started."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.program import invoke

pytest.importorskip("pyarrow", reason="Spark's batches need pyarrow")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("in", "two places are expected, IN and OUT; 1 is named"),
        ("in out more", "two places are expected, IN and OUT; 3 are named"),
        ("in.csv out", '"in.csv" ends in ".csv"; with Spark cases and answers are Parquet or a table'),
        ("in out.jsonl", '"out.jsonl" ends in ".jsonl"'),
        ("in out --format csv", "--format has no meaning with --engine spark"),
        ("in out --output x", "--output has no meaning with --engine spark"),
        ("in out --audit x", "--audit has no meaning with --engine spark"),
        ("in out --fail-on investigational", "--fail-on has no meaning with --engine spark"),
        ("in out --decision Final", "--decision has no meaning with --engine spark"),
        ("in out --summary", "--summary has no meaning with --engine spark"),
        ("in out --columns case_id,determinatoin", 'Did you mean "determination"?'),
        ("in out --payer nobody", 'There is no payer "nobody"'),
    ],
)
def test_what_has_no_meaning_there_is_refused(
    line: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dmn_dli.spark.session.need_spark", lambda: None)
    result = invoke("evaluate", "--engine", "spark", *line.split())
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("package", ["pyspark", "pandas", "pyarrow"])
def test_a_package_that_is_missing_is_named_with_the_extra(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyspark", "pandas"):
        monkeypatch.setitem(sys.modules, name, sys)
    monkeypatch.setitem(sys.modules, package, None)
    result = invoke("evaluate", "--engine", "spark", "in", "out")
    assert result.exit_code == 2
    assert f'pip install "dmn-dli[spark]" ({package} is missing)' in result.stderr


def test_without_java_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyspark", "pandas"):
        monkeypatch.setitem(sys.modules, name, sys)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    result = invoke("evaluate", "--engine", "spark", "in", "out")
    assert result.exit_code == 2
    assert "apt-get install default-jre-headless" in result.stderr
