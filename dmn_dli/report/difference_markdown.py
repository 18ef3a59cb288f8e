"""Differences as Markdown, fit for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.behaviour import Behaviour, Difference
from dmn_dli.diff.criteria import CriterionDifference
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.report import difference_words as words
from dmn_dli.report.documents import escaped, grid
from dmn_dli.report.layout import spoken

_HEADINGS = ("Before", "After", "Where", "Share", "For example")


def markdown(differences: Sequence[VersionDifference]) -> str:
    """All differences; a line where there is none."""
    if not differences:
        return "**No difference**: the same rules, the same answers.\n"
    return "\n".join("\n".join(_version(each)) + "\n" for each in differences)


def _version(difference: VersionDifference) -> Iterator[str]:
    behaviour = difference.behaviour
    yield f"### {escaped(difference.edition.payer)}: {words.headline(difference)}"
    yield ""
    yield escaped(words.sides(difference))
    if behaviour is not None:
        yield ""
        yield f"{words.verdict(behaviour).capitalize()}."
        yield from behaviour_markdown(behaviour)
    yield from _criteria(difference.criteria)
    cases = [
        (case.case, spoken(case.old), spoken(case.new), ", ".join(aspect.value for aspect in case.aspects))
        for case in difference.cases
    ]
    if cases:
        yield from ("", f"**Cases that come out otherwise** ({len(cases)})")
        yield from grid(("Case", "Before", "After", "Differs in"), cases)
    if difference.changes:
        yield from ("", f"<details><summary>What was edited ({len(difference.changes)})</summary>")
        rows = [(change.decision, *words.change(change)) for change in difference.changes]
        yield from grid(("Decision", "What", "Change"), rows)
        yield from ("", "</details>")


def behaviour_markdown(behaviour: Behaviour) -> Iterator[str]:
    """Where answers differ, aspect by aspect; determinations open, all else folded away."""
    for aspect, share in behaviour.shares:
        rows = [(*_answers(part), *_place(part)) for part in behaviour.differences if part.aspect is aspect]
        title = words.share(aspect, share)
        folded = aspect is not Aspect.DETERMINATION
        yield from ("", f"<details><summary>{title}</summary>" if folded else f"**{title}**")
        yield from grid(_HEADINGS, rows)
        if folded:
            yield from ("", "</details>")
    if words.unmentioned(behaviour):
        yield from ("", "**Not settled**", "")
        yield from (f"- {escaped(reason)}" for reason in words.unmentioned(behaviour))


def _criteria(criteria: Sequence[CriterionDifference]) -> Iterator[str]:
    """What each criterion asked and asks now, then where the status of each differs."""
    if not criteria:
        return
    told = [
        (words.criterion(each), each.asked or "", each.asks or "", words.status(each)) for each in criteria
    ]
    yield from ("", f"**Criteria** ({len(criteria)})")
    yield from grid(("Criterion", "Asked", "Asks now", "Status"), told)
    rows = [
        (f"{each.sheet}.{each.id}", *_answers(part), *_place(part))
        for each in criteria
        if each.status is not None
        for part in each.status.differences
    ]
    if rows:
        yield from ("", "<details><summary>Where the status of criteria differs</summary>")
        yield from grid(("Criterion", *_HEADINGS), rows)
        yield from ("", "</details>")


def _place(part: Difference) -> tuple[str, str, str]:
    return words.region(part), words.percent(part.share), words.witness(part)


def _answers(part: Difference) -> tuple[str, str]:
    """What is answered before and after."""
    rows = words.answer(part)
    named = part.aspect not in (Aspect.DETERMINATION, Aspect.CRITERIA)
    old = "; ".join(f"{subject}: {text}" if named else text for subject, text, _ in rows)
    new = "; ".join(f"{subject}: {text}" if named else text for subject, _, text in rows)
    return old, new
