"""Two policies compared over all cases.

Both policies become diagrams over one set of variables, and are combined into
pairs of answers. Each pair of different answers has its regions of facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from typing import Any

from attrs import evolve

from dmn_dli.analysis.gaps import SearchLimitError
from dmn_dli.analysis.words import fact_text, in_words, plain_fact
from dmn_dli.diagrams.build import STEP_LIMIT
from dmn_dli.diagrams.cases import both, either, everywhere, nowhere, where
from dmn_dli.diagrams.regions import Region, Space
from dmn_dli.diagrams.store import Diagrams, TooLarge
from dmn_dli.diff.answers import LIST_DECISIONS, Aspect, Special, answers
from dmn_dli.diff.behaviour import Behaviour, CriterionBehaviour, Difference, unknown
from dmn_dli.diff.broken import why_broken
from dmn_dli.diff.common_facts import CommonFacts, IncomparableFactsError, common_facts
from dmn_dli.diff.differing import Differing, differing, pairs
from dmn_dli.diff.evidence import Evidence
from dmn_dli.diff.large_finals import LargeRegion, large_regions
from dmn_dli.diff.large_tables import UnsuitableTableError
from dmn_dli.diff.matching import criteria_in_force
from dmn_dli.diff.share import Share
from dmn_dli.diff.verdict import Verdict, direction, verdict
from dmn_dli.feel import FeelType
from dmn_dli.model.finding import errors
from dmn_dli.tables.linked import LinkedPolicy

MOST_REGIONS = 200
"""How many regions of one aspect are told; `Behaviour.shares` counts what is left over too."""

MOST_OF_A_CRITERION = 20
"""How many regions are told of one criterion: one edit shows in all groups above it."""

PAIR_STEPS = 3_000_000
"""How many steps one aspect may take."""

_TOO_MANY_PARTS = "the answers fall into more parts than can be looked at"


def compare(
    old: LinkedPolicy, new: LinkedPolicy, aspects: Sequence[Aspect] = tuple(Aspect), limit: int = STEP_LIMIT
) -> Behaviour:
    """The behavioural difference of two policies.

    aspects: the parts of the record that are compared, the determination first.
    limit: how many steps the diagram of one decision may take.
    """
    broken = [policy for policy in (old, new) if errors(policy.findings)]
    if broken:
        told = [why_broken(policy.workbook.name, policy.findings) for policy in broken]
        return unknown("; ".join(dict.fromkeys(told)))
    try:
        common = common_facts(old, new)
    except IncomparableFactsError as error:
        return unknown(str(error))
    comparison = _Comparison(common, (old, new), aspects, limit)
    for aspect in aspects:
        comparison.add(aspect)
    return comparison.result()


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
        self.evidence = Evidence(policies, common)
        self.same = everywhere(self.store)
        self.found = Behaviour(Verdict.EQUIVALENT)
        self.certain = True
        self.directions: frozenset[Verdict] = frozenset()

    def add(self, aspect: Aspect) -> None:
        """Compare one aspect."""
        sheets = [policy.workbook.criteria for policy in self.policies]
        if aspect is Aspect.CRITERIA:
            self._add_criteria(criteria_in_force(*sheets))
            return
        if aspect is Aspect.UNMET_CRITERIA and any(sheets):
            if not all(sheets):
                self._not_told(
                    aspect, "one side has a sheet of criteria, by which it words them for each case"
                )
            # Between two sheets they differ only where a criterion does.
            return
        old, new = (side.roots.get(aspect) for side in self.sides)
        if old is None or new is None:
            if aspect not in LIST_DECISIONS and self._large(aspect):
                return
            self._not_told(aspect, self._too_large)
            return
        self.store.allow(PAIR_STEPS)
        try:
            self._compare(aspect, pairs(self.store, old, new))
        except TooLarge:
            self._not_told(aspect, _TOO_MANY_PARTS)

    def _add_criteria(self, names: Sequence[tuple[str, str]]) -> None:
        """Compare rows of sheets of criteria, by their old and new names."""
        rows = [self._criterion(*pair) for pair in names]
        self.found = evolve(self.found, criteria=tuple(row for row in rows if row.differs))

    def _criterion(self, old: str, new: str) -> CriterionBehaviour:
        roots = [side.criteria.get(name) for side, name in zip(self.sides, (old, new), strict=True)]
        if roots[0] is None or roots[1] is None:
            return CriterionBehaviour(old, new, reasons=(self._too_large,))
        self.store.allow(PAIR_STEPS)
        try:
            paired = pairs(self.store, roots[0], roots[1])
            parts, doubts = self._shown(differing(self.store, Aspect.CRITERIA, paired, self.same))
            told, whole, left_over = self._told(Aspect.CRITERIA, paired, parts, MOST_OF_A_CRITERION)
        except TooLarge:
            return CriterionBehaviour(old, new, reasons=(_TOO_MANY_PARTS,))
        return CriterionBehaviour(
            old, new, tuple(_arranged(told)), whole, left_over, (*self._limits(paired), *doubts)
        )

    @property
    def _too_large(self) -> str:
        names = dict.fromkeys(name for side in self.sides for name in side.too_large)
        return f"too many combinations of facts to look at in {', '.join(names)}"

    def _large(self, aspect: Aspect) -> bool:
        """Compare an aspect of final decisions too large for a diagram; whether that could be done."""
        try:
            regions = self._large_regions
        except (UnsuitableTableError, SearchLimitError):
            return False
        told = [
            Difference(
                aspect,
                old,
                new,
                self.words(region),
                *self._told_facts(self._stated(_first_case(region))),
                share,
            )
            for each, old, new, region, share in regions
            if each is aspect
        ]
        if aspect is Aspect.DETERMINATION:
            self.directions = frozenset(direction(each.old, each.new) for each in told)
        if told:
            whole = reduce(Share.plus, [each.share for each in told])
            self._tell(aspect, told[:MOST_REGIONS], whole, left_over=len(told) > MOST_REGIONS)
        return True

    @cached_property
    def _large_regions(self) -> tuple[LargeRegion, ...]:
        return large_regions(self.policies, self.sides, self.common)

    def _tell(self, aspect: Aspect, told: Sequence[Difference], whole: Share, *, left_over: bool) -> None:
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
        for limit in self._limits(paired):
            self._not_told(aspect, limit)
        parts, doubts = self._shown(differing(self.store, aspect, paired, self.same))
        for doubt in doubts:
            self._not_told(aspect, doubt)
        if aspect is Aspect.DETERMINATION:
            self.same = where(self.store, paired, lambda result: result is None)
            self.directions = frozenset(direction(part.old, part.new) for part in parts)
        if parts:
            told, whole, left_over = self._told(aspect, paired, parts, MOST_REGIONS)
            self._tell(aspect, told, whole, left_over=left_over)

    def _shown(self, parts: Iterable[Differing]) -> tuple[list[Differing], tuple[str, ...]]:
        """The parts in which some case surely lies, and why others may hold one. Raises TooLarge."""
        if not self.evidence.places:
            return list(parts), ()
        found, doubtful = [], False
        for part in parts:
            cases = self.evidence.cases(self.store, part.root)
            if self.evidence.case(cases) is not None:
                found.append(part)
            elif not self.evidence.are_none(cases):
                doubtful = True
        places = ", ".join(self.evidence.places)
        return found, (f"no case was found that fulfils what is assumed: {places}",) if doubtful else ()

    def _limits(self, paired: int) -> Iterator[str]:
        """Why something of two diagrams' pairs remains unknown."""
        reached = self.store.reached(paired)
        if any(result is Special.UNSURE for result in reached):
            places = ", ".join(dict.fromkeys(place for side in self.sides for place in side.reasons))
            yield f"it depends on several facts at once, or on computed values, in {places}"
        if all(result is Special.IMPOSSIBLE for result in reached) or self.evidence.contradictory:
            yield "the assumptions of the two sides together rule out every case"

    def _told(
        self, aspect: Aspect, paired: int, parts: Sequence[Differing], most: int
    ) -> tuple[list[Difference], Share, bool]:
        """The regions of what differs, how many of all combinations they hold, and whether there are more."""
        store = self.store
        impossible = where(store, paired, lambda result: result is Special.IMPOSSIBLE)
        possible = self.space.count(where(store, paired, lambda result: result is not Special.IMPOSSIBLE))
        told: list[Difference] = []
        left_over = False
        anywhere = nowhere(store)
        for part in parts:
            anywhere = either(store, anywhere, part.root)
            for region in self.space.regions(part.root, impossible):
                if len(told) == most:
                    left_over = True
                    break
                difference = self._difference(aspect, part, region, possible)
                if difference is None:
                    left_over = True
                else:
                    told.append(difference)
        return told, Share(self.space.count(anywhere), possible or 1), left_over

    def _difference(
        self, aspect: Aspect, part: Differing, region: Region, possible: int
    ) -> Difference | None:
        """What differs in a region, with a case; None where assumptions leave none that could be found."""
        case = self.space.a_case(part.root, region)
        stated = self._stated(case)
        if self.evidence.places:
            inside = both(self.store, part.root, self.space.diagram(region))
            real = self.evidence.case(self.evidence.cases(self.store, inside))
            if real is None:
                return None
            stated = {
                fact.name: ({**stated, **real})[fact.name]
                for fact in self.common.facts
                if fact.name in stated or fact.name in real
            }
        return Difference(
            aspect,
            part.old,
            part.new,
            self.words(region),
            *self._told_facts(stated),
            Share(self.space.count_inside(part.root, region), possible),
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

    def _stated(self, case: dict[int, int]) -> dict[str, Any]:
        """A case as it is stated in JSON."""
        facts, domains = self.common.facts, tuple(self.common.domains.values())
        return {
            facts[variable - 1].name: plain_fact(domains[variable - 1].atoms[atom].shown)
            for variable, atom in sorted(case.items())
        }

    def _told_facts(self, stated: dict[str, Any]) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
        """A case as it is stated, and as labels with values."""
        labels = {fact.name: fact.label for fact in self.common.facts}
        return stated, tuple((labels[name], fact_text(value)) for name, value in stated.items())


def _arranged(differences: Sequence[Difference]) -> list[Difference]:
    """Regions of the same two answers together, the largest first."""
    largest: dict[str, int] = {}
    for each in differences:
        pair = repr((each.old, each.new))
        largest[pair] = max(largest.get(pair, 0), each.share.part)

    def place(each: Difference) -> tuple[int, str, int, str]:
        pair = repr((each.old, each.new))
        return -largest[pair], pair, -each.share.part, repr(each.words)

    return sorted(differences, key=place)


def _first_case(region: Region) -> dict[int, int]:
    """The first atom of each variable."""
    return {number: (atoms & -atoms).bit_length() - 1 for number, atoms in enumerate(region, 1)}
