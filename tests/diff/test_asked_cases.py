"""The cases of both Cases sheets, put to both versions."""

from __future__ import annotations

from dmn_dli.diff.answers import Aspect
from dmn_dli.diff.asked_cases import AskedCase, Whose, asked_cases
from tests.cli.tables import ACME, ACME_BROKEN, changed
from tests.diff.acme_editions import edition
from tests.excel.build import Rows


def _changed(new: dict[str, Rows]) -> dict[tuple[str, Whose], AskedCase]:
    found = asked_cases(edition(ACME, "old"), edition(new))
    assert found is not None
    return {(each.name, each.whose): each for each in found.changed}


def test_cases_that_come_out_otherwise_say_by_which_rules_and_what_parts_them() -> None:
    found = _changed(changed(ACME, "Determination", {(6, 3): ">= 1"}))
    case = found["mixed cells", Whose.BOTH]
    assert (case.old.determination, case.new.determination) == ("medically necessary", "investigational")
    assert (case.old.rules, case.new.rules) == ("D-3", "D-2")
    assert case.partings == (("rule", "D-3", "D-2"),)
    assert case.place == "Cases!A2"
    assert case.decided_otherwise


def test_a_case_whose_facts_were_edited_is_asked_with_the_old_facts_too() -> None:
    both = changed(changed(ACME, "Determination", {(6, 3): ">= 1"}), "Cases", {(2, 4): 0, (3, 1): "renamed"})
    found = _changed(both)
    assert [whose for name, whose in found if name == "mixed cells"] == [Whose.OLD]
    assert {whose for name, whose in found if name in ("renamed", "unmixed cells")} == {Whose.OLD, Whose.NEW}


def test_another_rule_counts_where_all_else_stays() -> None:
    renamed = changed(ACME, "Determination", {(7, 1): "D-3a"})
    case = _changed(renamed)["mixed cells", Whose.BOTH]
    assert (case.old.rules, case.new.rules) == ("D-3", "D-3a")
    assert case.aspects == ()
    assert not case.decided_otherwise


def test_a_case_that_a_version_cannot_decide_says_why() -> None:
    found = _changed(changed(ACME, "Determination", {(2, 1): "U"}))
    case = found["high grade", Whose.BOTH]
    assert Aspect.DETERMINATION in case.aspects
    assert case.new.determination == "error"
    assert "D-2" in case.new.why


def test_where_a_version_has_errors_no_case_is_asked() -> None:
    assert asked_cases(edition(ACME, "old"), edition(ACME_BROKEN)) is None
    found = asked_cases(edition(ACME, "old"), edition(ACME))
    assert found is not None
    assert (found.asked, found.changed) == (6, ())
