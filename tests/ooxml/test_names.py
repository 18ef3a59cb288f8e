"""Formulas go on meaning what they meant when a sheet or a formatted table gets another name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.cell import quote_sheetname

from dmn_dli.ooxml.errors import BrokenBookError
from dmn_dli.ooxml.names import objection_to_name, with_names

SHEETS = {"scope": "New one", "it's": "Due", "gone": None}
TABLES = {"history": "History_2", "lost": None}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(Scope!A1:B2)", "SUM('New one'!A1:B2)"),
        ("SCOPE!$A$1", "'New one'!$A$1"),
        ("'Scope'!A1:'Scope'!B2", "'New one'!A1:'New one'!B2"),
        ("A1:Scope!B2", "A1:'New one'!B2"),
        ("'It''s'!A1+Scope!A:A", "'Due'!A1+'New one'!A:A"),
        ("SUM(Scope:Other!A1)", "SUM('New one:Other'!A1)"),
        ("SUM('Scope:Some other'!A1)", "SUM('New one:Some other'!A1)"),
        ("Gone!A1*2", "#REF!*2"),
        ("SUM(Gone!A1:Gone!B2,Scope!A1)", "SUM(#REF!,'New one'!A1)"),
        ("History[[#This Row],[who]]&Scope!A1", "History_2[[#This Row],[who]]&'New one'!A1"),
        ("SUM(Lost[who])", "SUM(#REF!)"),
        ("Scope!#REF!", "'New one'!#REF!"),
        ("Scope!$A:$A,Scope!$1:$4", "'New one'!$A:$A,'New one'!$1:$4"),
        ("SUM(Scope!A1:INDEX(Scope!A:A,3))", "SUM('New one'!A1:INDEX('New one'!A:A,3))"),
        ("Scope!Rate", "'New one'!Rate"),
    ],
)
def test_each_way_to_name_a_sheet_or_a_table_is_understood(formula: str, expected: str) -> None:
    assert with_names(formula, SHEETS, TABLES) == expected


@pytest.mark.parametrize(
    "formula",
    [
        'INDIRECT("Scope!A1")',
        "[1]Scope!A1+'[book.xlsx]Scope'!A1",
        "Scope+Gone(1)",
        "OtherScope!A1+'My Scope'!A1",
        "MyHistory[who]",
        "IF( A1 ,  1,2)",
        '"unfinished',
    ],
)
def test_what_only_looks_like_the_name_stays_as_it_is_written(formula: str) -> None:
    assert with_names(formula, SHEETS, TABLES) == formula


def test_a_formula_that_cannot_be_read_is_not_passed_over() -> None:
    with pytest.raises(BrokenBookError, match="cannot be read"):
        with_names('Scope!A1&"', SHEETS)


LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn"), exclude_characters="[]:*?/\\"
)
NAMES = st.text(LETTERS, min_size=1).filter(lambda name: not objection_to_name(name))


@given(NAMES, NAMES)
def test_a_name_and_back_again_is_the_same_formula(old: str, new: str) -> None:
    formula = f"SUM({quote_sheetname(old)}!A1,{quote_sheetname(old)}!B2:C3)"
    there = with_names(formula, {old.casefold(): new})
    assert there == f"SUM({quote_sheetname(new)}!A1,{quote_sheetname(new)}!B2:C3)"
    assert with_names(there, {new.casefold(): old}) == formula
