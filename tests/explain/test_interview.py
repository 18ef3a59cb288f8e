"""What a person types at a question, and what it stands for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.explain.explainer import Explainer
from dmn_dli.explain.explanation import Question
from dmn_dli.explain.interview import Answer, read_answer
from dmn_dli.runtime.facts import NotAValue
from tests.linking.books import fact, kernel, linked, table

FACTS = {
    each.name: each
    for each in (
        fact("colour", "string", "red, green"),
        fact("flag", "boolean"),
        fact("consent", "boolean", nullable=True),
        fact("percent", "number", "[0..100]"),
        fact("grade", "integer", "0, 1, 2"),
        fact("start", "date"),
        fact("level", "string", '"1", "2", "5"'),
    )
}
TESTS = {
    "colour": "red",
    "flag": "true",
    "consent": "true",
    "percent": "> 50",
    "grade": "> 1",
    "start": "> 2024-01-01",
    "level": '"5"',
}


def _asking(name: str) -> tuple[PolicyKernel, Question]:
    """A policy that asks for one fact alone, and its question."""
    rules = [[TESTS[name], "yes"], ["-", "no"]]
    compiled = kernel(linked([FACTS[name]], table("Final", "F", [f"IF {name}", "THEN Final"], None, *rules)))
    question = Explainer(compiled).question({})
    assert question is not None
    return compiled, question


def _read(name: str, text: str) -> Answer:
    compiled, question = _asking(name)
    return read_answer(text, question, compiled.case_reader.facts[name])


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("colour", "1", "red"),
        ("colour", " GREEN \n", "green"),
        ("flag", "1", True),
        ("flag", "2", False),
        ("flag", "n", False),
        ("flag", "Yes", True),
        ("consent", "null", None),
        ("percent", "82.5", Decimal("82.5")),
        ("grade", "1", Decimal(1)),
        ("start", "2025-02-12", date(2025, 2, 12)),
        ("level", "2", "2"),
    ],
)
def test_an_answer_is_a_number_from_the_list_or_a_value(name: str, text: str, value: Any) -> None:
    assert _read(name, text) == Answer(value)


@pytest.mark.parametrize("name", FACTS)
def test_a_question_mark_is_unknown(name: str) -> None:
    assert _read(name, " ?\n") == Answer(None, unknown=True)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("colour", "blue", '"blue" is no answer here'),
        ("colour", "3", '"3" is no answer here'),
        ("colour", "0", '"0" is no answer here'),
        ("colour", "null", '"null" is no answer here'),
        ("colour", "\n", "A blank is no answer here"),
        ("percent", "101", '"101" is no answer here: it is not among the allowed values'),
        ("percent", "much", '"much" is no answer here: a number is expected'),
        ("grade", "1.5", '"1.5" is no answer here: a whole number is expected'),
        ("start", "12/02/2025", '"12/02/2025" is no answer here: a date such as 2025-02-12 is expected'),
        ("level", "3", '"3" is no answer here: it is not among the allowed values'),
    ],
)
def test_what_is_no_answer_is_said_in_words(name: str, text: str, said: str) -> None:
    with pytest.raises(NotAValue) as refused:
        _read(name, text)
    assert str(refused.value) == said


def test_a_skipped_question_is_not_asked_again() -> None:
    compiled, _ = _asking("colour")
    assert Explainer(compiled).question({}, {"colour"}) is None
