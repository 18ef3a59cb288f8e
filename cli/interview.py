"""The interview at a terminal: puts questions on standard error, reads answers from standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from dmn_dli.explain.interview import NULL, UNKNOWN, Answer, Answers, accepted, interview, numbered
from dmn_dli.report import explanation_words as words
from dmn_dli.runtime.errors import CaseError
from dmn_dli.runtime.facts import NotAValue

from .output import say

if TYPE_CHECKING:
    from dmn_dli.explain.explainer import Explainer
    from dmn_dli.explain.explanation import Question


_LONGEST_ANSWER = 100_000
_TRIES = 100
"""Bounds for what no person types: an input that gives neither an answer nor an end counts as ended."""


def interview_at_terminal(
    facts: Mapping[str, Any],
    payer: str,
    next_question: Callable[[Mapping[str, Any], Collection[str]], tuple[Question, Explainer] | None],
    answers: Answers,
) -> dict[str, Any]:
    """The facts with what was answered here; next_question and answers as `interview` takes them."""
    asked = 0

    def put(question: Question, explainer: Explainer, facts: Mapping[str, Any]) -> Answer | None:
        nonlocal asked
        asked += 1
        answer = _answer(question, asked, payer, explainer, facts)
        if answer is None:
            say("\nThere are no more answers; what is missing stays unknown.")
        return answer

    found = interview(facts, next_question, put, answers)
    if asked:
        say("")
    return found


def _answer(
    question: Question, number: int, payer: str, explainer: Explainer, facts: Mapping[str, Any]
) -> Answer | None:
    """The answer to a question, asked until it is one; None where the input has ended."""
    say(_text(question, number, payer))
    for _ in range(_TRIES):
        # Not click.prompt, which writes a blank to standard output, where the explanation goes.
        say(f"{question.label}> ", end="")
        line = sys.stdin.readline(_LONGEST_ANSWER)
        if not line or len(line) == _LONGEST_ANSWER:
            break
        try:
            return accepted(line, question, explainer, facts)
        except NotAValue as reason:
            say(f"{reason}. {_expected(question)}")
        except CaseError as error:
            say(error.message)
    return None


def _text(question: Question, number: int, payer: str) -> str:
    lines = [f"\n{number}. {words.asked(question)}  [{payer}]"]
    if numbered(question):
        lines += [f"   {place}  {option}" for place, option in enumerate(question.options, 1)]
    else:
        lines.append(f"   {_expected(question)}")
    if question.nullable:
        lines.append(f"   {NULL}  not applicable")
    return "\n".join([*lines, f"   {UNKNOWN}  not known"])


def _expected(question: Question) -> str:
    """What an answer looks like."""
    if numbered(question):
        return f"A number from 1 to {len(question.options)}, or {UNKNOWN}, is expected."
    return words.expected(question)
