"""What is repaired in cells, and what is kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dmn_dli.model.repair import repair_blanks, repair_text, trim

ODD = '\u00a0\u200b\ufeff\t\n\r "“”„‘’≥≤≠…–—−‑/*\\ab,()'
odd_text = st.text(st.sampled_from(ODD), max_size=30)


@pytest.mark.parametrize(
    ("written", "read", "repairs"),
    [
        (">= 2", ">= 2", ()),
        ("≥ 2", ">= 2", ("≥ (read as >=)",)),
        ("≤2", "<=2", ("≤ (read as <=)",)),
        ("≠ 2", "!= 2", ("≠ (read as !=)",)),
        ("[2…4]", "[2..4]", ("… (read as ..)",)),
        ("relapsed,\u00a0refractory", "relapsed, refractory", ("non-breaking blanks",)),
        ("relapsed\u200b", "relapsed", ("invisible characters",)),
        ("relapsed,\r\nrefractory", "relapsed, refractory", ("line breaks",)),
        ("relapsed,  refractory ", "relapsed, refractory", ("extra blanks",)),
        ("\trelapsed", "relapsed", ("extra blanks",)),
        ("“relapsed”", '"relapsed"', ("curly quotes",)),
        ("patient’s age", "patient's age", ("curly quotes",)),
        ("car‑t", "car-t", ("typographic hyphens",)),
        ("−5", "-5", ("typographic hyphens",)),
        ("–", "-", ("a long dash",)),
    ],
)
def test_what_typing_and_pasting_leave_behind_is_repaired(
    written: str, read: str, repairs: tuple[str, ...]
) -> None:
    assert repair_text(written) == (read, repairs)


@pytest.mark.parametrize(
    "kept", ['"a  b"', '"≥\u00a0“x” "', '"say \\"hi  there\\""', "2–4", ">= 2 // a  note\n", "é"]
)
def test_what_means_something_is_kept(kept: str) -> None:
    assert repair_text(kept)[0] == kept.strip()


def test_curly_quotes_that_serve_as_quotes_are_straightened_around_a_string_that_is_kept() -> None:
    assert repair_text("“a  ≥ b”,  „c”") == ('"a  ≥ b", "c"', ("curly quotes", "extra blanks"))


def test_a_dash_between_numbers_is_left_for_the_expression_language_to_refuse() -> None:
    assert repair_text("2 – 4") == ("2 – 4", ())


def test_an_id_keeps_all_but_its_blanks() -> None:
    assert repair_blanks("M–1\u00a0 “a”") == ("M–1 “a”", ("non-breaking blanks", "extra blanks"))


def test_outer_blanks_of_every_kind_are_trimmed() -> None:
    assert trim("\u200b \u00a0a  b\ufeff\n") == "a  b"


@given(odd_text)
def test_repairing_what_is_repaired_changes_nothing(text: str) -> None:
    once, _ = repair_text(text)
    assert repair_text(once) == (once, ())
    single, _ = repair_blanks(text)
    assert repair_blanks(single) == (single, ())


@given(odd_text)
@example('"\r\\')
def test_a_text_is_changed_exactly_when_a_repair_is_named(text: str) -> None:
    read, repairs = repair_text(text)
    assert (read != text) == bool(repairs)


@given(st.lists(odd_text, max_size=4), st.sampled_from([", ", " ≥\u00a0", "\u200b or\n"]))
def test_what_stands_in_quotes_is_kept(texts: list[str], between: str) -> None:
    strings = [re.sub(r'["\\]', "", text) for text in texts]
    read, _ = repair_text(between.join(f'"{text}"' for text in strings))
    assert re.findall(r'"([^"]*)"', read) == strings
