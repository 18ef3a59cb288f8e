"""A small policy on a sheet of criteria, as the rooms beside linking try it: every kind of group, once."""

from __future__ import annotations

from datetime import date
from typing import Any

from dmn_dli.model.facts import Fact
from dmn_dli.model.table import DecisionTable
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, table
from tests.linking.criteria_books import criteria, linked

SINCE = date(2025, 1, 1)
_NEEDED = "medically necessary"

FACTS = (
    fact("service", allowed="infusion, boost"),
    fact("disease", allowed="relapsed, persistent, remission"),
    fact("chimerism", "number", "[0..100]"),
    fact("age", "integer", "[0..120]"),
    fact("aim", "boolean"),
    fact("risk", "boolean"),
    fact("cells", allowed="none, genetic"),
)

SHEET = criteria(
    ["service", "disease", "chimerism", "age", "aim", "risk", "cells"],
    ["DLI", None, "all", _NEEDED, "infusion", "-", "-", "-", "-", "-", "-", "The infusion is necessary"],
    ["1", "DLI", None, None, "-", "-", "-", ">= 18", "-", "-", "-", "The patient is an adult"],
    ["2", "DLI", "any", None, "-", "-", "-", "-", "-", "-", "-", "An indication applies"],
    ["2.a", "2", None, None, "-", "relapsed", "-", "-", "-", "-", "-", "The disease has relapsed", "Biopsy"],
    ["2.b", "2", "all", None, "-", "-", "-", "-", "-", "-", "-", "Mixed chimerism is to be turned"],
    ["2.b.1", "2.b", None, None, "-", "-", "(0..100)", "-", "-", "-", "-", "Cells of both are present"],
    ["2.b.2", "2.b", None, None, "-", "-", "-", "-", "true", "-", "-", "It is given for that aim"],
    ["3", "DLI", "at least 2", None, "-", "-", "-", "-", "-", "-", "-", "Two signs are present"],
    ["3.a", "3", None, None, "-", "-", "< 50", "-", "-", "-", "-", "Few cells are the donor's"],
    ["3.b", "3", None, None, "-", "-", "-", "-", "-", "true", "-", "A risk is stated"],
    ["3.c", "3", None, None, "-", "not(remission)", "-", "-", "-", "-", "-", "Disease is present"],
    ["X", "DLI", "none", None, "-", "-", "-", "-", "-", "-", "-", "No exclusion applies"],
    ["X.1", "X", None, None, "-", "-", "-", "-", "-", "-", "genetic", "Excluded: modified cells"],
)


def answers() -> DecisionTable:
    """The final decision, which reads the sheet."""
    return table(
        "Answer",
        "U",
        ["IF Criteria.DLI", "THEN Answer", "NOTE Citation"],
        [None, f"{_NEEDED}, criteria not met, not addressed", None],
        ["A-1", "true", _NEEDED, "p. 1"],
        ["A-2", "false", "criteria not met", "p. 1"],
        ["A-3", "null", "not addressed", "p. 1"],
    )


def policy(*facts: Fact, **fields: Any) -> LinkedPolicy:
    """The policy linked; facts: further rows of its dictionary."""
    return linked([*FACTS, *facts], [SHEET], answers(), **fields)
