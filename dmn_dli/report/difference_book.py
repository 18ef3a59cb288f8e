"""Differences as a workbook: verdicts and edits, new values, regions, criteria, both versions of tables."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO

from attrs import frozen
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.diff.case_changes import CaseChanges
from dmn_dli.diff.change import Change
from dmn_dli.diff.matching import Sheet, sheets
from dmn_dli.diff.table_changes import Versions, versions
from dmn_dli.diff.verdict import Verdict
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.excel.list_sheet import FONT, for_reading, height, link, write_body, write_heading, write_title
from dmn_dli.model.cell import cell_name
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
_BOLD = Font(name=FONT, size=10, bold=True)
_SHEET_NAME = 31
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@frozen
class _Row:
    """A line of a list; colour: of its first two cells, then bold; link: of a column, and where it leads."""

    texts: tuple[str, ...]
    colour: str = ""
    link: tuple[int, str] | None = None


def book(differences: Sequence[VersionDifference], changes: CaseChanges | None = None) -> bytes:
    """The workbook's bytes, the same for the same differences; changes: what they do to cases."""
    made = Workbook()
    first = made.worksheets[0]
    first.title = CHANGES
    if changes is not None:
        _list(made, "Changed cases", _CHANGED_CASES, list(_changed_cases(changes)))
        _list(made, "Cases left out", _LEFT_OUT, list(_left_out(changes)))
    _list(made, "New values", _VALUES, list(_values(differences)))
    _list(made, "Answers", _ANSWERS, list(_answers(differences)))
    _list(made, "Criteria", _CRITERIA, list(_criteria(differences)))
    drawn = {each.edition.payer: _both_versions(made, each) for each in differences}
    _fill(first, _title_of(differences), _CHANGES, list(_changes(differences, drawn)))
    stream = BytesIO()
    made.save(stream)
    return _timeless(stream.getvalue())


_CHANGES = (("Policy", 14), ("What", 34), ("Change", 60), ("Before", 30), ("Now", 30), ("Where", 22))


def _title_of(differences: Sequence[VersionDifference]) -> str:
    edits = sum(len(each.changes) for each in differences)
    policies = "1 policy" if len(differences) == 1 else f"{len(differences)} policies"
    return f"What changed: {policies}, {many(edits, 'edit')}"


def _changes(
    differences: Iterable[VersionDifference], drawn: Mapping[str, Mapping[str, str]]
) -> Iterator[_Row]:
    """Each policy's verdict, and below it its edits, which lead to the cell in both versions."""
    for each in differences:
        payer = each.edition.payer
        behaviour = each.behaviour
        colour = _OTHER_VERDICT if behaviour is None else _VERDICTS.get(behaviour.verdict, _OTHER_VERDICT)
        limits = words.unmentioned(behaviour) if behaviour is not None else ()
        told = "\n".join(filter(None, [words.in_short(each), *limits]))
        yield _Row((payer, words.headline(each), told, *_sides(each), ""), colour)
        for change in each.changes:
            subject, what = parts(change)
            at = _target(change, drawn[payer])
            shown = change.old or "", change.new or ""
            yield _Row((payer, subject, what, *shown, place(change)), link=None if at is None else (6, at))


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


def _values(differences: Iterable[VersionDifference]) -> Iterator[_Row]:
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
                yield _Row((fact, value, payer, values.like, told, share, *rest))


_CHANGED_CASES = (
    ("Policy", 14),
    ("Before", 26),
    ("Now", 26),
    ("Cases", 12),
    ("Amount", 18),
    ("First cases", 40),
    ("What parts them", 60),
)


def _changed_cases(changes: CaseChanges) -> Iterator[_Row]:
    """Every pair of determinations that cases get, those that change in colour."""
    for payer in changes.payers:
        for each in payer.transitions:
            told = spoken(each.old), spoken(each.new), f"{each.cases:,}", case_words.amount(each.amount)
            why = "\n".join(case_words.causes(each))
            colour = _CHANGED if each.changed else ""
            yield _Row((payer.payer, *told, case_words.samples(each).strip(" ()"), why), colour)
    yield from (_Row(("", "", "", "", "", "", limit)) for limit in case_words.limits(changes))


_LEFT_OUT = (("File", 30), ("Case", 10), ("Id", 20), ("Policy", 14), ("Why", 90))


def _left_out(changes: CaseChanges) -> Iterator[_Row]:
    """The cases that could not be used."""
    for row in changes.bad:
        reasons = case_words.reasons(row)
        yield _Row((row.file, str(row.row), row.case_id, row.payer or "all", reasons))


_ANSWERS = (
    ("Policy", 14),
    ("What", 24),
    ("Before", 30),
    ("After", 30),
    ("Where", 60),
    ("Combinations", 16),
    ("For example", 50),
)


def _answers(differences: Iterable[VersionDifference]) -> Iterator[_Row]:
    """The regions in which answers differ, then the cases that come out otherwise."""
    for each in differences:
        payer = each.edition.payer
        for part in each.behaviour.differences if each.behaviour else ():
            told = words.region(part), fraction(part.share), words.witness(part)
            yield from (_Row((payer, *answer, *told)) for answer in words.answer(part))
        for case in each.cases:
            aspects = ", ".join(aspect.value for aspect in case.aspects)
            yield _Row((payer, aspects, spoken(case.old), spoken(case.new), f"case: {case.case}", "", ""))


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


def _criteria(differences: Iterable[VersionDifference]) -> Iterator[_Row]:
    """A row for each region in which a criterion's status differs, for any other change of one a row."""
    for each in differences:
        for row in each.criteria:
            told = words.criterion(row), row.asked or "", row.asks or "", words.status(row)
            regions = [
                (part.old, part.new, words.region(part), fraction(part.share), words.witness(part))
                for part in (row.status.differences if row.status else ())
            ]
            for region in regions or [("",) * 5]:
                yield _Row((each.edition.payer, *told, *map(spoken, region)))


def _both_versions(made: Workbook, difference: VersionDifference) -> Mapping[str, str]:
    """A sheet for each edited table and sheet of criteria; where cells, and decisions by name, are drawn."""
    drawn: dict[str, str] = {}
    edited = {change.decision for change in difference.changes}
    back = cell_name(CHANGES, "A1")
    for both in _edited(difference):
        if both.new.name in edited:
            payer = difference.edition.payer
            sheet = made.create_sheet(_title(made, f"{payer} {both.new.name}"))
            drawn |= draw(sheet, f"{payer}: {both.new.name}", both, back)
            drawn[both.new.name] = cell_name(sheet.title, "A1")
    return drawn


def _edited(difference: VersionDifference) -> Iterator[Versions]:
    """The tables and sheets of criteria that both editions have."""
    if difference.old is not None and difference.new is not None:
        books = difference.old.linked.workbook, difference.new.linked.workbook
        yield from _paired(books[0].criteria, books[1].criteria)
        yield from _paired(books[0].tables, books[1].tables)


def _paired(old: Sequence[Sheet], new: Sequence[Sheet]) -> Iterator[Versions]:
    yield from (versions(*pair) for pair in sheets(old, new).pairs)


def _list(made: Workbook, name: str, headings: Sequence[tuple[str, int]], rows: Sequence[_Row]) -> None:
    """A sheet with a list, if it holds anything."""
    if rows:
        _fill(made.create_sheet(name), name, headings, rows)


def _fill(sheet: Worksheet, title: str, headings: Sequence[tuple[str, int]], rows: Sequence[_Row]) -> None:
    write_title(sheet.cell(1, 1), title)
    widths = [width for _, width in headings]
    for column, (heading, width) in enumerate(headings, 1):
        write_heading(sheet.cell(2, column), heading)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 3):
        for column, text in enumerate(row.texts, 1):
            cell = write_body(sheet.cell(number, column), text)
            if row.colour and column <= 2:
                cell.fill = PatternFill("solid", fgColor=row.colour)
                cell.font = _BOLD
        if row.link is not None:
            link(sheet.cell(number, row.link[0]), row.link[1])
        sheet.row_dimensions[number].height = height(row.texts, widths)
    for_reading(sheet, "A3", "2:2")


def _title(made: Workbook, wanted: str) -> str:
    """A name that Excel takes for a sheet, and that is not taken yet."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", visible(wanted))
    title, number = plain[-_SHEET_NAME:].strip(), 1
    while title.casefold() in {name.casefold() for name in made.sheetnames}:
        number += 1
        ending = f" {number}"
        title = plain[-(_SHEET_NAME - len(ending)) :].strip() + ending
    return title


def _timeless(data: bytes) -> bytes:
    """The archive without the times at which its parts were written."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
