"""Differences as Markdown, fit for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.behaviour import Behaviour, Difference
from dmn_dli.diff.change import Change
from dmn_dli.diff.criteria import CriterionDifference
from dmn_dli.diff.value_answers import ValueAnswers
from dmn_dli.diff.version_difference import VersionDifference
from dmn_dli.report import difference_words as words
from dmn_dli.report import value_words
from dmn_dli.report.alike_edits import edits
from dmn_dli.report.documents import escaped, grid
from dmn_dli.report.layout import spoken
from dmn_dli.report.share_words import fraction

_HEADINGS = ("Before", "After", "Where", "Combinations", "For example")

_MOST_OPEN = 12
"""More edits than these are folded away."""


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
        yield f"{escaped(words.sentence(words.in_short(difference)))}."
    yield from _edits(difference.changes)
    yield from _values(difference.values)
    if behaviour is not None:
        yield from behaviour_markdown(behaviour)
    yield from _criteria(difference.criteria)
    cases = [
        (case.case, spoken(case.old), spoken(case.new), ", ".join(aspect.value for aspect in case.aspects))
        for case in difference.cases
    ]
    if cases:
        yield from ("", f"**Cases that come out otherwise** ({len(cases)})")
        yield from grid(("Case", "Before", "After", "Differs in"), cases)


def _edits(changes: Sequence[Change]) -> Iterator[str]:
    """Every edit with its cells; many are folded away."""
    if not changes:
        return
    title = f"What was edited ({len(changes)})"
    rows = [(each.decision, each.subject, each.told, each.places) for each in edits(changes)]
    folded = len(rows) > _MOST_OPEN
    yield from ("", f"<details><summary>{title}</summary>" if folded else f"**{title}**")
    yield from grid(("Decision", "What", "Change", "Cell"), rows)
    if folded:
        yield from ("", "</details>")


def _values(values: Sequence[ValueAnswers]) -> Iterator[str]:
    """What the values get that only one side's dictionary admits."""
    if values:
        yield from ("", f"**{value_words.title(values).capitalize()}** ({len(values)})", "")
    for each in values:
        yield f"- {escaped(value_words.subject(each))}"
        yield from (f"  - {escaped(line)}" for line in value_words.lines(each))


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
    return words.region(part), fraction(part.share), words.witness(part)


def _answers(part: Difference) -> tuple[str, str]:
    """What is answered before and after."""
    rows = words.answer(part)
    named = part.aspect not in (Aspect.DETERMINATION, Aspect.CRITERIA)
    old = "; ".join(f"{subject}: {text}" if named else text for subject, text, _ in rows)
    new = "; ".join(f"{subject}: {text}" if named else text for subject, _, text in rows)
    return old, new
