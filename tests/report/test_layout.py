"""Lines that fit, and nothing in them that could steer a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.report.layout import clean, labelled, paragraph, table

_WORDS = st.lists(st.text("abcdefgh-", min_size=1, max_size=12), min_size=1, max_size=40).map(" ".join)


@given(_WORDS, st.integers(40, 120))
def test_a_paragraph_fits_and_keeps_every_word(text: str, width: int) -> None:
    lines = paragraph(text, width, "    ")
    assert max(map(len, lines)) <= width
    assert " ".join(line.strip() for line in lines) == text


@given(st.lists(_WORDS, min_size=2, max_size=4), st.integers(40, 120))
def test_labelled_texts_fit_and_each_begins_behind_a_dash(texts: list[str], width: int) -> None:
    lines = labelled("Notes", texts, width)
    assert max(map(len, lines)) <= width
    assert sum(line[19:21] == "- " for line in lines) >= len(texts)
    assert lines[0].startswith("  Notes ")
    assert not any(line[:19].strip() for line in lines[1:])


@given(st.text())
def test_cleaned_text_is_one_printable_line(text: str) -> None:
    assert clean(text).isprintable()


@given(st.lists(st.tuples(_WORDS.map(lambda text: text[:8]), _WORDS), min_size=1, max_size=5))
def test_the_last_column_of_a_table_begins_at_one_place(rows: list[tuple[str, str]]) -> None:
    lines = table(rows, 80)
    margin = 4 + max(len(clean(first)) for first, _ in rows)
    assert max(map(len, lines)) <= 80
    assert [line[margin:] for line in lines if line.strip()] != []
    assert all(line[margin - 2 : margin].strip() == "" for line in lines)


def test_an_escape_sequence_does_not_reach_the_terminal() -> None:
    assert "\x1b" not in clean("\x1b[2Jdeleted")
