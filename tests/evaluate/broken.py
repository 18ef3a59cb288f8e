"""Cases that get no determination, with the policies that they are put to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.model.table import DecisionTable
from tests.linking.books import fact, kernel, linked, table

FACTS = (
    fact("service", "string", "donor lymphocyte infusion, hpc boost, other"),
    fact("acute_gvhd_grade", "integer", "0, 1, 2, 3, 4", label="Acute GVHD grade"),
    fact("donor_chimerism_percent", "number", "[0..100]", label="Donor chimerism"),
    fact("prior_transplant", "boolean"),
    fact("date_of_service", "date"),
)

_OUTCOMES = "medically necessary, not medically necessary"
_GOOD = table(
    "Determination",
    "F",
    ["IF Service", "IF Acute GVHD grade", "THEN Determination"],
    [None, None, _OUTCOMES],
    ["donor lymphocyte infusion", "< 2", "medically necessary"],
    ["-", "-", "not medically necessary"],
)
_OVERLAPPING = table(
    "Determination",
    "U",
    ["IF Service", "IF Acute GVHD grade", "THEN Determination"],
    [None, None, _OUTCOMES],
    ["donor lymphocyte infusion", "<= 2", "medically necessary"],
    ["-", ">= 2", "not medically necessary"],
    ["not(donor lymphocyte infusion)", "< 2", "not medically necessary"],
)
_DISAGREEING = table(
    "Determination",
    "A",
    ["IF Service", "IF Prior transplant", "THEN Determination"],
    [None, None, _OUTCOMES],
    ["donor lymphocyte infusion", "-", "medically necessary"],
    ["-", "false", "not medically necessary"],
    ["-", "true", "medically necessary"],
)
_GAPPED = table(
    "Determination",
    "U",
    ["IF Acute GVHD grade", "THEN Determination"],
    [None, _OUTCOMES],
    ["< 2", "medically necessary"],
    ["> 2", "null"],
)
_DOUBLED = table(
    "Risk",
    "F",
    ["IF acute_gvhd_grade * 2", "THEN Risk"],
    ["0, 2, 4", "low, high"],
    ["< 3", "low"],
    ["-", "high"],
)
_BY_RISK = table("Determination", "F", ["IF Risk", "THEN Determination"], [None, _OUTCOMES],
                 ["low", "medically necessary"], ["-", "not medically necessary"])  # fmt: skip


@frozen
class BrokenCase:
    """What is wrong in a reader's words, the kind of error, the facts, and the policy that they meet."""

    what: str
    kind: str
    facts: Mapping[str, Any]
    make: Callable[[], PolicyKernel]


def _case(what: str, **facts: Any) -> BrokenCase:
    return BrokenCase(what, "case", facts, lambda: kernel(linked(FACTS, _GOOD)))


def _tables(what: str, *tables: DecisionTable, **facts: Any) -> BrokenCase:
    return BrokenCase(what, "table", facts, lambda: kernel(linked(FACTS, *tables, payer="acme")))


BROKEN_CASES = (
    _case("a fact that does not exist", servise="other"),
    _case("a value that is not allowed", service="donor lymphocyte infusoin"),
    _case("a number where text is due", service=38242),
    _case("text where a number is due", acute_gvhd_grade="2"),
    _case("true where a number is due", donor_chimerism_percent=True),
    _case("a number where true or false is due", prior_transplant=1),
    _case("a fraction where a whole number is due", acute_gvhd_grade=2.5),
    _case("a number outside the range", donor_chimerism_percent=100.5),
    _case("a whole number that is not on the list", acute_gvhd_grade=5),
    _case("a date in another notation", date_of_service="2/12/2025"),
    _case("a day that does not exist", date_of_service="2025-02-30"),
    _case("no number at all", donor_chimerism_percent=float("inf")),
    _case("several things at once", servise="other", acute_gvhd_grade="two", prior_transplant="yes"),
    _tables(
        "two rules of a U table fire together",
        _OVERLAPPING,
        service="donor lymphocyte infusion",
        acute_gvhd_grade=2,
    ),
    _tables("two rules of a U table may fire together", _OVERLAPPING, acute_gvhd_grade=2),
    _tables(
        "rules of an A table disagree",
        _DISAGREEING,
        service="donor lymphocyte infusion",
        prior_transplant=False,
    ),
    _tables("no rule fires", _GAPPED, acute_gvhd_grade=2),
    _tables("the rule that fires gives nothing", _GAPPED, acute_gvhd_grade=3),
    _tables("some completion is without a rule", _GAPPED),
    _tables("a value that row 4 does not list", _DOUBLED, _BY_RISK, acute_gvhd_grade=3),
)
