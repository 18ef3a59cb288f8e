"""The proof of a table: complete or not, free of overlaps or not, with what shows it.

Both answers are exact on the combinations that can arrive: those that some
case's facts lead to, upstream tables composed in. An answer that cannot be had
is None, with the reason, and never a pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from dmn_dli.analysis.columns import TableView, view
from dmn_dli.analysis.gaps import SearchLimitError, find_gaps
from dmn_dli.analysis.grid import Box, volume
from dmn_dli.analysis.overlaps import Overlap, complete_by_volume, find_overlaps
from dmn_dli.compiler.build import PolicyDiagrams
from dmn_dli.compiler.diagram import TooLarge
from dmn_dli.compiler.linked import LinkedTable
from dmn_dli.compiler.table_logic import TableLogic

SHOWN = 50
"""How many gaps or overlaps of one table are followed up; the verdict counts all of them."""


@frozen
class Gap:
    """A box of combinations that no rule accepts.

    words: for each column that narrows it, heading and values. witness: facts that lead into it.
    share: how much of the table's combinations it holds, 0 to 1.
    """

    words: tuple[tuple[str, str], ...]
    witness: dict[str, Any]
    share: float


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

    gap_share: how much of the table's combinations no rule accepts; None where the search did not end.
    """

    decision: str
    complete: bool | None
    overlap_free: bool | None
    gaps: tuple[Gap, ...] = ()
    overlaps: tuple[Shared, ...] = ()
    gap_share: float | None = None
    reason: str = ""


def prove(diagrams: PolicyDiagrams, table: LinkedTable, logic: TableLogic) -> tuple[Proof, TableView | None]:
    """The proof of one table of a policy without errors, and the view it was proven on."""
    try:
        seen = view(diagrams, table, logic)
    except TooLarge:
        reason = "a column depends on more combinations than can be looked at"
        return Proof(table.name, None, None, reason=reason), None
    reasons: list[str] = []
    complete, gaps, share = _completeness(seen, reasons)
    overlap_free, overlaps = _overlaps(seen, reasons)
    reason = "; ".join(dict.fromkeys(reasons))
    return Proof(table.name, complete, overlap_free, gaps, overlaps, share, reason), seen


def _completeness(seen: TableView, reasons: list[str]) -> tuple[bool | None, tuple[Gap, ...], float | None]:
    table = seen.table
    if table.outputs and all(output.default is not None for output in table.outputs):
        return True, (), 0.0
    try:
        found = find_gaps(seen.grid)
    except SearchLimitError:
        reasons.append("the search for gaps looked at more parts than it may")
        return None, (), None
    whole = volume(seen.grid.domain)
    gaps = []
    try:
        for box, witness in _reachable(seen, found.boxes):
            gaps.append(Gap(seen.words(box), witness, volume(box) / whole))
    except TooLarge:
        reasons.append("whether a combination can arrive takes too many steps to tell")
        return None, tuple(gaps), None
    share = found.volume / whole
    if not gaps:
        return True, (), 0.0
    if seen.free:
        reasons.append(_free_reason(seen))
        return None, tuple(gaps), None
    return False, tuple(gaps), share


def _overlaps(seen: TableView, reasons: list[str]) -> tuple[bool | None, tuple[Shared, ...]]:
    shared = []
    try:
        for overlap in find_overlaps(seen.grid):
            witness = seen.witness(overlap.shared)
            if witness is not None:
                shared.append(_shared(seen, overlap, witness))
    except TooLarge:
        reasons.append("whether a combination can arrive takes too many steps to tell")
        return None, tuple(shared)
    if not shared:
        return True, ()
    if seen.free:
        reasons.append(_free_reason(seen))
        return None, tuple(shared)
    return False, tuple(shared)


def _shared(seen: TableView, overlap: Overlap, witness: dict[str, Any]) -> Shared:
    agree: bool | None = None
    if not seen.table.computed:
        first = seen.logic.outcome(1 << overlap.first)
        second = seen.logic.outcome(1 << overlap.second)
        agree = first.value == second.value
    return Shared(overlap.first, overlap.second, seen.words(overlap.shared), witness, agree)


def _reachable(seen: TableView, boxes: tuple[Box, ...]) -> Iterator[tuple[Box, dict[str, Any]]]:
    for box in boxes:
        witness = seen.witness(box)
        if witness is not None:
            yield box, witness


def _free_reason(seen: TableView) -> str:
    derived = [each for each in seen.diagrams.derived if each.number in seen.free]
    policy = seen.diagrams.policy
    places = []
    for each in derived:
        table = policy.by_name[each.decision]
        places.append(f"{table.table.sheet} {table.columns[each.column].clause.reference}")
    return f"what stands at {', '.join(dict.fromkeys(places))} cannot be traced to single facts"


def proven_by_volume(seen: TableView) -> bool | None:
    """Completeness by adding up volumes: independent of the search; None where rules overlap."""
    if next(find_overlaps(seen.grid), None) is not None:
        return None
    return complete_by_volume(seen.grid)
