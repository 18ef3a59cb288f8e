"""How to read a table, for whoever opens one for the first time."""

from __future__ import annotations

from dmn_dli.page.html import Element, h

_WORDS = (
    ("IF", "What a rule asks for. A rule fires where all its IF cells hold."),
    ("THEN", "What follows where the rule fires."),
    ("NOTE", "A remark, such as where the policy says so. It decides nothing."),
    ("-", "Any value will do, also one that is not known."),
    ("relapsed, refractory", "One of these values; the comma means or."),
    ("not(none)", "Every value but this one."),
    ("[0..100]", "From 0 to 100, both included; with ( or ) the end beside it is left out."),
    ("values", "The row that says which values a column may hold."),
    ("Cases", "How many cases of the sheet Cases reach the rule; open it to see which."),
)


def legend() -> Element:
    """The words and signs of a table, each with its meaning."""
    return h(
        "details",
        h("summary", "How to read a table"),
        h("dl", ([h("dt", h("code", sign)), h("dd", meaning)] for sign, meaning in _WORDS)),
        class_="legend",
    )
