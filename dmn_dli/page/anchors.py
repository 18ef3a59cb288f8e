"""Where things stand in the page: the id of each element that something else leads to."""

from __future__ import annotations

import re
from pathlib import Path

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


def cell(key: str, name: str, reference: str) -> str:
    """A cell of a sheet, by the sheet's tab, where something is to be said of it; `7` is a row as a whole."""
    return _joined("cell", key, name, reference)


def case(key: str, row: int) -> str:
    """A case, by its row on the sheet of cases: names may be alike."""
    return _joined("case", key, str(row))


def finding(key: str, number: int) -> str:
    """A finding in the list of a policy."""
    return _joined("finding", key, str(number))


def part(key: str, name: str) -> str:
    """A part of a policy's view that is no sheet of the workbook."""
    return _joined("part", key, name)


def node(key: str, decision: str) -> str:
    """A decision in the picture of the requirements graph."""
    return _joined("node", key, decision)


def fact(name: str, dictionary: str = "") -> str:
    """A fact's line; `dictionary` is the key of the policy whose workbook it stands in, else it is shared."""
    return _joined("fact", dictionary, name) if dictionary else _joined("fact", name)


def field(name: str) -> str:
    """Where a fact is entered in the form."""
    return _joined("field", name)


def answer(payer: str) -> str:
    """A payer's answer to the case in the form."""
    return _joined("answer", payer)


def key_of(workbook: str) -> str:
    """The key of the policy in a file, but for a number where two files are named alike."""
    return Path(workbook).stem


def difference(name: str) -> str:
    """What changed in a workbook, by the name of its file."""
    return _joined(APPROVAL, name)


def _joined(*parts: str) -> str:
    """The parts, odd characters as their numbers between dots, so that different names stay different."""
    return "/".join(_ODD.sub(lambda found: f".{ord(found[0]):x}.", part) for part in parts)
