"""The view in which a case is tried: a form from the dictionary, and all payers' answers beside it."""

from __future__ import annotations

from collections.abc import Mapping

from dmn_dli.evaluate.series import KernelSeries
from dmn_dli.page import anchors
from dmn_dli.page.case_code import code
from dmn_dli.page.contents import Contents
from dmn_dli.page.form import fields, form_facts
from dmn_dli.page.html import Child, Element, h
from dmn_dli.page.view import View
from dmn_dli.report.text import page_of
from dmn_dli.store.load import group

WAITING = "Answers appear here as soon as the engine has started. The form can be filled in already."


def try_view(contents: Contents, case: Mapping[str, str] | None = None) -> View:
    """The form, and the places where answers appear.

    case: the facts of a case to begin with, as they are entered.
    """
    body = h(
        "div",
        form(asked_series(contents)),
        _results(),
        id="try-panes",
        class_="try",
        data_case=code(case) if case else None,
    )
    return View(anchors.TRY, "Try a case", "Try a case", [_lead(), body], engine=True)


def asked_series(contents: Contents) -> dict[str, KernelSeries]:
    """The page's payers, as cases are put to them: drafts aside, unless there is nothing else."""
    versions = [policy.version for policy in contents.policies]
    return group([each for each in versions if not each.draft] or versions)


def _lead() -> Element:
    return h(
        "p",
        "Enter what is known of a patient; every payer's answer changes with it. What is left unknown counts "
        "neither for nor against. Nothing that you enter is stored or leaves this page.",
        class_="lead",
    )


def form(series: Mapping[str, KernelSeries]) -> Element:
    """The form for these payers; made anew when people bring workbooks of their own."""
    facts = form_facts(series)
    return h(
        "form",
        h(
            "div",
            h("button", "Ask me", type="button", id="try-ask", disabled=True),
            h("button", "Clear all", type="reset", id="try-clear", class_="quiet"),
            _examples(series),
            class_="bar",
        ),
        h("p", id="try-told", role="status", class_="error", hidden=True),
        h("section", id="interview", class_="interview card", hidden=True, aria_label="Questions"),
        _payers(series),
        h("div", fields(facts), class_="fields")
        if facts
        else h("p", "None of these policies reads a fact that could be entered."),
        h(
            "p",
            h("a", "To the answers", href="#try-results"),
            " ",
            h("span", id="try-verdicts"),
            class_="to-answers",
        ),
        id="try-form",
        autocomplete="off",
    )


def _payers(series: Mapping[str, KernelSeries]) -> Element:
    names = page_of(series, 100, styled=False).payers
    return h(
        "fieldset",
        h("legend", "Payers"),
        h(
            "div",
            (
                h(
                    "label",
                    h("input", type="checkbox", name="payer", value=payer, checked=True),
                    " ",
                    names[payer].name,
                )
                for payer in series
            ),
            class_="choices",
        ),
        id="try-payers",
        class_="field payers",
    )


def _examples(series: Mapping[str, KernelSeries]) -> Child:
    """The cases of the workbooks' Cases sheets, to begin with one of them."""
    groups = [
        h(
            "optgroup",
            (h("option", row.name, value=f"{kernel.workbook}/{number}") for number, row in enumerate(rows)),
            label=kernel.workbook,
        )
        for each in series.values()
        for kernel in each.deciding
        if (rows := kernel.linked.workbook.cases.rows if kernel.linked.workbook.cases else ())
    ]
    if not groups:
        return None
    return h(
        "label",
        "Begin with an example ",
        h("select", h("option", "Choose a case", value=""), groups, id="try-example", disabled=True),
        class_="example",
    )


def _results() -> Element:
    return h(
        "section",
        h("h2", "Answers", id="try-results/title", tabindex=-1),
        h("p", id="try-said", role="status", aria_live="polite", class_="visually-hidden"),
        h("p", WAITING, id="try-waiting", class_="hint"),
        h("div", id="try-answers"),
        h(
            "details",
            h("summary", "Take this case along"),
            h("div", id="try-kept"),
            id="try-keep",
            class_="card",
            hidden=True,
        ),
        id="try-results",
        aria_labelledby="try-results/title",
    )
