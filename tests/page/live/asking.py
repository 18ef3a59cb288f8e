"""What the tests of the page's answers share: a session over the payers' tables, and how it is asked."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from dmn_dli.page.live.session import Session

TABLES = Path(__file__).parents[3] / "tables"


@cache
def session() -> Session:
    """The session of the payers' tables."""
    return Session(TABLES)


def asked(name: str, using: Session | None = None, **payload: Any) -> Any:
    """The answer to a request, as the page's scripts get it."""
    return json.loads((using or session()).answer(name, json.dumps(payload)))
