"""What is suggested: cases, each with what it is to try."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from attrs import frozen


class Aim(Enum):
    """What a suggested case is for."""

    RULE = "rule"
    CRITERION = "criterion"
    BOUNDARY = "boundary"
    PAIR = "pair"


@frozen
class SuggestedCase:
    """A case without an answer.

    facts: name to value, everything known that the tables read. why: what the case tries, in words.
    decision, rule: the table or the criterion, and of a table (not for boundaries)
    the rule's id; fact: the fact that a boundary or a pair is about, else "".
    """

    name: str
    facts: Mapping[str, Any]
    why: str
    aim: Aim
    decision: str
    rule: str = ""
    fact: str = ""


@frozen
class Unreached:
    """Something to try for which no case was found: `what` it is, in words."""

    aim: Aim
    decision: str
    rule: str
    what: str


@frozen
class Suggestions:
    """The cases suggested, and what no case was found for."""

    cases: tuple[SuggestedCase, ...]
    unreached: tuple[Unreached, ...]


def shown(value: Any) -> str:
    """A value as names and reasons show it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return "null"
    return str(value)


def own_name(name: str, taken: set[str]) -> str:
    """The name, numbered where another case has it; `taken`, in small letters, then holds it too."""
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name} ({number})"
    taken.add(found.casefold())
    return found
