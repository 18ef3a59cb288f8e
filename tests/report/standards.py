"""The official schemas, which lie beside the checkout in `../shared/schemas`, unmodified."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "schemas"


def official(name: str) -> Path:
    """The schema of that name; skips the test where there is none, and fails it under CI=true."""
    path = _FOLDER / name
    if not path.is_file():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"the official schema {name} is not beside the checkout")
    return path
