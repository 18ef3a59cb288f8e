"""What a change does to cases, in words: how many, from what to what, what it sums to, and why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dmn_dli.diff.case_counts import BadRow, CaseChanges, PayerCases, Transition, total
from dmn_dli.report.layout import many, spoken

TOLD = 20
"""How many bad rows, pairs of determinations and causes people are told; JSON holds more."""


def headline(found: CaseChanges) -> str:
    """How many cases come out otherwise."""
    told = f"{found.changed:,} of {found.cases:,} cases get another determination"
    if found.amount is None:
        return told
    return f"{told}; {found.amount}: {amount(found.changed_amount)} of {amount(found.total_amount)}"


def payer_line(found: CaseChanges, payer: PayerCases) -> str:
    """How many of a payer's cases do, and what they sum to."""
    changed = sum(each.cases for each in payer.changed)
    told = f"{changed:,} of {payer.cases:,} cases get another determination"
    if found.amount is None:
        return told
    return f"{told}; {found.amount}: {amount(total(payer.changed))} of {amount(total(payer.transitions))}"


def transition(found: CaseChanges, each: Transition) -> str:
    """`criteria not met → medically necessary: 30 cases, paid 4,000.00 (a1, a2, …)`."""
    money = "" if found.amount is None else f", {found.amount} {amount(each.amount)}"
    return f"{spoken(each.old)} → {spoken(each.new)}: {many(each.cases, 'case')}{money}{samples(each)}"


def samples(each: Transition) -> str:
    """The first case ids in brackets; an ellipsis where there are more."""
    if not each.samples:
        return ""
    return f" ({', '.join(each.samples)}{', …' if each.cases > len(each.samples) else ''})"


def causes(each: Transition) -> Iterator[str]:
    """What parts the cases, one line for each cause; the rarest of very many are counted alone."""
    for cause in each.causes[:TOLD]:
        yield f"{parting(cause.subject, cause.old, cause.new)} ({many(cause.cases, 'case')})"
    if len(each.causes) > TOLD:
        yield f"… and {many(len(each.causes) - TOLD, 'further cause')}"


def parting(subject: str, old: str, new: str) -> str:
    """What parts two determinations: `Criteria.2.a: met → not met`."""
    return f"{subject}: {old} → {new}" if old or new else subject


def untold(found: CaseChanges, payer: PayerCases) -> str:
    """How many cases change in other ways than the first ones, which are told; "" where all are."""
    rest = payer.changed[TOLD:]
    if not rest:
        return ""
    money = "" if found.amount is None else f", {found.amount} {amount(total(rest))}"
    cases = many(sum(each.cases for each in rest), "case")
    return f"… and {many(len(rest), 'further pair')} of determinations: {cases}{money}"


def unchanged(found: CaseChanges) -> str:
    """The payers none of whose cases gets another determination; "" where there are none."""
    alike = [f"{each.payer} ({each.cases:,})" for each in found.payers if not each.changed]
    return f"no case gets another determination from {', '.join(alike)}" if alike else ""


def as_before(payer: PayerCases) -> str:
    """The determinations that stay, with how many cases get each; "" where there are none."""
    kept = [f"{spoken(each.new)} ({each.cases:,})" for each in payer.transitions if not each.changed]
    more = [f"… and {len(kept) - TOLD:,} more"] if len(kept) > TOLD else []
    return ", ".join([*kept[:TOLD], *more])


def limits(found: CaseChanges) -> Iterator[str]:
    """What could not be done, and what a reader should know of the sums."""
    yield from (f"{each.why}; until then it decides no case" for each in found.broken)
    if found.amount is not None and found.without_amount:
        verb = "has" if found.without_amount == 1 else "have"
        yield f"{many(found.without_amount, 'case')} {verb} no amount under {found.amount}"
    yield from (f'no case of {file} has anything under "{found.amount}"' for file in found.lacking)


def bad_row(each: BadRow) -> str:
    """`claims.csv, case 17 (id a17): …`, with all that is wrong."""
    whose = f", {each.payer}" if each.payer else ""
    return f"{each.file}, case {each.row} (id {each.case_id}{whose}): {reasons(each)}"


def reasons(each: BadRow) -> str:
    """All that is wrong with a row."""
    return "; ".join(dict.fromkeys(found["reason"] for found in each.problems)) or each.message


def bad_title(found: CaseChanges) -> str:
    """How many rows were left out."""
    shown = len(found.bad)
    return f"Left out ({found.bad_rows:,}{f', the first {shown:,}' if shown < found.bad_rows else ''})"


def amount(value: Decimal | None) -> str:
    """An amount with its digits in threes, and all behind the point."""
    return f"{value:,f}" if value is not None else ""


def matrix(payer: PayerCases) -> Iterator[tuple[str, ...]]:
    """For each determination before how many cases get each one after; a row of headings first.

    Nothing where there are more than anybody would read.
    """
    rows, columns = (
        tuple(dict.fromkeys(sorted(map(spoken, side))))
        for side in ([each.old for each in payer.transitions], [each.new for each in payer.transitions])
    )
    if max(len(rows), len(columns)) > TOLD:
        return
    counts = {(spoken(each.old), spoken(each.new)): each.cases for each in payer.transitions}
    yield ("Before \\ after", *columns)
    for row in rows:
        yield (row, *[f"{counts[row, column]:,}" if (row, column) in counts else "" for column in columns])
