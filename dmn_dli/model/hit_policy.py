"""The hit policies of decision tables."""

from __future__ import annotations

from enum import Enum


class HitPolicy(Enum):
    """DMN 1.5, section 8.2.8 to 8.2.11; the value is the short form, the name the word."""

    UNIQUE = "U"
    ANY = "A"
    PRIORITY = "P"
    FIRST = "F"
    RULE_ORDER = "R"
    OUTPUT_ORDER = "O"
    COLLECT = "C"
    COLLECT_SUM = "C+"
    COLLECT_MIN = "C<"
    COLLECT_MAX = "C>"
    COLLECT_COUNT = "C#"

    @property
    def gives_list(self) -> bool:
        """Whether the decision's value is a list of all that the rules gave."""
        return self in (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT)
