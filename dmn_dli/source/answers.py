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
