"""One textual change: what it is about, how it read before and after, and where it stands."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class ChangeKind(Enum):
    """What was changed."""

    FIELD = "policy field"
    DECISION_ADDED = "decision added"
    DECISION_REMOVED = "decision removed"
    DECISION_RENAMED = "decision renamed"
    QUESTION = "question"
    HIT_POLICY = "hit policy"
    CLAUSE_ADDED = "column added"
    CLAUSE_REMOVED = "column removed"
    CLAUSE_CHANGED = "column heading"
    CLAUSE_READS = "what a column reads"
    VALUES = "allowed values"
    RULE_ADDED = "rule added"
    RULE_REMOVED = "rule removed"
    RULE_MOVED = "rule moved"
    CRITERIA_ADDED = "sheet of criteria added"
    CRITERIA_REMOVED = "sheet of criteria removed"
    CRITERIA_RENAMED = "sheet of criteria renamed"
    CRITERION_ADDED = "criterion added"
    CRITERION_REMOVED = "criterion removed"
    CRITERION_MOVED = "criterion moved"
    CRITERION_RENUMBERED = "criterion renumbered"
    CELL = "cell"
    CASE_ADDED = "case added"
    CASE_REMOVED = "case removed"
    CASE_CHANGED = "case changed"
    ASSUMPTION_ADDED = "assumption added"
    ASSUMPTION_REMOVED = "assumption removed"
    FACT_ADDED = "fact added"
    FACT_REMOVED = "fact removed"
    FACT_CHANGED = "fact changed"


@frozen
class Change:
    """A textual change.

    decision, rule: where they apply; the decision, or sheet of criteria, by its new name, a criterion by its
    new number. subject: the column, field, fact or
    case. old, new: the text before and after; None where there was or is none.
    old_place, new_place: the cells (`Scope!B5`), "" where there was or is none. column: of a cell what row 2
    says of its column (`IF`). label: the subject by the words that people read, where it is a fact.
    """

    kind: ChangeKind
    subject: str = ""
    old: str | None = None
    new: str | None = None
    decision: str = ""
    rule: str = ""
    old_place: str = ""
    new_place: str = ""
    column: str = ""
    label: str = ""
