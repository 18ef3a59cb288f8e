"""Drools spreadsheets: conditions that compare, actions that set, and Java that is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dmn_dli.interchange.layouts.drools_java import as_test, constraints
from dmn_dli.runtime.input_error import InputError
from tests.interchange.layouts.books import book, imported, policy, saved, told

ROWS: list[list[Any]] = [
    [],
    [None, "RuleSet", "org.example.loans"],
    [None, "Import", "org.example.Client"],
    [None, "Notes", "an example"],
    [],
    [None, "RuleTable Loans"],
    [None, "NAME", "CONDITION", "CONDITION", "CONDITION", "ACTION", "ACTION", "PRIORITY"],
    [None, None, "c : Client", None, "o : Order", None, None, None],
    [
        *(None, None, "age >= $1, age <= $2", "sector", "getSize() > $param"),
        *("o.setRate($param); update(o);", 'System.out.println("$param");', None),
    ],
    ["Loans for all", "Rule", "Age bracket", "Sector", "More than", "Rate", "Say", "Salience"],
    ["young", "Y-1", "18, 24", "public", 5, 0.5, "young and public", 10],
    [None, "Y-2", "18,24", "private", None, 0.7],
    ["others", "O", "25, 99", None, None, 1, "grown"],
    [],
    [None, "stray"],
]


def _data(rows: list[list[Any]] = ROWS) -> bytes:
    made = book({"Tables": rows})
    made["Tables"].merge_cells("C8:D8")
    return saved(made)


@pytest.mark.parametrize(
    ("age", "sector", "size", "rate"),
    [(18, "public", 6, "0.5"), (24, "private", 0, "0.7"), (60, "public", 9, "1"), (18, "public", 5, None)],
)
def test_it_decides(age: int, sector: str, size: int, rate: str | None, tmp_path: Path) -> None:
    made = policy(tmp_path, _data(), "loans.xlsx")
    found = made.decide("Loans", {"client_age": age, "client_sector": sector, "order_size": size})
    assert (None if found is None else str(found["Order rate"])) == rate


def test_rules_keep_ids_priorities_and_remarks() -> None:
    table = imported(_data(), "loans.xlsx").sheets["Loans"]
    assert table[1] == ("U", "IF", "IF", "IF", "THEN", "THEN", "NOTE", "NOTE")
    assert table[2] == (
        *("Rule", "Client age", "Client sector", "Order size"),
        *("Order rate", "Say", "Salience", "Remark"),
    )
    assert table[4] == ("Y-1", "[18..24]", '"public"', "> 5", "0.5", "young and public", "10", "young")


def test_what_is_java_or_belongs_to_no_table_is_told() -> None:
    said = told(imported(_data(), "loans.xlsx")).splitlines()
    for line in (
        'Tables!B3: Import says "org.example.Client"; it is left out.',
        "Tables!F9: `update(o)` is Java that is not carried over.",
        'Tables!G9: The action `System.out.println("$param");` is Java; the output "Say" holds the cell.',
        "Tables!B6: PRIORITY says when and in which order rules fire; it is kept as a note.",
        'Tables!B15: "stray" belongs to no rule table; it is left out.',
    ):
        assert line in said


def test_a_condition_that_is_more_than_comparisons_is_asked_for() -> None:
    rows = [list(row) for row in ROWS]
    rows[8][4] = "eval( o.isHuge($param) )"
    made = imported(_data(rows), "loans.xlsx")
    assert 'the fact "More than" says what it holds for' in told(made)
    assert made.sheets["Loans"][4][3] == '"5"'


def test_letters_and_csv(tmp_path: Path) -> None:
    data = b'''RuleSet,x,
,,
RuleTable cheese,,
C,A,A
Cheese,,
"type == ""$param""",modify(cheese) { setPrice($1) };,"list.add(""$param"")"
Kind,Price,List
stilton,"3, x",S
brie,4,
'''
    made = policy(tmp_path, data, "cheese.csv")
    assert made.decide("cheese", {"cheese_type": "stilton"}) == {"cheese price": 3, "List": "S"}
    assert made.decide("cheese", {"cheese_type": "brie"}) == {"cheese price": 4, "List": None}


def test_a_table_without_actions_is_refused_with_the_reason() -> None:
    data = b"RuleSet,x\nRuleTable a\nCONDITION\n\nSmurf( name == $param )\nname\nPupa\n"
    with pytest.raises(InputError, match='The rule table "a" has no ACTION'):
        imported(data, "a.csv")


@pytest.mark.parametrize(
    ("snippet", "cell", "test"),
    [
        ("age >= $1, age < $2", "18, 24", "[18..24)"),
        ("age > $param", "18", "> 18"),
        ("age", "18", "18"),
        ("name", "Ann", '"Ann"'),
        ('name == "$param"', "18", '"18"'),
        ("name != $param", "Ann", 'not("Ann")'),
        ("getColour().equals($param)", "red", '"red"'),
        ("colour in ($param)", "red, blue", '"red", "blue"'),
        ("colour not in ($param)", '"red", "blue"', 'not("red", "blue")'),
        ("age $param", ">= 18", ">= 18"),
        ("member == true", "X", "true"),
        ("status == Message.HELLO", "X", '"Message.HELLO"'),
    ],
)
def test_comparisons(snippet: str, cell: str, test: str) -> None:
    found = constraints(snippet)
    assert found is not None
    assert as_test(found, cell) == test


@pytest.mark.parametrize(
    "snippet", ["eval(a > b)", "a + b > $param", "this.check($param)", "a > b.c()", "not Fact()"]
)
def test_other_java_is_no_comparison(snippet: str) -> None:
    assert constraints(snippet) is None
