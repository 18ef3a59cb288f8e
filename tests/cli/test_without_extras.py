"""What needs a package that only an extra brings says so, with the remedy, and changes nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.program import ROOT, invoke

_MODEL = ROOT / "tests" / "cli" / "golden" / "evaluate" / "model" / "loans.dmn"


@pytest.mark.parametrize(
    "line",
    [
        "evaluate cases.json --tables loans.dmn",
        "explain cases.json --tables loans.dmn",
        "check loans.dmn",
        "diff loans.dmn other.dmn",
        "import loans.dmn --output made",
        "export tables --output made",
        "tck .",
    ],
)
def test_without_lxml_what_reads_or_writes_dmn_names_the_extra(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copyfile(_MODEL, tmp_path / "loans.dmn")
    (tmp_path / "other.dmn").write_bytes(_MODEL.read_bytes() + b"\n")
    (tmp_path / "tables").symlink_to(ROOT / "tables")
    (tmp_path / "cases.json").write_text("{}", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    monkeypatch.chdir(tmp_path)
    for module in [name for name in sys.modules if name.partition(".")[0] == "lxml"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "lxml", None)
    result = invoke(*line.split())
    assert result.exit_code == 2
    assert 'DMN needs a further package: pip install "dmn-dli[dmn]"' in result.stderr
    assert result.stdout == ""
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("missing", ["numpy", "pyarrow"])
def test_without_the_extra_batch_a_parquet_file_names_it_and_all_else_is_written(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables").symlink_to(ROOT / "tables")
    (tmp_path / "cases.json").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, missing, None)
    before = sorted(tmp_path.iterdir())
    result = invoke(*["evaluate", "cases.json", "--format", "parquet", "--output", "out.parquet"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert '--format parquet needs a further package: pip install "dmn-dli[batch]"' in result.stderr
    assert sorted(tmp_path.iterdir()) == before
    chosen = ("--columns", "case_id,rule")
    for options in (("csv", *chosen), ("jsonl", *chosen), ("json", *chosen), ("json", "--summary")):
        assert invoke("evaluate", "cases.json", "--format", *options).exit_code == 0
