"""The proof of a table: complete or not, free of overlaps or not, with what shows it.

Both answers are exact on the combinations that can arrive: those that some
case's facts lead to, upstream tables composed in. An answer that cannot be had
is None, with the reason, and never a pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from attrs import frozen

from dmn_dli.analysis.columns import FEASIBILITY_STEPS, TableView, Untraceable, Witness, view
from dmn_dli.analysis.gaps import SearchLimitError, find_gaps
from dmn_dli.analysis.grid import Box
from dmn_dli.analysis.overlaps import Overlap, find_overlaps
from dmn_dli.diagrams.build import PolicyDiagrams
from dmn_dli.diagrams.cases import nowhere, where
from dmn_dli.diagrams.store import TooLarge
from dmn_dli.feel.frozen_values import freeze
from dmn_dli.tables.linked import Constant, LinkedTable
from dmn_dli.tables.logic import TableLogic

SHOWN = 50
"""How many gaps or overlaps of one table are kept; `gap_count` and `overlap_count` count them all."""

MOST_OVERLAPS = 5_000
"""How many pairs of rules are followed up: more than anybody could mend pair by pair."""

_NO_CASE = "the assumptions rule out every case"
_COLUMN_TOO_LARGE = "a column depends on more combinations than can be looked at"
_TEXT_ORDER = "a column compares text by order, and its text cannot be traced to single facts"
_MANY_PARTS = "the table falls into more parts than can be looked at"
_MANY_STEPS = "whether a combination can arrive takes too many steps to tell"


@frozen
class Gap:
    """A box of combinations that no rule accepts.

    words: for each column that narrows it, heading and values; cells: what the input cells of a rule for
    it would hold. witness: facts that lead into it. share: how much of all cases it holds, 0 to 1, the
    classes of each fact counted alike; None where that is not known.
    """

    words: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]
    witness: dict[str, Any]
    share: float | None


@frozen
class Shared:
    """Two rules (positions among those in force) that fire together, and where.

    agree: whether their outputs are the same (None where they are computed).
    """

    first: int
    second: int
    words: tuple[tuple[str, str], ...]
    witness: dict[str, Any]
    agree: bool | None


@frozen
class Proof:
    """What is proven of a table. complete, overlap_free: None where `reason` says why it is unknown.

    overlaps: in U tables all, in A tables those that disagree or may, else one that shows the verdict.
    """

    decision: str
    complete: bool | None
    overlap_free: bool | None
    gaps: tuple[Gap, ...] = ()
    overlaps: tuple[Shared, ...] = ()
    gap_count: int = 0
    overlap_count: int = 0
    reason: str = ""


def prove(diagrams: PolicyDiagrams, table: LinkedTable, logic: TableLogic) -> tuple[Proof, TableView | None]:
    """The proof of one table of a policy without errors, and the view it was proven on."""
    if diagrams.admissible == nowhere(diagrams.store):
        return Proof(table.name, None, None, reason=_NO_CASE), None
    try:
        seen = view(diagrams, table, logic)
    except TooLarge:
        return Proof(table.name, None, None, reason=_COLUMN_TOO_LARGE), None
    except Untraceable:
        return Proof(table.name, None, None, reason=_TEXT_ORDER), None
    reasons: list[str] = []
    completeness = _completeness(seen, reasons)
    overlap_free, overlaps = _overlaps(seen, reasons)
    return Proof(
        table.name,
        completeness.verdict,
        overlap_free,
        completeness.gaps,
        overlaps[:SHOWN],
        completeness.count,
        len(overlaps),
        "; ".join(dict.fromkeys(reasons)),
    ), seen


@frozen
class _Completeness:
    verdict: bool | None
    gaps: tuple[Gap, ...] = ()
    count: int = 0


def _completeness(seen: TableView, reasons: list[str]) -> _Completeness:
    if seen.table.has_default:
        return _Completeness(verdict=True)
    store = seen.diagrams.store
    fired = None if seen.independent else seen.firing
    store.allow(FEASIBILITY_STEPS)
    unanswered = None if fired is None else where(store, fired.root, {0}.__contains__)
    if unanswered == nowhere(store):
        return _Completeness(verdict=True)
    told: list[Gap] = []
    count, certain = 0, False
    try:
        boxes = find_gaps(seen.grid).boxes
        store.allow(FEASIBILITY_STEPS)
        for box in boxes:
            witness = seen.witness(box)
            if witness is None:
                continue
            count += 1
            certain = certain or witness.certain
            if count <= SHOWN:
                told.append(_gap(seen, box, witness))
    except SearchLimitError:
        reasons.append(_MANY_PARTS)
    except TooLarge:
        reasons.append(_MANY_STEPS)
    if unanswered is None and not count and not reasons:
        return _Completeness(verdict=True)
    if unanswered is not None:
        witness = seen.witness_of(unanswered)
        assert witness is not None, "some case leads to no rule"
        certain = certain or witness.certain
        told = told or [Gap((), ("-",) * len(seen.columns), witness.facts, None)]
    if certain:
        reasons.clear()
        return _Completeness(verdict=False, gaps=tuple(told), count=max(count, len(told)))
    if seen.free and told:
        reasons.append(_free_reason(seen))
    return _Completeness(verdict=None, gaps=tuple(told), count=count)


def _gap(seen: TableView, box: Box, witness: Witness) -> Gap:
    part = None if seen.free else seen.share(box)
    return Gap(seen.words(box), seen.cell_words(box), witness.facts, part)


def _overlaps(seen: TableView, reasons: list[str]) -> tuple[bool | None, tuple[Shared, ...]]:
    """The verdict, and the overlaps that are worth telling."""
    hit_policy = seen.table.hit_policy
    told: list[Shared] = []
    first: tuple[Overlap, Witness] | None = None
    certain = False
    try:
        for overlap, witness in islice(reachable_overlaps(seen), MOST_OVERLAPS):
            certain = certain or witness.certain
            first = first or (overlap, witness)
            agree = _agree(seen.table, overlap)
            if hit_policy.forbids_overlap or (hit_policy.must_agree and agree is not True):
                told.append(_shared(seen, overlap, witness))
            elif certain and not hit_policy.must_agree:
                break
    except TooLarge:
        reasons.append(_MANY_STEPS)
        return False if certain else None, tuple(told)
    if first is None:
        return True, ()
    if not certain:
        reasons.append(_free_reason(seen))
    return False if certain else None, tuple(told) or (_shared(seen, *first),)


def reachable_overlaps(seen: TableView) -> Iterator[tuple[Overlap, Witness]]:
    """All pairs of rules that some case makes fire together. Raises TooLarge."""
    store = seen.diagrams.store
    fired = None if seen.independent else seen.firing
    together = None if fired is None else _together(fired.masks, len(seen.grid.rules))
    store.allow(FEASIBILITY_STEPS)
    for overlap in find_overlaps(seen.grid):
        if together is not None and not together[overlap.first] >> overlap.second & 1:
            continue
        witness = seen.witness(overlap.shared)
        if witness is not None:
            yield overlap, witness


def _together(masks: tuple[int, ...], rules: int) -> list[int]:
    """For each rule the rules that some mask holds together with it."""
    found = [0] * rules
    for mask in masks:
        rest = mask
        while rest & (rest - 1):
            low = rest & -rest
            rest ^= low
            found[low.bit_length() - 1] |= mask
    return found


def _shared(seen: TableView, overlap: Overlap, witness: Witness) -> Shared:
    agree = _agree(seen.table, overlap)
    return Shared(overlap.first, overlap.second, seen.words(overlap.shared), witness.facts, agree)


def _agree(table: LinkedTable, overlap: Overlap) -> bool | None:
    """Whether two rules have the same outputs; None where these are computed in different ways."""
    verdict: bool | None = True
    for output in table.outputs:
        first, second = output.entries[overlap.first], output.entries[overlap.second]
        if isinstance(first, Constant) and isinstance(second, Constant):
            if freeze(first.value) != freeze(second.value):
                return False
        elif first != second:
            verdict = None
    return verdict


def _free_reason(seen: TableView) -> str:
    policy = seen.diagrams.policy
    places = []
    for each in seen.free:
        table = policy.by_name[each.decision]
        column = table.columns[each.column]
        places.append(f'"{column.label}" ({column.clause.reference})')
    return f"the values of {', '.join(dict.fromkeys(places))} cannot be traced to single facts"
