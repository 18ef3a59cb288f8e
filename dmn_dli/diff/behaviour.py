"""The behavioural difference of two policies: where their answers differ, in words, with a case for each.

Both policies become diagrams over one set of variables, and are combined into
pairs of answers. Each pair of different answers has its regions of facts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from attrs import evolve, frozen

from dmn_dli.analysis.gaps import SearchLimitError
from dmn_dli.analysis.words import in_words, plain_fact
from dmn_dli.diagrams.build import STEP_LIMIT
from dmn_dli.diagrams.cases import either, everywhere, nowhere, share, where
from dmn_dli.diagrams.regions import Region, Space
from dmn_dli.diagrams.store import Diagrams, TooLarge
from dmn_dli.diff.answers import LIST_DECISIONS, Aspect, Special, answers
from dmn_dli.diff.common_facts import CommonFacts, IncomparableFactsError, common_facts
from dmn_dli.diff.differing import Differing, differing, pairs
from dmn_dli.diff.large_finals import LargeRegion, large_regions
from dmn_dli.diff.large_tables import UnsuitableTableError
from dmn_dli.diff.verdict import Verdict, direction, verdict
from dmn_dli.feel import FeelType
from dmn_dli.model.finding import errors
from dmn_dli.tables.linked import LinkedPolicy

MOST_REGIONS = 200
"""How many regions of one aspect are told; `Behaviour.shares` counts what is left over too."""

PAIR_STEPS = 3_000_000
"""How many steps one aspect may take."""


@frozen
class Difference:
    """A region of facts in which an aspect differs everywhere, with both answers.

    old, new: a determination ("error" where there is none); of the wording the texts that differ; of a list
    the item that one side lacks. Wording is compared where the determination stays.
    words: for each fact that the region narrows its label and values. witness: facts that lead into it.
    share: how much of all cases it holds, 0 to 1, the classes of each fact counted alike.
    """

    aspect: Aspect
    old: Any
    new: Any
    words: tuple[tuple[str, str], ...]
    witness: dict[str, Any]
    share: float


@frozen
class Behaviour:
    """What differs over all cases that both policies admit, every fact known.

    shares: for each aspect that differs how much of all cases differ. untold: aspects with more regions.
    reasons: why something remains unknown, in words; then an aspect may differ elsewhere too.
    directions: what the verdict sums up.
    """

    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    shares: tuple[tuple[Aspect, float], ...] = ()
    untold: tuple[Aspect, ...] = ()
    reasons: tuple[str, ...] = ()
    directions: frozenset[Verdict] = frozenset()

    @property
    def differs(self) -> bool:
        """Whether anything differs, or may differ for all that is known."""
        return bool(self.differences) or bool(self.reasons) or self.verdict is not Verdict.EQUIVALENT


def compare(
    old: LinkedPolicy, new: LinkedPolicy, aspects: Sequence[Aspect] = tuple(Aspect), limit: int = STEP_LIMIT
) -> Behaviour:
    """The behavioural difference of two policies.

    aspects: the parts of the record that are compared, the determination first.
    limit: how many steps the diagram of one decision may take.
    """
    broken = [policy.workbook.name for policy in (old, new) if errors(policy.findings)]
    if broken:
        return unknown(f"{' and '.join(dict.fromkeys(broken))} cannot be evaluated: `dmn-dli check` says why")
    try:
        common = common_facts(old, new)
    except IncomparableFactsError as error:
        return unknown(str(error))
    comparison = _Comparison(common, (old, new), aspects, limit)
    for aspect in aspects:
        comparison.add(aspect)
    return comparison.result()


def unknown(*reasons: str) -> Behaviour:
    """The behaviour of which nothing can be told, and why."""
    return Behaviour(Verdict.UNKNOWN, reasons=reasons)


class _Comparison:
    """The aspects of two policies, compared one after the other, the determination first."""

    def __init__(
        self,
        common: CommonFacts,
        policies: tuple[LinkedPolicy, LinkedPolicy],
        aspects: Collection[Aspect],
        limit: int,
    ) -> None:
        self.common = common
        self.policies = policies
        self.store = Diagrams()
        self.space = Space(self.store, tuple(len(domain.atoms) for domain in common.domains.values()))
        self.sides = tuple(answers(policy, common, self.store, aspects, limit) for policy in policies)
        self.same = everywhere(self.store)
        self.found = Behaviour(Verdict.EQUIVALENT)
        self.certain = True
        self.directions: frozenset[Verdict] = frozenset()

    def add(self, aspect: Aspect) -> None:
        """Compare one aspect."""
        old, new = (side.roots.get(aspect) for side in self.sides)
        if old is None or new is None:
            if aspect not in LIST_DECISIONS and self._large(aspect):
                return
            names = dict.fromkeys(name for side in self.sides for name in side.too_large)
            self._not_told(aspect, f"too many combinations of facts to look at in {', '.join(names)}")
            return
        self.store.allow(PAIR_STEPS)
        try:
            self._compare(aspect, pairs(self.store, old, new))
        except TooLarge:
            self._not_told(aspect, "the answers fall into more parts than can be looked at")

    def _large(self, aspect: Aspect) -> bool:
        """Compare an aspect of final decisions too large for a diagram; whether that could be done."""
        try:
            regions = self._large_regions
        except (UnsuitableTableError, SearchLimitError):
            return False
        told = [
            Difference(aspect, old, new, self.words(region), self._facts(_first_case(region)), share_)
            for each, old, new, region, share_ in regions
            if each is aspect
        ]
        if aspect is Aspect.DETERMINATION:
            self.directions = frozenset(direction(each.old, each.new) for each in told)
        if told:
            whole = sum(each.share for each in told)
            self._tell(aspect, told[:MOST_REGIONS], whole, left_over=len(told) > MOST_REGIONS)
        return True

    @cached_property
    def _large_regions(self) -> tuple[LargeRegion, ...]:
        return large_regions(self.policies, self.sides, self.common)

    def _tell(self, aspect: Aspect, told: Sequence[Difference], whole: float, *, left_over: bool) -> None:
        self.found = evolve(
            self.found,
            differences=(*self.found.differences, *_arranged(told)),
            shares=(*self.found.shares, (aspect, whole)),
            untold=(*self.found.untold, *([aspect] if left_over else [])),
        )

    def result(self) -> Behaviour:
        """The difference as a whole."""
        found = verdict(self.directions, certain=self.certain)
        return evolve(self.found, verdict=found, directions=self.directions)

    def _not_told(self, aspect: Aspect, why: str) -> None:
        self.found = evolve(self.found, reasons=(*self.found.reasons, f"{aspect.value}: {why}"))
        self.certain = self.certain and aspect is not Aspect.DETERMINATION

    def _compare(self, aspect: Aspect, paired: int) -> None:
        store = self.store
        if any(result is Special.UNSURE for result in store.reached(paired)):
            places = ", ".join(dict.fromkeys(place for side in self.sides for place in side.reasons))
            self._not_told(aspect, f"it depends on what cannot be traced to single facts: {places}")
        impossible = where(store, paired, lambda result: result is Special.IMPOSSIBLE)
        possible = where(store, paired, lambda result: result is not Special.IMPOSSIBLE)
        if possible == nowhere(store):
            self._not_told(aspect, "the assumptions of the two sides together rule out every case")
            return
        parts = list(differing(store, aspect, paired, self.same))
        if aspect is Aspect.DETERMINATION:
            self.same = where(store, paired, lambda result: result is None)
            self.directions = frozenset(direction(part.old, part.new) for part in parts)
        if not parts:
            return
        told: list[Difference] = []
        left_over = False
        anywhere = nowhere(store)
        for part in parts:
            anywhere = either(store, anywhere, part.root)
            for region in self.space.regions(part.root, impossible):
                if len(told) == MOST_REGIONS:
                    left_over = True
                    break
                told.append(self._difference(aspect, part, region, possible))
        whole = share(store, anywhere) / share(store, possible)
        self._tell(aspect, told, whole, left_over=left_over)

    def _difference(self, aspect: Aspect, part: Differing, region: Region, possible: int) -> Difference:
        return Difference(
            aspect,
            part.old,
            part.new,
            self.words(region),
            self._facts(self.space.a_case(part.root, region)),
            self.space.share(part.root, region, possible),
        )

    def words(self, region: Region) -> tuple[tuple[str, str], ...]:
        """For each fact that a region narrows its label and values."""
        found = []
        for fact, domain, chosen in zip(self.common.facts, self.common.domains.values(), region, strict=True):
            taken = [bool(chosen >> number & 1) for number in range(len(domain.atoms))]
            if not all(taken):
                quoted = domain.type is FeelType.STRING and not domain.finite
                found.append((fact.label, in_words(domain.atoms, taken, quoted=quoted)))
        return tuple(found)

    def _facts(self, case: dict[int, int]) -> dict[str, Any]:
        domains = list(self.common.domains.items())
        return {
            domains[variable - 1][0]: plain_fact(domains[variable - 1][1].atoms[atom].shown)
            for variable, atom in sorted(case.items())
        }


def _arranged(differences: Sequence[Difference]) -> list[Difference]:
    """Regions of the same two answers together, the largest first."""
    largest: dict[str, float] = {}
    for each in differences:
        pair = repr((each.old, each.new))
        largest[pair] = max(largest.get(pair, 0.0), each.share)

    def place(each: Difference) -> tuple[float, str, float, str]:
        pair = repr((each.old, each.new))
        return -largest[pair], pair, -each.share, repr(each.words)

    return sorted(differences, key=place)


def _first_case(region: Region) -> dict[int, int]:
    """The first atom of each variable."""
    return {number: (atoms & -atoms).bit_length() - 1 for number, atoms in enumerate(region, 1)}
