"""Text in lines, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.requirements.text import width, wrapped

SIZE, LIMIT = 15, 130


@given(st.text())
def test_no_line_is_wider_than_it_may_be(text: str) -> None:
    lines = wrapped(text, SIZE, LIMIT, 3)
    assert 1 <= len(lines) <= 3
    assert all(width(line, SIZE) <= LIMIT for line in lines)


@given(st.text(max_size=200))
def test_nothing_is_lost_but_blanks_where_there_are_lines_enough(text: str) -> None:
    lines = wrapped(text, SIZE, LIMIT, 300)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_lines_break_between_words() -> None:
    assert wrapped("Acute graft versus host disease grade", SIZE, LIMIT, 3) == (
        "Acute graft",
        "versus host",
        "disease grade",
    )


def test_a_word_without_an_end_is_cut_and_that_is_shown() -> None:
    *whole, last = wrapped("x" * 1_000_000, SIZE, LIMIT, 3)
    assert len(whole) == 2
    assert last.endswith("x…")


@pytest.mark.parametrize(("narrow", "wide"), [("iiii", "mmmm"), ("nnnn", "移植移植"), ("e\u0301", "ee")])
def test_letters_are_as_wide_as_they_look(narrow: str, wide: str) -> None:
    assert width(narrow, SIZE) < width(wide, SIZE)
