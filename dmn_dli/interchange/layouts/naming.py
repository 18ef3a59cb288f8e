"""Names for what an import makes: facts in snake case, decisions and tabs that Excel takes, none twice."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from unicodedata import combining, normalize

from dmn_dli.excel.workbook import is_reserved
from dmn_dli.feel.keywords import KEYWORDS
from dmn_dli.model.repair import plain_word, trim

_TAB = 31
_FORBIDDEN = re.compile(r"[:\\/?*\[\]]+")


def fact_name(text: str, taken: Container[str]) -> str:
    """A fact's name made of what the file calls it: `Patient Age` is patient_age."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    letters = "".join(each for each in normalize("NFKD", split.casefold()) if not combining(each))
    words = re.findall(r"[a-z0-9]+", letters)
    name = "_".join(words)
    if not name or not name[0].isalpha():
        name = "_".join(("fact", *words)) if words else "fact"
    if name in KEYWORDS:
        name += "_fact"
    return numbered(name, taken, "_{}")


def plain_name(text: str) -> str:
    """A name without line breaks, doubled blanks and what Excel takes in no tab."""
    return " ".join(_FORBIDDEN.sub(" ", text).split()).strip("'") or "Table"


def decision_name(text: str, taken: Container[str]) -> str:
    """A decision's name that no other has, and that is no name of a sheet with another meaning."""
    name = plain_name(text)
    if is_reserved(name):
        name += " table"
    return numbered(name, taken, " {}", fold=True)


def tab_name(text: str, taken: Container[str]) -> str:
    """A tab for a sheet, in 31 characters."""
    name = trim(plain_name(text)[:_TAB])
    number = 2
    while plain_word(name) in taken:
        ending = f" {number}"
        name = trim(plain_name(text)[: _TAB - len(ending)]) + ending
        number += 1
    return name


def numbered(name: str, taken: Container[str], ending: str, *, fold: bool = False) -> str:
    """The name, with a number where it is taken already."""
    found, number = name, 2
    while (plain_word(found) if fold else found) in taken:
        found = name + ending.format(number)
        number += 1
    return found


def unique(names: Iterable[str]) -> list[str]:
    """The names in order, a number behind each that stood there before, whatever its letter case."""
    found: list[str] = []
    taken: set[str] = set()
    for each in names:
        name = numbered(each, taken, " {}", fold=True)
        taken.add(plain_word(name))
        found.append(name)
    return found
