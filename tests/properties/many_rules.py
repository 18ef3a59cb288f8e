"""Workbooks whose rules ask for one fact each, so that any set of them may fire."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dmn_dli.tables.linked import LinkedPolicy
from tests.linking.books import fact, linked, table

_READ = {
    "C#": [("< 2", ">= 2"), ("[1..3]", "not([1..3])")],
    "C+": [("< 4", ">= 4"), ("0", "not(0)"), ("> 6", "<= 6")],
    "C<": [("< 2", ">= 2, null"), ("1", "not(1)")],
    "C>": [("> 2", "<= 2, null"), ("3", "not(3)")],
    "C": [("count(?) > 2", "count(?) <= 2")],
    "F": [("1", "not(1)"), ("< 3", ">= 3, null")],
    "P": [("1", "not(1)"), ("< 3", ">= 3, null")],
    "A": [("1", "not(1)")],
    "R": [("count(?) > 2", "count(?) <= 2")],
    "O": [("count(?) > 2", "count(?) <= 2")],
}
"""For each hit policy how the final decision may read the table: tests that each value passes one of."""


@st.composite
def many_rules(draw: st.DrawFn) -> LinkedPolicy:
    """A table of four to seven independent rules, which the final decision reads or which is that itself."""
    count = draw(st.integers(4, 7))
    facts = [fact(_NAMES[at], "boolean") for at in range(count)]
    policy = draw(st.sampled_from(sorted(_READ)))
    rows: list[list[Any]] = []
    for at in range(count):
        cells = [draw(st.sampled_from(["true", "false"])) if each == at else "-" for each in range(count)]
        entry = 1 if policy == "A" else draw(st.integers(1, 3))
        rows.append([*cells, entry, draw(st.sampled_from(["page 1", "page 2"]))])
    if draw(st.booleans()):
        rows.append([*["-"] * count, 1 if policy == "A" else 2, "page 3"])
    default = draw(st.sampled_from(["", "\ndefault: 1"]))
    row_4 = [*[None] * count, f"3, 1, 2{default}", None]
    headings = [*(f"IF {each.name}" for each in facts), "THEN value", "NOTE Citation"]
    if draw(st.integers(0, 3)) == 0:
        return linked(facts, table("Final", policy, headings, row_4, *rows), payer="acme")
    name = draw(st.sampled_from(["Gathered", "Unmet criteria"]))
    gathered = table(name, policy, headings, row_4, *rows)
    ends = draw(st.sampled_from(_READ[policy]))
    final = table(
        "Final",
        draw(st.sampled_from("UF")),
        [f"IF {name}", "IF flag", "THEN answer", "NOTE Citation"],
        None,
        [ends[0], "-", "yes", "page 4"],
        [ends[1], "true", "no", "page 5"],
        [ends[1], "false", draw(st.sampled_from(["no", "yes"])), "page 6"],
    )
    return linked(facts, gathered, final, payer="acme")


_NAMES = ("flag", "consent", "one", "two", "three", "four", "five")
