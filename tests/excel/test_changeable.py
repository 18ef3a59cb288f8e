"""The dictionary's column `changeable`: Yes or No, Yes where it is blank or not there."""

from __future__ import annotations

import pytest

from dmn_dli.excel import read_dictionary_bytes
from tests.excel.build import Rows, make_workbook


def _read(*cells: str | None) -> tuple[list[bool], list[str]]:
    heading = ["changeable"] if cells else []
    facts: Rows = [
        [f"fact_{number}", f"Fact {number}", "boolean", *([cell] if cells else [])]
        for number, cell in enumerate(cells or (None,))
    ]
    rows = [["fact", "label", "type", *heading], *facts]
    data = make_workbook({"Facts": rows})
    dictionary, findings = read_dictionary_bytes(data, "facts.xlsx", "facts.xlsx")
    assert dictionary is not None
    return [each.changeable for each in dictionary.facts], [each.text for each in findings]


@pytest.mark.parametrize(
    ("cells", "changeable"), [(("Yes", "no", "FALSE", None), [True, False, False, True]), ((), [True])]
)
def test_a_fact_can_be_changed_unless_it_says_no(
    cells: tuple[str | None, ...], changeable: list[bool]
) -> None:
    assert _read(*cells) == (changeable, [])


def test_another_word_is_an_error_that_names_the_fact() -> None:
    _, (said,) = _read("maybe")
    assert 'Changeable of fact_0 is "maybe"; Yes or No is expected.' in said
