"""The standard's own suite, which lies beside the checkout in `../shared/tck`, unmodified."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "tck"


def suite() -> Path:
    """The suite's folder; skips the test where there is none, and fails it under CI=true."""
    if not (FOLDER / "compliance-level-2").is_dir():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("the suite of DMN is not beside the checkout, as ../shared/tck")
    return FOLDER
