"""Where things stand in the page: the id of each element that something else leads to."""

from __future__ import annotations

import re

OVERVIEW, APPROVAL, TRY, CHECK, FACTS, ABOUT = "overview", "approval", "try", "check", "facts", "about"
"""The views that are there once; each policy is a view besides."""

_ODD = re.compile(r"[^A-Za-z0-9_-]")


def policy(key: str) -> str:
    """The view of a policy, whose `key` is unique in the page."""
    return _joined("policy", key)


def sheet(key: str, name: str) -> str:
    """A table or sheet of criteria, by the name of its tab."""
    return _joined("sheet", key, name)


def rule(key: str, decision: str, identifier: str) -> str:
    """A rule's row."""
    return _joined("rule", key, decision, identifier)


def criterion(key: str, name: str, identifier: str) -> str:
    """A criterion's line; `name` is that of its sheet in A1, as records have it."""
    return _joined("criterion", key, name, identifier)


def node(key: str, decision: str) -> str:
    """A decision in the picture of the requirements graph."""
    return _joined("node", key, decision)


def fact(name: str, dictionary: str = "") -> str:
    """A fact's line; `dictionary` is the key of the policy whose workbook it stands in, else it is shared."""
    return _joined("fact", dictionary, name) if dictionary else _joined("fact", name)


def difference(name: str) -> str:
    """What changed in a workbook, by the name of its file."""
    return _joined(APPROVAL, name)


def _joined(*parts: str) -> str:
    """The parts, odd characters as their numbers between dots, so that different names stay different."""
    return "/".join(_ODD.sub(lambda found: f".{ord(found[0]):x}.", part) for part in parts)
