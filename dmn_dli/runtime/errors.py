"""Why a case could not be evaluated: problems with the case, or with the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dmn_dli.runtime.scalars import reported

Problem = dict[str, Any]
"""One line of an error record: fact, value, reason, allowed_values, decision, rules, cell."""


def problem(
    reason: str,
    *,
    fact: str | None = None,
    value: Any = None,
    allowed_values: Sequence[Any] | None = None,
    decision: str | None = None,
    rules: Sequence[str] = (),
    cell: str | None = None,
) -> Problem:
    """A problem with all the keys of the contract."""
    return {
        "fact": fact,
        "value": reported(value),
        "reason": reason,
        "allowed_values": allowed_values,
        "decision": decision,
        "rules": list(rules),
        "cell": cell,
    }


class EvaluationError(Exception):
    """No determination: `kind` is `case` or `table`, `problems` says all that is wrong at once."""

    kind = ""
    summary = ""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Sum up the problems in `message`."""
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        self.message = f"{self.summary}: {problems[0]['reason']}{more}"
        self.problems = list(problems)
        super().__init__(self.message)


class CaseError(EvaluationError):
    """The case names a fact that does not exist, or gives a fact a value that it cannot have."""

    kind = "case"
    summary = "The case cannot be evaluated"


class TableError(EvaluationError):
    """The tables conflict on this case, give it no value, or have errors."""

    kind = "table"
    summary = "The tables cannot decide this case"
