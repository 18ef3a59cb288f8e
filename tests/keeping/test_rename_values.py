"""Values by another name: where a cell reads the fact, and nowhere else; proven or refused with the cell."""

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

RELAPSED = {"fact": "disease_status"}


def _clauses(*clauses: tuple[object, ...], outputs: str = "expression") -> Rows:
    """A table with a column for each clause: its heading, row 4, and the cells of its rules."""
    rules = zip(*(cells for _, _, *cells in clauses), strict=True)
    return table(
        "Outcome",
        ["IF"] * len(clauses) + ["THEN"],
        [*(str(head) for head, *_ in clauses), "Outcome"],
        [*(values for _, values, *_ in clauses), outputs],
        *([*rule, number] for number, rule in enumerate(rules)),
    )


def _one(folder: Path, head: object, values: object, *cells: object) -> Path:
    return place(folder / "t", acme={"Policy": POLICY, "Outcome": _clauses((head, values, *cells))})


def test_a_value_is_renamed_in_lists_cells_row_4_and_cases(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme=BOOK)
    assert changed(folder, "value", "Relapsed", "recurrent", **RELAPSED) == {
        "acme Outcome!B5": "recurrent",
        "acme Outcome!B6": "not(recurrent, remission)",
        "acme Outcome!B4": "recurrent, not relapsed, remission",
        "acme Cases!B2": "recurrent",
        "facts Facts!D2": '"recurrent", "not relapsed", "remission"',
    }


WAYS = {
    "relapsed": "recurrent",
    '"relapsed"': '"recurrent"',
    "RELAPSED": "recurrent",
    "not(relapsed)": "not(recurrent)",
    'remission, "relapsed"': 'remission, "recurrent"',
    '["relapsed", "remission"]': '["recurrent", "remission"]',
    '? = "relapsed" or Urgent': '? = "recurrent" or Urgent',
    'not(? in ("relapsed", "remission"))': 'not(? in ("recurrent", "remission"))',
    "not relapsed": "not relapsed",
    "not(not relapsed)": "not(not relapsed)",
}


def test_each_way_to_name_a_value_in_a_cell(tmp_path: Path) -> None:
    folder = _one(tmp_path, "Disease status", None, *WAYS, "-")
    after = changed(folder, "value", "relapsed", "recurrent", **RELAPSED)
    assert [after.get(f"acme Outcome!B{row}", cell) for row, cell in enumerate(WAYS, 5)] == list(
        WAYS.values()
    )


def test_a_test_for_another_facts_value_stands_in_the_way(tmp_path: Path) -> None:
    folder = _one(tmp_path, "Disease status", None, "relapsed", "Prior status", "-")
    assert "acme.xlsx, Outcome!B6" in refused(folder, "value", "relapsed", "recurrent", **RELAPSED)


def test_only_columns_that_read_the_fact_change(tmp_path: Path) -> None:
    """Two facts share the value, a decision has it for a result, and texts hold it."""
    status: Rows = table(
        "Status", ["IF", "THEN"], ["Disease status", "Status"], [None, "relapsed, other"],
        ["relapsed", "relapsed"], ["-", "other"],
    )  # fmt: skip
    outcome = _clauses(
        ("Prior status", None, "relapsed", "-"),
        ("Status", None, "relapsed", "-"),
        ('if Prior status = "relapsed" then "relapsed" else "not"', None, '"relapsed"', "-"),
    )
    folder = place(
        tmp_path / "t", acme={"Policy": POLICY, "Status": status, "Outcome": outcome, "Cases": CASES}
    )
    assert set(changed(folder, "value", "relapsed", "recurrent", **RELAPSED)) == {
        "acme Status!B5",
        "acme Cases!B2",
        "facts Facts!D2",
    }
    assert set(changed(folder, "value", "relapsed", "came back", fact="Prior status")) == {
        "acme Outcome!B5",
        "acme Outcome!D3",
        "facts Facts!D3",
    }


def test_a_decision_that_hands_the_value_on_is_followed(tmp_path: Path) -> None:
    status: Rows = table(
        "Status", ["IF", "THEN"], ["Urgent", "Status"], [None, "expression\ndefault: Disease status"],
        ["true", 'if grade > 2 then "relapsed" else Disease status'],
    )  # fmt: skip
    outcome = _clauses(
        ("Status", "relapsed, not relapsed, remission", "relapsed", "-"),
        ('Status = "relapsed"', None, "true", "-"),
    )
    cases: Rows = [["case", "Urgent", "expect Status", "Disease status"], ["a", "No", "relapsed", "relapsed"]]
    folder = place(
        tmp_path / "t", acme={"Policy": POLICY, "Status": status, "Outcome": outcome, "Cases": cases}
    )
    assert changed(folder, "value", "relapsed", "recurrent", **RELAPSED) == {
        "acme Status!C5": 'if grade > 2 then "recurrent" else Disease status',
        "acme Outcome!B5": "recurrent",
        "acme Outcome!C3": 'Status = "recurrent"',
        "acme Outcome!B4": "recurrent, not relapsed, remission",
        "acme Cases!C2": "recurrent",
        "acme Cases!D2": "recurrent",
        "facts Facts!D2": '"recurrent", "not relapsed", "remission"',
    }


LOOKS_INSIDE = {
    "Disease status = Prior status": "true",
    'contains(Disease status, "laps")': "true",
    "string length(Disease status)": "> 8",
    'Disease status = "recurrent"': "true",
    "upper case(Disease status)": '"RELAPSED"',
    "Disease status + Setting": '"relapsedward"',
    'Disease status < "red"': "true",
}


def test_what_looks_into_a_value_stands_in_the_way(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme={"Policy": POLICY, "Outcome": _clauses(
        *((clause, None, cell, "-") for clause, cell in LOOKS_INSIDE.items())
    )})  # fmt: skip
    said = refused(folder, "value", "relapsed", "recurrent", **RELAPSED).splitlines()[1:]
    assert [line.partition(" reads ")[0] for line in said] == [
        f"acme.xlsx, Outcome!{column}3" for column in "BCDEFGH"
    ]


ASKS_WHICH = (
    'list contains(["relapsed", "x"], Disease status)',
    'Disease status = "relapsed" and Prior status = "relapsed"',
    'some status in ["a", "b"] satisfies Disease status = "relapsed"',
    'upper case(Setting) = "X" or "relapsed" != Disease status',
    'Disease status in ("relapsed", "remission")',
)


def test_what_only_asks_which_value_it_is_is_proven(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme={"Policy": POLICY, "Outcome": _clauses(
        *((clause, None, "true", "-") for clause in ASKS_WHICH)
    )})  # fmt: skip
    after = changed(folder, "value", "relapsed", "recurrent", **RELAPSED)
    assert [after[f"acme Outcome!{column}3"] for column in "BCDEF"] == [
        clause.replace("relapsed", "recurrent", 1) for clause in ASKS_WHICH
    ]


def test_values_with_commas_quotes_and_operators_are_written_so_that_they_are_read(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme={"Policy": POLICY, "Outcome": _clauses(
        ("Setting", '"clinic, day", ward', '"clinic, day"', "ward", "not(ward)"),
    )})  # fmt: skip
    assert changed(folder, "value", "clinic, day", "day clinic", fact="Setting") == {
        "acme Outcome!B5": '"day clinic"',
        "acme Outcome!B4": '"day clinic", ward',
        "facts Facts!D7": '"day clinic", "ward"',
    }
    assert changed(folder, "value", "ward", 'at "A, B"', fact="Setting") == {
        "acme Outcome!B6": r'"at \"A, B\""',
        "acme Outcome!B7": r'not("at \"A, B\"")',
        "acme Outcome!B4": r'"day clinic", "at \"A, B\""',
        "facts Facts!D7": r'"day clinic", "at \"A, B\""',
    }


def test_a_whole_number_is_renamed_where_only_it_is_meant(tmp_path: Path) -> None:
    outcome = _clauses(("GVHD grade", None, "4", 4, ">= 3", "not(4)"), ("grade = 4", None, *["true"] * 4))
    cases: Rows = [["case", "GVHD grade", "expect Outcome"], ["a", 4, "0"], ["b", "4", "0"]]
    folder = place(tmp_path / "t", acme={"Policy": POLICY, "Outcome": outcome, "Cases": cases})
    assert changed(folder, "value", "4", "9", fact="grade") == {
        "acme Outcome!B5": "9",
        "acme Outcome!B6": "9",
        "acme Outcome!B8": "not(9)",
        "acme Outcome!C3": "grade = 9",
        "acme Cases!B2": "9",
        "acme Cases!B3": "9",
        "facts Facts!D4": "0, 1, 2, 3, 9",
    }
    assert "acme.xlsx, Outcome!B7" in refused(folder, "value", "1", "5", fact="grade")
    assert "no whole number" in refused(folder, "value", "1", "5.5", fact="grade")


def test_numbers_stay_numbers_and_text_stays_text(tmp_path: Path) -> None:
    from dmn_dli.excel import read_workbook
    from dmn_dli.model.cell import CellKind

    outcome = _clauses(("GVHD grade", None, "4", 4))
    folder = place(tmp_path / "t", acme={"Policy": POLICY, "Outcome": outcome})
    changed(folder, "value", "4", "9", fact="grade")
    rules = read_workbook(folder / "acme.xlsx").tables[0].rules
    assert [rule.inputs[0].kind for rule in rules] == [CellKind.TEXT, CellKind.NUMBER]


@pytest.mark.parametrize(
    ("fact", "old", "new", "said"),
    [
        ("disease", "relapsed", "x", 'There is no fact "disease"'),
        ("disease_status", "relapse", "x", 'has no value "relapse"'),
        ("disease_status", "relapse", "x", 'Did you mean "relapsed"?'),
        ("disease_status", "relapsed", "Remission", "is taken"),
        ("disease_status", "relapsed", "null", "means something else"),
        ("disease_status", "relapsed", "NULL", "means something else"),
        ("disease_status", "relapsed", "-", "means something else"),
        ("urgent", "Yes", "Quick", "no names"),
        ("weight", "80", "81", "has no list of values"),
        ("grade", "two", "3", "is no number"),
        ("disease_status", "relapsed", "relapsed", "already"),
    ],
)
def test_values_that_are_unknown_taken_or_none_are_refused(
    fact: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert said in refused(place(tmp_path / "t", acme=BOOK), "value", old, new, fact=fact)


def test_only_the_letter_case_of_a_value_may_change(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme=BOOK)
    assert changed(folder, "value", "relapsed", "Relapsed", **RELAPSED)["acme Outcome!B5"] == "Relapsed"


def test_texts_that_hold_a_value_are_listed_where_the_fact_is_read(tmp_path: Path) -> None:
    other = {
        **BOOK,
        "Outcome": _clauses(("Setting", None, "ward", "-")),
        "Cases": [["case", "why"], ["x", "relapsed"]],
    }
    folder = place(tmp_path / "t", acme=BOOK, other=other)
    assert mentioned(folder, "value", "relapsed", "recurrent", **RELAPSED) == [
        "acme Outcome!B1",
        "acme Outcome!E5",
        "acme Cases!F2",
        "facts Facts!E2",
    ]


def test_renamed_back_every_cell_says_what_it_said(tmp_path: Path) -> None:
    from dmn_dli.keeping.rename.reading import stored_sheets

    folder = place(tmp_path / "t", acme=BOOK)

    def said() -> dict[str, dict[tuple[int, int], str]]:
        sheets = stored_sheets((folder / "acme.xlsx").read_bytes(), "acme.xlsx")
        return {
            name: {place: cell.text for place, cell in sheet.cells.items()} for name, sheet in sheets.items()
        }

    before = said()
    changed(folder, "value", "relapsed", "recurrent", **RELAPSED)
    assert said() != before
    changed(folder, "value", "recurrent", "relapsed", **RELAPSED)
    after = said()
    # The case was written in other letter case, and is not now.
    assert after["Cases"].pop((2, 2)).casefold() == before["Cases"].pop((2, 2)).casefold()
    assert after == before


def test_a_value_of_an_unread_fact_changes_the_dictionary_alone(tmp_path: Path) -> None:
    folder = place(tmp_path / "t", acme={**BOOK, "Outcome": OUTCOME})
    assert changed(folder, "value", "ward", "bed", fact="Setting") == {
        "facts Facts!D7": '"clinic, day", "bed"'
    }
    assert FACTS[6][3] == '"clinic, day", "ward"'


def test_assumptions_about_the_value_follow(tmp_path: Path) -> None:
    assumed: Rows = [["condition", "reason"], ['Urgent or Disease status = "relapsed"', "relapsed"]]
    folder = place(tmp_path / "t", acme={**BOOK, "Assumptions": assumed})
    after = changed(folder, "value", "relapsed", "recurrent", **RELAPSED)
    assert after["acme Assumptions!A2"] == 'Urgent or Disease status = "recurrent"'
