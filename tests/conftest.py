"""No test touches the user's cache of artefacts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Artefacts go to a folder that lasts as long as the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DMN_DLI_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
