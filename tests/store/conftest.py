"""A workbook and a cache of artefacts of a test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.broken import WITH_FACTS
from tests.excel.build import GOOD_NAME, make_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "tables" / GOOD_NAME
    path.parent.mkdir()
    path.write_bytes(make_workbook(WITH_FACTS))
    return path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("DMN_DLI_CACHE", str(folder))
    return folder
