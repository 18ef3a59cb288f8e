"""The interview: which questions are put until the outcome is settled, and what a person's answer says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any

from attrs import frozen

from dmn_dli.cases.written_facts import read_fact
from dmn_dli.explain.explainer import Explainer
from dmn_dli.explain.explanation import Question
from dmn_dli.runtime.errors import TableError
from dmn_dli.runtime.facts import FactReader, NotAValue

UNKNOWN = "?"
"""The answer of who does not know."""

NULL = "null"

_SHORT = {"y": "yes", "n": "no"}


@frozen
class Answer:
    """A fact's value, or that it is unknown."""

    value: Any
    unknown: bool = False


class Answers:
    """What has been answered for a case, and what nobody knows; other payers are not asked for it again."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.given: dict[str, Any] = {}
        self.unknown: set[str] = set()
        self.ended = False


def interview(
    facts: Mapping[str, Any],
    next_question: Callable[[Mapping[str, Any], Collection[str]], tuple[Question, Explainer] | None],
    put: Callable[[Question, Explainer, Mapping[str, Any]], Answer | None],
    answers: Answers,
) -> dict[str, Any]:
    """The facts with what was answered, once nothing more need be asked, or can be learned.

    next_question: what to ask of a case with these facts, those that nobody knows left out, and the explainer
    of the policy version that asks. put: asks a question about a case with these facts; None where there are
    no more answers.
    """
    found = dict(facts)
    while not answers.ended:
        asked = next_question(found, answers.unknown)
        if asked is None:
            break
        question, explainer = asked
        if question.fact in answers.given:
            found[question.fact] = answers.given[question.fact]
            continue
        answer = put(question, explainer, found)
        if answer is None:
            answers.ended = True
        elif answer.unknown:
            answers.unknown.add(question.fact)
        else:
            found[question.fact] = answers.given[question.fact] = answer.value
    return found


def read_answer(text: str, question: Question, reader: FactReader) -> Answer:
    """What the text says.

    Raises NotAValue, in words for the person who answered, where it is no value of the fact.
    """
    said = text.strip()
    if said == UNKNOWN:
        return Answer(None, unknown=True)
    try:
        value = read_fact(_option(said, question), reader)
    except NotAValue as reason:
        because = "" if numbered(question) else f": {reason}"
        raise NotAValue(f'"{said}" is no answer here{because}') from reason
    if value is not None:
        return Answer(reader.canonical(value))
    if said.casefold() != NULL or not reader.nullable:
        raise NotAValue(f'"{said}" is no answer here' if said else "A blank is no answer here")
    return Answer(None)


def accepted(text: str, question: Question, explainer: Explainer, facts: Mapping[str, Any]) -> Answer:
    """What the text says of a case with these facts, which may then be a case.

    Raises NotAValue as `read_answer`, and CaseError where an assumption rules the case out.
    """
    answer = read_answer(text, question, explainer.kernel.case_reader.facts[question.fact])
    if not answer.unknown:
        # Where the tables of the asking version are at fault, another may be in force on that date.
        with suppress(TableError):
            explainer.kernel.determine({**facts, question.fact: answer.value})
    return answer


def _option(said: str, question: Question) -> str:
    """The option with the number said, else what was said."""
    if question.type == "boolean":
        said = _SHORT.get(said.casefold(), said)
    if said.isdecimal() and numbered(question) and 0 < int(said) <= len(question.options):
        return question.options[int(said) - 1]
    return said


def numbered(question: Question) -> bool:
    """Whether options have numbers: not where an option is itself one."""
    return bool(question.options) and not any(option.isdecimal() for option in question.options)
