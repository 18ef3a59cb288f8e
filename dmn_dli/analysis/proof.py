"""The proof of a table: complete or not, free of overlaps or not, with what shows it.

Both answers are exact on the combinations that can arrive: those that some
case's facts lead to, upstream tables composed in. An answer that cannot be had
is None, with the reason, and never a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from attrs import define, field, frozen

from dmn_dli.analysis.column_views import Untraceable
from dmn_dli.analysis.columns import FEASIBILITY_STEPS, TableView, Witness, view
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
"""How many gaps or overlaps of one table are kept, of certain ones and of others each."""

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
    classes of each fact counted alike; None where that is not known. certain: whether the witness is a real
    case; else the gap hangs on what cannot be traced to single facts, and perhaps no case leads into it.
    """

    words: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]
    witness: dict[str, Any]
    share: float | None
    certain: bool = True


@frozen
class Shared:
    """Two rules (positions among those in force) that fire together, and where.

    agree: whether their outputs are the same (None where they are computed). certain: as of a gap.
    """

    first: int
    second: int
    words: tuple[tuple[str, str], ...]
    witness: dict[str, Any]
    agree: bool | None
    certain: bool = True


@frozen
class Proof:
    """What is proven of a table. complete, overlap_free: None where `reason` says why it is unknown.

    gaps, overlaps: certain ones and others, at most SHOWN of each; where a certain one is among them the
    verdict is False. overlaps: in U tables all, in A tables those that disagree or may, else one that shows
    the verdict. gap_count, overlap_count: how many certain ones there are. reason: also why something beside
    a verdict is not certain.
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
    complete, gaps = _completeness(seen, reasons)
    overlap_free, overlaps = _overlaps(seen, reasons)
    return Proof(
        table.name,
        complete,
        overlap_free,
        gaps.kept(),
        overlaps.kept(),
        gaps.certain,
        overlaps.certain,
        "; ".join(dict.fromkeys(reasons)),
    ), seen


T = TypeVar("T")


@define
class _Told(Generic[T]):
    """What is found, by whether it is certain; only what is kept is put into words."""

    certain: int = 0
    doubtful: int = 0
    _kept: list[T] = field(factory=list)

    def add(self, witness: Witness, words: Callable[[], T]) -> None:
        """Count one more."""
        number = self.certain if witness.certain else self.doubtful
        if witness.certain:
            self.certain += 1
        else:
            self.doubtful += 1
        if number < SHOWN:
            self._kept.append(words())

    def kept(self) -> tuple[T, ...]:
        """The first of each kind, in the order in which they were found."""
        return tuple(self._kept)


def _completeness(seen: TableView, reasons: list[str]) -> tuple[bool | None, _Told[Gap]]:
    told = _Told[Gap]()
    if seen.table.has_default:
        return True, told
    store = seen.diagrams.store
    fired = None if seen.independent else seen.firing
    store.allow(FEASIBILITY_STEPS)
    unanswered = None if fired is None else where(store, fired.root, {0}.__contains__)
    if unanswered == nowhere(store):
        return True, told
    try:
        boxes = find_gaps(seen.grid).boxes
        store.allow(FEASIBILITY_STEPS)
        for box in boxes:
            witness = seen.witness(box)
            if witness is not None:
                told.add(witness, partial(_gap, seen, box, witness))
    except SearchLimitError:
        reasons.append(_MANY_PARTS)
    except TooLarge:
        reasons.append(_MANY_STEPS)
    if unanswered is None and not told.kept() and not reasons:
        return True, told
    if unanswered is not None and not told.certain:
        witness = seen.witness_of(unanswered, lambda firing: firing.unlisted is None and not firing.fired)
        assert witness is not None, "some case leads to no rule"
        if witness.certain or not told.kept():
            cells = ("-",) * len(seen.columns)
            told.add(witness, partial(Gap, (), cells, witness.facts, None, witness.certain))
    if told.certain:
        reasons.clear()
    if told.doubtful:
        reasons.append(seen.doubt)
    return (False if told.certain else None), told


def _gap(seen: TableView, box: Box, witness: Witness) -> Gap:
    part = None if seen.free else seen.share(box)
    return Gap(seen.words(box), seen.cell_words(box), witness.facts, part, witness.certain)


def _overlaps(seen: TableView, reasons: list[str]) -> tuple[bool | None, _Told[Shared]]:
    """The verdict, and the overlaps that are worth telling."""
    hit_policy = seen.table.hit_policy
    told = _Told[Shared]()
    shown: tuple[Overlap, Witness] | None = None
    certain = False
    try:
        for overlap, witness in islice(reachable_overlaps(seen), MOST_OVERLAPS):
            if shown is None or (witness.certain and not certain):
                shown = overlap, witness
            certain = certain or witness.certain
            agree = _agree(seen.table, overlap)
            if hit_policy.forbids_overlap or (hit_policy.must_agree and agree is not True):
                told.add(witness, partial(_shared, seen, overlap, witness))
            elif certain and not hit_policy.must_agree:
                break
    except TooLarge:
        reasons.append(_MANY_STEPS)
        return False if certain else None, told
    if shown is None:
        return True, told
    if told.doubtful or not certain:
        reasons.append(seen.doubt)
    if not told.kept() or (certain and not told.certain):
        told.add(shown[1], partial(_shared, seen, *shown))
    return False if certain else None, told


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
    words = seen.words(overlap.shared)
    return Shared(overlap.first, overlap.second, words, witness.facts, agree, witness.certain)


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
