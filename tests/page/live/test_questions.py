"""The interview of the page asks what `dmn-dli explain --ask` asks, in its order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from dmn_dli.explain.explainer import Explainer
from dmn_dli.explain.explanation import Question
from dmn_dli.explain.interview import Answer, Answers, accepted, interview
from dmn_dli.explain.series import SeriesExplainer
from tests.page.live.asking import asked, session


def _answer(question: Question, chance: Random) -> str:
    if chance.random() < 0.2:
        return "?"
    if question.options:
        return chance.choice(question.options)
    return {"date": "2026-05-01"}.get(question.type, str(chance.choice([0, 1, 2, 3, 4])))


def _by_command(seed: int) -> list[tuple[str, str]]:
    """The questions and answers of the command's interview, payer by payer as in `cli/explain.py`."""
    chance, answers, told = Random(seed), Answers(), []
    for series in session().series.values():

        def put(question: Question, explainer: Explainer, facts: Mapping[str, Any]) -> Answer:
            text = _answer(question, chance)
            told.append((question.fact, text))
            return accepted(text, question, explainer, facts)

        interview({}, SeriesExplainer(series).question, put, answers)
    return told


@pytest.mark.parametrize("seed", range(4))
def test_the_same_questions_come_in_the_same_order(seed: int) -> None:
    command = _by_command(seed)
    answered: dict[str, str] = {}
    for fact, text in command:
        found = asked("question", facts={}, answered=answered)
        assert found["fact"] == fact
        answered = asked("question", facts={}, answered=answered, answer=text)["answered"]
    assert asked("question", facts={}, answered=answered)["fact"] is None


def test_a_wrong_answer_is_refused_in_words_and_the_question_stays() -> None:
    facts = {
        "service": "donor lymphocyte infusion",
        "transplant_type": "allogeneic",
        "transplant_determination": "medically necessary",
        "malignancy_type": "hematologic",
    }
    found: dict[str, Any] = {}
    answered: dict[str, str] = {}
    while found.get("fact") != "donor_chimerism_percent":
        found = asked("question", facts=facts, answered=answered, payers=["regence"])
        answered[found["fact"]] = "?"
    del answered["donor_chimerism_percent"]
    refused = asked("question", facts=facts, answered=answered, payers=["regence"], answer="many")
    assert "a number is expected" in refused["error"]
    assert "from 0 to 100" in refused["error"]


def test_at_most_as_many_facts_matter_as_are_then_asked_for() -> None:
    answered: dict[str, str] = {}
    bounds = []
    while (found := asked("question", facts={}, answered=answered, payers=["molina"]))["fact"]:
        (bound,) = re.findall(r"At most (\d+) more fact", found["html"])
        bounds.append(int(bound))
        answered[found["fact"]] = "?"
    assert all(bound >= len(bounds) - place for place, bound in enumerate(bounds))
