"""A small policy with a sheet of criteria for each thing that the analysis finds in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from dmn_dli.analysis.findings import (
    always_met,
    arrival,
    claim_broken,
    claim_unproven,
    necessity_claimed,
    never_met,
    no_reason,
)
from dmn_dli.linking.link import link
from dmn_dli.model.criteria import CriteriaSheet
from dmn_dli.tables.linked import LinkedPolicy
from tests.analysis.examples import FACTS, HISTORY, NO, YES, Example
from tests.linking.books import table
from tests.linking.criteria_books import criteria, linked

ADDRESSED: Sequence[Any] = ("DLI", None, "all", YES, "infusion", "-", "-")
RULES: Sequence[Sequence[Any]] = (
    ("infusion", "true", YES, None, "p. 1"),
    ("infusion", "false", NO, None, "p. 1"),
    ("not(infusion)", "-", "not addressed", "The policy speaks of infusions alone", "p. 1"),
)


def sheet(
    *more: Sequence[Any], group: Sequence[Any] = ADDRESSED, clauses: Sequence[Any] = ("service",)
) -> CriteriaSheet:
    """Two criteria in a group that claims to be medically necessary, and more rows.

    clauses: the first column's heading; those of the others are malignancy and grade.
    """
    members = [("1", "DLI", None, None, "-", "hematologic", "-"), ("2", "DLI", None, None, "-", "-", "< 2")]
    return criteria([*clauses, "malignancy", "grade"], group, *members, *more)


def policy(
    criteria_sheet: CriteriaSheet,
    *rules: Sequence[Any],
    row_4: str = f"{YES}, {NO}, not addressed",
    **fields: Any,
) -> LinkedPolicy:
    """A payer's policy whose final decision reads the service and the group."""
    headings = ["IF service", "IF Criteria.DLI", "THEN Determination", "NOTE Reason", "NOTE Citation"]
    decision = table("Determination", "U", headings, [None, None, row_4, None, None], *(rules or RULES))
    first = linked(FACTS, [criteria_sheet], decision, **{"payer": "acme", **fields})
    return link(evolve(first.workbook, changes=HISTORY), first.dictionary)


def computed() -> LinkedPolicy:
    """A group that asks for what no weight has, and nothing that is followed says so."""
    asked = criteria(
        ["service", "modulo(weight, 2)", "modulo(weight, 4)"],
        ("DLI", None, "all", YES, "infusion", "-", "-"),
        ("1", "DLI", None, None, "-", "< 1", "-"),
        ("2", "DLI", None, None, "-", "-", "[1..2)"),
    )
    headings = ["IF service", "IF weight", "IF percent", "THEN Determination", "NOTE Reason", "NOTE Citation"]
    decision = table(
        "Determination",
        "U",
        headings,
        None,
        ("infusion", "-", "-", NO, "No weight is enough", "p. 1"),
        ("not(infusion)", "-", "-", "not addressed", "Infusions alone", "p. 1"),
    )
    first = linked(FACTS, [asked], decision, payer="acme")
    return link(evolve(first.workbook, changes=HISTORY), first.dictionary)


CRITERIA_EXAMPLES = (
    Example(
        "a claim that the final decision does not bear out",
        claim_broken.CODE,
        policy(
            sheet(),
            ("infusion", "true", NO, "Never", "p. 1"),
            ("infusion", "false", YES, "Always", "p. 1"),
            RULES[2],
        ),
    ),
    Example("a claim that hangs on a computed value", claim_unproven.CODE, computed()),
    Example(
        "necessity that is claimed where the policy does not speak, and not where it does",
        necessity_claimed.CODE,
        policy(
            sheet(group=("DLI", None, "all", YES, "other", "-", "-")),
            *RULES[:1],
            ("infusion", "null", NO, "No group", "p. 1"),
            ("boost", "-", "not addressed", "Infusions alone", "p. 1"),
            ("other", "-", "not addressed", "Infusions alone", "p. 1"),
        ),
    ),
    Example(
        "necessity that two groups claim for the same case",
        necessity_claimed.CODE,
        policy(
            sheet(
                ("Again", None, "any", YES, "infusion", "-", "-"),
                ("Again 1", "Again", None, None, "-", "hematologic", "-"),
            )
        ),
    ),
    Example(
        "a criterion that every case meets, and one that none meets",
        always_met.CODE,
        policy(
            sheet(
                ("Boost", None, "any", None, "boost", "-", "-"),
                ("Boost 1", "Boost", None, None, "boost, other", "-", "-"),
                ("Boost 2", "Boost", None, None, "other", "-", "-"),
            )
        ),
    ),
    Example(
        "a criterion whose group applies to no case",
        never_met.CODE,
        policy(
            sheet(
                ("3", None, "all", None, "infusion", "-", "-"),
                ("3.1", "3", "all", None, "boost", "-", "-"),
                ("3.1.1", "3.1", None, None, "-", "hematologic", "-"),
            )
        ),
    ),
    Example(
        "determinations for which no reason arises",
        no_reason.CODE,
        policy(
            sheet(),
            RULES[0],
            ("infusion", "false", NO, None, "p. 1"),
            ("boost", "-", NO, None, "p. 1"),
            ("other", "-", "not addressed", None, "p. 1"),
        ),
    ),
    Example(
        "a value that arrives at a criterion and is not listed",
        arrival.CODE,
        policy(
            sheet(
                ("3", None, None, None, '"in"', "-", "-"),
                group=("DLI", None, "all", YES, '"in"', "-", "-"),
                clauses=[('if service = "infusion" then "in" else "out"', '"in", "elsewhere"')],
            )
        ),
    ),
)
