"""What tests of the page share."""

from __future__ import annotations

import pytest

from dmn_dli.page.live.session import Session
from dmn_dli.store.folder import bundled_tables


@pytest.fixture(scope="session")
def session() -> Session:
    """A session of the bundled tables; who makes it use others makes it go back."""
    return Session(bundled_tables())
