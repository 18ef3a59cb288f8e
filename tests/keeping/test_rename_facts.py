"""Facts by another name or label: every place that reads them, and no text that only looks alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.build import Rows
from tests.keeping.renames import (
    BOOK,
    CASES,
    FACTS,
    OUTCOME,
    POLICY,
    changed,
    mentioned,
    place,
    refused,
    table,
)

FORMULAS: Rows = [
    ["Outcome", "?"],
    ["F", "IF", "IF", "THEN"],
    ["Rule", 'if Disease status = "Disease status" then grade else Weight / 2', "grade", "Outcome"],
    ["values", None, None, "expression\ndefault: grade + 1"],
    ["R-1", "> GVHD grade", "-", "for weight in [1, 2] return weight + GVHD grade"],
    ["R-2", "-", "< Weight", '"grade " + Disease status // of grade'],
]


def test_a_fact_is_renamed_in_the_dictionary_in_cases_and_wherever_its_name_is_spelt(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme=BOOK, beta={"Policy": POLICY, "Outcome": FORMULAS})
    assert changed(folder, "fact", "grade", "gvhd") == {
        "acme Cases!C1": "gvhd",
        "acme Cases!E3": "Disease status, gvhd",
        "beta Outcome!B3": 'if Disease status = "Disease status" then gvhd else Weight / 2',
        "beta Outcome!C3": "gvhd",
        "beta Outcome!D4": "expression\ndefault: gvhd + 1",
        "facts Facts!A4": "gvhd",
    }


def test_a_variable_that_an_expression_binds_is_no_fact(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme={"Policy": POLICY, "Outcome": FORMULAS})
    assert changed(folder, "fact", "weight", "mass") == {"facts Facts!A5": "mass"}
    after = changed(folder, "label", "GVHD grade", "Grade of GVHD")
    assert after["acme Outcome!D5"] == "for weight in [1, 2] return weight + Grade of GVHD"
    assert after["acme Outcome!B5"] == "> Grade of GVHD"


def test_a_label_that_a_bound_variable_hides_is_not_set_free(tmp_path: Path) -> None:
    formulas = [[*row] for row in FORMULAS]
    formulas[4][3] = "for grade in [1, 2] return grade + GVHD grade"
    folder = place(tmp_path / "t", acme={"Policy": POLICY, "Outcome": formulas})
    assert "acme.xlsx, Outcome!D5" in refused(folder, "fact", "grade", "gvhd")


def test_a_label_is_renamed_in_clauses_and_cases_but_in_no_text_in_quotes(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme=BOOK, beta={"Policy": POLICY, "Outcome": FORMULAS})
    assert changed(folder, "label", "disease STATUS", "State of disease") == {
        "acme Outcome!B3": "State of disease",
        "acme Cases!B1": "State of disease",
        "acme Cases!E3": "State of disease, grade",
        "beta Outcome!B3": 'if State of disease = "Disease status" then grade else Weight / 2',
        "beta Outcome!D6": '"grade " + State of disease // of grade',
        "facts Facts!B2": "State of disease",
    }


def test_assumptions_of_the_dictionary_and_of_a_workbook_follow(tmp_path: Path) -> None:
    from tests.excel.build import make_workbook

    assumed: Rows = [["condition", "reason"], ["not(Urgent and grade = 0)", "grade 0 is never urgent"]]
    folder = place(tmp_path / "t", acme={**BOOK, "Assumptions": assumed})
    (folder / "facts.xlsx").write_bytes(make_workbook({"Facts": FACTS, "Assumptions": assumed}))
    after = changed(folder, "fact", "grade", "gvhd")
    assert after["acme Assumptions!A2"] == after["facts Assumptions!A2"] == "not(Urgent and gvhd = 0)"


def test_drafts_are_renamed_in_and_workbooks_with_facts_of_their_own_are_left(tmp_path: Path) -> None:
    draft = {**BOOK, "Policy": [*POLICY, ["Status", "draft"]]}
    folder = place(tmp_path / "t", draft=draft, own={**BOOK, "Facts": FACTS})
    after = changed(folder, "label", "Disease status", "State")
    assert {place.split()[0] for place in after} == {"draft", "facts"}
    only = changed(folder / "own.xlsx", "label", "Disease status", "Own state")
    assert only["own Facts!B2"] == only["own Outcome!B3"] == "Own state"


def test_odd_blanks_in_a_heading_give_way_to_the_new_label(tmp_path: Path) -> None:
    odd = [[*row] for row in OUTCOME]
    odd[2][1] = "  Disease\u00a0 status "
    folder = place(tmp_path / "t", acme={**BOOK, "Outcome": odd})
    assert changed(folder, "label", "Disease status", "State")["acme Outcome!B3"] == "State"


def test_free_text_that_holds_the_old_name_is_listed(tmp_path: Path) -> None:
    outcome = [[*row] for row in OUTCOME]
    outcome[4][4] = "by Disease status, not by Disease statuses"
    outcome[5][4] = "Disease statuses"
    folder = place(tmp_path / "t", acme={**BOOK, "Outcome": outcome, "Notes": [["the disease status"]]})
    assert mentioned(folder, "label", "Disease status", "State") == ["acme Outcome!E5", "acme Notes!A1"]


@pytest.mark.parametrize(
    ("subject", "old", "new", "said"),
    [
        (
            "fact",
            "disease_state",
            "x",
            'No fact has the name "disease_state". Did you mean "disease_status"?',
        ),
        ("fact", "Disease status", "x", 'is a label; the fact is called "disease_status"'),
        ("label", "disease_status", "x", 'is the name of a fact; its label is "Disease status"'),
        ("fact", "grade", "Grade", "small letters, digits and _"),
        ("fact", "grade", "weight", 'the fact "weight" (Weight) has it'),
        ("label", "Weight", "prior_status", 'the fact "prior_status" (Prior status) has it'),
        ("label", "Weight", "Outcome", '"Outcome" of "acme.xlsx" has it'),
        ("fact", "grade", "count", "is a word of FEEL"),
        ("fact", "grade", "payer", "is a key of every case"),
        ("label", "Weight", "expect Outcome", "as a heading of the sheet Cases"),
        ("label", "Weight", " ", "blank"),
        ("label", "Weight", "Weight", "already"),
    ],
)
def test_names_that_are_unknown_taken_or_none_are_refused(
    subject: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert said in refused(place(tmp_path / "t", acme=BOOK), subject, old, new)


def test_the_fact_that_chooses_the_version_keeps_its_name(tmp_path: Path) -> None:
    facts = [*FACTS, ["date_of_service", "Date of service", "date", None, "When?"]]
    folder = place(tmp_path / "t", facts, acme=BOOK)
    assert "policy version" in refused(folder, "fact", "date_of_service", "day")
    assert "policy version" in refused(folder, "fact", "grade", "date_of_service")


def test_a_name_that_an_expression_would_take_for_itself_is_refused_with_the_cell(tmp_path: Path) -> None:
    clause = table(
        "Outcome", ["IF", "THEN"], ["Weight - grade", "Outcome"], [None, None], ["> 2", "x"], ["-", "y"]
    )
    folder = place(tmp_path / "t", acme={"Policy": POLICY, "Outcome": clause})
    assert "acme.xlsx, Outcome!B5" in refused(folder, "label", "Setting", "Weight - grade")
    assert "acme.xlsx, Outcome!B3" in refused(folder, "label", "GVHD grade", "Weight - grade")


def test_a_workbook_with_errors_is_refused_by_name(tmp_path: Path) -> None:
    broken = {**BOOK, "Outcome": [*OUTCOME[:4], ["R-1", "relapst", "-", "yes", None]]}
    folder = place(tmp_path / "t", acme=BOOK, beta=broken)
    assert '"beta.xlsx" has errors' in refused(folder, "fact", "weight", "mass")


def test_a_file_that_is_not_read_keeps_the_folder_from_being_proven(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme=BOOK)
    (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert '"old.xls" has errors' in refused(folder, "fact", "weight", "mass")


def test_without_a_dictionary_of_its_own_a_folder_has_nothing_to_rename(tmp_path: Path) -> None:
    from dmn_dli.keeping.rename.data import Request, Subject
    from dmn_dli.keeping.rename.rename import rename
    from dmn_dli.runtime.input_error import InputError

    folder = place(tmp_path / "t", None, acme=BOOK)
    with pytest.raises(InputError, match=r"There is no facts\.xlsx"):
        rename(Request(Subject.FACT, "service", "x"), folder)
    place(folder)
    with pytest.raises(InputError, match="Name the folder"):
        rename(Request(Subject.FACT, "grade", "x"), folder / "acme.xlsx")


def test_a_heading_by_name_stays_when_the_label_changes_and_the_other_way_round(tmp_path: Path) -> None:
    folder = place(
        tmp_path / "t", acme={**BOOK, "Cases": [[*CASES[0][:2], "Grade", *CASES[0][3:]], *CASES[1:]]}
    )
    assert "acme Cases!C1" not in changed(folder, "label", "GVHD grade", "Severity")
    assert changed(folder, "fact", "grade", "gvhd")["acme Cases!C1"] == "gvhd"
