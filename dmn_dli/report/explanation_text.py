"""A case's explanations as text: the path, the facts relied on, what would change it, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dmn_dli.explain.explanation import Explanation, NearChange
from dmn_dli.report import explanation_words as words
from dmn_dli.report.layout import BOLD, labelled, paint, paragraph
from dmn_dli.report.text import Page, Record, record_id, record_text
from dmn_dli.runtime.record import NEEDS_INFORMATION

NO_CHANGE = "No change of facts leads to medically necessary."


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
        yield from _changes(explained.changes, explained.change_count, width)
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


def _changes(changes: Sequence[NearChange], count: int, width: int) -> Iterable[str]:
    if not changes:
        yield from paragraph(NO_CHANGE, width, "    ")
    for number, change in enumerate(changes, 1):
        ways = words.change(change)
        fixed = words.fixed(change)
        mark = f" ({fixed})" if fixed else ""
        yield from _hanging(f"{number}. ", f"{ways[0]}{mark}", width)
        for way in ways[1:]:
            yield from _hanging("   or ", way, width)
        if words.more_ways(change):
            yield from _hanging("   ", f"({words.more_ways(change)} more ways)", width)
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
