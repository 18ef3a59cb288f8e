"""The parts of a policy and of an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Rule(NamedTuple):
    """A rule: its cell, its output, and for the final decision what a record quotes of it."""

    cell: str
    value: Any
    payer_wording: str | None = None
    reason: str | None = None
    citation: str | None = None
    refer_to: str | None = None
    note: str | None = None


class Outcome(NamedTuple):
    """What a decision results in: the rules that contribute, and its value or why it has none."""

    rules: tuple[str, ...]
    value: Any = None
    trouble: tuple[str, ...] = ()


class Fact(NamedTuple):
    """A fact, and how its values fall into classes that every condition treats alike.

    The classes count from 1; 0 stands for an unknown fact. Class i is the i-th of `values`. For a range,
    slot 2i of `slots` is the class of what lies before the i-th of `cuts`, slot 2i + 1 that of the cut.
    other: the class of all other text. null: the class of null, where null is a value.
    place: where the fact stands in the order in which diagrams ask; 0 where none does.
    """

    label: str
    type: str
    allowed: str | None = None
    values: tuple[Any, ...] = ()
    cuts: tuple[Any, ...] = ()
    slots: tuple[int, ...] = ()
    other: int = 0
    null: int = 0
    place: int = 0


class Diagram(NamedTuple):
    """A function of facts as a graph: a node is a fact's name and a child for each of its classes.

    A child, and the root, is the number of a node, or `~number` of an outcome.
    """

    nodes: tuple[tuple[Any, ...], ...]
    root: int


class Decision(NamedTuple):
    """A decision: its rules, the function that decides known facts, and its diagram for unknown ones.

    reads: the facts and decisions that are the function's arguments. position: of its sheet.
    required: whether the final decision needs it. first: the name of the first of several outputs.
    only: the name of the only output, where a record quotes it. default: what it quotes of the default.
    """

    name: str
    position: int
    required: bool
    rules: Mapping[str, Rule]
    diagram: Diagram
    outcomes: tuple[Outcome, ...]
    function: Callable[..., Outcome] | None = None
    reads: tuple[str, ...] = ()
    first: str = ""
    only: str = ""
    default: Rule = Rule("", None)


class Assumption(NamedTuple):
    """A condition that holds of every real case; `possible` says which outcomes fulfil it."""

    text: str
    place: str
    reason: str
    diagram: Diagram
    possible: tuple[bool, ...]


class Policy(NamedTuple):
    """A policy version; `reference` is what a record says of it, `decisions` stand in order of need."""

    payer: str
    reference: Mapping[str, Any]
    effective_to: str | None
    facts: Mapping[str, Fact]
    decisions: tuple[Decision, ...]
    final: str
    assumptions: tuple[Assumption, ...] = ()


class Known(NamedTuple):
    """A case's facts: the class of each (0: unknown), and the values of those that are known."""

    classes: Mapping[str, int]
    values: Mapping[str, Any]


class Settled(NamedTuple):
    """What the known facts settle of a decision: the outcomes that remain, by number."""

    decision: Decision
    classes: Mapping[str, int]
    outcomes: Mapping[int, Outcome]


def decided(rules: Mapping[str, Rule], *fired: str) -> Outcome:
    """The outcome of rules that agree on one value."""
    return Outcome(fired, rules[fired[0]].value)


def listed(rules: Mapping[str, Rule], *fired: str) -> Outcome:
    """The outcome of rules that each add an entry to a list."""
    return Outcome(fired, [rules[rule].value for rule in fired])


def counted(*fired: str) -> Outcome:
    """The outcome of a table that counts its rules."""
    return Outcome(fired, len(fired))


def otherwise(value: Any) -> Outcome:
    """The outcome where no rule fires."""
    return Outcome((), value)
