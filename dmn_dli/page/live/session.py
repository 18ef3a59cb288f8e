"""The conversation between the open page and the engine: named requests in JSON, answers in JSON.

The page's script sends `ask(name, payload)`; the engine's worker hands it to `Session.answer` and sends
back what that returns. What people see is rendered here, as HTML text, so that there is one renderer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.page.live.answers import answers
from dmn_dli.page.live.forms import example, new_form
from dmn_dli.page.live.payers import Answer, Payers, Payload
from dmn_dli.page.live.questions import next_question
from dmn_dli.page.live.take_along import determination_summary, take_along
from dmn_dli.page.live.why import reasons
from dmn_dli.store.load import group, load_series, load_version

if TYPE_CHECKING:
    from dmn_dli.diff.edition import Edition
    from dmn_dli.page.live.workbooks import Checked, Looking


class Session:
    """What the engine keeps between requests: the tables' folder and the payers' series.

    home: the page's own tables; others are used in their place when people use workbooks of their own.
    looking: the files that were dropped last, while they are looked at. checked: those that were looked at
    last, with what was found in them.
    """

    def __init__(self, tables: Path) -> None:
        """Load the policies of a folder."""
        self.home = tables
        self.looking: Looking | None = None
        self.checked: Checked | None = None
        self.use(tables)

    def use(self, tables: Path, named: Sequence[Path] = ()) -> None:
        """Answer from another folder from now on. Raises InputError, after which the old one stands.

        named: its workbooks that are meant, drafts among them; without them all that are in force.
        """
        self.series: dict[str, KernelSeries] = (
            group(load_version(path) for path in named) if named else load_series(tables)
        )
        self.payers = Payers(self.series)

    @cached_property
    def own_editions(self) -> tuple[Edition, ...]:
        """The page's own workbooks, to compare others with."""
        from dmn_dli.page.live.workbooks import own_editions

        return own_editions(self.home)

    def answer(self, name: str, payload: str) -> str:
        """The answer to a request, both as JSON. Raises KeyError for a name that nobody knows."""
        return json.dumps(_answering(name)(self, json.loads(payload)), ensure_ascii=False)


def _payers(session: Session, _payload: Payload) -> Answer:
    return {"payers": list(session.series)}


def _to_payers(answer: Callable[[Payers, Payload], Answer]) -> Callable[[Session, Payload], Answer]:
    """A request that is put to the payers in use."""
    return lambda session, payload: answer(session.payers, payload)


REQUESTS: Mapping[str, Callable[[Session, Payload], Answer]] = {
    "payers": _payers,
    "form": _to_payers(new_form),
    "example": _to_payers(example),
    "answers": _to_payers(answers),
    "why": _to_payers(reasons),
    "summary": _to_payers(determination_summary),
    "take": _to_payers(take_along),
    "question": _to_payers(next_question),
}
"""Each request's name, and what answers it; what is asked about dropped workbooks stands with these."""


def _answering(name: str) -> Callable[[Session, Payload], Answer]:
    if name in REQUESTS:
        return REQUESTS[name]
    # Whoever answers cases reads no workbook, and what reads them would make every start longer.
    from dmn_dli.page.live import workbooks

    return workbooks.REQUESTS[name]
