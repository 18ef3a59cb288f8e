"""The interview at a terminal: few questions, no question in vain, and answers that are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmn_dli.evaluate.kernel import PolicyKernel
from dmn_dli.store.folder import bundled_tables, find_workbooks
from dmn_dli.store.load import load_version
from tests.cli.terminal import converse

ROOT = Path(__file__).resolve().parents[2]
PAYERS = [path.stem[:-11] for path in find_workbooks(bundled_tables())]
SHORT = ("--until", "determination")
DENIALS = ("NOT MEDICALLY NECESSARY", "INVESTIGATIONAL", "CRITERIA NOT MET")
NO_TRANSPLANT = {
    "Service": "1",
    "Line of business": "commercial",
    "Prior transplant": "none",
    "Manipulation": "1",
}
"""A clear-cut denial: lymphocytes of a donor without any transplant before."""


@pytest.mark.parametrize("payer", PAYERS)
def test_a_clear_cut_denial_is_settled_in_three_questions(payer: str) -> None:
    talk = converse(["explain", "--ask", *SHORT, "--payer", payer], NO_TRANSPLANT.__getitem__, ROOT)
    assert talk.exit_code == 0
    assert 1 <= len(talk.asked) <= 3
    assert any(f": {denial}\n" in talk.transcript for denial in DENIALS), talk.transcript
    assert "Facts relied on" in talk.transcript


@pytest.mark.parametrize("payer", PAYERS)
def test_an_interview_ends_when_the_unmet_criteria_are_settled_too(payer: str) -> None:
    talk = converse(["explain", "--ask", "--payer", payer], lambda label: NO_TRANSPLANT.get(label, "1"), ROOT)
    assert talk.exit_code == 0
    assert any(f": {denial}\n" in talk.transcript for denial in DENIALS), talk.transcript
    assert "further unmet criteria may apply" not in talk.transcript


@pytest.mark.parametrize("payer", PAYERS)
def test_no_fact_is_asked_for_twice_and_the_end_is_settled(payer: str) -> None:
    """Whatever is answered: here always the first of the list, or 1."""
    talk = converse(["explain", "--ask", "--payer", payer], lambda _: "1", ROOT)
    assert talk.exit_code == 0
    assert len(set(talk.asked)) == len(talk.asked)
    assert "NEEDS INFORMATION" not in talk.transcript


def test_an_interview_of_all_payers_asks_for_each_fact_once() -> None:
    talk = converse(["explain", "--ask"], lambda label: {"Prior transplant": "none"}.get(label, "1"), ROOT)
    assert talk.exit_code == 0
    assert len(set(talk.asked)) == len(talk.asked)
    assert talk.transcript.count("How the tables decide") == len(PAYERS)


def test_who_knows_nothing_is_asked_for_each_missing_fact_once() -> None:
    talk = converse(["explain", "--ask", "--payer", "cigna"], lambda _: "?", ROOT)
    (path,) = [each for each in find_workbooks(bundled_tables()) if each.name.startswith("cigna")]
    version = load_version(path)
    assert isinstance(version, PolicyKernel)
    missing = version.determine({})["missing_facts"]
    labels = {version.case_reader.facts[name].label for name in missing}
    assert sorted(talk.asked) == sorted(labels)
    assert "NEEDS INFORMATION" in talk.transcript


def test_a_wrong_answer_is_asked_again_with_what_is_expected() -> None:
    answers = iter(["donor lymphocyte", "9", "2", "none"])
    talk = converse(["explain", "--ask", *SHORT, "--payer", "cigna"], lambda _: next(answers), ROOT)
    assert talk.asked == ("Service", "Service", "Service", "Prior transplant")
    assert '"donor lymphocyte" is no answer here. A number from 1 to 4, or ?, is expected.' in talk.transcript
    assert "NOT MEDICALLY NECESSARY" in talk.transcript


def test_the_text_of_a_value_and_its_number_are_the_same_answer() -> None:
    written = {"Service": "Donor lymphocyte  infusion", "Prior transplant": "AUTOLOGOUS"}
    counted = {"Service": "1", "Prior transplant": "2"}
    ends = [
        converse(
            ["explain", "--ask", *SHORT, "--payer", "cigna"], answers.__getitem__, ROOT
        ).transcript.partition("Case 1")[2]
        for answers in (written, counted)
    ]
    assert ends[0] == ends[1] != ""
