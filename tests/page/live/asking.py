"""What the tests of the page's answers share: a session over the payers' tables, and how it is asked."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from dmn_dli.page.live.requests import answer
from dmn_dli.page.live.session import Session
from dmn_dli.store.folder import bundled_tables

TABLES = bundled_tables()


@cache
def session() -> Session:
    """The session of the payers' tables."""
    return Session(TABLES)


def asked(name: str, using: Session | None = None, **payload: Any) -> Any:
    """The answer to a request, as the page's scripts get it."""
    return json.loads(answer(using or session(), name, json.dumps(payload)))
