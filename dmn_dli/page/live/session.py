"""The conversation between the open page and the engine: named requests in JSON, answers in JSON.

The page's script sends `ask(name, payload)`; the engine's worker hands it to `Session.answer` and sends
back what that returns. What people see is rendered here, as HTML text, so that there is one renderer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from dmn_dli.diff.edition import Edition
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.page.live import workbooks
from dmn_dli.page.live.workbooks import Checked
from dmn_dli.store.load import group, load_series, load_version

Payload: TypeAlias = Mapping[str, Any]
Answer: TypeAlias = dict[str, Any]


class Session:
    """What the engine keeps between requests: the tables' folder and the payers' series.

    tables: replaced as a whole when people use workbooks of their own; home: the page's own.
    checked: the files that were dropped last, with what was found in them.
    """

    def __init__(self, tables: Path) -> None:
        """Load the policies of a folder."""
        self.home = tables
        self.checked: Checked | None = None
        self.use(tables)

    def use(self, tables: Path, named: Sequence[Path] = ()) -> None:
        """Answer from another folder from now on. Raises InputError, after which the old one stands.

        named: its workbooks that are meant, drafts among them; without them all that are in force.
        """
        self.series: dict[str, KernelSeries] = (
            group(load_version(path) for path in named) if named else load_series(tables)
        )
        self.tables = tables

    @cached_property
    def own_editions(self) -> tuple[Edition, ...]:
        """The page's own workbooks, to compare others with."""
        return workbooks.own_editions(self.home)

    def answer(self, name: str, payload: str) -> str:
        """The answer to a request, both as JSON. Raises KeyError for a name that nobody knows."""
        return json.dumps(REQUESTS[name](self, json.loads(payload)), ensure_ascii=False)


def _payers(session: Session, _payload: Payload) -> Answer:
    return {"payers": list(session.series)}


REQUESTS: Mapping[str, Callable[[Session, Payload], Answer]] = {"payers": _payers, **workbooks.REQUESTS}
"""Each request's name, and what answers it."""
