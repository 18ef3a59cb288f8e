"""A working directory with tables of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.tables import write_tables


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def with_tables(here: Path) -> Path:
    """A working directory with the folder `tables` of two payers."""
    write_tables(here / "tables")
    return here
