"""A case's explanations as text: the path, the facts relied on, what would change it, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dmn_dli.explain.explanation import Explanation, NearChange
from dmn_dli.report import explanation_words as words
from dmn_dli.report.checklist import checklist
from dmn_dli.report.layout import BOLD, labelled, paint, paragraph
from dmn_dli.report.text import Page, Record, record_id, record_text
from dmn_dli.runtime.record import NEEDS_INFORMATION

NO_CHANGE = "No change of facts that can change leads to medically necessary."
NO_REMEDY = "No fact that can change would mend it."


def explanation_text(explanations: Sequence[Explanation | Record], page: Page) -> str:
    """The explanations of one case, one for each payer; an error record stands where there is none."""
    records = [each.record if isinstance(each, Explanation) else each for each in explanations]
    head = f"Case {record_id(records)}"
    lines = [paint(head, BOLD) if page.styled else head]
    for each in explanations:
        if isinstance(each, Explanation):
            lines += ["", *record_text(each.record, page), *_explanation(each, page)]
        else:
            lines += ["", *record_text(each, page)]
    return "\n".join(lines) + "\n"


def _explanation(explained: Explanation, page: Page) -> Iterable[str]:
    width = page.width
    if explained.record["criteria"]:
        yield from _section("Criteria", page)
        yield from _checklist(explained.record["criteria"], width)
    for remedy in explained.remedies:
        yield from _section(f"What would mend {remedy.id}", page)
        yield from _changes(remedy.changes, len(remedy.changes), width, NO_REMEDY)
        yield from _otherwise(remedy.otherwise, width)
    if explained.reason is not None:
        yield from _section("Facts relied on", page)
        yield from paragraph(words.reason(explained.reason), width, "    ")
        yield from _items([words.given(fact) for fact in explained.reason.facts], width)
        others = words.other(explained.reason)
        if others:
            yield from paragraph("The same with:", width, "    ")
            yield from _items(others, width)
    if explained.changes is not None:
        yield from _section("Nearest changes that lead to medically necessary", page)
        yield from _changes(explained.changes, explained.change_count, width, NO_CHANGE)
        yield from _otherwise(explained.otherwise, width)
    if explained.question is not None:
        yield from _section("Ask next", page)
        yield from paragraph(words.question(explained.question), width, "    ")
        yield from paragraph(words.prospect(explained.question), width, "    ")
    if explained.path:
        decided = explained.record["determination"] != NEEDS_INFORMATION
        yield from _section("How the tables decide" if decided else "How far the tables come", page)
        for step in explained.path:
            yield from labelled(f"{step.decision}:", [words.step(step)], width, "    ")
            yield from _items([words.rule(rule, step) for rule in step.rules], width, "      ")
    if explained.not_analysed:
        yield from _section("Not analysed", page)
        yield from paragraph(explained.not_analysed, width, "    ")


def _section(title: str, page: Page) -> list[str]:
    return ["", "  " + (paint(title, BOLD) if page.styled else title)]


def _checklist(criteria: Sequence[Record], width: int) -> Iterable[str]:
    entries = [*checklist(criteria)]
    marks = max(len(each.status) for each in entries) + 2
    for each in entries:
        indent = " " * (4 + marks + 2 * each.depth)
        begin = f"    {each.status:<{marks}}{'  ' * each.depth}"
        yield from paragraph(f"{each.id}: {each.text}", width, begin, f"{indent}  ")
        if each.shown_by:
            yield from paragraph(f"Would be shown by: {'; '.join(each.shown_by)}", width, f"{indent}  ")


def _otherwise(changes: Sequence[NearChange], width: int) -> Iterable[str]:
    """Changes of facts that cannot change."""
    if changes:
        yield from paragraph("Would have to be documented otherwise:", width, "    ")
        yield from _items([" or ".join(words.change(each)) for each in changes], width)


def _changes(changes: Sequence[NearChange], count: int, width: int, none: str) -> Iterable[str]:
    if not changes:
        yield from paragraph(none, width, "    ")
    for number, change in enumerate(changes, 1):
        ways = words.change(change)
        yield from _hanging(f"{number}. ", ways[0], width)
        for way in ways[1:]:
            yield from _hanging("   or ", way, width)
        if words.more_ways(change):
            yield from _hanging("   ", f"({words.more_ways(change)} more ways)", width)
        if change.stated:
            yield from _hanging("   ", f"({words.CAUTION})", width)
    if count > len(changes):
        yield from paragraph(
            f"({count - len(changes)} more changes, of as many facts or more)", width, "    "
        )


def _items(texts: Sequence[str], width: int, indent: str = "    ") -> Iterable[str]:
    for text in texts:
        yield from _hanging("- ", text, width, indent)


def _hanging(mark: str, text: str, width: int, indent: str = "    ") -> Iterable[str]:
    yield from paragraph(
        f"{mark.strip()} {text}",
        width,
        indent + " " * (len(mark) - len(mark.lstrip())),
        indent + " " * len(mark),
    )
