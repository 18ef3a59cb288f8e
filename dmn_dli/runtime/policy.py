"""The types of a compiled policy: what a kernel decides with, and a compiled module holds as its data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dmn_dli.runtime.marks import Mark


class Rule(NamedTuple):
    """A rule: its cell, its output as JSON (None where it is computed), and what its notes say.

    The texts are those that a record quotes of the final decision's rule. One is None also where an output
    of that name says it.
    """

    cell: str
    value: Any = None
    payer_wording: str | None = None
    reason: str | None = None
    citation: str | None = None
    refer_to: str | None = None
    note: str | None = None


class Outcome(NamedTuple):
    """What a decision results in: the ids of the rules that contribute, and its value as JSON.

    trouble: why there is no value, or none yet: a kind (`conflict`, `arrival`, `gap`, `upstream`,
    `impossible`, `open`, `doubt`) with what belongs to it: to a conflict its reason, and TWO where `rules`
    are two of those that fire and there may be more.
    """

    rules: tuple[str, ...]
    value: Any = None
    trouble: tuple[Any, ...] = ()


TWO = "two"


def names_two(trouble: tuple[Any, ...]) -> bool:
    """Whether an outcome's trouble is a conflict of which two rules are named, and there may be more."""
    return trouble[2:] == (TWO,)


class Fact(NamedTuple):
    """A fact, and how its values fall into atoms: classes of values that every cell treats alike.

    Atoms count from 1; 0 stands for an unknown fact. Atom i is the i-th of `values`. For a range, slot 2i of
    `slots` is the atom of what lies before the i-th of `cuts`, slot 2i + 1 that of the cut itself; 0 where
    the dictionary allows no value. other: the atom of all other text. null: the atom of null, where null is a
    value. variable: the number by which diagrams ask for the fact; 0 where none does.
    marks: what parts all text that is not among `values`; `classes` gives the atom for each combination of
    their answers, in which bit i is set where the i-th mark holds.
    """

    name: str
    label: str
    type: str
    question: str = ""
    unit: str = ""
    allowed: str | None = None
    values: tuple[Any, ...] = ()
    cuts: tuple[Any, ...] = ()
    slots: tuple[int, ...] = ()
    other: int = 0
    null: int = 0
    nullable: bool = False
    variable: int = 0
    marks: tuple[Mark, ...] = ()
    classes: Mapping[int, int] = {}


class Diagram(NamedTuple):
    """A function of facts as a reduced ordered decision diagram.

    A node is `(variable, child of atom 1, child of atom 2, …)`. A child, and the root, is the number of a
    node, or below zero `~number` of a terminal. Children stand before their parents, and variables ascend
    on every way down. All nodes are below the root. variables: those that the nodes ask for, ascending; on
    these the function depends.
    """

    nodes: tuple[tuple[int, ...], ...]
    root: int
    variables: tuple[int, ...]


NO, YES, RULED_OUT = 0, 1, 2


class Decision(NamedTuple):
    """A decision: its rules by id, in the order of the rows, and its outcomes as a function of the facts.

    position: of its sheet. required: whether the final decision needs it. facts: the names of all that it
    depends on. criterion: whether it decides a row of a sheet of criteria, and is no table that records name.
    diagram: its terminals number the outcomes; None where it would be too large. first: the name of the first
    of several outputs. only: the name of the one output, where a record quotes it. default: what a record
    quotes where no rule fires. whole: whether a determination may be any value, a list or null; so it is of
    a generic workbook.

    Where too many sets of rules may fire together for one diagram, it ends in a number, in a value that all
    agree on, or in the first entry of a list; then there are parts: for each rule, in the order in which they
    stand in the value, where it fires (terminals NO, YES, RULED_OUT). items: of a list, each first output
    with where it is in the list. nothing: its value where no rule fires.
    """

    name: str
    sheet: str
    position: int
    required: bool
    facts: tuple[str, ...]
    rules: Mapping[str, Rule]
    diagram: Diagram | None
    outcomes: tuple[Outcome, ...] = ()
    first: str = ""
    only: str = ""
    default: Rule = Rule("")
    parts: Mapping[str, Diagram] = {}
    items: tuple[tuple[Any, Diagram], ...] = ()
    nothing: Any = None
    whole: bool = False
    criterion: bool = False


class Criterion(NamedTuple):
    """A row of a sheet of criteria: what records quote of it, and the decision that says whether it is met.

    means: the determination that it claims, None for none. facts: the names, in the order of the dictionary,
    of those that its condition reads; of a group those of its members. members: of a group the positions of
    its rows among all criteria.
    """

    sheet: str
    id: str
    part_of: str | None
    needs: str | None
    means: Any
    requirement: str
    citation: str | None
    evidence: tuple[str, ...]
    cell: str
    decision: str
    facts: tuple[str, ...]
    members: tuple[int, ...]


class Assumption(NamedTuple):
    """A condition that holds of every real case; `possible` says which terminals of its diagram fulfil it."""

    text: str
    place: str
    reason: str
    diagram: Diagram
    possible: tuple[bool, ...]


class Policy(NamedTuple):
    """A policy version.

    reference: what a record says of it. variables: how many variables its diagrams may ask for. decisions:
    each after those that it requires. final: the name of the final one.
    """

    payer: str
    payer_name: str | None
    reference: Mapping[str, Any]
    effective_to: str | None
    variables: int
    facts: tuple[Fact, ...]
    decisions: tuple[Decision, ...]
    final: str
    assumptions: tuple[Assumption, ...] = ()
    generic: bool = False
    draft: bool = False
    criteria: tuple[Criterion, ...] = ()
