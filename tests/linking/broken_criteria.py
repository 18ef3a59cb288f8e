"""Every problem of a sheet of criteria that linking objects to, each in a small sheet around it."""

from __future__ import annotations

from typing import Any

from dmn_dli.linking import codes
from dmn_dli.model.finding import Code
from tests.linking.books import table
from tests.linking.broken import FACTS, BrokenCell
from tests.linking.criteria_books import criteria, linked

_ANY = "-"
_GROUP = ("1", None, "all", None, _ANY)
_MEMBER = ("1.a", "1", None, None, "relapsed, refractory")


def _sheet(what: str, code: Code, *rows: tuple[Any, ...]) -> BrokenCell:
    """Rows (id, part of, needs, means, Disease status) beside a table that does not read them."""
    decision = table(
        "Determination",
        "F",
        ["IF Prior transplant", "THEN Determination"],
        [None, "medically necessary, not medically necessary"],
        ["true", "medically necessary"],
        [_ANY, "not medically necessary"],
    )
    sheet = criteria(["Disease status"], *rows)
    return BrokenCell(what, code, lambda: linked(FACTS, [sheet], decision, final="Determination"))


CRITERIA = (
    _sheet("a criterion that is part of no row", codes.PART_OF, _GROUP, _MEMBER, ("2", "l", *_MEMBER[2:])),
    _sheet(
        "a criterion that is part of a criterion",
        codes.PART_OF,
        ("1.a", None, *_MEMBER[2:]),
        ("1.b", "1.a", None, None, "remission"),
    ),
    _sheet(
        "a criterion that is part of a retired row",
        codes.PART_OF,
        (*_GROUP, "All", None, None, "retired"),
        _MEMBER,
    ),
    _sheet("a need in other words", codes.NEEDS, ("1", None, "one", None, _ANY), _MEMBER),
    _sheet("a need that is misspelt", codes.NEEDS, ("1", None, "at leest 1", None, _ANY), _MEMBER),
    _sheet("a need of more than there are", codes.NEEDS, ("1", None, "at least 2", None, _ANY), _MEMBER),
    _sheet("a group without members", codes.EMPTY_GROUP, _GROUP, _MEMBER, ("2", None, "any", None, _ANY)),
    _sheet(
        "groups that are parts of each other",
        codes.GROUP_CIRCLE,
        ("1", "2", "all", None, _ANY),
        ("2", "1", "any", None, _ANY),
        _MEMBER,
    ),
    _sheet(
        "a claim of a determination that there is not",
        codes.MEANS,
        ("1", None, "all", "medicaly necessary", _ANY),
        _MEMBER,
    ),
    _sheet("a claim of a criterion", codes.MEANS, ("1", None, None, "medically necessary", "relapsed")),
    _sheet(
        "a claim of a group within another",
        codes.MEANS,
        _GROUP,
        ("2", "1", "any", "medically necessary", _ANY),
        ("2.a", "2", None, None, "relapsed"),
    ),
    _sheet(
        "a criterion that tests nothing", codes.NO_CONDITION, _GROUP, _MEMBER, ("1.b", "1", None, None, _ANY)
    ),
    _sheet("a misspelt value of a criterion", codes.NOT_ALLOWED, _GROUP, ("1.a", "1", None, None, "relapsd")),
)
