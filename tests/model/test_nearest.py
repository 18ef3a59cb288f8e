"""Which known word a misspelt one is taken for."""

from __future__ import annotations

import pytest

from dmn_dli.runtime.nearest import nearest


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("relapst", ("relapsed", "refractory"), "relapsed"),
        ("not in force", ("in force", "draft"), None),
        ("not remission", ("remission", "relapsed"), None),
        ("non-malignant", ("malignant",), None),
        (
            "not medicaly necessary",
            ("medically necessary", "not medically necessary"),
            "not medically necessary",
        ),
        ("medicaly necessary", ("not medically necessary",), None),
    ],
)
def test_a_word_is_never_taken_for_its_opposite(word: str, known: tuple[str, ...], found: str | None) -> None:
    assert nearest(word, known) == found
