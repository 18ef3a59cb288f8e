"""The case that a page opens with: exactly one, read as `evaluate` reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dmn_dli.page.opened_case import opened_case
from dmn_dli.runtime.input_error import InputError
from tests.page.live.asking import session


def _opened(folder: Path, text: str, name: str = "case.json") -> dict[str, str]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return opened_case(str(file), session().series)


def test_values_stand_as_they_are_entered(tmp_path: Path) -> None:
    text = '{"service": "CAR-T", "purpose_prevent_relapse": true, "donor_chimerism_percent": 82.5}'
    facts = {"service": "car-t", "purpose_prevent_relapse": "Yes", "donor_chimerism_percent": "82.5"}
    assert _opened(tmp_path, text) == facts
    assert _opened(tmp_path, "Service,To prevent relapse\nCAR-T,no\n", "case.csv") == {
        "service": "car-t",
        "purpose_prevent_relapse": "No",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "holds 0 cases; a page opens with one"),
        ('[{"service": "other"}, {"service": "other"}]', "holds 2 cases"),
        ('{"servise": "other"}', '"servise" is no fact. Did you mean "service"?'),
        ('{"donor_chimerism_percent": 101}', "it is not among the allowed values"),
        ("{", "cannot be used"),
    ],
)
def test_what_is_not_one_case_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        _opened(tmp_path, text)
    assert said in str(refused.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        opened_case(str(tmp_path / "none.json"), session().series)
