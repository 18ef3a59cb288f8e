"""Broken sheets Assumptions and Accepted."""

from __future__ import annotations

from dmn_dli.excel import accepted, assumptions
from tests.excel.broken import Broken
from tests.excel.build import GOOD, Rows, put

ASSUMPTIONS: Rows = [["condition", "reason"], ["Acute GVHD grade < 5", "There is no grade 5."]]
ACCEPTED: Rows = [
    ["code", "where", "why", "who", "until"],
    ["DT156", "Determination!A6", "The old rule is kept for the record.", "A. Nurse", None],
]
WITH_LISTS = {**GOOD, "Assumptions": ASSUMPTIONS, "Accepted": ACCEPTED}

LISTS = (
    Broken(
        "assumptions without conditions",
        assumptions.ASSUMPTION_COLUMN,
        lambda: put("Assumptions", WITH_LISTS, A1="remark"),
    ),
    Broken(
        "a misspelt heading of assumptions",
        assumptions.ASSUMPTION_COLUMN,
        lambda: put("Assumptions", WITH_LISTS, A1="condtion"),
    ),
    Broken(
        "an assumption without condition",
        assumptions.ASSUMPTION_INCOMPLETE,
        lambda: put("Assumptions", WITH_LISTS, A2=None),
    ),
    Broken(
        "a number for an assumption",
        assumptions.ASSUMPTION_INCOMPLETE,
        lambda: put("Assumptions", WITH_LISTS, A2=5),
    ),
    Broken(
        "an assumption without reason",
        assumptions.ASSUMPTION_INCOMPLETE,
        lambda: put("Assumptions", WITH_LISTS, B2=" "),
    ),
    Broken(
        "accepted findings without a name",
        accepted.ACCEPTED_COLUMN,
        lambda: put("Accepted", WITH_LISTS, D1="initials"),
    ),
    Broken(
        "a misspelt heading of accepted findings",
        accepted.ACCEPTED_COLUMN,
        lambda: put("Accepted", WITH_LISTS, F1="as it stod"),
    ),
    Broken(
        "a misspelt sheet", accepted.ACCEPTED_ROW, lambda: put("Accepted", WITH_LISTS, B2="Determnation!A6")
    ),
    Broken(
        "a rule that is none", accepted.ACCEPTED_ROW, lambda: put("Accepted", WITH_LISTS, B2="Scope rule S-3")
    ),
    Broken("nobody who accepted", accepted.ACCEPTED_ROW, lambda: put("Accepted", WITH_LISTS, D2=None)),
    Broken(
        "a last day that is none", accepted.ACCEPTED_ROW, lambda: put("Accepted", WITH_LISTS, E2="next year")
    ),
)
