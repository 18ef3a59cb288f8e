"""What a change does to cases: how many come out otherwise, from what to what, and through which criterion.

Each case is put to both versions side by side, in one pass. What is kept does not grow with the number of
cases: counts and sums for each pair of determinations, some case ids, and what was said of earlier cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any, NamedTuple

from attrs import field, frozen, mutable

from dmn_dli.cases.asking import payer_id, read_facts, unknown_payer
from dmn_dli.cases.files import Case
from dmn_dli.cases.headed_rows import OWN
from dmn_dli.diff.case_pairs import CasePair, PayerVersions, payer_versions
from dmn_dli.diff.case_sides import Said, both_sides, decided
from dmn_dli.diff.editions import Editions
from dmn_dli.model.repair import plain_word
from dmn_dli.runtime.errors import CaseError, EvaluationError, Problem, problem
from dmn_dli.runtime.input_error import InputError
from dmn_dli.runtime.kernel import DATE_FACT

SAMPLES = 5
"""How many case ids of each transition are told, where nobody asks for more or fewer."""

MOST_BAD = 1_000
"""How many bad rows are told one by one; all are counted."""

_MOST_REMEMBERED = 50_000

_AMOUNT = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
_EXACT = Context(prec=120)
"""Sums of amounts are exact, and of a bounded size."""


class PlacedCase(NamedTuple):
    """A case with its file, and which of the file's cases it is."""

    file: str
    row: int
    case: Case


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
    """A criterion whose status differs, or the rules that answer instead of others; cases: how many."""

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
    the column whose values are summed; without_amount: how many cases have none there. bad: the first bad
    rows; bad_rows: all. broken: workbooks with errors, whose payers could not be asked.
    """

    cases: int
    changed: int
    payers: tuple[PayerCases, ...]
    amount: str | None
    without_amount: int
    bad: tuple[BadRow, ...]
    bad_rows: int
    broken: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every case could be put to every payer that it is for."""
        return not (self.bad_rows or self.broken)


def case_changes(
    old: Editions,
    new: Editions,
    cases: Iterable[PlacedCase],
    amount: str | None = None,
    samples: int = SAMPLES,
) -> CaseChanges:
    """Put each case to both sides.

    amount: the column that is summed; whoever reads the cases sets it aside. samples: how many case ids of
    each transition are kept. Raises InputError where the column of amounts is a fact.
    """
    versions = payer_versions(old, new)
    if amount is not None:
        _refuse_fact(amount, versions)
    counting = _Counting(versions, amount, samples)
    for each in cases:
        counting.add(each)
    return counting.result()


@mutable
class _Count:
    """What is gathered of one transition."""

    said: Said
    cases: int = 0
    amount: Decimal = Decimal(0)
    samples: list[str] = field(factory=list)
    causes: dict[tuple[str, str, str], int] = field(factory=dict)


class _Counting:
    """The counts while cases come in."""

    def __init__(self, versions: Mapping[str, PayerVersions], amount: str | None, samples: int) -> None:
        self.versions = versions
        self.amount = amount
        self.samples = samples
        self.cases = self.changed = self.without_amount = self.bad_rows = 0
        self.bad: list[BadRow] = []
        self.counts: dict[str, dict[tuple[str, str], _Count]] = {}
        self.broken: dict[str, None] = {}
        self.remembered: dict[tuple[Any, ...], Said] = {}

    def add(self, placed: PlacedCase) -> None:
        """Put a case to its payers."""
        self.cases += 1
        case = placed.case
        amount, unclear = _amount(case, self.amount)
        if unclear:
            self._refuse(placed, "", CaseError([*case.problems, *unclear]))
            return
        self.without_amount += self.amount is not None and amount is None
        changed = False
        refused: dict[str, EvaluationError] = {}
        asked = 0
        for payer in self._payers(case):
            try:
                said = self._said(case, payer)
            except EvaluationError as error:
                refused[payer] = error
            else:
                if said is not None:
                    asked += 1
                    changed |= self._count(payer, said, case, amount)
        self.changed += changed
        if not asked and len({repr(each.problems) for each in refused.values()}) == 1:
            refused = {"": next(iter(refused.values()))}
        for payer, why in refused.items():
            self._refuse(placed, payer, why)

    def result(self) -> CaseChanges:
        """What was counted."""
        return CaseChanges(
            self.cases,
            self.changed,
            tuple(PayerCases(payer, self._transitions(payer)) for payer in sorted(self.counts)),
            self.amount,
            self.without_amount,
            tuple(self.bad),
            self.bad_rows,
            tuple(self.broken),
        )

    def _transitions(self, payer: str) -> tuple[Transition, ...]:
        counts = sorted(self.counts[payer].items(), key=lambda each: (-each[1].cases, each[0]))
        return tuple(
            Transition(
                count.said.old,
                count.said.new,
                count.cases,
                None if self.amount is None else count.amount,
                tuple(count.samples),
                tuple(
                    Cause(*cause, cases)
                    for cause, cases in sorted(count.causes.items(), key=lambda each: (-each[1], each[0]))
                ),
            )
            for _, count in counts
        )

    def _payers(self, case: Case) -> Sequence[str]:
        if case.payers is None:
            return tuple(self.versions)
        return sorted({payer_id(payer, self.versions) for payer in case.payers})

    def _refuse(self, placed: PlacedCase, payer: str, error: EvaluationError) -> None:
        self.bad_rows += 1
        if len(self.bad) < MOST_BAD:
            case = placed.case
            said = error.kind, error.message, tuple(error.problems)
            self.bad.append(BadRow(placed.file, placed.row, case.case_id, payer, *said))

    def _count(self, payer: str, said: Said, case: Case, amount: Decimal | None) -> bool:
        key = repr(said.old), repr(said.new)
        counts = self.counts.setdefault(payer, {})
        count = counts.get(key)
        if count is None:
            count = counts[key] = _Count(said)
        count.cases += 1
        if amount is not None:
            count.amount = _EXACT.add(count.amount, amount)
        if len(count.samples) < self.samples:
            count.samples.append(case.case_id)
        for cause in said.causes:
            count.causes[cause] = count.causes.get(cause, 0) + 1
        return key[0] != key[1]

    def _said(self, case: Case, payer: str) -> Said | None:
        """What both sides say; None where a workbook has errors. Raises EvaluationError for a bad case."""
        if payer not in self.versions:
            raise CaseError([*case.problems, problem(unknown_payer(payer, self.versions), value=payer)])
        if case.problems:
            raise CaseError(list(case.problems))
        pair = self._pair(case, payer)
        if pair.broken:
            self.broken |= dict.fromkeys(pair.broken)
            return None
        sides = both_sides(case, pair)
        key = (id(pair), *[side.key for side in sides])
        said = self.remembered.get(key)
        if said is None:
            said = decided(pair, sides)
            if len(self.remembered) >= _MOST_REMEMBERED:
                self.remembered.clear()
            self.remembered[key] = said
        return said

    def _pair(self, case: Case, payer: str) -> CasePair:
        """The versions for the case's day, as the latest version reads it."""
        versions = self.versions[payer]
        latest = versions.pair(None)
        if len(versions.old) == len(versions.new) == 1 or latest.broken:
            return latest
        for series in latest.series:
            for kernel in series.deciding:
                facts, _ = read_facts(case, series)
                if facts.get(DATE_FACT) is not None and DATE_FACT in kernel.case_reader.facts:
                    given = {DATE_FACT: facts[DATE_FACT]}
                    kernel.case_reader.atoms(given)
                    return versions.pair(kernel.case_reader.day(DATE_FACT, given))
        return latest


def _amount(case: Case, column: str | None) -> tuple[Decimal | None, Sequence[Problem]]:
    """A case's amount, None where it is blank; or a problem for what is no number."""
    value = None if column is None else case.aside.get(column)
    text = f"{value:f}" if isinstance(value, Decimal) else str(value).strip()
    if value is None or not text:
        return None, ()
    if not _AMOUNT.fullmatch(text):
        reason = (
            f'"{column}" is no amount: digits are expected, with a point before the cents, as in 1234.50.'
        )
        return None, (problem(reason, value=value),)
    return Decimal(text), ()


def _refuse_fact(column: str, versions: Mapping[str, PayerVersions]) -> None:
    """Raise InputError where a column of amounts is a fact, or a case's id or payer."""
    facts = (names for each in versions.values() for names in each.pair(None).names)
    if plain_word(column) in OWN or any(plain_word(column) in names for names in facts):
        raise InputError(f'The column "{column}" holds a fact of the cases, and no amount.')


def total(transitions: Iterable[Transition]) -> Decimal:
    """What the amounts of transitions sum to, exactly."""
    found = Decimal(0)
    for each in transitions:
        found = _EXACT.add(found, each.amount or Decimal(0))
    return found
