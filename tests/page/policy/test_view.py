"""A policy's view says what its workbook says: rules with their cases, findings on their cells, criteria."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dmn_dli.page import anchors
from dmn_dli.page.contents import PagePolicy
from dmn_dli.page.html import fragment
from dmn_dli.page.page import page
from dmn_dli.page.policy.used import NAMED, case_links
from dmn_dli.page.policy.view import policy_view
from dmn_dli.report.layout import many
from tests.cli.tables import ACME, ACME_FAILING, ACME_UNPROVEN, BETA, FACTS, changed
from tests.excel.build import WITH_CRITERIA
from tests.page.made import Parsed, bundled, made, parsed

ALL = [policy.key for policy in bundled().policies]


def _view(policy: PagePolicy) -> Parsed:
    return parsed(policy_view(policy).element())


def _policy(key: str) -> PagePolicy:
    return next(each for each in bundled().policies if each.key == key)


@pytest.mark.parametrize("key", ALL)
def test_each_rule_leads_to_the_cases_that_reach_it(key: str) -> None:
    policy = _policy(key)
    shown = _view(policy)
    assert policy.cases is not None
    assert policy.linked.workbook.cases is not None
    rows = policy.linked.workbook.cases.rows
    for coverage in policy.cases.coverage:
        for rule, positions in coverage.used.items():
            place = anchors.rule(key, coverage.decision, rule)
            cases = [anchors.case(key, rows[each].cell.row) for each in positions]
            assert many(len(cases), "case") in shown.texts[place]
            assert [each for each in shown.leads[place] if each in cases][:NAMED] == cases[:NAMED]
        for rule in coverage.uncovered:
            assert "no case" in shown.texts[anchors.rule(key, coverage.decision, rule)]


def test_of_many_cases_the_others_are_told_by_their_rows() -> None:
    policy = _policy("molina-2025-02-12")
    positions = [*range(NAMED), NAMED + 1, NAMED + 2, NAMED + 3, NAMED + 9]
    assert "".join(case_links(policy, positions).itertext()).endswith("also rows 11–13, 19")


@pytest.mark.parametrize("key", ALL)
def test_each_row_of_the_sheets_is_there(key: str) -> None:
    workbook = _policy(key).linked.workbook
    shown = _view(_policy(key))
    for table in workbook.tables:
        for rule in table.rules:
            text = shown.texts[anchors.rule(key, table.name, rule.id)]
            assert all(cell.text in text for cell in (*rule.inputs, *rule.outputs, *rule.annotations))
    for sheet in workbook.criteria:
        for row in sheet.rows:
            text = shown.texts[anchors.criterion(key, sheet.name, row.id)]
            assert all(cell.text in text for cell in (row.requirement, row.evidence, *row.annotations))
    assert workbook.cases is not None
    for case in workbook.cases.rows:
        text = shown.texts[anchors.case(key, case.cell.row)]
        assert all(cell.text in text for cell in case.values)
        assert "passed" in text


def test_the_first_then_column_stays_in_sight_where_its_cells_are_brief() -> None:
    html = fragment(policy_view(_policy("molina-2025-02-12")).element())
    assert '<th class="then outcome" scope="col">THEN</th>' in html
    assert '<td class="outcome">medically necessary</td>' in html
    notes = html.partition(f'id="{anchors.sheet("molina-2025-02-12", "Plan notes")}"')[2]
    assert "outcome" not in notes.partition("</table>")[0]


def test_a_condition_of_truth_values_reads_as_people_say_them() -> None:
    shown = _view(_policy("bcbsms-2025-03-28"))
    said = shown.texts[anchors.criterion("bcbsms-2025-03-28", "Criteria", "1.b.1")]
    assert "To prevent relapse: Yes" in said


def test_a_criterion_stands_in_its_group() -> None:
    shown = _view(_policy("molina-2025-02-12"))
    group = shown.texts[anchors.criterion("molina-2025-02-12", "Criteria", "2.c")]
    assert "all of these are needed" in group
    assert "The conditioning was nonmyeloablative or of reduced intensity" in group
    assert "The lymphocytes must come from the original stem cell donor" not in group


def test_each_finding_stands_on_its_cell() -> None:
    contents = made({"acme-2025-01-01.xlsx": {**ACME_UNPROVEN}}, FACTS)
    (policy,) = contents.policies
    shown = _view(policy)
    placed = [each for each in policy.findings if each.cell]
    assert len(placed) > 2
    for finding in placed:
        number = policy.findings.index(finding) + 1
        row = re.sub(r"\D", "", finding.cell)
        spots = [anchors.cell(policy.key, finding.sheet, each) for each in (finding.cell, row)]
        assert any(finding.code.code in shown.texts.get(spot, "") for spot in spots), finding.place
        text = shown.texts[anchors.finding(policy.key, number)]
        assert finding.message in text
        assert finding.remedy in text
        assert ("waived" in text) == finding.waived


def test_a_failed_case_tells_what_was_expected_and_what_came_out() -> None:
    (policy,) = made({"acme-2025-01-01.xlsx": ACME_FAILING}, FACTS).policies
    shown = _view(policy)
    assert policy.cases is not None
    assert policy.linked.workbook.cases is not None
    assert not policy.cases.passed
    for row, case in zip(policy.linked.workbook.cases.rows, policy.cases.cases, strict=True):
        text = shown.texts[anchors.case(policy.key, row.cell.row)]
        assert ("failed" in text) == bool(case.failures)
        for failure in case.failures:
            assert f"expected {failure.expected}" in text
            assert f"came out: {failure.actual}" in text


def test_a_retired_rule_is_kept_and_no_case_is_missed_of_it() -> None:
    (policy,) = made({"beta-2024-06-01.xlsx": BETA}, FACTS).policies
    text = _view(policy).texts[anchors.rule(policy.key, "Determination", "B-3")]
    assert "retired" in text
    assert "no case" not in text


def test_notes_and_history_are_there() -> None:
    (policy,) = made({"acme-2025-01-01.xlsx": ACME}, FACTS).policies
    shown = _view(policy)
    assert "graft-versus-host disease" in shown.texts[anchors.sheet(policy.key, "Notes")]
    assert "A. Nurse" in shown.texts[anchors.sheet(policy.key, "Change History")]


def test_a_fact_is_told_once_and_every_heading_leads_to_it() -> None:
    whole = Parsed(page(bundled()))
    question = bundled().policies[0].linked.dictionary.by_name["service"].question
    assert whole.texts["main"].count(question) == 1
    assert whole.links.count(f"#{anchors.fact('service')}") > 10


def test_a_criterion_that_no_case_tries_on_both_sides_says_so() -> None:
    (policy,) = made({"acme-2025-02-12.xlsx": WITH_CRITERIA}).policies
    shown = _view(policy)
    assert policy.cases is not None
    (coverage,) = policy.cases.criteria
    assert coverage.never_not_met
    for row in coverage.never_not_met:
        assert "no case fails it" in shown.texts[anchors.criterion(policy.key, "Criteria", row)]


def test_policies_of_one_payer_are_told_apart() -> None:
    later = changed(BETA, "Policy", {(6, 2): date(2025, 6, 1)})
    first, second = made({"beta-2024-06-01.xlsx": BETA, "beta-2025-06-01.xlsx": later}, FACTS).policies
    assert (first.name, second.name) == ("Beta Plan, from 2024-06-01", "Beta Plan, from 2025-06-01")
    assert (first.standing, second.standing) == ("no longer in force", "in force")


def test_a_workbook_with_errors_says_that_it_decides_nothing() -> None:
    unreadable = changed(ACME, "Scope", {(2, 1): "X", (5, 2): "infussion"})
    (policy,) = made({"acme-2025-01-01.xlsx": unreadable}, FACTS).policies
    shown = _view(policy)
    assert "decides nothing" in shown.texts[anchors.sheet(policy.key, "Policy")]
    assert "Scope" in shown.texts[anchors.part(policy.key, "unread")]
    assert anchors.rule(policy.key, "Determination", "D-1") in shown.ids
