"""What the functions of a compiled module answer with; every module carries these definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmn_dli.runtime.policy import Outcome, Rule


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


def all_met(*members: bool | None) -> bool | None:
    """Whether the members of a group that apply are all met; None where none applies."""
    return None if set(members) == {None} else False not in members


def any_met(*members: bool | None) -> bool | None:
    """Whether a member of a group is met; None where none applies."""
    return None if set(members) == {None} else True in members


def none_met(*members: bool | None) -> bool | None:
    """Whether no member of a group is met; None where none applies."""
    return None if set(members) == {None} else True not in members


def at_least(number: int, *members: bool | None) -> bool | None:
    """Whether so many members of a group are met; None where none applies."""
    return None if set(members) == {None} else members.count(True) >= number
