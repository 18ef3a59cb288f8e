"""What all payers say of the case in the form: quickly, after every change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from attrs import frozen

from dmn_dli.cases.asking import Record
from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.explain.explanation import Step
from dmn_dli.page import anchors
from dmn_dli.page.case_code import route
from dmn_dli.page.html import Element, fragment, h
from dmn_dli.page.live.badges import determination_badge
from dmn_dli.page.live.card import answer_card, error_card
from dmn_dli.page.live.payers import Answer, Payers, Payload
from dmn_dli.report.text import CLOSING, Page, brief, headline, payer_name
from dmn_dli.runtime.criterion import MET, NOT_MET
from dmn_dli.runtime.plain import visible

FIRES = "applies to your case"


@frozen
class Quick:
    """What is said at once: the record, and the way through the tables to it."""

    record: Record
    path: Sequence[Step]


def answers(payers: Payers, payload: Payload) -> Answer:
    """All payers' answers side by side, what is wrong with single fields, and what lights up elsewhere.

    marks: what lights up in the policies' views, once something is entered: each element's id, how it
    stands, and that in words.
    """
    found = {payer: quick(payers, payload, payer) for payer in payers.asked(payload)}
    records = [each.record if isinstance(each, Quick) else each for each in found.values()]
    cards = [
        answer_card(each.record, each.path, payers.page, on_file(payers.series[payer]))
        if isinstance(each, Quick)
        else error_card(each, payers.page)
        for payer, each in found.items()
    ]
    shown = [
        h("div", _overview(records, payers.page), class_="wide"),
        *_offer(records),
        h("div", cards, class_="answers"),
        h("p", CLOSING, class_="hint"),
    ]
    return {
        "html": fragment(*shown) if records else fragment(h("p", "No payer is chosen.")),
        "said": visible(said(records, payers.page)),
        "verdicts": fragment(*_verdicts(records)),
        "errors": dict(_field_errors(records)),
        "marks": [*_all_marks(found.values())] if payload["facts"] else [],
        "route": route(payload["facts"]),
        "payers": [*found],
    }


def quick(payers: Payers, payload: Payload, payer: str) -> Quick | Record:
    """A payer's record with the way to it, or an error record."""
    return payers.put(payload, payer, partial(_quick, payers))


def _quick(payers: Payers, series: KernelSeries, facts: Mapping[str, Any], case_id: str) -> Quick:
    record = series.determine(facts, case_id)
    return Quick(record, payers.explainers[series.payer].path(facts, record))


def said(records: Sequence[Record], page: Page) -> str:
    """All payers in one line, for those who hear it."""
    return "; ".join(f"{payer_name(each, page)}: {headline(each)}" for each in records)


def on_file(series: KernelSeries) -> str:
    """From when to when a payer has policies; "" where these do not say."""
    spans = [
        f"from {each.effective_from} {f'to {each.effective_to}' if each.effective_to else 'on'}"
        for each in series.deciding
        if each.effective_from
    ]
    return f"On file: {'; '.join(spans)}." if spans else ""


def _verdicts(records: Sequence[Record]) -> Iterator[Element]:
    """Each determination once, with the number of payers."""
    alike: dict[str, list[Record]] = {}
    for record in records:
        alike.setdefault(headline(record), []).append(record)
    for same in alike.values():
        yield determination_badge(same[0], len(same))


def _overview(records: Sequence[Record], page: Page) -> Element:
    """The payers at a glance, each leading to its card."""
    return h(
        "table",
        h("caption", "All payers at a glance"),
        h("thead", h("tr", (h("th", each, scope="col") for each in ("Payer", "Determination", "In brief")))),
        h(
            "tbody",
            (
                h(
                    "tr",
                    h(
                        "th",
                        h("a", payer_name(each, page), href=f"#{anchors.answer(each['payer'])}"),
                        scope="row",
                    ),
                    h("td", determination_badge(each)),
                    h("td", brief(each)),
                )
                for each in records
            ),
        ),
        class_="glance",
    )


def _offer(records: Sequence[Record]) -> Iterator[Element]:
    """The interview, where facts are missing: nobody need read the lists of all payers."""
    if any("error" not in each and each["missing_facts"] for each in records):
        button = h("button", "Ask me what is missing", type="button", data_ask=True)
        yield h("p", button, " One question at a time, what matters most first.", class_="row")


def _field_errors(records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """What is wrong with what is entered, by fact."""
    for record in records:
        for each in record["error"]["problems"] if "error" in record else ():
            if each["fact"] is not None:
                yield each["fact"], visible(each["reason"])


def _all_marks(answers: Iterable[Quick | Record]) -> Iterator[dict[str, str]]:
    for each in answers:
        if isinstance(each, Quick):
            yield from _marks(each)


def _marks(answer: Quick) -> Iterator[dict[str, str]]:
    """The rules that apply, the decisions and sheets on the way, and the criteria, in the policy's view."""
    if answer.record["policy"] is None:
        return
    key = anchors.key_of(answer.record["policy"]["workbook"])
    for step in answer.path:
        yield {"id": anchors.node(key, step.decision), "tone": "lit", "says": ""}
        for rule in step.rules:
            yield {"id": anchors.rule(key, step.decision, rule.rule), "tone": "lit", "says": FIRES}
    for sheet in dict.fromkeys(row["sheet"] for row in answer.record["criteria"]):
        yield {"id": anchors.node(key, sheet), "tone": "lit", "says": ""}
    for row in answer.record["criteria"]:
        tone = {MET: "lit-met", NOT_MET: "lit-not-met"}.get(row["status"], "lit-open")
        place = anchors.criterion(key, row["sheet"], row["id"])
        yield {"id": place, "tone": tone, "says": f"your case: {row['status']}"}
