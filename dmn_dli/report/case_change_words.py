"""What a change does to cases, in words: how many, from what to what, what it sums to, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from dmn_dli.diff.case_changes import BadRow, CaseChanges, PayerCases, Transition, total
from dmn_dli.report.layout import many, spoken


def headline(found: CaseChanges) -> str:
    """How many cases come out otherwise."""
    changed = [each for payer in found.payers for each in payer.changed]
    money = ""
    if found.amount is not None and len(found.payers) == 1:
        money = f"; {found.amount}: {amount(total(changed))}"
    return f"{found.changed:,} of {found.cases:,} cases get another determination{money}"


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
    """What parts the cases, one line for each cause."""
    for cause in each.causes:
        yield f"{cause.subject}: {cause.old} → {cause.new} ({many(cause.cases, 'case')})"


def as_before(payer: PayerCases) -> str:
    """The determinations that stay, with how many cases get each; "" where there are none."""
    kept = [f"{spoken(each.new)} ({each.cases:,})" for each in payer.transitions if not each.changed]
    return ", ".join(kept)


def limits(found: CaseChanges) -> Iterator[str]:
    """What could not be done, and what a reader should know of the sums."""
    for workbook in found.broken:
        yield f"{workbook} has errors, and none of its cases could be decided; `dmn-dli check` says which"
    if found.amount is not None and found.without_amount:
        whose = "no case has" if found.without_amount == found.cases else f"{found.without_amount:,} have no"
        yield f"{whose} {'an ' if whose.startswith('no') else ''}amount under {found.amount}"


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


def determinations(payer: PayerCases) -> tuple[Sequence[str], Sequence[str]]:
    """The rows and columns of a payer's matrix: what there was before and what there is after."""
    rows = dict.fromkeys(sorted(spoken(each.old) for each in payer.transitions))
    columns = dict.fromkeys(sorted(spoken(each.new) for each in payer.transitions))
    return tuple(rows), tuple(columns)


def matrix(payer: PayerCases) -> Iterator[tuple[str, ...]]:
    """For each determination before how many cases get each one after; a row of headings first."""
    rows, columns = determinations(payer)
    counts = {(spoken(each.old), spoken(each.new)): each.cases for each in payer.transitions}
    yield ("Before \\ after", *columns)
    for row in rows:
        yield (row, *[f"{counts[row, column]:,}" if (row, column) in counts else "" for column in columns])
