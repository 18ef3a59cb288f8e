"""Differences as a workbook: verdicts and edits, new values, regions, criteria, both versions of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dmn_dli.diff.case_counts import CaseChanges
from dmn_dli.diff.change import Change
from dmn_dli.diff.matching import Sheet, sheets
from dmn_dli.diff.table_changes import Versions, versions
from dmn_dli.diff.verdict import Verdict
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.excel.list_sheet import ListRow, write_list
from dmn_dli.model.cell import cell_name
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.report import case_change_words as case_words
from dmn_dli.report import difference_words as words
from dmn_dli.report import value_words
from dmn_dli.report.both_versions import draw, drawn_at
from dmn_dli.report.edit_words import parts, place
from dmn_dli.report.layout import many, spoken
from dmn_dli.report.share_words import fraction
from dmn_dli.runtime.plain import visible

CHANGES = "Changes"

_VERDICTS = {
    Verdict.EQUIVALENT: "CBE8C6",
    Verdict.MENDED: "CBE8C6",
    Verdict.UNKNOWN: "FCE08B",
    Verdict.STRICTER: "F8C9C4",
    Verdict.BROKEN: "F8C9C4",
}
_OTHER_VERDICT = "DDD6FE"
_CHANGED = "FFF2A8"
_SHEET_NAME = 31


def book(differences: Sequence[VersionDifference], changes: CaseChanges | None = None) -> bytes:
    """The workbook's bytes, the same for the same differences; changes: what they do to cases."""
    made = EditedBook.empty()
    first = made.add_sheet(CHANGES)
    if changes is not None:
        headings = _changed_cases_headings(changes)
        _list(made, "Changed cases", headings, list(_changed_cases(changes)), case_words.headline(changes))
        _list(made, "Cases left out", _LEFT_OUT, list(_left_out(changes)))
    _list(made, "New values", _VALUES, list(_values(differences)))
    _list(made, "Answers", _ANSWERS, list(_answers(differences)))
    _list(made, "Criteria", _CRITERIA, list(_criteria(differences)))
    drawn = {each.edition.payer: _both_versions(made, each) for each in differences}
    write_list(first, _title_of(differences), _CHANGES, _changes(differences, drawn))
    return made.data()


_CHANGES = (("Policy", 14), ("What", 34), ("Change", 60), ("Before", 30), ("Now", 30), ("Where", 22))


def _title_of(differences: Sequence[VersionDifference]) -> str:
    edits = sum(len(each.changes) for each in differences)
    policies = "1 policy" if len(differences) == 1 else f"{len(differences)} policies"
    return f"What changed: {policies}, {many(edits, 'edit')}"


def _changes(
    differences: Iterable[VersionDifference], drawn: Mapping[str, Mapping[str, str]]
) -> Iterator[ListRow]:
    """Each policy's verdict, and below it its edits, which lead to the cell in both versions."""
    for each in differences:
        payer = each.edition.payer
        behaviour = each.behaviour
        colour = _OTHER_VERDICT if behaviour is None else _VERDICTS.get(behaviour.verdict, _OTHER_VERDICT)
        limits = words.unmentioned(behaviour) if behaviour is not None else ()
        told = "\n".join(filter(None, [words.in_short(each), *limits]))
        yield ListRow((payer, words.headline(each), told, *_sides(each), ""), colour)
        for change in each.changes:
            subject, what = parts(change)
            at = _target(change, drawn[payer])
            shown = change.old or "", change.new or ""
            yield ListRow((payer, subject, what, *shown, place(change)), link=None if at is None else (6, at))


def _sides(difference: VersionDifference) -> tuple[str, str]:
    old, new = ("" if each is None else each.shown for each in (difference.old, difference.new))
    return old, new


def _target(change: Change, drawn: Mapping[str, str]) -> str | None:
    return drawn_at(change, drawn) or drawn.get(change.decision)


_VALUES = (
    ("Fact", 22),
    ("Value", 26),
    ("Policy", 14),
    ("Decided as", 26),
    ("Where the value decides", 54),
    ("Combinations", 16),
    ("Cells that read the fact", 50),
    ("Whatever the value", 44),
)


def _values(differences: Iterable[VersionDifference]) -> Iterator[ListRow]:
    """For each value every policy, and what it gets there; a row for each answer."""
    found = [(each.edition.payer, values) for each in differences for values in each.values]
    for name in dict.fromkeys(value_words.subject(values) for _, values in found):
        for payer, values in found:
            if value_words.subject(values) != name:
                continue
            fact, value = values.label, name.removeprefix(f"{values.label}: ")
            rest = "; ".join(value_words.readers(values)), value_words.whatever(values)
            answers = [(told, fraction(share)) for share, told in value_words.deciding(values)]
            for told, share in answers or [(value_words.short(values), "")]:
                yield ListRow((fact, value, payer, values.like, told, share, *rest))


def _changed_cases_headings(changes: CaseChanges) -> tuple[tuple[str, float], ...]:
    return (
        ("Policy", 14),
        ("Before", 26),
        ("Now", 26),
        ("Cases", 12),
        (changes.amount or "", 18),
        ("First cases", 40),
        ("What parts them", 60),
    )


def _changed_cases(changes: CaseChanges) -> Iterator[ListRow]:
    """Every pair of determinations that cases get; those that change come first, and in colour."""
    every = [(payer.payer, each) for payer in changes.payers for each in payer.transitions]
    for payer, each in sorted(every, key=lambda row: not row[1].changed):
        told = spoken(each.old), spoken(each.new), each.cases, "" if each.amount is None else each.amount
        why = "\n".join(case_words.causes(each))
        colour = _CHANGED if each.changed else ""
        yield ListRow((payer, *told, case_words.samples(each).strip(" ()"), why), colour)
    yield from (ListRow(("", "", "", "", "", "", limit)) for limit in case_words.limits(changes))


_LEFT_OUT = (("File", 30), ("Case", 10), ("Id", 20), ("Policy", 14), ("Why", 90))


def _left_out(changes: CaseChanges) -> Iterator[ListRow]:
    """The cases that could not be used."""
    for row in changes.bad:
        reasons = case_words.reasons(row)
        yield ListRow((row.file, row.row, row.case_id, row.payer or "all", reasons))


_ANSWERS = (
    ("Policy", 14),
    ("What", 24),
    ("Before", 30),
    ("After", 30),
    ("Where", 60),
    ("Combinations", 16),
    ("For example", 50),
)


def _answers(differences: Iterable[VersionDifference]) -> Iterator[ListRow]:
    """The regions in which answers differ, then the cases that come out otherwise."""
    for each in differences:
        payer = each.edition.payer
        for part in each.behaviour.differences if each.behaviour else ():
            told = words.region(part), fraction(part.share), words.witness(part)
            yield from (ListRow((payer, *answer, *told)) for answer in words.answer(part))
        for case in each.cases:
            aspects = ", ".join(aspect.value for aspect in case.aspects)
            yield ListRow((payer, aspects, spoken(case.old), spoken(case.new), f"case: {case.case}", "", ""))


_CRITERIA = (
    ("Policy", 14),
    ("Criterion", 24),
    ("Asked", 34),
    ("Asks now", 34),
    ("Status", 30),
    ("Before", 14),
    ("After", 14),
    ("Where", 54),
    ("Combinations", 16),
    ("For example", 44),
)


def _criteria(differences: Iterable[VersionDifference]) -> Iterator[ListRow]:
    """A row for each region in which a criterion's status differs, for any other change of one a row."""
    for each in differences:
        for row in each.criteria:
            told = words.criterion(row), row.asked or "", row.asks or "", words.status(row)
            regions = [
                (part.old, part.new, words.region(part), fraction(part.share), words.witness(part))
                for part in (row.status.differences if row.status else ())
            ]
            for region in regions or [("",) * 5]:
                yield ListRow((each.edition.payer, *told, *map(spoken, region)))


def _both_versions(made: EditedBook, difference: VersionDifference) -> Mapping[str, str]:
    """A sheet for each edited table and sheet of criteria; where cells, and decisions by name, are drawn."""
    drawn: dict[str, str] = {}
    edited = {change.decision for change in difference.changes}
    back = cell_name(CHANGES, "A1")
    for both in _edited(difference):
        if both.new.name in edited:
            payer = difference.edition.payer
            sheet = made.add_sheet(_title(made, f"{payer} {both.new.name}"))
            drawn |= draw(sheet, f"{payer}: {both.new.name}", both, back)
            drawn[both.new.name] = cell_name(sheet.name, "A1")
    return drawn


def _edited(difference: VersionDifference) -> Iterator[Versions]:
    """The tables and sheets of criteria that both editions have."""
    if difference.old is not None and difference.new is not None:
        books = difference.old.linked.workbook, difference.new.linked.workbook
        yield from _paired(books[0].criteria, books[1].criteria)
        yield from _paired(books[0].tables, books[1].tables)


def _paired(old: Sequence[Sheet], new: Sequence[Sheet]) -> Iterator[Versions]:
    yield from (versions(*pair) for pair in sheets(old, new).pairs)


def _list(
    made: EditedBook,
    name: str,
    headings: Sequence[tuple[str, float]],
    rows: Sequence[ListRow],
    title: str = "",
) -> None:
    """A sheet with a list, if it holds anything; title: without one its name."""
    if rows:
        write_list(made.add_sheet(name), title or name, headings, rows)


def _title(made: EditedBook, wanted: str) -> str:
    """A name that Excel takes for a sheet, and that is not taken yet."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", visible(wanted))
    title, number = _ending(plain, _SHEET_NAME), 1
    while title.casefold() in {name.casefold() for name in made.sheet_names}:
        number += 1
        ending = f" {number}"
        title = _ending(plain, _SHEET_NAME - len(ending)) + ending
    return title


def _ending(text: str, length: int) -> str:
    """The end of a text, of so many characters as Excel counts them: those beyond U+FFFF twice."""
    return text.encode("utf-16-le")[-2 * length :].decode("utf-16-le", "ignore").strip()
