"""A small policy for each thing that the analysis finds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from dmn_dli.analysis.findings import (
    arrival,
    complete_unknown,
    conflict,
    determination_not_reached,
    duplicate,
    fits_unique,
    gap,
    mergeable,
    never_fires,
    never_wins,
    no_change_history,
    no_effect,
    no_value,
    old_change_history,
    open_column,
    overlap,
    overlap_unknown,
    policy_field_blank,
    policy_unknown,
    redundant,
    result_not_reached,
    unread_decision,
    values_alike,
    yet_to_fill_in,
)
from dmn_dli.linking.link import link
from dmn_dli.model.facts import Fact
from dmn_dli.model.finding import Code
from dmn_dli.model.table import DecisionTable
from dmn_dli.model.workbook import ChangeEntry
from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import cell, fact, linked, table

FACTS: tuple[Fact, ...] = (
    fact("service", "string", "infusion, boost, other"),
    fact("malignancy", "string", "hematologic, nonhematologic, none"),
    fact("grade", "integer", "0, 1, 2, 3, 4"),
    fact("percent", "number", "[0..100]", label="Donor chimerism"),
    fact("weight", "number"),
    fact("prevent", "boolean", label="To prevent relapse"),
)
HISTORY = (ChangeEntry(date(2025, 2, 1), "A. Nurse", "first version", "new policy", cell("x", 2, 1)),)


@frozen
class Example:
    """What is wrong, the code that says so, and the policy."""

    what: str
    code: Code
    policy: LinkedPolicy


def made(*tables: DecisionTable, changes: Sequence[ChangeEntry] = HISTORY, **fields: Any) -> LinkedPolicy:
    """A linked policy of these tables."""
    first = linked(FACTS, *tables, **fields)
    return link(evolve(first.workbook, changes=tuple(changes)), first.dictionary)


def rows(hit_policy: str, *rules: tuple[Any, ...], row_4: str | None = None, **fields: Any) -> LinkedPolicy:
    """A policy of one table over malignancy and grade."""
    headings = ["IF malignancy", "IF grade", "THEN Determination"]
    return made(table("Determination", hit_policy, headings, [None, None, row_4], *rules), **fields)


YES, NO = "medically necessary", "criteria not met"

TABLE_EXAMPLES = (
    Example(
        "a case that no rule answers",
        gap.CODE,
        rows("U", ("hematologic", "-", YES), ("nonhematologic", "< 2", NO), ("none", ">= 2", NO)),
    ),
    Example(
        "two rules of a U table that meet",
        overlap.CODE,
        rows("U", ("hematologic", "-", YES), ("-", ">= 2", NO), ("not(hematologic)", "< 2", NO)),
    ),
    Example(
        "two rules of a U table that meet and agree",
        overlap.CODE,
        rows("U", ("hematologic", "-", NO), ("-", ">= 2", NO), ("not(hematologic)", "< 2", YES)),
    ),
    Example(
        "two rules of an A table that disagree",
        conflict.CODE,
        rows("A", ("hematologic", "-", YES), ("-", ">= 2", NO), ("not(hematologic)", "< 2", NO)),
    ),
    Example(
        "a condition that cannot be traced to facts",
        complete_unknown.CODE,
        made(
            table(
                "Dose",
                "F",
                ["IF modulo(weight, 2)", "IF modulo(weight, 4)", "THEN Dose"],
                None,
                ("< 1", "-", "low"),
                (">= 1", "[1..2)", "high"),
                (">= 1", ">= 3", "none"),
            )
        ),
    ),
    Example(
        "conditions that perhaps meet",
        overlap_unknown.CODE,
        made(
            table(
                "Dose",
                "U",
                ["IF modulo(weight, 2)", "IF modulo(weight, 4)", "THEN Dose"],
                None,
                ("< 1", "-", "low"),
                ("-", "[1..2)", "high"),
                (">= 1", "< 1, >= 2", "some"),
            )
        ),
    ),
    Example(
        "a rule above that takes every case",
        never_wins.CODE,
        rows("F", ("hematologic", "-", YES), ("hematologic", ">= 2", NO), ("-", "-", NO)),
    ),
    Example(
        "rules above that together take every case",
        never_wins.CODE,
        rows(
            "F",
            ("hematologic", "-", YES),
            ("nonhematologic, none", "< 2", NO),
            ("hematologic, none", "0, 1", YES),
            ("-", "-", NO),
        ),
    ),
    Example(
        "conditions that never come together",
        never_fires.CODE,
        made(
            table(
                "Scope", "U", ["IF service", "THEN Scope"], None, ("infusion", "in"), ("boost, other", "out")
            ),
            table(
                "Determination",
                "F",
                ["IF Scope", "IF service", "THEN Determination"],
                None,
                ("out", "infusion", YES),
                ("-", "boost", YES),
                ("-", "-", NO),
            ),
        ),
    ),
    Example(
        "a cell that accepts nothing",
        never_fires.CODE,
        rows("F", ("hematologic", "> 4", YES), ("hematologic", "0", YES), ("-", "-", NO)),
    ),
    Example(
        "the same rule twice in a list",
        duplicate.CODE,
        made(
            table(
                "Determination",
                "F",
                ["IF count(Notes)", "THEN Determination"],
                None,
                ("> 0", YES),
                ("0", NO),
            ),
            table(
                "Notes",
                "C",
                ["IF service", "THEN Notes"],
                None,
                ("infusion, boost", "Send the chart."),
                ("boost, infusion", "Send the chart."),
            ),
            final="Determination",
        ),
    ),
    Example(
        "a rule that changes nothing",
        redundant.CODE,
        rows("F", ("hematologic", "< 2", YES), ("none", "-", NO), ("-", "-", NO)),
    ),
    Example(
        "rules that could be one",
        mergeable.CODE,
        rows("U", ("hematologic", "-", YES), ("nonhematologic", "-", NO), ("none", "-", NO)),
    ),
    Example(
        "a column without conditions",
        open_column.CODE,
        rows("U", ("hematologic", "-", YES), ("not(hematologic)", "-", NO)),
    ),
    Example(
        "a column that makes no difference",
        no_effect.CODE,
        rows("F", ("hematologic", "-", YES), ("none", ">= 2", NO), ("-", "-", NO)),
    ),
    Example(
        "a result of an upstream table that never comes",
        result_not_reached.CODE,
        made(
            table(
                "Scope",
                "U",
                ["IF service", "THEN Scope"],
                [None, "in, out, unclear"],
                ("infusion", "in"),
                ("boost, other", "out"),
            ),
            table("Determination", "U", ["IF Scope", "THEN Determination"], None, ("in", YES), ("out", NO)),
        ),
    ),
    Example(
        "hit policy F without need",
        fits_unique.CODE,
        rows("F", ("hematologic", ">= 2", YES), ("hematologic", "< 2", NO), ("not(hematologic)", "-", NO)),
    ),
)

POLICY_EXAMPLES = (
    Example(
        "a result that is no value",
        no_value.CODE,
        rows(
            "U", ("hematologic", ">= 2", YES), ("hematologic", "< 2", "null"), ("not(hematologic)", "-", NO)
        ),
    ),
    Example(
        "a final list that may be empty",
        no_value.CODE,
        rows("C", ("hematologic", ">= 2", YES), ("not(hematologic)", "-", NO), payer="acme"),
    ),
    Example(
        "a value that row 4 does not list",
        arrival.CODE,
        made(
            table(
                "Scope", "U", ["IF service", "THEN Scope"], None, ("infusion", "in"), ("boost, other", "out")
            ),
            table("Determination", "U", ["IF Scope", "THEN Determination"], ["in", None], ("in", YES)),
        ),
    ),
    Example(
        "a final list over a condition that cannot be traced",
        policy_unknown.CODE,
        made(
            table(
                "Dose",
                "C",
                ["IF modulo(weight, 2)", "IF modulo(weight, 4)", "THEN Dose"],
                None,
                ("< 1", "-", "low"),
                (">= 1", "[1..2), >= 3", "high"),
            )
        ),
    ),
    Example(
        "a determination that never comes",
        determination_not_reached.CODE,
        rows(
            "F",
            ("hematologic", "-", YES),
            ("hematologic", ">= 2", "investigational"),
            ("-", "-", NO),
            row_4=f"{YES}, investigational, {NO}",
        ),
    ),
    Example(
        "values that no rule names",
        values_alike.CODE,
        rows("F", ("hematologic", ">= 2", YES), ("-", "-", NO)),
    ),
    Example(
        "a decision that nothing reads",
        unread_decision.CODE,
        made(
            table(
                "Scope", "U", ["IF service", "THEN Scope"], None, ("infusion", "in"), ("boost, other", "out")
            ),
            table(
                "Determination",
                "U",
                ["IF prevent", "THEN Determination"],
                [None, f"{YES}, {NO}"],
                ("true", YES),
                ("false", NO),
            ),
            payer="acme",
        ),
    ),
    Example(
        "no Change History",
        no_change_history.CODE,
        made(
            table(
                "Determination", "U", ["IF prevent", "THEN Determination"], None, ("true", YES), ("false", NO)
            ),
            changes=(),
            payer="acme",
        ),
    ),
    Example(
        "a review that the Change History does not know of",
        old_change_history.CODE,
        made(
            table(
                "Determination", "U", ["IF prevent", "THEN Determination"], None, ("true", YES), ("false", NO)
            ),
            payer="acme",
            last_review=date(2025, 2, 12),
            places={"Last review": cell("2025-02-12", 9, 2)},
        ),
    ),
    Example(
        "a reason that nobody has written yet",
        yet_to_fill_in.CODE,
        made(
            table(
                "Determination",
                "U",
                ["IF prevent", "THEN Determination", "THEN Reason"],
                None,
                ("true", YES, "It is to prevent relapse."),
                ("false", NO, "To fill in: the reason"),
            ),
            payer="acme",
        ),
    ),
    Example(
        "a source document that nobody has entered",
        policy_field_blank.CODE,
        made(
            table(
                "Determination", "U", ["IF prevent", "THEN Determination"], None, ("true", YES), ("false", NO)
            ),
            payer="acme",
            blank={"Source document": cell(None, 11, 2)},
        ),
    ),
)

EXAMPLES = (*TABLE_EXAMPLES, *POLICY_EXAMPLES)
