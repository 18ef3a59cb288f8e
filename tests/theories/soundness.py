"""Theories on the cases of random workbooks: a part in which a case lies is never refuted.

python -m tests.theories.soundness --policies 300 --hard
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import chain, combinations, count, islice

from dmn_dli.diagrams.composition import Composition
from dmn_dli.diagrams.consistency import groups
from dmn_dli.feel import from_python
from dmn_dli.feel.unparse import unparse
from dmn_dli.theories.linear import LinearTheory
from dmn_dli.theories.ranges import RangeTheory
from dmn_dli.theories.terms import Group, Part, Term
from tests.theories.brute import Brute
from tests.theories.judged import sound
from tests.theories.workbooks import Made, workbook


def refuted(made: Made, cases: int = 30) -> Iterator[str]:
    """In words, each part that a theory refutes and in which a case lies; and each value without an atom."""
    composition = Composition(made.policy, {})
    brute = Brute(made.policy, made.facts, made.seed)
    brute.search(20, 2)
    drawn = [{name: from_python(value) for name, value in brute.draw().items()} for _ in range(cases)]
    for group in groups(composition, composition.lowered.terms):
        theories = (RangeTheory(group), LinearTheory(group))
        for case in drawn:
            outside = [term for term in group.terms if term.atom(case) < 0]
            yield from (f"{_told(term)} has no atom for {_shown(group, case)}" for term in outside)
            if outside:
                continue
            for part, terms in _parts(group, case):
                for theory in theories:
                    if theory.refutes(part):
                        words = ", ".join(map(_told, terms))
                        yield f"{type(theory).__name__} refutes {_shown(group, case)} with {words}"


def _parts(group: Group, case: dict[str, object]) -> Iterator[tuple[Part, tuple[Term, ...]]]:
    """The part of a case: all terms, each two, each one; beside the facts' atoms, and without them."""
    facts = {name: domain.atoms[domain.locate(case[name])] for name, domain in group.domains.items()}
    several = combinations(group.terms, 2) if len(group.terms) > 2 else ()
    for terms in chain([group.terms], islice(several, 10), combinations(group.terms, 1)):
        where = {term.name: term.domain.atoms[term.atom(case)] for term in terms}
        yield Part(facts, where), terms
        yield Part({}, where), terms


def _told(term: Term) -> str:
    return f"{term.name} {unparse(term.tree)}"


def _shown(group: Group, case: dict[str, object]) -> str:
    return "; ".join(f"{name} {case[name]}" for name in group.domains)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first policy")
    parser.add_argument("--hard", action="store_true", help="larger, with clauses that combine things")
    chosen = parser.parse_args()
    made = (workbook(seed, hard=chosen.hard) for seed in count(chosen.first))
    for each in islice(filter(sound, made), chosen.policies):
        for words in islice(refuted(each), 3):
            print(f"seed {each.seed}: {words}", flush=True)


if __name__ == "__main__":
    main()
