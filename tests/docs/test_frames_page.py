"""Each example on the page on frames runs, and says what single cases are told."""

from __future__ import annotations

from pathlib import Path

import pytest

import dmn_dli
from tests.docs.pages import ROOT, blocks

pytest.importorskip("pyarrow", reason="frames need the extra batch: numpy and pyarrow")

import pyarrow as pa
import pyarrow.parquet as pq

PAGE = ROOT / "docs" / "frames.md"


@pytest.mark.parametrize("kind", ["pandas", "polars", "duckdb", "pyarrow"])
def test_the_example_answers_as_single_cases_are_answered(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(kind, reason=f"the example is one of {kind}")
    (tmp_path / "tables").symlink_to(ROOT / "tables")
    monkeypatch.chdir(tmp_path)
    services = ["donor lymphocyte infusion", None]
    pq.write_table(pa.table({"case_id": ["a", "b"], "service": services}), "claims.parquet")
    (example,) = [each for each in blocks(PAGE, "python") if f"import dmn_dli, {kind}" in each.text]
    printed: list[object] = []
    exec(example.text, {"print": printed.append})  # noqa: S102 - the page's own example
    series = dmn_dli.load("tables")["molina"]
    said = [series.evaluate({"service": each} if each else {}) for each in services]
    wanted = [each.determination for each in said]
    (shown,) = printed
    if kind == "duckdb":
        assert shown.fetchall() == [(wanted[0], 2)]  # type: ignore[attr-defined]
        return
    rows = shown if isinstance(shown, list) else pa.table(shown).to_pylist()
    assert [row["determination"] for row in rows] == wanted
    assert [row["missing_facts"] for row in rows] == [[*each.missing_facts] for each in said]
