"""The textual difference of two workbooks: what somebody edited, matched by names and rule ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.diff.grid import grid_of
from dmn_dli.diff.matching import Sheet, by_key, sheets
from dmn_dli.diff.table_changes import criteria_changes, table_changes
from dmn_dli.model.cell import cell_name
from dmn_dli.model.facts import Assumption, Dictionary, Fact
from dmn_dli.model.workbook import CaseRow, CaseSheet, PolicyFields, Workbook

ALLOWED_VALUES = "allowed values"
_FACT_PARTS = ("label", "type", ALLOWED_VALUES, "unit", "nullable", "question", "description", "changeable")


def workbook_changes(old: Workbook, new: Workbook) -> tuple[Change, ...]:
    """All changes: fields, criteria, decisions, assumptions, cases, in the order of the new workbook."""
    return (
        *_fields(old.policy, new.policy),
        *_sheets(old.criteria, new.criteria, criteria_changes),
        *_sheets(old.tables, new.tables, table_changes),
        *_assumptions(old.assumptions, new.assumptions),
        *_cases(old.cases, new.cases),
    )


def dictionary_changes(old: Dictionary, new: Dictionary) -> tuple[Change, ...]:
    """Facts added, removed and changed, and the assumptions beside them."""
    return (*_facts(old, new), *_assumptions(old.assumptions, new.assumptions))


def _fields(old: PolicyFields, new: PolicyFields) -> Iterator[Change]:
    for name in dict.fromkeys([*old.places, *new.places]):
        before, after = old.places.get(name), new.places.get(name)
        texts = before.text if before else None, after.text if after else None
        if texts[0] != texts[1]:
            places = [cell_name("Policy", cell.reference) if cell else "" for cell in (before, after)]
            yield Change(ChangeKind.FIELD, name, *texts, "", "", *places)


def _sheets(
    old: Sequence[Sheet], new: Sequence[Sheet], edits: Callable[[Sheet, Sheet], Iterator[Change]]
) -> Iterator[Change]:
    """Sheets of one kind, added, removed and edited."""
    matched = sheets(old, new)
    for sheet in matched.removed:
        place, kinds = cell_name(sheet.sheet, "A1"), grid_of(sheet).kinds
        yield Change(kinds.removed, sheet.name, sheet.name, None, sheet.name, "", place)
    former = {id(sheet): before for before, sheet in matched.pairs}
    for sheet in new:
        if id(sheet) in former:
            yield from edits(former[id(sheet)], sheet)
        else:
            place, kinds = cell_name(sheet.sheet, "A1"), grid_of(sheet).kinds
            yield Change(kinds.added, sheet.name, None, sheet.name, sheet.name, "", "", place)


def _assumptions(old: Iterable[Assumption], new: Iterable[Assumption]) -> Iterator[Change]:
    matched = by_key(tuple(old), tuple(new), lambda each: each.condition.text)
    for each in matched.removed:
        place = cell_name(each.sheet, each.condition.reference)
        yield Change(ChangeKind.ASSUMPTION_REMOVED, each.reason, each.condition.text, None, "", "", place)
    for each in matched.added:
        place = cell_name(each.sheet, each.condition.reference)
        text = each.condition.text
        yield Change(ChangeKind.ASSUMPTION_ADDED, each.reason, None, text, "", "", "", place)


def _cases(old: CaseSheet | None, new: CaseSheet | None) -> Iterator[Change]:
    matched = by_key(old.rows if old else (), new.rows if new else (), lambda row: row.name)
    for row in matched.removed:
        place = _case_place(old, row)
        yield Change(ChangeKind.CASE_REMOVED, row.name, row.name, None, "", "", place)
    for row in matched.added:
        yield Change(ChangeKind.CASE_ADDED, row.name, None, row.name, "", "", "", _case_place(new, row))
    for before, after in matched.pairs:
        texts = _case_text(old, before), _case_text(new, after)
        if texts[0] != texts[1]:
            lines = _parted(texts[0], texts[1]), _parted(texts[1], texts[0])
            places = _case_place(old, before), _case_place(new, after)
            yield Change(ChangeKind.CASE_CHANGED, after.name, *lines, "", "", *places)


def _parted(mine: dict[str, str], other: dict[str, str]) -> str:
    """The cells of a case that the other one has not."""
    return "; ".join(f"{heading}: {text}" for heading, text in mine.items() if other.get(heading) != text)


def _case_text(sheet: CaseSheet | None, row: CaseRow) -> dict[str, str]:
    headings = sheet.headings if sheet else ()
    pairs = zip(headings, row.values, strict=True)
    return {heading.text: cell.text for heading, cell in pairs if not cell.blank}


def _case_place(sheet: CaseSheet | None, row: CaseRow) -> str:
    return cell_name(sheet.sheet, row.cell.reference) if sheet else ""


def _facts(old: Dictionary, new: Dictionary) -> Iterator[Change]:
    matched = by_key(old.facts, new.facts, lambda fact: fact.name)
    for fact in matched.removed:
        yield Change(ChangeKind.FACT_REMOVED, fact.name, fact.label, None, "", "", _fact_place(old, fact))
    for fact in matched.added:
        yield Change(ChangeKind.FACT_ADDED, fact.name, None, fact.label, "", "", "", _fact_place(new, fact))
    for before, after in matched.pairs:
        for part, then, now in zip(_FACT_PARTS, _fact_parts(before), _fact_parts(after), strict=True):
            if then != now:
                subject = f"{after.name}, {part}"
                places = _fact_place(old, before), _fact_place(new, after)
                label = f"{after.label}, {part}"
                yield Change(ChangeKind.FACT_CHANGED, subject, then, now, "", "", *places, label=label)


def _fact_place(dictionary: Dictionary, fact: Fact) -> str:
    return cell_name(dictionary.sheet, f"A{fact.row}")


def _fact_parts(fact: Fact) -> tuple[str, ...]:
    allowed = fact.allowed.text if fact.allowed else ""
    nullable = "Yes" if fact.nullable else "No"
    changeable = fact.changeable.value if fact.changeable else ""
    texts = fact.unit, nullable, fact.question, fact.description, changeable
    return fact.label, fact.type.value, allowed, *texts
