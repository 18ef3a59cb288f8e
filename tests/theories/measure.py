"""What is proven of random workbooks full of clauses, against brute force.

    python -m tests.theories.measure --tables 2000
    python -m tests.theories.measure --seed 17        # one policy, in full

Prints how many verdicts are wrong, how many unknown, by the kinds of clauses and by what is said to be the
reason, with the seeds. Wrong is: proven, and a case shows otherwise; or refuted by a witness that the tables,
read naively, do not answer so.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from dmn_dli.model.facts import Fact
from tests.theories.judged import Judged, judged, sound
from tests.theories.workbooks import workbook


def measured(tables: int, first: int = 0, cases: int = 400, *, hard: bool = False) -> Iterator[Judged]:
    """So many tables, from the policy of the first seed on."""
    found = 0
    for seed in count(first):
        made = workbook(seed, hard=hard)
        if not sound(made):
            continue
        for each in judged(made, cases):
            yield each
            found += 1
        if found >= tables:
            return


def report(tables: Sequence[Judged]) -> str:
    """The figures in words."""
    lines = [f"{len(tables)} tables, {len({each.made.seed for each in tables})} policies"]
    for word, verdict, true in (
        ("complete", [each.proof.complete for each in tables], [each.truth[0] for each in tables]),
        (
            "free of overlaps",
            [each.proof.overlap_free for each in tables],
            [each.truth[1] for each in tables],
        ),
    ):
        counts = Counter(zip(verdict, true, strict=True))
        told = ", ".join(
            f"{proven} where brute force says {shown}: {counts[proven, shown]}"
            for proven in (True, False, None)
            for shown in (True, False)
        )
        lines.append(f"{word}: {told}")
    wrong = [each for each in tables if each.wrong]
    lines.append(f"wrong: {len(wrong)}")
    for each in wrong[:20]:
        lines += [f"  seed {each.made.seed} {each.table.name}: {'; '.join(each.wrong)[:300]}"]
    unknown = [each for each in tables if each.unknown]
    share = 100 * len(unknown) / max(1, len(tables))
    lines.append(f"tables with an unknown verdict: {len(unknown)} ({share:.1f} %)")
    lines.append("unknown by kind of clause (of the tables that have such, and the smallest):")
    kinds = Counter(kind for each in tables for kind in each.kinds)
    for kind, number in sorted(kinds.items()):
        its = sorted((each for each in unknown if kind in each.kinds), key=lambda each: each.size)
        lines.append(f"  {len(its):4} of {number:4} {kind}: {_seeds(its)}")
    lines += _by("kinds", [("; ".join(sorted(each.kinds - {"plain"})), each) for each in unknown])
    lines += _by("reason", [(_shape(each), each) for each in unknown])
    odd = [each for each in tables if each.table.name in each.made.built and each.truth != (True, True)]
    lines.append(f"built complete and disjoint, yet not: {len(odd)}, seeds {_seeds(odd)}")
    return "\n".join(lines)


def _shape(each: Judged) -> str:
    """The reason without what is particular to a clause."""
    words = each.proof.reason.split('"')
    return '"…"'.join(words[::2])[:90]


def _by(word: str, found: Sequence[tuple[str, Judged]]) -> Iterator[str]:
    yield f"unknown by {word}:"
    counts = Counter(key for key, _ in found)
    for key, number in counts.most_common(12):
        smallest = sorted((each for its, each in found if its == key), key=lambda each: each.size)
        yield f"  {number:4} {key or 'plain'}: seeds {_seeds(smallest)}"


def _seeds(tables: Sequence[Judged]) -> str:
    return ", ".join(f"{each.made.seed} {each.table.name}" for each in tables[:5])


def told(each: Judged) -> str:
    """A table in full, with its verdicts."""
    sheet, policy, proof = each.table.table, each.made.policy, each.proof
    heads = [clause.cell.text for clause in sheet.inputs]
    rows = [[cell.text for cell in (*rule.inputs, *rule.outputs)] for rule in sheet.rules]
    read = policy.facts_read(each.table.reads)
    facts = [_in_words(fact.fact) for fact in each.made.facts if fact.name in read]
    complete = f"complete {proof.complete} (tried: {each.truth[0]})"
    disjoint = f"free of overlaps {proof.overlap_free} (tried: {each.truth[1]})"
    return "\n".join(
        (
            f"seed {each.made.seed} {each.table.name} {sheet.hit_policy.value}: {sorted(each.kinds)}",
            f"  facts: {'; '.join(facts)}",
            f"  IF {' | '.join(heads)}",
            *[f"     {' | '.join(row)}" for row in rows],
            f"  {complete}, {disjoint}, reached {each.reached}",
            f"  {proof.reason}",
            *[f"  wrong: {text}" for text in each.wrong],
        )
    )


def _in_words(fact: Fact) -> str:
    allowed = "" if fact.allowed is None else fact.allowed.text
    return " ".join(filter(None, (fact.name, fact.type.value, allowed, "nullable" if fact.nullable else "")))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first policy")
    parser.add_argument(
        "--cases", type=int, default=400, help="how many cases are drawn, twice, for a policy"
    )
    parser.add_argument("--seed", type=int, help="this policy alone, in full")
    parser.add_argument(
        "--show", type=int, default=0, help="so many unknown tables in full, small ones first"
    )
    parser.add_argument("--hard", action="store_true", help="larger, with clauses that combine things")
    chosen = parser.parse_args()
    if chosen.seed is not None:
        made = workbook(chosen.seed, hard=chosen.hard)
        print("\n".join(finding.text for finding in made.policy.findings if finding.is_error))
        for each in judged(made, chosen.cases):
            print(told(each))
        return
    began = time.perf_counter()
    tables = list(measured(chosen.tables, chosen.first, chosen.cases, hard=chosen.hard))
    print(report(tables))
    for each in sorted((each for each in tables if each.unknown), key=lambda each: each.size)[: chosen.show]:
        print(told(each))
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
