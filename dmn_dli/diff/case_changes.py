"""What a change does to cases: how many come out otherwise, from what to what, and through which criterion.

Each case is put to both versions side by side, in one pass. What is kept does not grow with the number of
cases: counts and sums for each pair of determinations, some case ids, and what was said of earlier cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import field, mutable

from dmn_dli.cases.asking import payer_id, read_facts, unknown_payer
from dmn_dli.cases.files import Case
from dmn_dli.diff.case_amounts import AmountColumn
from dmn_dli.diff.case_counts import (
    BadRow,
    BrokenWorkbook,
    CaseChanges,
    Cause,
    PayerCases,
    Transition,
    exact_sum,
)
from dmn_dli.diff.case_pairs import CasePair, PayerVersions, payer_versions
from dmn_dli.diff.case_sides import Said, both_sides, decided
from dmn_dli.diff.editions import Editions
from dmn_dli.diff.placed_cases import PlacedCase
from dmn_dli.runtime.errors import CaseError, EvaluationError, problem
from dmn_dli.runtime.kernel import DATE_FACT

SAMPLES = 5
"""How many case ids of each transition are told, where nobody asks for more or fewer."""

MOST_BAD = 1_000
"""How many bad rows are told one by one; all are counted."""

MOST_TRANSITIONS = 1_000
"""How many pairs of values are counted one by one for a payer; a generic workbook may give any number."""

MOST_CAUSES = 1_000
"""How many causes of a transition are counted one by one."""

_MOST_REMEMBERED = 50_000
_FURTHER_VALUES = Said("another value", "another value"), Said("another value", "yet another value")
"""What stands for pairs of values beyond those: where they are equal, and where they differ."""
_FURTHER_CAUSE = ("other causes", "", "")


def case_changes(
    old: Editions,
    new: Editions,
    cases: Iterable[PlacedCase],
    amount: str | None = None,
    samples: int = SAMPLES,
) -> CaseChanges:
    """Put each case to both sides.

    amount: the column that is summed; whoever reads the cases sets it aside. samples: how many case ids of
    each transition are kept. Raises InputError where the column of amounts is a fact, or no case has it.
    """
    versions = payer_versions(old, new)
    names = [] if amount is None else [each.pair(None).names for each in versions.values()]
    column = AmountColumn(amount, [names for both in names for names in both])
    counting = _Counting(versions, column, samples)
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

    def __init__(self, versions: Mapping[str, PayerVersions], column: AmountColumn, samples: int) -> None:
        self.versions = versions
        self.column = column
        self.amounts = {False: Decimal(0), True: Decimal(0)}
        self.samples = samples
        self.cases = self.changed = self.without_amount = self.bad_rows = 0
        self.bad: list[BadRow] = []
        self.counts: dict[str, dict[tuple[str, str], _Count]] = {}
        self.broken: dict[BrokenWorkbook, None] = {}
        self.remembered: dict[tuple[Any, ...], Said] = {}

    def add(self, placed: PlacedCase) -> None:
        """Put a case to its payers."""
        self.cases += 1
        case = placed.case
        amount, unclear = self.column.of(placed.file, case)
        if unclear:
            self._refuse(placed, "", CaseError([*case.problems, *unclear]))
            return
        self.without_amount += self.column.name is not None and amount is None
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
        if asked:
            self.amounts[changed] = exact_sum([self.amounts[changed], amount])
        if not asked and len({repr(each.problems) for each in refused.values()}) == 1:
            refused = {"": next(iter(refused.values()))}
        for payer, why in refused.items():
            self._refuse(placed, payer, why)

    def result(self) -> CaseChanges:
        """What was counted. Raises InputError where no case has the column of amounts."""
        lacking = self.column.lacking()
        summed = self.column.name is not None
        return CaseChanges(
            cases=self.cases,
            changed=self.changed,
            payers=tuple(PayerCases(payer, self._transitions(payer)) for payer in sorted(self.counts)),
            amount=self.column.name,
            total_amount=exact_sum(self.amounts.values()) if summed else None,
            changed_amount=self.amounts[True] if summed else None,
            without_amount=self.without_amount,
            lacking=lacking,
            bad=tuple(self.bad),
            bad_rows=self.bad_rows,
            broken=tuple(self.broken),
        )

    def _transitions(self, payer: str) -> tuple[Transition, ...]:
        counts = sorted(self.counts[payer].items(), key=lambda each: (-each[1].cases, each[0]))
        return tuple(
            Transition(
                count.said.old,
                count.said.new,
                count.cases,
                None if self.column.name is None else count.amount,
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
        changed = key[0] != key[1]
        counts = self.counts.setdefault(payer, {})
        if key not in counts and len(counts) >= MOST_TRANSITIONS:
            further = _FURTHER_VALUES[changed]
            key, said = (further.old, further.new), said._replace(old=further.old, new=further.new)
        count = counts.get(key)
        if count is None:
            count = counts[key] = _Count(said)
        count.cases += 1
        count.amount = exact_sum([count.amount, amount])
        if len(count.samples) < self.samples:
            count.samples.append(case.case_id)
        for each in said.causes:
            cause = each if each in count.causes or len(count.causes) < MOST_CAUSES else _FURTHER_CAUSE
            count.causes[cause] = count.causes.get(cause, 0) + 1
        return changed

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
