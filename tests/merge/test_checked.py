"""A clean merge is looked at as a whole, and the two edits that do not go together are named."""

from __future__ import annotations

import pytest

from dmn_dli.merge import clashes
from tests.cli.tables import ACME
from tests.merge.three import checked, edited, with_row, without_row

GRADE = edited("Determination", {(6, 3): ">= 3"}, edited("Cases", {(4, 4): 3}))
"""Grade 2 is no longer investigational, and the case of a high grade follows: sound."""

SECOND_CASE = edited("Cases", {(2, 4): 2, (2, 6): "investigational", (2, 8): "2: GVHD of grade 2 or more"})
"""The case of mixed cells has grade 2 now and is investigational: sound as the tables were."""


def test_a_sound_merge_says_what_is_decided_otherwise() -> None:
    ours = edited("Determination", {(7, 7): "Cells are mixed indeed."})
    result = checked(ours, GRADE)
    assert (result.sound, result.lost, result.left) == (True, (), ())
    assert result.against_ours is not None
    assert result.against_ours.behaviour is not None
    assert result.against_ours.behaviour.differs
    assert len(result.merged.edits) == 3


def test_an_edit_of_a_rule_and_an_edit_of_a_case_that_do_not_go_together_are_named() -> None:
    further = edited("Scope", {(1, 2): "Is it in scope?"}, edited("Plan notes", {(5, 4): "Page 1"}, GRADE))
    (clash,) = checked(further, SECOND_CASE).lost
    assert [each.place for each in clash.problems] == ["Cases!F2"]
    assert [len(clash.ours), clash.certain] == [1, True]
    assert ">= 2 → >= 3" in clash.ours[0]
    assert clash.theirs
    assert all("mixed cells" in each for each in clash.theirs)


def test_two_rules_that_take_over_the_same_case_are_named() -> None:
    rows = with_row(ACME, "Scope", 7, "S-3", "other", "not addressed", "Title")
    base = edited("Scope", {(6, 2): "boost"}, rows)
    fewer = without_row(base, "Scope", 6)
    ours = edited("Plan notes", {(5, 4): "Page 1"}, edited("Scope", {(5, 2): "infusion, boost"}, fewer))
    theirs = edited("Scope", {(1, 2): "Is it in scope?", (6, 2): "boost, other"}, fewer)
    (clash,) = checked(ours, theirs, base).lost
    assert {"S-1", "S-3"} <= {word for each in clash.problems for word in each.said.split('"')}
    assert [said.split(",")[0] for said in clash.ours] == ["Scope: S-1"]
    assert [said.split(",")[0] for said in clash.theirs] == ["Scope: S-3"]


def test_what_was_wrong_on_a_side_already_is_no_fault_of_the_merge() -> None:
    result = checked(edited("Cases", {(2, 6): "investigational"}), edited("Plan notes", {(5, 4): "Page 1"}))
    assert result.sound
    assert [each.place for each in result.left] == ["Cases!F2"]


def test_what_theirs_brings_along_is_told_and_no_sound_merge() -> None:
    result = checked(edited("Plan notes", {(5, 4): "Page 1"}), edited("Cases", {(2, 6): "investigational"}))
    assert (result.sound, result.lost, result.left) == (False, (), ())
    assert [each.place for each in result.brought] == ["Cases!F2"]


def test_one_more_problem_of_a_kind_that_the_base_has_is_told() -> None:
    base = with_row(ACME, "Scope", 7, "S-3", "-", "addressed", "Title")
    ours, theirs = (with_row(base, "Scope", 8, name, "-", "addressed", "Title") for name in ("S-4", "S-5"))
    result = checked(ours, theirs, base)
    assert not result.sound
    assert any({"S-4", "S-5"} <= set(each.about) for clash in result.lost for each in clash.problems)


def test_without_trials_the_edits_of_both_sides_are_named_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clashes, "TRIALS", 0)
    (clash,) = checked(GRADE, SECOND_CASE).lost
    assert not clash.certain
    assert clash.ours
    assert clash.theirs


def test_an_empty_base_is_checked_too_and_nobody_is_blamed() -> None:
    result = checked(ACME, ACME, None)
    assert result.sound
    assert result.against_base is None
    assert result.against_ours is not None
