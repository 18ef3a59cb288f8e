"""What takes longer to work out: the facts relied on, what would change an answer, what to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dmn_dli.cases.asking import Record
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.explain.explanation import Explanation, NearChange, Reason
from dmn_dli.page import anchors
from dmn_dli.page.html import Child, Element, fragment, h
from dmn_dli.page.live.card import folded
from dmn_dli.page.live.payers import Answer, Payers, Payload
from dmn_dli.report import explanation_words as words
from dmn_dli.report.explanation_text import NO_CHANGE, NO_REMEDY


def explained(payers: Payers, payload: Payload, payer: str) -> Explanation | Record:
    """A payer's explanation, or an error record."""

    def explain(series: KernelSeries, facts: Mapping[str, Any], case_id: str) -> Explanation:
        return payers.explainers[series.payer].explain(facts, case_id)

    return payers.put(payload, payer, explain)


def reasons(payers: Payers, payload: Payload) -> Answer:
    """What stands in one payer's card below its criteria, and above its missing facts the one to ask next."""
    found = explained(payers, payload, payload["payer"])
    if not isinstance(found, Explanation):
        return {"html": "", "next": ""}
    return {"html": fragment(*_parts(found)), "next": fragment(*_next(found))}


def _next(found: Explanation) -> Iterable[Element]:
    if found.question is not None:
        place = anchors.field(found.question.fact)
        yield h(
            "p",
            h("strong", "Ask next: "),
            h("a", words.question(found.question), href=f"#{place}", class_="to-field"),
            f" {words.prospect(found.question)}",
        )


def _parts(found: Explanation) -> Iterable[Element]:
    if found.changes is not None:
        more = found.change_count - len(found.changes)
        yield folded(
            "changes",
            "Nearest changes that lead to medically necessary",
            _changes(found.changes, found.otherwise, NO_CHANGE),
            h("p", f"{more} more changes of as many facts or more are not listed.") if more else None,
        )
    if found.remedies:
        yield folded(
            "remedies",
            "What would mend each unmet criterion",
            (
                [h("h4", f"What would mend {each.id}"), _changes(each.changes, each.otherwise, NO_REMEDY)]
                for each in found.remedies
            ),
        )
    if found.reason is not None:
        yield folded("reason", "Facts relied on", _reason(found.reason))
    if found.not_analysed:
        yield h("p", found.not_analysed, class_="hint")


def _reason(reason: Reason) -> Child:
    others = words.other(reason)
    return [
        h("p", words.reason(reason)),
        h("ul", (h("li", words.given(fact)) for fact in reason.facts)) if reason.facts else None,
        [h("p", "The same with:"), h("ul", (h("li", each) for each in others))] if others else None,
    ]


def _changes(changes: Sequence[NearChange], otherwise: Sequence[NearChange], none: str) -> Child:
    """What would have to be, all else being as given."""
    listed = [h("li", _ways(each)) for each in changes]
    apart = [h("li", " or ".join(words.change(each))) for each in otherwise]
    return [
        [h("p", "One of these, all else being as given:"), h("ol", listed)] if listed else h("p", none),
        [h("p", "Would have to be documented otherwise:"), h("ul", apart)] if apart else None,
    ]


def _ways(change: NearChange) -> Child:
    first, *others = words.change(change)
    further = [h("li", f"or {way}") for way in others]
    if words.more_ways(change):
        further.append(h("li", f"or one of {words.more_ways(change)} more ways"))
    return [
        first,
        h("ul", further) if further else None,
        h("p", words.CAUTION, class_="hint") if change.stated else None,
    ]
