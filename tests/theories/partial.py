"""What is said of cases with unknown facts, by random workbooks full of clauses, against completions.

    python -m tests.theories.partial --cases 1000

Prints how often an answer is refuted by a completion (never is the promise), and how often it is wider than
the completions that were tried: a determination or a missing fact more than they show.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from typing import Any

from attrs import frozen

from tests.linking.books import kernel
from tests.properties.cases import answered, refutation
from tests.reference.policy import Oracle
from tests.theories.brute import Brute
from tests.theories.judged import sound
from tests.theories.workbooks import Made, workbook

_VALUES = {1: 60, 2: 12, 3: 6}
"""How many values of each unknown fact are tried, by how many are unknown."""


@frozen
class Partial:
    """An answer to a case with unknown facts, beside what completions show.

    refuted: in words, empty where nothing is. wide: what the answer says more than they show:
    `determinations`, `facts`, `undecided` (all completions lead to one determination, yet none was given).
    """

    made: Made
    facts: dict[str, Any]
    unknown: tuple[str, ...]
    answer: Any
    refuted: str
    wide: tuple[str, ...]


def partials(made: Made, number: int = 4) -> Iterator[Partial]:
    """So many cases of a policy, each with one to three facts unknown."""
    oracle, compiled = Oracle(made.policy), kernel(made.policy)
    read = [each for each in made.facts if each.name in oracle.names]
    brute = Brute(made.policy, read, made.seed)
    chance = Random(made.seed)
    for _ in range(number if read else 0):
        base = brute.draw()
        names = chance.sample(sorted(base), k=min(len(base), chance.choice((1, 1, 2, 3))))
        for fact in read:
            if fact.name in names:
                found = brute.telling(base, fact, names)
                chance.shuffle(found)
                oracle.domains[fact.name] = found[: _VALUES[len(names)]]
        facts = {name: base[name] for name in base if name not in names}
        got = answered(compiled, facts)
        refuted = refutation(oracle, facts, got)
        if isinstance(got, set) and refuted:
            # An error that few completions meet takes more of them to be seen.
            fixed = brute.completing(facts)
            refuted = "" if any(oracle.failed(oracle.decide(case)) for case in fixed) else refuted
        unknown = tuple(oracle.unknown(facts))
        yield Partial(made, facts, unknown, got, refuted, _wide(oracle, facts, got))


def _wide(oracle: Oracle, facts: dict[str, Any], got: Any) -> tuple[str, ...]:
    if isinstance(got, set):
        return ()
    cases = list(oracle.completions(facts))
    answers = [oracle.decide(case) for case in cases]
    if any(map(oracle.failed, answers)):
        return ()
    said = [repr(oracle.determination(answer[oracle.final.name])) for answer in answers]
    needed = oracle.mattering(cases, oracle.unknown(facts), said)
    found = {
        "determinations": not {*map(repr, got["possible_determinations"])} <= {*said},
        "facts": not {*got["missing_facts"]} <= needed,
        "undecided": got["determination"] == "needs information" and len({*said}) == 1,
    }
    return tuple(word for word, holds in found.items() if holds)


def asked(cases: int, first: int = 0, *, hard: bool = False) -> Iterator[Partial]:
    """So many cases, from the policy of the first seed on."""
    found = 0
    for seed in count(first):
        made = workbook(seed, hard=hard)
        if sound(made):
            for each in partials(made):
                yield each
                found += 1
        if found >= cases:
            return


def report(found: Sequence[Partial]) -> str:
    """The figures in words."""
    refuted = [each for each in found if each.refuted]
    lines = [f"{len(found)} cases", f"refuted: {len(refuted)}"]
    lines += [f"  seed {each.made.seed} {each.facts}: {each.refuted}" for each in refuted[:20]]
    errors = sum(isinstance(each.answer, set) for each in found)
    lines.append(f"errors: {errors}")
    wide = Counter(word for each in found for word in each.wide)
    lines.append(f"wider than shown: {sum(bool(each.wide) for each in found)}, {dict(wide)}")
    for kinds, number in Counter(_kinds(each) for each in found if each.wide).most_common(15):
        seeds = [each.made.seed for each in found if each.wide and _kinds(each) == kinds]
        lines.append(f"  {number:4} {kinds}: seeds {seeds[:5]}")
    return "\n".join(lines)


def _kinds(each: Partial) -> str:
    return "; ".join(sorted(frozenset[str]().union(*each.made.kinds.values()) - {"plain"}))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first policy")
    parser.add_argument("--hard", action="store_true", help="larger, with clauses that combine things")
    chosen = parser.parse_args()
    began = time.perf_counter()
    print(report(list(asked(chosen.cases, chosen.first, hard=chosen.hard))))
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
