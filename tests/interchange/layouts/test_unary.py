"""Cells of other layouts as tests of ours, against a short reading of the same cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import dmn_dli
from dmn_dli.interchange.layouts import unary
from dmn_dli.interchange.layouts.drafts import written
from tests.interchange.layouts.books import policy


@pytest.mark.parametrize(
    ("cell", "type_", "feel"),
    [
        ("", "string", "-"),
        ("–", "string", "-"),
        ("a b", "string", '"a b"'),
        ('"a, b", c', "string", '"a, b", "c"'),
        ("not(a, b)", "string", 'not("a", "b")'),
        ('not "a","b"', "string", 'not("a", "b")'),
        ("not in (a, b)", "string", 'not("a", "b")'),
        ("!= a", "string", 'not("a")'),
        ("= a", "string", '"a"'),
        ("1", "string", '"1"'),
        ("< 5", "number", "< 5"),
        ("≥ 5", "number", ">= 5"),
        ("=> 5", "number", ">= 5"),
        ("in [1..5)", "number", "[1..5)"),
        ("]1..5[", "number", "]1..5["),
        ("5%", "number", "0.05"),
        ("Yes", "boolean", "true"),
        ("TRUE", "boolean", "true"),
        ("not()", "boolean", "false"),
        ("> 2020-01-31", "date", '> date("2020-01-31")'),
        ('date("2020-01-31")', "date", 'date("2020-01-31")'),
        ("even()", "number", "even(?)"),
        ('starts with("a")', "string", 'starts with(?, "a")'),
        ("a in", "string", 'contains(?, "a")'),
        ("other", "number", "other_fact"),
        ("< other", "number", "< other_fact"),
    ],
)
def test_cells(cell: str, type_: str, feel: str) -> None:
    names = {"other": "other_fact"}
    assert unary.in_feel(unary.tests_of(written(cell, "A1")), type_, names.get) == feel


_NUMBER = st.integers(-3, 3)
_BOUND = st.tuples(st.sampled_from(["<", "<=", ">", ">="]), _NUMBER).map(lambda each: f"{each[0]} {each[1]}")
_INTERVAL = st.tuples(st.sampled_from("[("), _NUMBER, _NUMBER, st.sampled_from("])")).map(
    lambda each: f"{each[0]}{each[1]}..{each[2]}{each[3]}"
)
_ONE = st.one_of(_NUMBER.map(str), _BOUND, _INTERVAL)
_LIST = st.lists(_ONE, min_size=1, max_size=3).map(", ".join)
_CELL = st.one_of(st.just(""), _LIST, _LIST.map(lambda text: f"not({text})"))


def _holds(cell: str, value: int) -> bool:
    """The short reading."""
    if not cell:
        return True
    if cell.startswith("not("):
        return not _holds(cell[4:-1], value)
    return any(_one_holds(part.strip(), value) for part in cell.split(","))


def _one_holds(part: str, value: int) -> bool:
    if ".." in part:
        low, high = part[1:-1].split("..")
        above = value >= int(low) if part[0] == "[" else value > int(low)
        return above and (value <= int(high) if part[-1] == "]" else value < int(high))
    sign, _, number = part.rpartition(" ")
    bound = int(number)
    return {
        "": value == bound,
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
    }[sign]


@settings(max_examples=25)
@given(st.lists(_CELL, min_size=1, max_size=4), _NUMBER)
def test_a_table_decides_as_its_cells_read(cells: list[str], value: int) -> None:
    import tempfile
    from pathlib import Path

    # Tests of which one or the other holds of every value are an error of the workbook.
    assume(not any(all(_holds(cell, each) for each in range(-20, 21)) for cell in cells))
    lines = "\n".join(f'"{cell}",{number}' for number, cell in enumerate([*cells, "[-9..9]"]))
    with tempfile.TemporaryDirectory() as folder:
        made = policy(Path(folder), f"x,y\n{lines}\n".encode(), "t.csv", hit_policy="F")
    expected = next((n for n, cell in enumerate(cells) if _holds(cell, value)), len(cells))
    assert made.decide("t", {"x": Decimal(value)}) == expected


def test_the_package_gives_the_function() -> None:
    assert "import_files" in dmn_dli.__all__
