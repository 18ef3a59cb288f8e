"""What the engine's worker calls: the session behind a door through which text goes in and comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from dmn_dli.page.live import requests
from dmn_dli.page.live.session import Session
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.plain import visible


def opened(tables: str) -> Callable[[str, str], str]:
    """A session of some tables, as a function of a request's name and its payload in JSON.

    What it gives is JSON too: `{"answer": …}`, or `{"problem": …}` in words where the input cannot be used.
    Raises InputError where the tables cannot be.
    """
    session = Session(Path(tables))

    def answer(name: str, payload: str) -> str:
        try:
            return f'{{"answer": {requests.answer(session, name, payload)}}}'
        except InputError as error:
            return json.dumps({"problem": visible(str(error), "\n")})

    return answer
