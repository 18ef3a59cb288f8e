"""The cases of the Cases sheets that come out otherwise, and the criteria that ask or stand otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmn_dli.diff.asked_cases import AskedCase, AskedCases, CaseAnswer, Whose
from dmn_dli.diff.behaviour import CriterionBehaviour
from dmn_dli.diff.case_causes import VARIOUS, Parting
from dmn_dli.diff.criteria import CriterionDifference
from dmn_dli.page.approval.effects import regions, said
from dmn_dli.page.approval.grid import Cells, grid, not_shown
from dmn_dli.page.approval.marking import marked, shown
from dmn_dli.page.approval.places import Places
from dmn_dli.page.case_code import case_route
from dmn_dli.page.html import Child, h
from dmn_dli.report import case_change_words
from dmn_dli.report import difference_words as words
from dmn_dli.report.layout import many, spoken

_OTHERWISE = "The same determination, by another rule or told otherwise"
_HEADINGS = ("Case", "Before", "Now", "What parts them")


def cases(found: AskedCases, places: Places) -> Child:
    """The cases with another determination, then those that differ in something else."""
    decided = [each for each in found.changed if each.decided_otherwise]
    others = [each for each in found.changed if not each.decided_otherwise]
    return [
        h("p", words.asked_cases(found)),
        _table(decided, places),
        h("h4", f"{_OTHERWISE} ({len(others):,})") if others else None,
        _table(others, places),
    ]


def _table(found: Sequence[AskedCase], places: Places) -> Child:
    if not found:
        return None
    first, rest = found[: places.most.cases], found[places.most.cases :]
    return [
        grid(_HEADINGS, (_row(each, places) for each in first), "cases"),
        not_shown(len(rest), "further case"),
    ]


def _row(case: AskedCase, places: Places) -> Cells:
    link = h("a", "Try it", href=case_route(case.facts), class_="try") if places.engine else None
    whose = "" if case.whose is Whose.BOTH else f", in {case.whose.value} alone"
    placed = h("span", f"{case.place}{whose}", class_="told")
    name: Child = [case.name or "(no name)", " ", placed, " ", link]
    why = h("ul", (h("li", _parting(each, places)) for each in case.partings)) if case.partings else None
    aspects = [aspect.value for aspect in case.aspects[case.decided_otherwise :]]
    also = "also " if case.decided_otherwise else ""
    further = h("p", f"{also}{words.otherwise(aspects)}") if aspects else None
    return name, _answer(case.old), _answer(case.new), (why, _reason(case.old), _reason(case.new), further)


def _answer(answer: CaseAnswer) -> Child:
    rules = "rules differ with what is not known" if answer.rules == VARIOUS else f"rule {answer.rules}"
    by_rule = answer.rules and not answer.why
    return [said(spoken(answer.determination)), " ", h("span", rules, class_="told") if by_rule else None]


def _reason(answer: CaseAnswer) -> Child:
    """Why a version cannot decide a case."""
    return h("p", shown(answer.why), class_="told") if answer.why else None


def _parting(parting: Parting, places: Places) -> str:
    """What parts two answers, facts by what people call them."""
    labels = {fact.name: fact.label for fact in places.edition.linked.dictionary.facts}
    named = [", ".join(labels.get(name, name) for name in text.split(", ")) for text in parting]
    return case_change_words.parting(named[0], named[1], named[2])


def criteria(found: Sequence[CriterionDifference], places: Places) -> Child:
    """What each row asked, what it asks now, and where its status differs."""
    if not found:
        return None
    return [
        h("h4", f"Criteria that change ({len(found):,})"),
        (_criterion(each, places) for each in found),
    ]


def _criterion(each: CriterionDifference, places: Places) -> Child:
    title = words.criterion(each)
    name = f"{each.sheet}.{each.id}"
    return h(
        "div",
        h("h5", places.row(name), title.removeprefix(name)),
        h("dl", _conditions(each)),
        h("p", f"{words.sentence(words.status(each))}.") if each.status is not None else None,
        _regions(each.status, places) if each.status is not None else None,
        class_="card",
    )


def _regions(status: CriterionBehaviour, places: Places) -> Child:
    """Where the status differs, folded: one edit shows in all groups above it."""
    found = status.differences
    if not found:
        return None
    title = f"Where its status differs, from what to what ({many(len(found), 'region')})"
    return h("details", h("summary", title), regions(found, places, places.most.others))


def _conditions(each: CriterionDifference) -> Iterator[Child]:
    told = words.conditions(each)
    texts: Sequence[Child] = [text for _, text in told]
    if len(told) == 2:
        texts = marked(told[0][1], told[1][1])
    for (name, _), text in zip(told, texts, strict=True):
        yield h("dt", name)
        yield h("dd", text)
