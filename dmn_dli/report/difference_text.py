"""Differences as text: the verdict, what was edited, what new values get, where answers differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.behaviour import Behaviour, Difference
from dmn_dli.diff.case_rows import CaseChange
from dmn_dli.diff.change import Change
from dmn_dli.diff.criteria import CriterionDifference
from dmn_dli.diff.value_answers import ValueAnswers
from dmn_dli.diff.verdict import Verdict
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.report import difference_words as words
from dmn_dli.report import value_words
from dmn_dli.report.alike_edits import edits
from dmn_dli.report.layout import BOLD, GREEN, RED, YELLOW, clean, labelled, paint, paragraph, spoken
from dmn_dli.report.share_words import fraction

_STYLES = {
    Verdict.EQUIVALENT: (BOLD, GREEN),
    Verdict.STRICTER: (BOLD, RED),
    Verdict.BROKEN: (BOLD, RED),
    Verdict.UNKNOWN: (BOLD, YELLOW),
}


_DEEPER = " " * 8

_NAMED_CASES = 10


class Page(NamedTuple):
    """How many columns there are, and whether colour and bold letters are welcome."""

    width: int = 100
    styled: bool = False


def text(differences: Sequence[VersionDifference], page: Page) -> str:
    """All differences; a line where there is none."""
    if not differences:
        return f"{words.sentence(words.NO_DIFFERENCE)}.\n"
    return "\n".join("\n".join(_version(each, page)) + "\n" for each in differences)


def _version(difference: VersionDifference, page: Page) -> Iterator[str]:
    behaviour = difference.behaviour
    styles = (BOLD,) if behaviour is None else _STYLES.get(behaviour.verdict, (BOLD,))
    verdict = words.headline(difference).upper()
    yield f"{clean(difference.edition.payer)}: {paint(verdict, *styles) if page.styled else verdict}"
    yield from labelled("Compared", [words.sides(difference)], page.width)
    if behaviour is not None:
        yield from labelled("In short", [words.in_short(difference)], page.width)
    yield from _edits(difference.changes, page)
    yield from _values(difference.values, page)
    if behaviour is not None:
        yield from behaviour_lines(behaviour, page)
    yield from _criteria(difference.criteria, page)
    yield from _cases(difference.cases, page)


def _edits(changes: Sequence[Change], page: Page) -> Iterator[str]:
    """Every edit with its cells, decision by decision."""
    for decision in dict.fromkeys(change.decision for change in changes):
        number = sum(change.decision == decision for change in changes)
        told = [f"{each.words} ({each.places})" for each in edits(changes) if each.decision == decision]
        yield from _section(f"Edited: {decision or words.BESIDE_TABLES} ({number})", told, page)


def _values(values: Sequence[ValueAnswers], page: Page) -> Iterator[str]:
    """What the values get that only one side's dictionary admits."""
    if values:
        yield ""
        yield f"  {value_words.title(values).capitalize()} ({len(values)}):"
    for each in values:
        yield from paragraph(value_words.subject(each), page.width, "    ")
        for line in value_words.lines(each):
            yield from paragraph(line, page.width, _DEEPER, f"{_DEEPER}  ")


def _cases(cases: Sequence[CaseChange], page: Page) -> Iterator[str]:
    """Cases with another determination one by one; the others by what differs in them."""
    decided = [case for case in cases if Aspect.DETERMINATION in case.aspects]
    told = [f"{case.case}: {spoken(case.old)} → {spoken(case.new)}" for case in decided]
    others: dict[str, list[str]] = {}
    for case in cases:
        if case not in decided:
            others.setdefault(", ".join(aspect.value for aspect in case.aspects), []).append(case.case)
    told += [f"other {aspects} ({len(names)}): {_first(names)}" for aspects, names in others.items()]
    yield from _section(f"Cases that come out otherwise ({len(cases)})", told, page)


def _first(names: Sequence[str]) -> str:
    """The first of many names, and how many there are besides; JSON holds them all."""
    rest = len(names) - _NAMED_CASES
    return "; ".join(names[:_NAMED_CASES]) + (f"; and {rest} more" if rest > 0 else "")


def behaviour_lines(behaviour: Behaviour, page: Page) -> Iterator[str]:
    """Where answers differ, aspect by aspect."""
    for aspect, share in behaviour.shares:
        yield ""
        yield f"  {words.share(aspect, share)}:"
        parts = [each for each in behaviour.differences if each.aspect is aspect]
        yield from _groups(parts, page)
    yield from _section("Not settled", words.unmentioned(behaviour), page)


def _criteria(criteria: Sequence[CriterionDifference], page: Page) -> Iterator[str]:
    """Criterion by criterion what it asked, what it asks now, and where its status differs."""
    if criteria:
        yield ""
        yield f"  Criteria ({len(criteria)}):"
    for each in criteria:
        yield from paragraph(words.criterion(each), page.width, "    ")
        conditions = words.conditions(each)
        for name, text in conditions:
            yield from paragraph(f"{name}: {text}", page.width, _DEEPER, f"{_DEEPER}  ")
        if each.status is not None:
            yield from paragraph(words.status(each), page.width, _DEEPER, f"{_DEEPER}  ")
            yield from _groups(each.status.differences, page, _DEEPER)


def _groups(parts: Sequence[Difference], page: Page, indent: str = "    ") -> Iterator[str]:
    for _, group in groupby(parts, key=lambda part: repr((part.old, part.new))):
        yield from _group(list(group), page, indent)


def _group(parts: Sequence[Difference], page: Page, indent: str) -> Iterator[str]:
    """The regions that share both answers; a case of the first one."""
    first = parts[0]
    for subject, old, new in words.answer(first):
        named = first.aspect not in (Aspect.DETERMINATION, Aspect.CRITERIA)
        told = f"{subject}: {old} → {new}" if named else f"{old} → {new}"
        yield from paragraph(told, page.width, indent)
    deeper = indent + " " * 5
    for number, part in enumerate(parts, 1):
        where = f"{words.region(part)} ({fraction(part.share)})"
        line, *others = paragraph(where, page.width, deeper)
        yield f"{indent}{number:>3}. {line.lstrip()}"
        yield from others
        if number == 1:
            yield from paragraph(f"for example {words.witness(part)}", page.width, deeper)


def _section(title: str, items: Sequence[str], page: Page) -> Iterator[str]:
    if items:
        yield ""
        yield from paragraph(title, page.width, "  ", "    ")
        for item in items:
            yield from paragraph(f"- {item}", page.width, "    ", "      ")
