"""The head of a policy's approval: verdict, both versions with files and dates, who changed what and why."""

from __future__ import annotations

from collections.abc import Iterator

from dmn_dli.analysis.versions import new_lines
from dmn_dli.diff.edition import Edition
from dmn_dli.diff.verdict import Verdict
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.model.finding import errors
from dmn_dli.model.workbook import ChangeEntry
from dmn_dli.page.approval.grid import Cells, grid
from dmn_dli.page.approval.marking import shown
from dmn_dli.page.html import Child, Element, h
from dmn_dli.report import difference_words as words
from dmn_dli.report.layout import many

_BADGES = {
    Verdict.EQUIVALENT: "good",
    Verdict.STRICTER: "bad",
    Verdict.MORE_PERMISSIVE: "warn",
    Verdict.MENDED: "good",
    Verdict.BROKEN: "bad",
    Verdict.INCOMPARABLE: "warn",
    Verdict.UNKNOWN: "open",
}

_FIELDS = (
    "Payer",
    "Payer name",
    "Policy number",
    "Title",
    "Status",
    "Effective from",
    "Effective to",
    "Last review",
    "Next review",
    "Source document",
)

_MOST_ERRORS = 20


def badge(difference: VersionDifference) -> Element:
    """The verdict in a word or two."""
    behaviour = difference.behaviour
    colour = "open" if behaviour is None else _BADGES[behaviour.verdict]
    return h("span", words.headline(difference), class_=f"badge {colour}")


def head(difference: VersionDifference) -> Child:
    """Verdict, versions, history; where a side has errors which."""
    return [
        h("p", badge(difference), " ", f"{words.sentence(words.meaning(difference))}.", class_="verdict"),
        h("p", f"Compared: {words.sides(difference)}.", class_="hint"),
        _draft(difference.new),
        _versions(difference),
        _history(difference),
        [_errors(each) for each in (difference.old, difference.new) if each is not None and each.broken],
    ]


def _draft(new: Edition | None) -> Child:
    if new is None or not new.linked.workbook.policy.draft:
        return None
    status = new.linked.workbook.policy.status
    told = "it decides nothing until its status is changed; here it is looked at as if it were in force"
    return h("p", h("span", f"{status}", class_="badge warn"), f" The new version is not in force: {told}.")


def _versions(difference: VersionDifference) -> Child:
    """What the sheet Policy says on both sides: what differs in a table, what stays in a line."""
    sides = difference.old, difference.new
    both = [(name, *[_field(each, name) for each in sides]) for name in _FIELDS]
    rows = [("File", *[each.shown if each else "" for each in sides])]
    rows += [row for row in both if row[1] != row[2]]
    kept = [f"{name}: {new}" for name, old, new in both if old == new and new.strip()]
    return [
        grid(
            ("Field", "Old version", "New version"),
            ((name, *map(_cell, texts)) for name, *texts in rows),
            "versions",
        ),
        h("p", f"As before: {'; '.join(kept)}.", class_="hint") if kept else None,
    ]


def _cell(text: str) -> Child:
    return shown(text) if text else ""


def _field(edition: Edition | None, name: str) -> str:
    places = edition.linked.workbook.policy.places if edition is not None else {}
    return places[name].text if name in places else ""


def _history(difference: VersionDifference) -> Child:
    old, new = difference.old, difference.new
    if new is None:
        return None
    book = new.linked.workbook
    lines = book.changes if old is None else new_lines(old.linked.workbook, book)
    if not lines:
        return h("p", words.NO_HISTORY)
    return [
        h("h3", f"New in the Change History ({len(lines):,})"),
        grid(("Date", "Who", "What", "Why"), map(_line, lines)),
    ]


def _line(entry: ChangeEntry) -> Cells:
    day = entry.date.isoformat() if entry.date else ""
    return day, shown(entry.who), shown(entry.what), shown(entry.why)


def _errors(edition: Edition) -> Child:
    found = errors(edition.linked.findings)
    rest = len(found) - _MOST_ERRORS
    return h(
        "div",
        h("p", h("b", f"{edition.shown} has errors, so that it decides nothing:")),
        h("ul", (h("li", _told(each.place, each.text)) for each in found[:_MOST_ERRORS])),
        h("p", f"And {many(rest, 'further error')}.") if rest > 0 else None,
        class_="card",
    )


def _told(place: str, text: str) -> Child:
    return f"{place}: {text}" if place else text


def digests(difference: VersionDifference) -> Iterator[Cells]:
    """The digests of both workbooks and their dictionaries: what a signature is for."""
    for name, edition in (("Old version", difference.old), ("New version", difference.new)):
        if edition is not None:
            yield name, edition.shown, _digest(edition.linked.workbook.sha256)
            dictionary = edition.linked.dictionary.sha256
            if dictionary and edition.linked.workbook.dictionary is None:
                yield f"{name}, facts", "facts.xlsx", _digest(dictionary)


def _digest(text: str) -> Element:
    return h("code", text, class_="digest")
