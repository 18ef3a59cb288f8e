"""Spark with a master and workers of its own: two processes of Java, and Python below each."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="batches need the extra batch: numpy and pyarrow")

from tests.spark import checks
from tests.spark.kit import spark


@pytest.mark.slow
def test_no_row_is_lost_or_doubled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with spark("local-cluster[2,1,1024]", tmp_path) as session:
        checks.no_row_is_lost_or_doubled(session, tmp_path, monkeypatch)
