"""Both texts of an edit stand side by side whole, and no word is marked that stayed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.page.approval.marking import marked
from dmn_dli.page.html import Child, fragment, h

_TEXTS = st.lists(
    st.sampled_from(["donor", "cells", ",", " ", ">= 2", "(0..5)", "é", "<b>"]), max_size=12
).map("".join)


def _html(child: Child) -> str:
    return fragment(h("td", child)).removeprefix("<td>").removesuffix("</td>")


def _text(child: Child) -> str:
    return "".join(h("td", child).itertext())


@given(_TEXTS, _TEXTS)
def test_each_side_reads_as_its_text(old: str, new: str) -> None:
    before, after = marked(old, new)
    assert _text(before) == (old if old.strip() else "blank")
    assert _text(after) == (new if new.strip() else "blank")


@given(_TEXTS, _TEXTS)
def test_what_is_not_marked_is_the_same_on_both_sides(old: str, new: str) -> None:
    kept = []
    for text, tag, child in zip((old, new), ("del", "ins"), marked(old, new), strict=True):
        cell = h("td", child)
        rest = [cell.text or "", *[each.tail or "" for each in cell]]
        assert {each.tag for each in cell} <= {tag, "em"}
        kept.append("".join(rest) if text.strip() else None)
    if None not in kept:
        assert kept[0] == kept[1]


def test_the_words_that_changed_are_marked_and_no_others() -> None:
    before, after = marked("Cells of the donor are present", "Cells of the original donor are there")
    assert _html(before) == "Cells of the donor are <del>present</del>"
    assert _html(after) == "Cells of the <ins>original </ins>donor are <ins>there</ins>"


def test_texts_without_a_common_word_are_marked_whole() -> None:
    assert [_html(each) for each in marked("(0..100)", "[5..95]")] == [
        "<del>(0..100)</del>",
        "<ins>[5..95]</ins>",
    ]


def test_a_cell_that_was_blank_says_so() -> None:
    assert [_html(each) for each in marked("", "yes")] == ['<em class="blank">blank</em>', "<ins>yes</ins>"]


def test_of_a_long_text_what_is_left_out_is_counted() -> None:
    same, other = "word " * 200_000, "x" * 1_000_000
    before, after = map(_text, marked(f"{same}old{other}", f"{same}new"))
    assert "… (999,840 characters as before) …" in before
    assert before.endswith("x … (and 999,503 characters more)")
    assert after.endswith(" new")
    assert max(len(before), len(after)) < 1_000
