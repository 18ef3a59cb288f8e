"""What an approval page says of an edit is what `diff` finds: nothing less, in the same words."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest
from attrs import evolve

from dmn_dli.diff.change import Change, ChangeKind
from dmn_dli.diff.version_difference import Match, VersionDifference, version_difference
from dmn_dli.page.approval.most import ALONE
from dmn_dli.page.case_code import entered
from dmn_dli.report import difference_words as words
from dmn_dli.report.difference_json import json_text
from tests.cli.tables import ACME, ACME_BROKEN, FACTS, changed
from tests.diff import criteria_books
from tests.diff.acme_editions import EDITED, NAME, difference, edition
from tests.excel.build import make_workbook
from tests.page.approval.books import html, said

_HOSTILE = '<img src=x onerror="alert(1)">\u202e & <script>'


@pytest.fixture(scope="module")
def edits() -> VersionDifference:
    return difference(EDITED)


@pytest.fixture(scope="module")
def criteria() -> VersionDifference:
    return criteria_books.difference(criteria_books.edited({(6, 5): "other", (7, 6): "< 1"}))


def _policy(found: VersionDifference) -> dict[str, Any]:
    policy: dict[str, Any] = json.loads(json_text([found]))["policies"][0]
    return policy


def _folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("which", ["edits", "criteria"])
def test_every_edit_is_on_the_page_with_both_texts_and_its_cell(
    which: str, request: pytest.FixtureRequest
) -> None:
    found = request.getfixturevalue(which)
    text = said(found)
    changes = _policy(found)["changes"]
    assert changes
    for each in changes:
        for part in (each["old"], each["new"], each["new_cell"] or each["old_cell"]):
            assert _folded(part or "") in text, each["words"]


@pytest.mark.parametrize("which", ["edits", "criteria"])
def test_every_region_is_on_the_page_with_its_facts_and_both_answers(
    which: str, request: pytest.FixtureRequest
) -> None:
    found = request.getfixturevalue(which)
    text = said(found)
    policy = _policy(found)
    regions = [*policy["behaviour"]["regions"]]
    regions += [part for each in policy["criteria"] if each["differs"] for part in each["differs"]["regions"]]
    assert regions
    for each in regions:
        facts = " ".join(f"{label}: {value}" for label, value in each["where"].items())
        assert facts in text, each
        if isinstance(each["old"], str):
            assert f"{each['old']} → {each['new']}" in text


def test_the_verdict_is_told_in_the_words_of_the_command(edits: VersionDifference) -> None:
    text = said(edits)
    assert text.startswith(words.headline(edits))
    assert words.sentence(words.in_short(edits)) in text


def test_cases_and_criteria_that_change_are_told_with_what_parts_them(criteria: VersionDifference) -> None:
    text = said(criteria)
    assert criteria.cases
    assert all(case.case in text for case in criteria.cases)
    assert criteria.criteria
    assert all(words.criterion(each) in text for each in criteria.criteria)
    assert "Criteria.2: met → not met" in text


def test_new_lines_of_the_change_history_are_told(edits: VersionDifference) -> None:
    assert "2025-03-01 | B. Nurse | grade 1 is too much | new evidence" in said(edits)
    assert words.NO_HISTORY in said(difference({**EDITED, "Change History": ACME["Change History"]}))


def test_text_of_a_workbook_is_text() -> None:
    found = difference(
        changed(
            changed(ACME, "Determination", {(6, 7): _HOSTILE, (6, 1): _HOSTILE}), "Scope", {(1, 1): _HOSTILE}
        )
    )
    page = html(found)
    assert "<img" not in page
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;img src=x" in page


def test_a_workbook_with_errors_says_which_and_that_nothing_could_be_compared() -> None:
    found = difference(ACME_BROKEN)
    text = said(found)
    assert found.new is not None
    assert text.startswith("unknown")
    assert f"{found.new.shown} has errors, so that it decides nothing" in text
    assert "infussion" in text
    assert words.NOT_COMPARED in text
    assert words.NO_CASES_ASKED in text


def test_a_draft_says_that_it_is_not_in_force() -> None:
    rows = [*EDITED["Policy"], ["Status", "draft"]]
    assert "draft The new version is not in force" in said(difference({**EDITED, "Policy": rows}))
    assert "not in force" not in said(difference(EDITED))


def test_new_values_are_told_since_no_comparison_holds_them() -> None:
    facts = [list(row) for row in FACTS]
    facts[2][3] = '"infusion", "boost", "other", "unheard of"'
    book = changed(ACME, "Scope", {(6, 2): "not(infusion)"})
    new = edition(book, dictionary=make_workbook({"Facts": facts}))
    found = version_difference(edition(ACME, "old"), new)
    assert "New values of facts (1) Service: unheard of decided in every case as: boost, other" in said(found)


def test_an_added_and_a_removed_policy_are_to_be_signed_too() -> None:
    for match in (Match.ADDED, Match.REMOVED):
        new = edition(ACME) if match is Match.ADDED else None
        old = edition(ACME) if match is Match.REMOVED else None
        text = said(VersionDifference(match, old, new))
        assert text.startswith(f"{match.value} The policy is {match.value}.")
        assert words.WHOLE[match] in text
        assert edition(ACME).linked.workbook.sha256 in text


def test_what_is_signed_are_the_digests_of_all_files(edits: VersionDifference) -> None:
    text = said(edits)
    for side in (edits.old, edits.new):
        assert side is not None
        assert f"{side.shown} | {side.linked.workbook.sha256}" in text
        assert side.linked.dictionary.sha256 in text


def test_an_example_can_be_tried_where_the_page_has_an_engine(edits: VersionDifference) -> None:
    assert edits.behaviour is not None
    codes = re.findall(r'href="#try\?case=([^"]*)"', html(edits))
    tried = [json.loads(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))) for code in codes]
    expected = [
        {name: entered(value) for name, value in each.witness.items()} for each in edits.behaviour.differences
    ]
    assert all(each in tried for each in expected)
    assert "#try" not in html(edits, engine=False)


def test_edits_lead_to_what_stands_there_now(edits: VersionDifference) -> None:
    page = html(edits)
    assert 'href="#rule/acme-2025-01-01/Determination/D-2">Determination!C6</a>' in page
    assert 'href="#sheet/acme-2025-01-01/Scope">Scope</a>' in page
    assert "href" not in html(edits, None, engine=False)


def test_of_a_large_change_the_first_edits_are_shown_and_the_rest_is_counted(
    edits: VersionDifference,
) -> None:
    changes = tuple(
        Change(ChangeKind.CELL, "Reason", f"reason {row}", f"reason {row + 1}", "Determination", f"D-{row}")
        for row in range(2_000)
    )
    found = evolve(edits, changes=changes)
    page, text = html(found), said(found)
    assert len(page) < 250_000
    assert "2,000 edits." in text
    assert f"Not shown here: {2_000 - ALONE.edits:,} further edits of Determination." in text
    assert f"{2_000 - ALONE.edits:,} edits of this policy are counted above and not shown" in text


def test_the_same_difference_gives_the_same_page(edits: VersionDifference) -> None:
    assert html(edits) == html(difference(EDITED))
    assert NAME in html(edits)
