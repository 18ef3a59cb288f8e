"""Sheets of criteria compared row by row: what each asked, what it asks now, how its status differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from attrs import evolve, frozen

from dmn_dli.diff.behaviour import Behaviour, CriterionBehaviour
from dmn_dli.diff.matching import criterion_rows, sheets
from dmn_dli.model.cell import cell_name
from dmn_dli.model.criteria import CriteriaSheet, CriterionRow
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.repair import plain_word
from dmn_dli.model.workbook import Workbook
from dmn_dli.runtime.words import folded


class CriterionChange(Enum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    RETIRED = "retired"
    RESTORED = "back in force"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    """It asks something else, or its status differs."""
    REWORDED = "reworded"
    """It asks the same; what records quote of it reads otherwise."""


@frozen
class CriterionDifference:
    """A row that one side lacks, that asks something else, or whose status may differ.

    sheet, id: as the new workbook has them, of a removed row the old one; old_id: its number before.
    asked, asks: its condition in words on both sides, None where it is not in force.
    status: how its status differs, None where it is in force on one side alone. quoted: whether what records
    quote of it differs. old_place, new_place: the cells of its id, "" where there was or is none.
    """

    sheet: str
    id: str
    change: CriterionChange
    old_id: str | None
    asked: str | None
    asks: str | None
    status: CriterionBehaviour | None
    quoted: bool
    old_place: str
    new_place: str

    @property
    def differs(self) -> bool:
        """Whether records say something else of it, or may for all that is known."""
        return self.status is None or self.quoted or self.status.differs

    @property
    def verdict(self) -> str | None:
        """How its status compares: `equivalent` (proven), `differs` or `unknown`; None as `status`."""
        if self.status is None:
            return None
        if self.status.differences:
            return "differs"
        return "unknown" if self.status.reasons else "equivalent"


def criteria_difference(
    old: Workbook, new: Workbook, dictionaries: tuple[Dictionary, Dictionary], behaviour: Behaviour
) -> tuple[CriterionDifference, ...]:
    """The rows that differ, sheet by sheet in the new order, those that are gone before the others."""
    found: list[CriterionDifference] = []
    matched = sheets(old.criteria, new.criteria)
    labels = {fact.name: fact.label for dictionary in dictionaries for fact in dictionary.facts}
    sides = _Side(dictionaries[0], labels), _Side(dictionaries[1], labels)
    for sheet in matched.removed:
        found += _one_sided(sides[0], sheet, sheet.in_force, CriterionChange.REMOVED)
    former = {id(sheet): before for before, sheet in matched.pairs}
    for sheet in new.criteria:
        if id(sheet) in former:
            found += _sheet(sides, former[id(sheet)], sheet, behaviour)
        else:
            found += _one_sided(sides[1], sheet, sheet.in_force, CriterionChange.ADDED)
    return tuple(found)


@frozen
class _Asked:
    """What a row asks, the group that it is part of, what it claims, and what records quote besides."""

    condition: str
    part_of: str
    means: str
    quoted: tuple[str, ...]


class _Side:
    """One of the workbooks; labels: for each fact by name the one by which both sides are told."""

    def __init__(self, dictionary: Dictionary, labels: Mapping[str, str]) -> None:
        self.labels = {
            folded(word): labels[fact.name] for fact in dictionary.facts for word in (fact.name, fact.label)
        }

    def asked(self, sheet: CriteriaSheet, row: CriterionRow, numbers: Mapping[str, str] = {}) -> _Asked:
        """What a row asks; numbers: for rows that were renumbered their new number."""
        tested = "; ".join(
            f"{self.labels.get(folded(clause.cell.text), clause.cell.text)}: {cell.text.strip()}"
            for clause, cell in zip(sheet.inputs, row.inputs, strict=True)
            if cell.text.strip() != "-"
        )
        needs = plain_word(row.needs.text)
        if needs:
            members = [
                numbers.get(each.id, each.id)
                for each in sheet.in_force
                if folded(each.part_of.text) == folded(row.id)
            ]
            tested = f"{needs} of {', '.join(members)}{f', where {tested}' if tested else ''}"
        part_of = row.part_of.text
        quoted = row.requirement.text, row.evidence.text, sheet.note(row, "Citation").strip()
        return _Asked(tested, numbers.get(part_of, part_of), row.means.text.strip(), quoted)


def _one_sided(
    side: _Side, sheet: CriteriaSheet, rows: Sequence[CriterionRow], change: CriterionChange
) -> Iterator[CriterionDifference]:
    """Rows that are in force on one side alone."""
    gone = change in (CriterionChange.REMOVED, CriterionChange.RETIRED)
    for row in rows:
        words, place = side.asked(sheet, row).condition, cell_name(sheet.sheet, row.cell.reference)
        yield CriterionDifference(
            sheet.name,
            row.id,
            change,
            old_id=row.id if gone else None,
            asked=words if gone else None,
            asks=None if gone else words,
            status=None,
            quoted=True,
            old_place=place if gone else "",
            new_place="" if gone else place,
        )


def _sheet(
    sides: tuple[_Side, _Side], old: CriteriaSheet, new: CriteriaSheet, behaviour: Behaviour
) -> Iterator[CriterionDifference]:
    matched = criterion_rows(old, new)
    yield from _one_sided(
        sides[0], old, [row for row in matched.removed if not row.retired], CriterionChange.REMOVED
    )
    former = {id(row): before for before, row in matched.pairs}
    numbers = {before.id: row.id for before, row in matched.pairs if before.id != row.id}
    for row in new.rows:
        before = former.get(id(row))
        if before is None and not row.retired:
            yield from _one_sided(sides[1], new, [row], CriterionChange.ADDED)
        elif before is not None and row.retired and not before.retired:
            yield from _one_sided(sides[0], old, [before], CriterionChange.RETIRED)
        elif before is not None and before.retired and not row.retired:
            yield from _one_sided(sides[1], new, [row], CriterionChange.RESTORED)
        elif before is not None and not row.retired:
            yield from _row(sides, (old, before), (new, row), numbers, behaviour)


def _row(
    sides: tuple[_Side, _Side],
    old: tuple[CriteriaSheet, CriterionRow],
    new: tuple[CriteriaSheet, CriterionRow],
    numbers: Mapping[str, str],
    behaviour: Behaviour,
) -> Iterator[CriterionDifference]:
    """The difference of a row that is in force on both sides, if there is one."""
    names = old[0].name_of(old[1].id), new[0].name_of(new[1].id)
    before, after = sides[0].asked(*old, numbers), sides[1].asked(*new)
    status = _status(names, behaviour)
    same_words = evolve(before, quoted=()) == evolve(after, quoted=())
    if old[1].id != new[1].id:
        change = CriterionChange.RENUMBERED
    elif not same_words or (behaviour.compared and status.differs):
        change = CriterionChange.CHANGED
    elif before.quoted != after.quoted:
        change = CriterionChange.REWORDED
    else:
        return
    asked, asks = _parted(sides[0].asked(*old), after, before)
    yield CriterionDifference(
        new[0].name,
        new[1].id,
        change,
        old[1].id,
        asked,
        asks,
        status,
        change is CriterionChange.RENUMBERED
        or before.quoted != after.quoted
        or (before.part_of, before.means) != (after.part_of, after.means),
        cell_name(old[0].sheet, old[1].cell.reference),
        cell_name(new[0].sheet, new[1].cell.reference),
    )


def _parted(printed: _Asked, after: _Asked, before: _Asked) -> tuple[str, str]:
    """Both conditions in words, with the group and the claim where these differ.

    printed: as the old sheet numbers rows; before: the same by their new numbers.
    """
    asked, asks = [printed.condition], [after.condition]
    if before.part_of != after.part_of:
        asked.append(f"part of {printed.part_of}" if printed.part_of else "part of no group")
        asks.append(f"part of {after.part_of}" if after.part_of else "part of no group")
    if before.means != after.means:
        asked.append(f"means {printed.means}" if printed.means else "claims nothing")
        asks.append(f"means {after.means}" if after.means else "claims nothing")
    return "; ".join(asked), "; ".join(asks)


def _status(names: tuple[str, str], behaviour: Behaviour) -> CriterionBehaviour:
    if not behaviour.compared:
        return CriterionBehaviour(*names, reasons=behaviour.reasons)
    unchanged = CriterionBehaviour(*names)
    return next((each for each in behaviour.criteria if (each.old, each.new) == names), unchanged)
