"""What the edits do: the facts for which answers differ, from what to what; what new values get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.behaviour import Behaviour, Difference
from dmn_dli.diff.value_answers import ValueAnswers
from dmn_dli.diff.verdict import ERROR
from dmn_dli.page.approval.grid import Cells, grid, not_shown
from dmn_dli.page.approval.marking import marked
from dmn_dli.page.approval.places import Places
from dmn_dli.page.case_code import case_route
from dmn_dli.page.html import Child, h
from dmn_dli.report import difference_words as words
from dmn_dli.report import value_words
from dmn_dli.report.share_words import fraction

_HEADINGS = ("Where all of this holds", "Share", "For example")


def effects(behaviour: Behaviour, values: Sequence[ValueAnswers], places: Places) -> Child:
    """Aspect by aspect, the determination first."""
    told = [
        _aspect(aspect, words.share(aspect, share), behaviour, places) for aspect, share in behaviour.shares
    ]
    if not told and not behaviour.reasons:
        told = [h("p", f"{words.sentence(words.verdict(behaviour))}.")]
    return [told if behaviour.compared else h("p", words.NOT_COMPARED), _values(values)]


def regions(found: Sequence[Difference], places: Places, most: int) -> Child:
    """Regions, those with the same two answers together."""
    first, rest = found[:most], found[most:]
    groups = groupby(first, key=lambda part: repr((part.old, part.new)))
    return [
        [_group(list(group), places) for _, group in groups],
        not_shown(len(rest), "further region"),
    ]


def _aspect(aspect: Aspect, title: str, behaviour: Behaviour, places: Places) -> Child:
    found = [part for part in behaviour.differences if part.aspect is aspect]
    most = places.most.determinations if aspect is Aspect.DETERMINATION else places.most.others
    return h("section", h("h4", title), regions(found, places, most), class_="aspect")


def _group(parts: Sequence[Difference], places: Places) -> Child:
    """The regions that share both answers, below these."""
    rows = (_region(part, places) for part in parts)
    return h("div", _answers(parts[0]), grid(_HEADINGS, rows, "regions"), class_="card")


def _answers(part: Difference) -> Child:
    """From what to what."""
    rows = words.answer(part)
    if part.aspect is Aspect.WORDING:
        return grid(
            ("Text", "Before", "Now"), ((name, *marked(old, new)) for name, old, new in rows), "texts"
        )
    named = part.aspect not in (Aspect.DETERMINATION, Aspect.CRITERIA)
    return [
        h("p", f"{subject}: " if named else None, said(old), " → ", said(new), class_="from-to")
        for subject, old, new in rows
    ]


def said(answer: str) -> Child:
    """An answer; an error stands out."""
    return h("span", answer, class_="badge bad") if answer == ERROR else h("b", answer)


def _region(part: Difference, places: Places) -> Cells:
    link = h("a", "Try it", href=case_route(part.witness), class_="try") if places.engine else None
    where = _facts(part.words) if part.words else words.region(part)
    return where, fraction(part.share), [_example(part), " ", link]


def _example(part: Difference) -> Child:
    """The facts of a case of the region which the region leaves open; the others stand beside it."""
    said = set(part.words)
    chosen = [each for each in part.example if each not in said]
    rest = len(chosen) < len(part.example)
    if not chosen:
        return words.AS_SAID if rest else words.witness(part)
    return [_facts(chosen), " ", h("span", words.THE_REST_AS_SAID, class_="told") if rest else None]


def _facts(named: Sequence[tuple[str, str]]) -> Child:
    """Facts and their values, one a line."""
    return h("ul", (h("li", label, ": ", h("b", value)) for label, value in named), class_="named")


def _values(values: Sequence[ValueAnswers]) -> Child:
    """What the values get that only one side's dictionary admits; no comparison holds these."""
    if not values:
        return None
    return h(
        "section",
        h("h4", f"{value_words.title(values).capitalize()} ({len(values)})"),
        h("dl", _definitions(values)),
        class_="aspect",
    )


def _definitions(values: Iterable[ValueAnswers]) -> Iterator[Child]:
    for each in values:
        yield h("dt", value_words.subject(each))
        yield (h("dd", line) for line in value_words.lines(each))
