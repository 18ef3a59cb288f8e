"""Tables with a row of headings: csv files, plain sheets, Camunda's simple layout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dmn_dli.runtime.input_error import InputError
from tests.interchange.layouts.books import book, imported, policy, saved, told

LOANS = b"""rule,Device,Days,-> Loan,Note
L-1,laptop,< 15,lent,two weeks
L-2,laptop,>= 15,"ask, please",
L-3,"camera, drone",,refused,
"""


@pytest.mark.parametrize(
    ("facts", "loan"),
    [
        ({"device": "laptop", "days": 14}, "lent"),
        ({"device": "laptop", "days": 15}, "ask, please"),
        ({"device": "drone", "days": 1}, "refused"),
    ],
)
def test_a_csv_file_decides(tmp_path: Path, facts: dict[str, object], loan: str) -> None:
    assert policy(tmp_path, LOANS, "loans.csv").evaluate(facts).determination == loan


def test_what_was_guessed_of_a_csv_file_is_told() -> None:
    assert told(imported(LOANS, "loans.csv")).splitlines() == [
        'loans!A1: The column "rule" is taken for the ids of the rules.',
        "loans!A1: No hit policy is given; U (unique) is taken, the standard's own default.",
        "loans!A1: Blank input cells mean any value, as this layout has it; they are `-` now: loans!C4.",
        'loans!B1: The fact "Device" is device, a string, with the values "laptop", "camera", "drone".',
        'loans!C1: The fact "Days" is days, a number.',
    ]


def test_without_a_mark_the_last_column_is_the_output(tmp_path: Path) -> None:
    data = b"colour;size;price\nred;< 5;1.5\nred;>= 5;2\n"
    made = imported(data, "price.csv")
    assert '"price", the last column, is taken for the output' in told(made)
    assert "parted by a semicolon" in told(made)
    assert policy(tmp_path, data, "price.csv").evaluate({"colour": "red", "size": 5}).determination == 2


def test_outputs_may_be_named(tmp_path: Path) -> None:
    data = b"price,colour,label\n1,red,warm\n2,blue,cold\n"
    made = policy(tmp_path, data, "a.csv", outputs=("price", "Label"))
    assert made.decide("a", {"colour": "blue"}) == {"price": 2, "label": "cold"}


def test_an_output_that_no_table_has_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r'no column with the heading "prise"\. Did you mean "price"'):
        imported(b"colour,price\nred,1\n", "a.csv", outputs=("prise",))


def test_a_hit_policy_may_be_given(tmp_path: Path) -> None:
    data = b"age,class\n>= 18,adult\n-,other\n"
    made = policy(tmp_path, data, "a.csv", hit_policy="first")
    assert made.evaluate({"age": 20}).determination == "adult"
    assert made.evaluate({"age": 2}).determination == "other"


def test_windows_text_is_read_and_told() -> None:
    made = imported("größe,preis\n1,2\n".encode("cp1252"), "a.csv")
    assert "read as Windows text" in told(made)
    assert made.sheets["Facts"][1][:2] == ("grosse", "größe")


def test_a_table_reads_what_another_sheet_gives(tmp_path: Path) -> None:
    made = book(
        {
            "Rate": [["Risk", "Rate"], ["high", 0.05], ["low", 0.02]],
            "Risk": [["Score", "Risk"], ["< 10", "high"], [">= 10", "low"]],
            "About": [["These tables are examples."]],
        }
    )
    data = saved(made)
    assert "About: The sheet has no row of headings with rules below it. It is kept as notes." in told(
        imported(data, "bank.xlsx")
    )
    found = policy(tmp_path, data, "bank.xlsx")
    assert str(found.evaluate({"score": 3}).determination) == "0.05"
    assert found.decide("Risk", {"score": 12}) == "low"


def test_values_of_cells_keep_their_types(tmp_path: Path) -> None:
    made = book({"T": [["Member", "Since", "Fee"], [True, "2020-01-01", 0.1], [False, "> 2020-01-01", 2]]})
    data = saved(made)
    rows = [row[:3] for row in imported(data, "fee.xlsx").sheets["Facts"][1:]]
    assert rows == [("member", "Member", "boolean"), ("since", "Since", "date")]
    assert (
        str(policy(tmp_path, data, "fee.xlsx").decide("T", {"member": True, "since": date(2020, 1, 1)}))
        == "0.1"
    )


def test_numbers_that_are_codes_stay_text(tmp_path: Path) -> None:
    data = saved(book({"T": [["Code", "Covered"], [38242, "yes"], ["S2150", "no"]]}))
    assert policy(tmp_path, data, "codes.xlsx").decide("T", {"code": "38242"}) is True


def test_nothing_of_a_sheet_is_dropped_in_silence() -> None:
    made = book({"T": [["A", "B"], [1, "=1+1"], [None], [2, "x", None, "aside"]]})
    sheet = made["T"]
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["A"].hidden = True
    from openpyxl.comments import Comment

    sheet["A4"].comment = Comment("ask Ann", "me")
    sheet["A2"].number_format = "0%"
    made.create_sheet("Empty")
    said = told(imported(saved(made), "a.xlsx"))
    for line in (
        "T: Hidden rows are imported as the others are: 2.",
        "T: Hidden columns are imported as the others are: A.",
        'T!B2: The formula "=1+1" has no value in the file; open it in Excel and save it.',
        'T!A4: A comment is not carried over: "ask Ann".',
        "T!A3: A blank row is left out.",
        'T!D4: "aside" stands beside the table; it is left out.',
        "T!A2: The cell shows a percentage; the number is 1.",
        "Empty: The sheet is empty; it is left out.",
    ):
        assert line in said.splitlines()
