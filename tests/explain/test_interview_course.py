"""Which question comes next: the date that chooses a version, the determination, then its unmet criteria."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import evolve

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.evaluate.series import BrokenVersion, KernelSeries, Version
from dmn_dli.explain.explainer import Explainer
from dmn_dli.explain.explanation import Question
from dmn_dli.explain.interview import Answer, Answers, interview
from dmn_dli.explain.series import SeriesExplainer
from dmn_dli.linking.link import link
from dmn_dli.model.facts import Dictionary
from dmn_dli.model.table import DecisionTable
from dmn_dli.runtime.errors import problem
from tests.linking.books import fact, kernel, table, workbook
from tests.linking.criteria_books import criteria
from tests.linking.criteria_books import linked as with_criteria

FACTS = [
    fact("date_of_service", "date", label="Date of service"),
    fact("donor", "string", "own, other"),
    fact("cells", "number", "[0..100]"),
    fact("grade", "integer", "0, 1, 2"),
]
FINAL = table(
    "Determination",
    "F",
    ["IF donor", "IF cells", "IF grade", "THEN Outcome", "NOTE Citation"],
    ["own, other", None, None, '"medically necessary", "criteria not met"', None],
    ["own", "(0..100)", "0", "medically necessary", "1"],
    ["-", "-", "-", "criteria not met", "2"],
)
UNMET = table(
    "Unmet criteria",
    "C",
    ["IF donor", "IF cells", "IF grade", "THEN Criterion", "NOTE Citation"],
    None,
    ["other", "-", "-", "another donor", "1"],
    ["-", "0, 100", "-", "cells are not mixed", "1"],
    ["-", "-", "> 0", "disease", "1"],
)
SHEET = criteria(
    ["donor", "cells", "grade"],
    ["DLI", None, "all", "medically necessary", "-", "-", "-"],
    ["1", "DLI", None, None, "own", "-", "-"],
    ["2", "DLI", "any", None, "-", "-", "-"],
    ["2.a", "2", None, None, "-", "(0..100)", "-"],
    ["2.b", "2", None, None, "-", "-", "0"],
)


def version(start: str, *tables: DecisionTable) -> PolicyKernel:
    """A version of acme's policy."""
    begin = date.fromisoformat(start)
    book = workbook(*(tables or (UNMET, FINAL)), payer="acme", effective_from=begin)
    return kernel(link(evolve(book, name=f"acme-{start}.xlsx"), Dictionary(tuple(FACTS), "facts.xlsx")))


def asked(series: SeriesExplainer, answers: Mapping[str, Any], *, criteria: bool = True) -> list[str]:
    """The facts that are asked for, in turn; what `answers` lacks is not known."""
    found: list[str] = []

    def put(question: Question, _explainer: Explainer, _facts: Mapping[str, Any]) -> Answer:
        found.append(question.fact)
        return Answer(answers.get(question.fact), unknown=question.fact not in answers)

    def following(facts: Mapping[str, Any], skipped: Any) -> tuple[Question, Explainer] | None:
        return series.question(facts, skipped, criteria=criteria)

    interview({}, following, put, Answers())
    return found


def explaining(*versions: Version) -> SeriesExplainer:
    return SeriesExplainer(KernelSeries("acme", versions))


def test_the_date_comes_first_where_it_chooses_among_versions_and_else_not_at_all() -> None:
    both = explaining(version("2024-01-01"), version("2025-01-01"))
    assert asked(both, {"date_of_service": "2024-05-01", "donor": "other"})[:2] == [
        "date_of_service",
        "donor",
    ]
    assert asked(both, {"donor": "other"})[:2] == ["date_of_service", "donor"], "not known is an answer"
    assert "date_of_service" not in asked(explaining(version("2024-01-01")), {"donor": "other"})
    assert asked(both, {"date_of_service": "2023-12-31"}) == ["date_of_service"], "no policy on file"


def test_the_date_is_asked_for_where_the_latest_version_is_broken() -> None:
    broken = BrokenVersion("acme", "acme-2025-01-01.xlsx", "2025-01-01", None, [problem("no")])
    series = explaining(version("2024-01-01"), broken)
    assert asked(series, {"date_of_service": "2024-05-01", "donor": "other"})[:2] == [
        "date_of_service",
        "donor",
    ]
    assert asked(series, {"date_of_service": "2025-05-01", "donor": "other"}) == ["date_of_service"]


def test_equally_good_questions_come_in_the_order_of_the_dictionary() -> None:
    assert asked(explaining(version("2024-01-01")), {})[:3] == ["donor", "cells", "grade"]


def test_once_the_determination_is_settled_the_unmet_criteria_are_asked_for() -> None:
    one = explaining(version("2024-01-01"))
    assert asked(one, {"donor": "other", "cells": 50, "grade": 1}) == ["donor", "cells", "grade"]
    assert asked(one, {"donor": "other", "cells": 50, "grade": 1}, criteria=False) == ["donor"]
    assert asked(one, {"donor": "other"}) == ["donor", "cells", "grade"], (
        "what is not known is asked for once"
    )


def test_a_policy_without_unmet_criteria_ends_with_the_determination() -> None:
    assert asked(explaining(version("2024-01-01", FINAL)), {"donor": "other"}) == ["donor"]


def test_of_a_sheet_of_criteria_only_what_may_still_be_unmet_is_asked_for() -> None:
    final = table(
        "Determination",
        "F",
        ["IF Criteria.DLI", "THEN Outcome", "NOTE Citation"],
        [None, '"medically necessary", "criteria not met"', None],
        ["true", "medically necessary", "1"],
        ["-", "criteria not met", "2"],
    )
    series = explaining(kernel(with_criteria(FACTS, [SHEET], final, payer="acme")))
    assert asked(series, {"donor": "other", "cells": 50}) == ["donor", "cells"], "2.a is enough for 2"
    assert asked(series, {"donor": "other", "cells": 0, "grade": 0}) == ["donor", "cells", "grade"]
    assert asked(series, {"donor": "other"}, criteria=False) == ["donor"]
    assert asked(series, {"donor": "own", "cells": 50}) == ["donor", "cells"], "nothing is unmet"
