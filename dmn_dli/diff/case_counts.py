"""What a change does to a number of cases, counted: transitions, sums, causes, and rows left out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Any

from attrs import frozen

from dmn_dli.runtime.errors import Problem

_EXACT = Context(prec=120)
"""Sums of amounts are exact, and of a bounded size."""


@frozen
class BadRow:
    """A case that could not be put to anybody, or not to one payer ("" for all), with all its problems."""

    file: str
    row: int
    case_id: str
    payer: str
    kind: str
    message: str
    problems: tuple[Problem, ...]


@frozen
class Cause:
    """What parts two determinations; cases: how many it parts.

    A criterion whose status differs (`Criteria.2.a`: `met`, `not met`); else the rules that answer instead of
    others (`rule`), or a table that cannot decide; or a fact that one side alone accepts.
    """

    subject: str
    old: str
    new: str
    cases: int


@frozen
class Transition:
    """The cases of a payer with one pair of determinations.

    amount: their sum; None without a column of amounts. samples: the first case ids. causes: what parts
    them where the determination changes, the most frequent first; a case may have several.
    """

    old: Any
    new: Any
    cases: int
    amount: Decimal | None
    samples: tuple[str, ...]
    causes: tuple[Cause, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the determination is another."""
        return repr(self.old) != repr(self.new)


@frozen
class BrokenWorkbook:
    """A workbook with errors, and what to do about it."""

    workbook: str
    why: str


@frozen
class PayerCases:
    """What a payer's cases get before and after."""

    payer: str
    transitions: tuple[Transition, ...]

    @property
    def cases(self) -> int:
        """How many cases were put to the payer."""
        return sum(each.cases for each in self.transitions)

    @property
    def changed(self) -> tuple[Transition, ...]:
        """Those that get another determination."""
        return tuple(each for each in self.transitions if each.changed)


@frozen
class CaseChanges:
    """What a change does to a number of cases.

    cases: how many were read; changed: how many get another determination from one payer at least. amount:
    the column whose values are summed; of the cases that were put to anybody `total_amount` is the sum, and
    `changed_amount` that of the changed ones, each case once. without_amount: how many cases have none there;
    lacking: files in which none has. bad: the first bad rows; bad_rows: all. broken: workbooks with errors,
    whose payers could not be asked.
    """

    cases: int
    changed: int
    payers: tuple[PayerCases, ...]
    amount: str | None
    total_amount: Decimal | None
    changed_amount: Decimal | None
    without_amount: int
    lacking: tuple[str, ...]
    bad: tuple[BadRow, ...]
    bad_rows: int
    broken: tuple[BrokenWorkbook, ...]

    @property
    def whole(self) -> bool:
        """Whether every case could be put to every payer that it is for."""
        return not (self.bad_rows or self.broken)


def exact_sum(amounts: Iterable[Decimal | None]) -> Decimal:
    """What amounts sum to, exactly; None counts as nothing."""
    found = Decimal(0)
    for each in amounts:
        if each is not None:
            found = _EXACT.add(found, each)
    return found


def total(transitions: Iterable[Transition]) -> Decimal:
    """What the amounts of transitions sum to, exactly."""
    return exact_sum(each.amount for each in transitions)
