"""The dictionary's column `changeable`: Yes, No or request; nothing where it is blank or not there."""

from __future__ import annotations

import pytest

from dmn_dli.excel import read_dictionary_bytes
from dmn_dli.model.facts import Changeable
from tests.excel.build import Rows, make_workbook

YES, NO, REQUEST = Changeable


def _read(*cells: str | None) -> tuple[list[Changeable | None], list[str]]:
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
    ("cells", "changeable"),
    [(("Yes", "no", "FALSE", "Request", None), [YES, NO, NO, REQUEST, None]), ((), [None])],
)
def test_a_fact_changes_by_care_by_request_or_not_at_all(
    cells: tuple[str | None, ...], changeable: list[Changeable | None]
) -> None:
    assert _read(*cells) == (changeable, [])


def test_another_word_is_an_error_that_names_the_fact_and_is_taken_for_the_nearest() -> None:
    taken, (said,) = _read("requested")
    assert taken == [REQUEST]
    assert (
        'Changeable of fact_0 is "requested"; Yes, No or request is expected. Did you mean "request"?' in said
    )
