"""Decisions, rules and criteria by another name: tabs, expressions, cases, waivers and what they quote."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from dmn_dli.checking import check
from dmn_dli.excel import read_workbook
from dmn_dli.ooxml.book import EditedBook
from dmn_dli.store.given import workbooks_at
from dmn_dli.waivers import as_it_stands
from tests.excel.build import Rows, make_workbook
from tests.keeping.renames import BOOK, FACTS, changed, mentioned, place, refused, table

CRITERIA: Rows = [
    ["Criteria", "Which are met?"],
    ["Criteria", "GROUP", "GROUP", "GROUP", "IF", "THEN", "THEN", "NOTE", "NOTE"],
    ["Criterion", "Part of", "Needs", "Means", "Disease status", "Requirement", "Evidence", "Note", "Status"],
    ["values"],
    ["1", None, "at least 1", "approve", "-", "One of both", None, "2.a or 2.b"],
    ["2.a", "1", None, None, "relapsed", "It has relapsed", "Chart", "2.a"],
    ["2.b", "1", None, None, "remission", "It is in remission", None, None],
    ["2.c", "1", None, None, "remission", "As 2.b", None, None, "retired"],
]

OUTCOME: Rows = table(
    "Outcome",
    ["IF", "IF", "THEN", "THEN"],
    ["Criteria.1", "Score.first", "Outcome", "Sum"],
    [None, None, "approve, decline", "expression"],
    ["true", "-", "approve", "Score.first + Score.second"],
    ["-", "-", "decline", "if Criteria.2.a then 1 else 2"],
    ["false", "> 2", "decline", "0"],
)

SCORE: Rows = table(
    "Score", ["IF", "THEN", "THEN"], ["GVHD grade", "first", "second"], [None, "number", "number"],
    ["> 2", "1", "2"], ["-", "3", "4"],
)  # fmt: skip

UNMET = (
    "1: One of both: It has relapsed (given: Disease status not relapsed); "
    "It is in remission (given: Disease status not relapsed)"
)

CASES: Rows = [
    ["case", "Disease status", "grade", "expect Outcome", "expect criterion Criteria.2.a",
     "expect unmet criteria"],
    ["a", "relapsed", 0, "approve", "met", "none"],
    ["b", "not relapsed", 1, "decline", "not met", UNMET],
]  # fmt: skip

FULL: Mapping[str, Rows] = {**BOOK, "Outcome": OUTCOME, "Score": SCORE, "Criteria": CRITERIA, "Cases": CASES}


def _folder(folder: Path, accepted: Rows | None = None) -> Path:
    return place(folder / "t", acme=FULL if accepted is None else {**FULL, "Accepted": accepted})


def _accepting(folder: Path) -> Path:
    """The folder with everything that `check` warns of accepted, as it stands."""
    book = read_workbook(_folder(folder) / "acme.xlsx")
    found = check(workbooks_at([str(folder / "t")]), date.min, strict=False)
    rows = [["code", "where", "why", "who", "until", "as it stood"]]
    for each in found.findings:
        if each.cell and each.sheet in ("Outcome", "Criteria"):
            rule = f"{each.sheet} {'criterion' if each.sheet == 'Criteria' else 'rule'} {each.rules[0]}"
            where = rule if each.rules else f"'{each.sheet}'!{each.cell}"
            rows.append([each.code.code, where, "looked at", "A. Nurse", "", as_it_stands(each, book)])
    assert len(rows) > 1, "there is nothing to accept"
    return _folder(folder, rows)


def _waived(folder: Path) -> list[tuple[str, str]]:
    found = check(workbooks_at([str(folder)]), date.min, strict=False)
    return sorted((each.code.code, each.cell) for each in found.findings if each.waived)


def test_a_decision_is_renamed_with_its_tab_and_wherever_it_is_read(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    assert changed(folder, "decision", "score", "Severity: sum", workbook="acme") == {
        "acme Score!A1": "Severity: sum",
        "acme Outcome!C3": "Severity: sum.first",
        "acme Outcome!E5": "Severity: sum.first + Severity: sum.second",
        "acme Score": "Severity sum",
    }
    assert [each.sheet for each in read_workbook(folder / "acme.xlsx").tables] == ["Outcome", "Severity sum"]


def test_the_final_decision_and_its_expectations_follow(tmp_path: Path) -> None:
    assert changed(_folder(tmp_path), "decision", "Outcome", "Result", workbook="acme.xlsx") == {
        "acme Outcome!A1": "Result",
        "acme Cases!D1": "expect Result",
        "acme Policy!B2": "Result",
        "acme Outcome": "Result",
    }


def test_a_sheet_of_criteria_is_renamed_with_all_its_rows(tmp_path: Path) -> None:
    assert changed(_folder(tmp_path), "decision", "Criteria", "Clinical rows", workbook="acme") == {
        "acme Criteria!A1": "Clinical rows",
        "acme Outcome!B3": "Clinical rows.1",
        "acme Outcome!E6": "if Clinical rows.2.a then 1 else 2",
        "acme Cases!E1": "expect criterion Clinical rows.2.a",
        "acme Criteria": "Clinical rows",
    }


def test_a_name_that_is_too_long_for_a_tab_is_cut_there(tmp_path: Path) -> None:
    long = "The score of everything that counts"
    assert (
        changed(_folder(tmp_path), "decision", "Score", long, workbook="acme")["acme Score"]
        == long[:31].strip()
    )


def test_a_criterion_is_renumbered_in_groups_expressions_and_cases(tmp_path: Path) -> None:
    after = changed(_folder(tmp_path), "criterion", "2.a", "2.z", workbook="acme", sheet="Criteria")
    assert after == {
        "acme Criteria!A6": "2.z",
        "acme Outcome!E6": "if Criteria.2.z then 1 else 2",
        "acme Cases!E1": "expect criterion Criteria.2.z",
    }


def test_a_group_is_renumbered_where_rows_are_part_of_it(tmp_path: Path) -> None:
    after = changed(_folder(tmp_path), "criterion", "1", "I", workbook="acme", sheet="criteria")
    assert {key: after[key] for key in after if "Criteria" in key} == {
        "acme Criteria!A5": "I",
        "acme Criteria!B6": "I",
        "acme Criteria!B7": "I",
        "acme Criteria!B8": "I",
    }
    assert after["acme Outcome!B3"] == "Criteria.I"
    assert after["acme Cases!F3"] == UNMET.replace("1:", "I:")


@pytest.mark.parametrize(
    ("subject", "old", "new", "sheet"),
    [
        ("decision", "Outcome", "Result", ""),
        ("decision", "Criteria", "Clinical rows", ""),
        ("rule", "O-3", "O-9", "Outcome"),
        ("label", "Disease status", "State", ""),
        ("value", "remission", "quiet", ""),
    ],
)
def test_what_was_accepted_stays_accepted(
    subject: str, old: str, new: str, sheet: str, tmp_path: Path
) -> None:
    folder = _accepting(tmp_path)
    before = _waived(folder)
    assert before
    shared = subject in ("label", "value")
    fact = "disease_status" if subject == "value" else ""
    after = changed(folder, subject, old, new, fact=fact, workbook="" if shared else "acme", sheet=sheet)
    assert any(place.startswith("acme Accepted!") for place in after)
    assert _waived(folder) == before


def test_a_waiver_that_would_come_to_life_stands_in_the_way(tmp_path: Path) -> None:
    folder = _accepting(tmp_path)
    rows = read_workbook(folder / "acme.xlsx").accepted
    waiver = next(each for each in rows if each.rule == "O-3")
    idle = [["code", "where", "why", "who", "until"], [waiver.code, "Outcome rule O-9", "x", "y"]]
    folder = _folder(tmp_path, idle)
    assert waiver.code in refused(folder, "rule", "O-3", "O-9", workbook="acme", sheet="Outcome")


def test_expectations_of_unmet_criteria_follow_labels_and_values(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    after = changed(folder, "value", "not relapsed", "first", fact="disease_status")
    assert after["acme Cases!F3"] == UNMET.replace("status not relapsed", "status first")


@pytest.mark.parametrize(
    ("subject", "old", "new", "sheet", "said"),
    [
        ("decision", "Scores", "x", "", 'has no decision "Scores". Did you mean "Score"?'),
        ("decision", "Score", "Outcome", "", "is taken"),
        ("decision", "Score", "GVHD grade", "", 'the fact "grade" (GVHD grade) has it'),
        ("decision", "Score", "Cases", "", "something else"),
        ("decision", "Score", "Plan notes", "", "fills a list of the record"),
        ("decision", "Score", "notes on it", "", "something else"),
        ("decision", "Score", "History", "", 'Excel keeps the name "History" for itself'),
        ("decision", "Score", "a\x07b", "", "which Excel refuses"),
        ("decision", "Score", "Score", "", "already"),
        ("rule", "O-4", "x", "Outcome", 'has no rule "O-4"'),
        ("rule", "O-1", "o-2", "Outcome", "Outcome!A6 has it"),
        ("rule", "2.a", "x", "Criteria", "use `rename criterion`"),
        ("criterion", "O-1", "x", "Outcome", "use `rename rule`"),
        ("criterion", "2.a", "2.B", "Criteria", "Criteria!A7 has it"),
        ("rule", "O-1", "x", "Outcomes", 'has no decision "Outcomes"'),
    ],
)
def test_names_that_are_unknown_or_taken_are_refused(
    subject: str, old: str, new: str, sheet: str, said: str, tmp_path: Path
) -> None:
    assert said in refused(_folder(tmp_path), subject, old, new, workbook="acme", sheet=sheet)


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("Points: how [many]?", "Points how many"),
        ("A long name of which a tab takes the beginning alone", "A long name of which a tab take"),
        ("\U0001fa78" * 16, "\U0001fa78" * 15),
        ("'quoted'", "quoted"),
    ],
)
def test_a_tab_says_as_much_of_the_name_as_excel_takes(name: str, tab: str, tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    changed(folder, "decision", "Score", name, workbook="acme")
    assert tab in EditedBook((folder / "acme.xlsx").read_bytes()).sheet_names


def test_an_unknown_workbook_is_refused_with_those_there_are(tmp_path: Path) -> None:
    folder = place(tmp_path / "t")
    (folder / "acme-2025-01-01.xlsx").write_bytes(make_workbook(BOOK))
    said = refused(folder, "rule", "R-1", "R-9", workbook="acme", sheet="Outcome")
    assert "Did you mean acme-2025-01-01.xlsx?" in said


def test_texts_that_hold_a_number_are_listed(tmp_path: Path) -> None:
    where = mentioned(_folder(tmp_path), "criterion", "2.b", "2.z", workbook="acme", sheet="Criteria")
    assert where == ["acme Criteria!H5", "acme Criteria!F8"]


def test_a_decision_by_the_name_of_every_determination_is_refused_where_a_case_expects_it(
    tmp_path: Path,
) -> None:
    cases: Rows = [["case", "grade", "expect Score"], ["a", 0, "3"]]
    folder = place(tmp_path / "t", acme={**FULL, "Cases": cases})
    assert "acme.xlsx, Cases!C1" in refused(folder, "decision", "Score", "determination", workbook="acme")


def test_nothing_but_the_touched_parts_of_a_file_changes(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme={**FULL, "Facts": FACTS})
    path = folder / "acme.xlsx"
    before = _parts(path)
    changed(folder, "rule", "O-1", "O-9", workbook="acme", sheet="Outcome")
    after = _parts(path)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet2.xml"]
    assert list(before) == list(after)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_note_on_a_cell_that_holds_the_old_name_is_listed(tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.comments import Comment

    book = load_workbook(BytesIO(make_workbook(FULL)))
    book["Outcome"]["B3"].comment = Comment("See the Score.", "A. Nurse")
    folder = place(tmp_path / "t")
    book.save(folder / "acme.xlsx")
    assert mentioned(folder, "decision", "Score", "Severity", workbook="acme") == ["acme Outcome!B3"]


def test_in_the_house_style_dropdowns_and_notes_on_headings_follow(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from dmn_dli.excel import read_dictionary
    from dmn_dli.keeping.house_style import in_house_style

    folder = _folder(tmp_path)
    path = folder / "acme.xlsx"
    facts = read_dictionary(folder / "facts.xlsx")[0]
    path.write_bytes(in_house_style(path.read_bytes(), facts))
    changed(folder, "value", "remission", "quiet", fact="disease_status")
    book = load_workbook(path)
    offered = [each.formula1 for each in book["Cases"].data_validations.dataValidation]
    assert any("quiet" in words for words in offered)
    assert not any("remission" in words for words in offered)
    assert path.read_bytes() == in_house_style(path.read_bytes(), read_dictionary(folder / "facts.xlsx")[0])
