"""What checks are asked of: a table with all that is known of it, and a series of versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from operator import itemgetter

from attrs import field, frozen

from dmn_dli.analysis.columns import TableView, Witness
from dmn_dli.analysis.place import TOLD, TablePlace, when
from dmn_dli.analysis.proof import Proof, Shared
from dmn_dli.analysis.redundancy import duplicates, redundant
from dmn_dli.analysis.valueless import valueless
from dmn_dli.analysis.winners import IdleRules, idle_rules
from dmn_dli.model.finding import Code, Finding
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.hit_policy import HitPolicy
from dmn_dli.tables.linked import LinkedTable


@frozen(slots=False)
class TableSubject:
    """A table of a policy. What several checks rest on is found once, when the first of them asks.

    seen: the view on which it was proven; None where the proof says why there is none.
    final: whether it is the policy's final decision. whole: whether any value of that is a determination.
    others: all tables of the policy, by name.
    """

    place: TablePlace
    seen: TableView | None
    proof: Proof
    final: bool
    whole: bool = False
    others: Mapping[str, LinkedTable] = field(factory=dict)

    @property
    def hit_policy(self) -> HitPolicy:
        """The table's hit policy."""
        return self.place.table.hit_policy

    @cached_property
    def idle(self) -> IdleRules:
        """The rules that decide no case."""
        return IdleRules((), ()) if self.seen is None else idle_rules(self.seen)

    @cached_property
    def valueless(self) -> tuple[tuple[int, Witness], ...]:
        """The rules that decide a case and give no value, each with such a case. Raises TooLarge."""
        return () if self.seen is None else tuple(valueless(self.seen))

    @property
    def doubt(self) -> str:
        """Why what is not certain is not: what cannot be traced to single facts."""
        return "" if self.seen is None else self.seen.doubt

    @cached_property
    def doubled(self) -> dict[int, int]:
        """Rules that say the same as an earlier one, later to earlier, where that is told of them alone."""
        policy = self.hit_policy
        # In F and P tables the later never wins, in U tables the two overlap; C+ and C# may mean both.
        asked = policy.must_agree or policy.gives_list or (policy.aggregates and not policy.adds)
        return dict(duplicates(self.seen)) if self.seen is not None and asked else {}

    @cached_property
    def spare(self) -> tuple[int, ...]:
        """The rules that change nothing, ascending; not those that are idle or doubled."""
        if self.seen is None or self.seen.firing is None:
            return ()
        told = self.idle.mask | sum(1 << rule for rule in self.doubled)
        return tuple(sorted(redundant(self.seen, self.seen.firing, told)))


@frozen
class Series:
    """The workbooks of some payers, drafts left out, and the day that counts as today.

    drafts: those that are yet to come in force. beside: versions before these, of which nothing is asked.
    """

    workbooks: tuple[Workbook, ...]
    today: date
    drafts: tuple[Workbook, ...] = ()
    beside: tuple[Workbook, ...] = ()

    def versions(self) -> Iterator[Sequence[tuple[date, Workbook]]]:
        """For each payer its versions with the day on which they take effect, as the workbooks stand."""
        yield from _by_payer(self.workbooks)

    def successions(self) -> Iterator[tuple[Workbook, Workbook]]:
        """Each version that is asked about, drafts among them, behind the version before it."""
        for versions in _by_payer((*self.workbooks, *self.drafts, *self.beside)):
            for start, workbook in versions:
                earlier = [each for each in versions if each[0] < start]
                if earlier and workbook not in self.beside:
                    yield max(earlier, key=itemgetter(0))[1], workbook

    def ends(self) -> Iterator[tuple[Workbook, date, date, Workbook]]:
        """Versions with a last day of their own, that day, and the next version with its first."""
        for versions in self.versions():
            for (start, workbook), (next_start, following) in pairwise(sorted(versions, key=itemgetter(0))):
                end = workbook.policy.effective_to
                if end is not None and start != next_start:
                    yield workbook, end, next_start, following


def _by_payer(workbooks: Iterable[Workbook]) -> Iterable[Sequence[tuple[date, Workbook]]]:
    found: dict[str, list[tuple[date, Workbook]]] = {}
    for workbook in workbooks:
        fields = workbook.policy
        if fields.payer is not None and fields.effective_from is not None:
            found.setdefault(fields.payer, []).append((fields.effective_from, workbook))
    return found.values()


def pair_findings(
    subject: TableSubject, code: Code, told: Sequence[Shared], count: int, why: str, alike: str = ""
) -> Iterator[Finding]:
    """The first of the pairs of rules that meet, of `count` in all; alike: the remedy where results agree."""
    place = subject.place
    for number, shared in enumerate(told[:TOLD], 1):
        pair = (shared.first, shared.second)
        message = f"The rules {place.named(pair)} both answer{when(shared.words) or ' for every case'}{why}"
        message += place.case(shared.witness, shared.words)
        if number == TOLD < count:
            message += f" {count - number} more pairs of rules meet in the table."
        remedy = alike if shared.agree else ""
        yield place.finding(code, place.rule(shared.second).cell, message, remedy, pair, shared.witness)
