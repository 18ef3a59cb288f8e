"""What a case gets that cannot be decided, word for word, in `messages.txt`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dmn_dli import CaseError, EvaluationError
from tests.evaluate.broken import BROKEN_CASES, BrokenCase

GOLDEN = Path(__file__).with_name("messages.txt")
_KEYS = ["fact", "value", "reason", "allowed_values", "decision", "rules", "cell"]


def error(broken: BrokenCase) -> EvaluationError:
    with pytest.raises(EvaluationError) as caught:
        broken.make().determine(broken.facts)
    return caught.value


def said(broken: BrokenCase) -> str:
    """The error of a case, one paragraph."""
    found = error(broken)
    places = [f"{each['cell']}: " if each["cell"] else "" for each in found.problems]
    reasons = [f"    {place}{each['reason']}\n" for place, each in zip(places, found.problems, strict=True)]
    return f"{broken.what}\n  {found.message}\n{''.join(reasons)}"


@pytest.mark.parametrize("broken", BROKEN_CASES, ids=lambda broken: broken.what)
def test_each_problem_has_every_key_of_the_record(broken: BrokenCase) -> None:
    found = error(broken)
    assert found.kind == broken.kind
    assert found.problems
    for problem in found.problems:
        assert list(problem) == _KEYS
        assert problem["reason"] in found.message or problem is not found.problems[0]
        assert (problem["fact"] is not None) == (broken.kind == "case")
        assert (problem["decision"] is not None) == (broken.kind == "table")


def test_messages_read_as_agreed() -> None:
    """Set UPDATE_GOLDEN=1 to write the file anew, and review its difference."""
    spoken = "\n".join(said(broken) for broken in BROKEN_CASES)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(spoken, encoding="utf-8")
    assert spoken == GOLDEN.read_text(encoding="utf-8")


def test_all_problems_of_a_case_come_at_once() -> None:
    several = next(broken for broken in BROKEN_CASES if broken.what == "several things at once")
    found = error(several)
    assert isinstance(found, CaseError)
    assert [each["fact"] for each in found.problems] == ["servise", "acute_gvhd_grade", "prior_transplant"]
