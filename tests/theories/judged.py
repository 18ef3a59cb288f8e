"""The verdicts on a policy's tables beside what brute force shows of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from attrs import frozen

from dmn_dli.analysis.proof import Proof, prove
from dmn_dli.diagrams.build import build
from dmn_dli.tables.linked import LinkedTable
from tests.reference.checks import witnessed
from tests.theories.brute import Brute, Shown, rules_that_fire
from tests.theories.workbooks import Made


@frozen
class Judged:
    """A table's verdicts beside what cases show.

    truth: (complete, free of overlaps) as far as the cases that were tried tell. wrong: in words, empty
    where nothing is.
    """

    made: Made
    table: LinkedTable
    proof: Proof
    truth: tuple[bool, bool]
    reached: int
    wrong: tuple[str, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Which verdicts are unknown."""
        found = (("complete", self.proof.complete), ("overlap_free", self.proof.overlap_free))
        return tuple(word for word, verdict in found if verdict is None)

    @property
    def size(self) -> int:
        """How much there is to read."""
        return len(self.table.columns) * len(self.table.rule_indexes) + 10 * len(self.made.policy.tables)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its clauses."""
        return self.made.kinds[self.table.name]


def judged(made: Made, cases: int = 400) -> Iterator[Judged]:
    """Each table of a policy."""
    diagrams = build(made.policy)
    proofs = {each.name: prove(diagrams, each.logic.table, each.logic)[0] for each in diagrams.decisions}
    brute = Brute(made.policy, made.facts, made.seed)
    brute.search(cases)
    for table in made.policy.tables:
        shown, proof = brute.shown[table.name], proofs[table.name]
        truth = (table.has_default or shown.gap is None, not shown.overlaps)
        yield Judged(made, table, proof, truth, shown.reached, tuple(_wrong(made, table, proof, shown)))


def _wrong(made: Made, table: LinkedTable, proof: Proof, shown: Shown) -> Iterator[str]:
    gap = None if table.has_default else shown.gap
    if proof.complete and gap is not None and rules_that_fire(made.policy, table.name, gap) == set():
        yield f"proven complete, but no rule answers {gap}"
    if proof.overlap_free:
        for pair, case in shown.overlaps.items():
            fired = rules_that_fire(made.policy, table.name, case)
            if fired is not None and fired.issuperset(pair):
                yield f"proven free of overlaps, but rules {pair} share {case}"
                break
    if proof.complete is False and not any(gap.certain for gap in proof.gaps):
        yield "not complete, without a certain gap"
    if proof.overlap_free is False and not any(each.certain for each in proof.overlaps):
        yield "not free of overlaps, without a certain one"
    for box in proof.gaps:
        if box.certain and rules_that_fire(made.policy, table.name, _case(made, box.witness)) != set():
            yield f"a gap's witness is answered: {box.witness}"
    for each in proof.overlaps:
        if each.certain:
            fired = rules_that_fire(made.policy, table.name, _case(made, each.witness))
            if fired is None or not fired.issuperset((each.first, each.second)):
                yield f"an overlap's witness shows none: {each.witness}"


def _case(made: Made, witness: dict[str, Any]) -> dict[str, Any]:
    """A witness as a case: what it does not name may be anything."""
    chance = Random(made.seed)
    rest = {each.name: each.draw(chance) for each in made.facts}
    return rest | witnessed(made.policy, witness)


def sound(made: Made) -> bool:
    """Whether the policy is free of errors, so that it can be proven."""
    return not any(finding.is_error for finding in made.policy.findings)
