"""A page that has one of everything that the shared style sheets know."""

from __future__ import annotations

from dmn_dli.page.document import document
from dmn_dli.page.html import Element, h
from dmn_dli.page.view import View

RULES = 30
KINDS = ("good", "bad", "open", "warn", "")
HOSTILE = "<img src=x onerror=document.title='owned'>"


def specimen() -> str:
    """The page's text."""
    return document("Specimen", [_overview(), *map(_policy, "AB"), _form(), _facts()], {})


def _overview() -> View:
    notices = [
        h("p", "Review is ", h("a", "overdue", href="#facts"), class_=f"notice {kind}") for kind in KINDS
    ]
    return View(
        "overview",
        "All policies",
        "Overview",
        [
            h("p", "To ", h("a", "rule 20 of B", href="#rule/B/20"), h("span", " in passing", class_="hint")),
            h("div", map(_card, KINDS), class_="cards"),
            notices,
        ],
    )


def _card(kind: str) -> Element:
    verdict = h("span", kind or "plain", class_=f"badge {kind}")
    return h("div", h("h2", f"Payer {kind}"), h("p", verdict), class_="card")


def _policy(key: str) -> View:
    return View(
        f"policy/{key}",
        f"Policy {key}",
        f"Policy {key}",
        [
            h("dl", h("dt", "Policy number"), h("dd", f"{key}-1")),
            h("h2", "Determination", id=f"sheet/{key}/Determination"),
            _table(key),
            h("details", h("summary", "Notes"), h("p", HOSTILE, id=f"note/{key}"), h("pre", "as it stands")),
        ],
        group="Policies",
    )


def _table(key: str) -> Element:
    clauses = ("Disease status", "Donor", "Age", "Café", "Reason")
    head = h("tr", [h("th", name, scope="col") for name in ("Rule", *clauses)])
    body = [
        h(
            "tr",
            h("th", f"{key}-{number:02}", scope="row"),
            [
                h("td", h("code", "≥ 18" if clause == "Age" else f"{clause.lower()}-{number}"))
                for clause in clauses
            ],
            id=f"rule/{key}/{number}",
            class_="lit" if number == 3 else "dim" if number > 25 else None,
        )
        for number in range(1, RULES + 1)
    ]
    return h(
        "div",
        h("table", h("thead", head), h("tbody", body), class_="pinned"),
        class_="frame",
        tabindex=0,
        role="region",
        aria_label=f"Determination of {key}",
    )


def _cell(clause: str, number: int) -> str:
    return "≥ 18" if clause == "Age" else f"{clause.lower()}-{number}"


def _form() -> View:
    age = h("label", "Age ", h("input", type="text", aria_invalid="true"))
    buttons = [h("button", "Ask me"), h("button", "Clear", class_="quiet"), h("button", "Off", disabled=True)]
    answers = [h("label", h("input", type="radio", name="status"), word) for word in ("Unknown", "relapsed")]
    return View(
        "try",
        "Try a case",
        "Try a case",
        [
            h("fieldset", h("legend", "What is the disease status?"), h("div", answers, class_="choices")),
            h("p", age, h("span", "No number", class_="error")),
            h("p", buttons, class_="row"),
            h(
                "p",
                h("a", "A link", href="#try", class_="button"),
                h("kbd", "Esc"),
                h("mark", "found"),
            ),
            h("p", h("progress", value="3", max="10", aria_label="Progress"), class_="dim"),
        ],
        engine=True,
    )


def _facts() -> View:
    lines = [h("li", "Chimerism, in percent", id="fact/chimerism"), h("li", "Other")]
    return View("facts", "Facts", "Facts", h("ul", lines))
