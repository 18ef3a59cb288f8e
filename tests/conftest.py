"""No test touches the user's cache of artefacts, and none fails because the machine is slow."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import browser  # noqa: F401 - a fixture

# On a busy machine drawing takes as long as it takes; in a pipeline the same examples are tried each time.
settings.register_profile(
    "steady",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("steady")

# Tests and the program, which they start many times over, are compiled once, whatever the shell says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# What somebody asks of these tests is not asked of those that they start.
os.environ.pop("PYTEST_ADDOPTS", None)


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Artefacts go to a folder that lasts as long as the tests run, one for all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DMN_DLI_CACHE", str(shared / "artefacts"))
        yield


def pytest_collection_finish() -> None:
    """What is imported by now stays: it is not looked through for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
