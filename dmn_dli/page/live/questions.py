"""The interview on the page: the very questions of `dmn-dli explain --ask`, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from dmn_dli.cases.asking import read_facts
from dmn_dli.explain.explainer import Explainer
from dmn_dli.explain.explanation import Question
from dmn_dli.explain.interview import UNKNOWN, Answers, accepted, interview
from dmn_dli.page.case_code import NULL, entered
from dmn_dli.page.html import Child, Element, fragment, h
from dmn_dli.page.live.answers import Quick, quick
from dmn_dli.page.live.payers import Answer, Payers, Payload
from dmn_dli.report import explanation_words as words
from dmn_dli.report.layout import many
from dmn_dli.report.text import CLOSING
from dmn_dli.runtime.criterion import UNKNOWN as OPEN
from dmn_dli.runtime.errors import CaseError, EvaluationError
from dmn_dli.runtime.facts import NotAValue
from dmn_dli.runtime.plain import visible

DONE = "Nothing more need be asked: all is settled as far as it can be known."


@frozen
class Put:
    """A question that is put: by which payer, its policy's explainer, and what is known by then."""

    question: Question
    payer: str
    explainer: Explainer
    facts: Mapping[str, Any]


def next_question(payers: Payers, payload: Payload) -> Answer:
    """The next question of the interview, or that there is none.

    payload: `facts` before the interview; `answered`, the answers so far in their order, "?" where a person
    does not know; `answer`, where one is given to the question that comes next. Gives the question's fact
    and, where an answer was given, what is to be entered for it, or what is wrong with it.
    """
    answered = dict(payload.get("answered") or {})
    before = _next(payers, payload, answered)
    text = payload.get("answer")
    if text is None or before is None:
        return {**_shown(payers, payload, answered, before), "answered": answered}
    try:
        answer = accepted(text, before.question, before.explainer, before.facts)
    except NotAValue as reason:
        return _refused(before, f"{reason}. {words.expected(before.question)}")
    except CaseError as error:
        return _refused(before, error.message)
    answered[before.question.fact] = UNKNOWN if answer.unknown else entered(answer.value)
    following = _next(payers, payload, answered)
    return {**_shown(payers, payload, answered, following), "answered": answered}


def _refused(put: Put, reason: str) -> Answer:
    return {"fact": put.question.fact, "error": visible(reason)}


def _next(payers: Payers, payload: Payload, answered: Mapping[str, str]) -> Put | None:
    """The first question that is not answered yet, the payers being asked one after the other."""
    found: list[Put] = []
    for payer in payers.asked(payload):
        given = _Answered(payers, payer, answered)
        facts, _ = read_facts(payers.case(payload, payer), payers.series[payer])

        def put(
            question: Question, explainer: Explainer, known: Mapping[str, Any], asking: str = payer
        ) -> None:
            found.append(Put(question, asking, explainer, known))

        try:
            interview(facts, payers.explainers[payer].question, put, given.answers)
        except EvaluationError:
            continue  # what is entered is refused by this payer, whose card says why
        if found:
            return found[0]
    return None


class _Answered:
    """The answers so far, as a payer's dictionary reads them."""

    def __init__(self, payers: Payers, payer: str, answered: Mapping[str, str]) -> None:
        self.answers = Answers()
        texts = {name: text for name, text in answered.items() if text != UNKNOWN}
        case = payers.case({"facts": texts}, payer)
        facts, _ = read_facts(case, payers.series[payer])
        self.answers.given.update(facts)
        self.answers.unknown.update(name for name, text in answered.items() if text == UNKNOWN)


def _shown(payers: Payers, payload: Payload, answered: Mapping[str, str], put: Put | None) -> Answer:
    if put is None:
        return {"fact": None, "html": fragment(h("h2", DONE, tabindex=-1), h("p", CLOSING, class_="hint"))}
    remaining = _remaining(payers, payload, answered) | {put.question.fact}
    name = payers.page.payers[put.payer].name
    return {
        "fact": put.question.fact,
        "html": fragment(
            h("p", f"{_at_most(len(remaining))} Asked for {name}.", class_="hint"),
            h("h2", words.asked(put.question), tabindex=-1),
            h("p", put.question.label, class_="fact-label"),
            _control(put.question),
            h("p", id="interview-error", class_="error", role="alert", hidden=True),
        ),
    }


def _at_most(number: int) -> str:
    return f"At most {many(number, 'more fact')} matter{'s' if number == 1 else ''}."


def _remaining(payers: Payers, payload: Payload, answered: Mapping[str, str]) -> set[str]:
    """The facts on which something still depends that nobody has said to be unknown."""
    texts = {name: text for name, text in answered.items() if text != UNKNOWN}
    case = {**payload, "facts": {**payload["facts"], **texts}}
    found: set[str] = set()
    for payer in payers.asked(payload):
        answer = quick(payers, case, payer)
        if isinstance(answer, Quick):
            found.update(answer.record["missing_facts"])
            for row in answer.record["criteria"]:
                found.update(row["not_given"] if row["status"] == OPEN else ())
    return found - answered.keys()


def _control(question: Question) -> Element:
    """The answers as buttons; a line to type in where they cannot be listed."""
    choices: Child = [_button(option, option) for option in question.options]
    if not question.options:
        choices = [
            h("label", words.expected(question), for_="interview-text"),
            h(
                "input",
                type="text",
                id="interview-text",
                autocomplete="off",
                aria_describedby="interview-error",
            ),
            h("button", "Answer", type="button", data_typed=True),
        ]
    none = _button(NULL, "Not applicable") if question.nullable else None
    return h("div", choices, none, _button(UNKNOWN, "I do not know"), class_="options")


def _button(answer: str, text: str) -> Element:
    return h("button", text, type="button", data_answer=answer, class_="quiet")
