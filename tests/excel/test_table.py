"""The contract of a decision table's sheet, sentence by sentence."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dmn_dli.excel import read_workbook_bytes
from dmn_dli.model.cell import CellKind
from dmn_dli.runtime.hit_policy import HitPolicy
from tests.excel.build import (
    DETERMINATION,
    GOOD,
    GOOD_NAME,
    SCOPE,
    Rows,
    codes,
    make_workbook,
    put,
    spoil,
    table,
)


@pytest.mark.parametrize(
    ("written", "policy"),
    [
        *[(policy.value, policy) for policy in HitPolicy],
        ("u", HitPolicy.UNIQUE),
        ("UNIQUE", HitPolicy.UNIQUE),
        (" Rule  order ", HitPolicy.RULE_ORDER),
        ("Output order", HitPolicy.OUTPUT_ORDER),
        ("collect", HitPolicy.COLLECT),
        ("c+", HitPolicy.COLLECT_SUM),
    ],
)
def test_a_hit_policy_is_its_short_form_or_its_word_in_any_letter_case(
    written: str, policy: HitPolicy
) -> None:
    assert table(put("Scope", A2=written), "Scope").hit_policy is policy


def test_cells_stand_in_the_order_of_the_clauses() -> None:
    found = table(make_workbook(), "Determination")
    assert [clause.cell.text for clause in found.inputs] == ["Scope", "Acute GVHD grade"]
    assert [clause.name for clause in found.outputs] == ["Determination", "Reason"]
    assert [note.name for note in found.annotations] == ["Citation", "Status"]
    first = found.rules[0]
    assert (first.id, first.cell.reference) == ("M-1", "A5")
    assert [cell.text for cell in first.inputs] == ["addressed", "-"]
    assert [cell.reference for cell in first.outputs] == ["D5", "E5"]
    assert [cell.blank for cell in first.annotations] == [False, True]


def test_columns_may_stand_in_any_order() -> None:
    rows: Rows = [
        ["Scope", "Which?"],
        ["U", "then", "Note", "if"],
        ["rule", "Scope", "Citation", "Service"],
        ["VALUES", "addressed, not addressed", None, None],
        ["S-1", "addressed", "Title", "-"],
    ]
    found = table(make_workbook(Scope=rows), "Scope")
    assert codes(make_workbook(Scope=rows)) == []
    assert found.rules[0].inputs[0].reference == "D5"
    assert found.outputs[0].cell.reference == "B3"


def test_the_question_may_be_merged_across() -> None:
    assert codes(spoil("Determination", lambda sheet: sheet.merge_cells("B1:G1"))) == []
    assert table(make_workbook(), "Scope").question == "Does the policy speak of the service?"


def test_a_merge_in_spare_rows_or_beside_the_table_is_harmless() -> None:
    assert codes(spoil("Determination", lambda sheet: sheet.merge_cells("A20:C22"))) == []


def test_blanks_behind_a_merge_are_reported_once_with_it() -> None:
    assert codes(spoil("Determination", lambda sheet: sheet.merge_cells("A5:A6"))) == [
        "DT114 Determination!A5"
    ]
    assert codes(spoil("Determination", lambda sheet: sheet.merge_cells("B2:C2"))) == [
        "DT114 Determination!B2",
        "DT142 Determination!C2",
    ]


def test_row_4_of_a_result_parts_values_from_the_default() -> None:
    (output,) = table(
        put("Scope", C4="addressed,\nnot addressed\n\nDefault : not addressed "), "Scope"
    ).outputs
    assert (output.values, output.default) == ("addressed, not addressed", "not addressed")
    (bare,) = table(put("Scope", C4="default: “as  said”"), "Scope").outputs
    assert (bare.values, bare.default) == ("", "“as  said”")
    (none,) = table(put("Scope", C4=None), "Scope").outputs
    assert (none.values, none.values_cell, none.default) == ("", None, None)


def test_row_4_of_a_condition_is_handed_over_or_none() -> None:
    scope, determination = table(make_workbook(), "Scope"), table(make_workbook(), "Determination")
    assert scope.inputs[0].allowed is not None
    assert scope.inputs[0].allowed.text == "donor lymphocyte infusion, other"
    assert determination.inputs[0].allowed is None


@pytest.mark.parametrize("letter", ["P", "O"])
def test_priority_needs_a_list_of_results(letter: str) -> None:
    assert codes(put("Scope", A2=letter)) == []
    assert codes(put("Scope", A2=letter, C4="number")) == ["DT147 Scope!C4"]


def test_rules_end_at_the_last_row_that_holds_a_value() -> None:
    def format_spare_rows(sheet: Worksheet) -> None:
        for row in range(8, 40):
            sheet.cell(row, 2).number_format = "@"
        sheet["B50"] = "  \u00a0"

    data = spoil("Determination", format_spare_rows)
    assert codes(data) == []
    assert len(table(data, "Determination").rules) == 3


def test_rules_below_a_gap_are_read_and_a_remark_there_is_not_taken_for_a_rule() -> None:
    data = make_workbook(Scope=[*SCOPE, [], ["S-3", "other", "addressed", "Title"], [], ["See the manual."]])
    assert codes(data) == ["DT154 Scope!A7", "DT154 Scope!A9"]
    assert [rule.id for rule in table(data, "Scope").rules] == ["S-1", "S-2", "S-3"]


def test_a_result_may_bear_the_name_of_a_condition() -> None:
    assert codes(put("Scope", C3="Service")) == []
    assert codes(put("Determination", E3="determination ")) == ["DT145 Determination!E3"]


def test_every_column_with_content_says_what_it_is_for() -> None:
    assert codes(put("Scope", D2=None)) == ["DT155 Scope", "DT142 Scope!D2"]
    assert codes(put("Scope", F5="beside", F6="still beside")) == ["DT118 Scope!F5"]


def test_an_empty_column_between_is_no_content() -> None:
    def widen(sheet: Worksheet) -> None:
        sheet.insert_cols(3)

    assert codes(spoil("Determination", widen)) == []


def test_retired_rules_are_marked_and_listed_in_one_finding() -> None:
    data = put("Determination", G7=" Retired")
    rules = table(data, "Determination").rules
    assert [rule.retired for rule in rules] == [False, True, True]
    (finding,) = read_workbook_bytes(data, GOOD_NAME, GOOD_NAME).findings
    assert finding.rules == ("M-2", "M-3")


def test_a_rule_id_that_excel_turned_into_a_date_is_reported() -> None:
    assert codes(put("Determination", A6=date(2026, 1, 2))) == ["DT151 Determination!A6"]


def test_a_number_is_as_good_a_rule_id_as_a_text() -> None:
    data = put("Determination", A5=1, A6=2, A7=3)
    assert codes(data) == []
    assert [rule.id for rule in table(data, "Determination").rules] == ["1", "2", "3"]


def test_conditions_names_and_valued_results_are_repaired_and_each_repair_reported() -> None:
    data = put(
        "Determination",
        B3="Scope\u200b",
        C5="“a  b” , ≥\u00a02",
        D5="medically\u00a0necessary",
        E5=" “As said”  –\u00a0yes\nto all ",
        F5=" Section\u00a01 ",
    )
    rule = table(data, "Determination").rules[0]
    assert rule.inputs[1].text == '"a  b" , >= 2'
    assert rule.outputs[0].text == "medically necessary"
    assert rule.outputs[1].text == "“As said”  –\u00a0yes\nto all"
    assert rule.annotations[0].text == "Section\u00a01"
    repaired = [line for line in codes(data, info=True) if line.startswith("DT119")]
    assert repaired == [f"DT119 Determination!{cell}" for cell in ("B3", "C5", "D5")]


def test_cells_keep_the_kind_that_excel_stored() -> None:
    data = put("Determination", C5=2, C6=0.5, C7=True, B6=date(2025, 2, 12))
    rules = table(data, "Determination").rules
    assert [(rule.inputs[1].kind, rule.inputs[1].text) for rule in rules] == [
        (CellKind.NUMBER, "2"),
        (CellKind.NUMBER, "0.5"),
        (CellKind.BOOLEAN, "true"),
    ]
    assert (rules[1].inputs[0].kind, rules[1].inputs[0].text) == (CellKind.DATE, "2025-02-12")


def test_a_long_name_is_shortened_on_the_tab_as_excel_demands() -> None:
    name = "Which documentation must be submitted: request/appeal?"
    tab = "Which documentation must be sub"
    sheets = {key: rows for key, rows in GOOD.items() if key != "Scope"}
    rows = [[name, "?"], *SCOPE[1:]]
    assert codes(make_workbook({**sheets, tab: rows})) == []
    assert codes(make_workbook({**sheets, "Documentation": rows})) == ["DT126 Documentation!A1"]


def test_the_citation_may_be_a_result_and_a_generic_workbook_needs_none() -> None:
    assert codes(put("Scope", D2="THEN", D4=None)) == []
    generic = {**GOOD, "Policy": [["Field", "Value"], ["Final decision", "Determination"]]}
    assert codes(put("Determination", generic, F5=None)) == []


def test_a_filter_hides_its_rows_in_one_finding() -> None:
    def buttons_only(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A3:G7"

    assert codes(spoil("Determination", buttons_only)) == []


def test_a_table_without_conditions_is_a_table() -> None:
    rows = [[row[0], *row[3:]] for row in DETERMINATION]
    rows[0] = ["Determination", "Always the same?"]
    assert codes(make_workbook(Determination=rows)) == []
    assert table(make_workbook(Determination=rows), "Determination").inputs == ()
