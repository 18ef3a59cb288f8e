"""The conversation between the open page and the engine: named requests in JSON, answers in JSON.

The page's script sends `ask(name, payload)`; the engine's worker hands it to `answer` and sends back what
that returns. What people see is rendered here, as HTML text, so that there is one renderer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from dmn_dli.page.live.answers import answers
from dmn_dli.page.live.forms import example, new_form
from dmn_dli.page.live.payers import Answer, Payers, Payload
from dmn_dli.page.live.questions import next_question
from dmn_dli.page.live.session import Session
from dmn_dli.page.live.take_along import determination_summary, take_along
from dmn_dli.page.live.why import reasons


def answer(session: Session, name: str, payload: str) -> str:
    """The answer to a request, both as JSON. Raises KeyError for a name that nobody knows."""
    return json.dumps(_answering(name)(session, json.loads(payload)), ensure_ascii=False)


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
