"""The determination summary: what a reviewer attaches, and that nothing in it is taken for markup."""

from __future__ import annotations

from attrs import evolve

from dmn_dli.explain.explainer import Explainer
from dmn_dli.model.facts import Changeable
from dmn_dli.report.determination_summary import summary
from dmn_dli.report.explanation_text import explanation_text
from dmn_dli.report.text import Page, Payer
from tests.linking.books import fact, kernel, linked, table

FACTS = [fact("percent", "number", "[0..100]"), fact("remark", "string")]
EXPLAINER = Explainer(
    kernel(
        linked(
            FACTS,
            table(
                "Final",
                "F",
                ["IF percent", "IF remark", "THEN Final", "THEN Reason", "NOTE Citation"],
                None,
                ["< 50", "-", "medically necessary", "It is *low* | <b>", "Section_1"],
                ["-", '"a|b"', "criteria not met", "It is *high* | <b>", "Section_2"],
                ["-", "-", "investigational", "Else", "Section 3"],
            ),
            payer="acme",
        )
    )
)
PAGE = Page({"acme": Payer("Acme [Health]", EXPLAINER.kernel.case_reader.facts)})


def test_nothing_in_it_is_taken_for_markup() -> None:
    said = summary(EXPLAINER.explain({"percent": 80, "remark": "a|b"}, "x|1*"), PAGE)
    for escaped in (
        r"case x\|1\*",
        r"**Acme \[Health\]**",
        r"It is \*high\* \| \<b\>",
        r"Section\_2",
        r"Remark: a\|b",
    ):
        assert escaped in said
    rows = [line for line in said.splitlines() if line.startswith("| Final")]
    assert [row.replace(r"\|", "").count("|") for row in rows] == [4]


def test_it_names_what_was_relied_on_what_is_needed_and_the_exact_version() -> None:
    said = summary(EXPLAINER.explain({"percent": 80, "remark": "other"}, "1"), PAGE)
    for part in (
        "**Determination: investigational**",
        "- Percent: 80\n",
        r"Percent: \[0..50) (given: 80)",
        "- SHA-256 of the workbook: " + "0" * 64,
    ):
        assert part in said


def test_a_change_that_cannot_be_made_stands_apart_in_text_and_summary() -> None:
    fixed = [evolve(FACTS[0], changeable=Changeable.NO), FACTS[1]]
    final = table(
        "Final",
        "F",
        ["IF percent", "IF remark", "THEN Final"],
        None,
        ["< 50", "-", "medically necessary"],
        ["-", '"a"', "medically necessary"],
        ["-", "-", "investigational"],
    )
    explained = Explainer(kernel(linked(fixed, final, payer="acme"))).explain(
        {"percent": 80, "remark": "b"}, "1"
    )
    can, cannot = "1. Remark: a (given: b)\n", "- Percent: [0..50) (given: 80)\n"
    apart = "Would have to be documented otherwise:\n"
    assert f"{can}    {apart}    {cannot}" in explanation_text([explained], PAGE)
    escaped = cannot.replace("[", r"\[")
    assert f"{can}\n{apart}\n{escaped}" in summary(explained, PAGE)
