"""Reads a person's answer to a question: a number from the list, a value, or that it is not known."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from dmn_dli.explain.explanation import Question
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


def read_answer(text: str, question: Question, reader: FactReader) -> Answer:
    """What the text says.

    Raises NotAValue, in words for the person who answered, where it is no value of the fact.
    """
    said = text.strip()
    if said == UNKNOWN:
        return Answer(None, unknown=True)
    value = reader.from_text(_option(said, question))
    if value is None:
        if said.casefold() != NULL or not reader.nullable:
            raise NotAValue(f'"{said}" is no answer here' if said else "A blank is no answer here")
        return Answer(None)
    try:
        found = reader.canonical(value)
        reader.place(found)
    except NotAValue as reason:
        because = "" if numbered(question) else f": {reason}"
        raise NotAValue(f'"{said}" is no answer here{because}') from reason
    return Answer(found)


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
