"""The tree of a pattern."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from dmn_dli.feel.patterns.characters import CharacterSet


@frozen
class One:
    """One character of a set."""

    characters: CharacterSet


@frozen
class Anchor:
    """`^` or `$`: a place, no character."""

    at_start: bool


@frozen
class Sequence:
    """One part behind the other; none is the empty text."""

    parts: tuple[Tree, ...]


@frozen
class Choice:
    """`a|b`: the first branch that leads on is taken."""

    branches: tuple[Tree, ...]


@frozen
class Group:
    """`( )`, which remembers what it matched under its number."""

    number: int
    inner: Tree


@frozen
class Reference:
    """`\\1`: the text that the group of that number held last; the empty text where it took no part."""

    number: int


@frozen
class Repeat:
    """The part at least and at most so many times (None: any number); greedy: rather more than fewer."""

    part: Tree
    least: int
    most: int | None
    greedy: bool


Tree: TypeAlias = One | Anchor | Sequence | Choice | Group | Reference | Repeat


@frozen
class Pattern:
    """A pattern as read: its tree, how many groups it has, whether `^` and `$` hold at lines' ends.

    any_case: whether what a reference repeats may differ in letter case.
    """

    tree: Tree
    groups: int
    multiline: bool
    any_case: bool = False
