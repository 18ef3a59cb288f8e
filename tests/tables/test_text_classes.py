"""Classes of text: those that some text lies in and no others, held to all short texts of a few letters."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn_dli.feel import FeelType, compile_unary_tests
from dmn_dli.feel.parser import parse_unary_tests
from dmn_dli.runtime.marks import Mark, answers, bears
from dmn_dli.tables.constants import NotAnalysable
from dmn_dli.tables.domain import domain_of
from dmn_dli.tables.text_classes import text_classes
from dmn_dli.tables.text_sets import text_set
from dmn_dli.tables.text_words import mark_test

_LETTERS = "aAb ß"
_WORDS = st.text(_LETTERS, min_size=1, max_size=3)
_KINDS = st.one_of(
    st.tuples(st.sampled_from(["ends", "contains"]), _WORDS, st.just(0), st.sampled_from(["", "upper"])),
    st.tuples(st.sampled_from(["starts", "is"]), _WORDS, st.integers(0, 2), st.just("")),
    st.tuples(st.sampled_from(["starts", "is"]), _WORDS, st.just(0), st.sampled_from(["upper", "lower"])),
    st.tuples(st.just("length"), st.just(""), st.integers(1, 4), st.just("")),
)
_MARKS = _KINDS.map(lambda kind: Mark(*kind))
_TEXTS = ["".join(each) for size in range(5) for each in product("aAbß Sx", repeat=size)]
"""All short texts of the letters that marks name, of what letter case makes of these, and of another."""


def _arrives(text: str, listed: list[str], *, named: bool) -> bool:
    """Whether a text, none of the listed ones, comes as it is where these are read by name."""
    if not named:
        return text not in listed
    return text == text.strip() and text.casefold() not in {each.casefold() for each in listed}


@settings(deadline=None, max_examples=60)
@given(st.sets(_MARKS, min_size=1, max_size=4), st.lists(_WORDS, max_size=3), st.booleans())
def test_the_classes_are_those_that_texts_lie_in(marks: set[Mark], listed: list[str], named: bool) -> None:
    found = text_classes(marks, listed, named=named)
    for each in found:
        assert answers(each.marks, each.sample) == each.answers
        assert _arrives(each.sample, listed, named=named)
    seen = {answers(found[0].marks, text) for text in _TEXTS if _arrives(text, listed, named=named)}
    assert seen <= {each.answers for each in found}


@settings(deadline=None, max_examples=100)
@given(st.sets(_MARKS, min_size=1, max_size=4), st.lists(_WORDS, max_size=3), st.text("aAbßSx ", max_size=8))
def test_a_text_lies_where_the_representative_answers_alike(
    marks: set[Mark], listed: list[str], text: str
) -> None:
    domain = domain_of(FeelType.STRING, None, listed, nullable=True, marks=marks)
    atom = domain.atoms[domain.locate(text)]
    assert all(bears(mark, text) == bears(mark, str(atom.representative)) for mark in marks)
    assert all((text == each) == (atom.representative == each) for each in listed)
    assert domain.atoms[domain.locate(None)].representative is None
    for place, each in enumerate(domain.atoms):
        assert domain.locate(each.representative) == place


@pytest.mark.parametrize(
    ("marks", "listed", "samples"),
    [
        ([Mark("starts", "E1"), Mark("starts", "E11")], ["E11"], ["E1", "E11…", "…"]),
        ([Mark("starts", "ab"), Mark("ends", "bc")], [], ["bc", "ab", "abc", "…"]),
        ([Mark("starts", "a"), Mark("starts", "b")], [], ["a", "b", "…"]),
        ([Mark("length", number=3)], ["ab"], ["………", "…"]),
        ([Mark("is", "SS", case="upper"), Mark("contains", "s")], ["ss"], ["s", "…"]),
    ],
)
def test_each_class_has_a_short_sample(marks: list[Mark], listed: list[str], samples: list[str]) -> None:
    assert [each.sample for each in text_classes(marks, listed, named=True)] == samples


def test_a_rare_letter_makes_a_class_where_no_other_does() -> None:
    marks = [Mark("is", "SS", case="upper"), Mark("starts", "s"), Mark("starts", "S"), Mark("starts", "ſ")]
    assert "ß" in [each.sample for each in text_classes(marks, [], named=False)]


def test_too_many_classes_are_none() -> None:
    marks = [Mark("contains", letter) for letter in "abcdefghi"]
    with pytest.raises(NotAnalysable):
        text_classes(marks, [], named=True)


def test_only_the_empty_text_is_shorter_than_one_letter() -> None:
    domain = domain_of(FeelType.STRING, None, ["a"], marks=[Mark("length", number=1)])
    assert [atom.representative for atom in domain.atoms] == ["", "a", "…"]


@settings(deadline=None, max_examples=60)
@given(st.sets(_MARKS, min_size=1, max_size=4), st.lists(_WORDS, max_size=3), st.data())
def test_a_set_of_classes_is_told_by_marks(marks: set[Mark], listed: list[str], data: st.DataObject) -> None:
    domain = domain_of(FeelType.STRING, None, listed, nullable=True, marks=marks)
    chosen = [data.draw(st.booleans()) for _ in domain.atoms]
    told = text_set(domain.atoms, chosen)
    for text in [*_TEXTS[:400], *listed, None]:
        fits = text in told.values or any(
            isinstance(text, str)
            and all(bears(mark, text) is holds for mark, holds in marks_told)
            and text not in but
            for marks_told, but in told.told
        )
        assert fits == chosen[domain.locate(text)]


@given(_MARKS, st.text("aAbßSx ", max_size=6), st.booleans())
def test_a_mark_is_written_as_the_test_that_it_is(mark: Mark, text: str, holds: bool) -> None:
    admits = compile_unary_tests(parse_unary_tests(mark_test(mark, holds=holds)).tree)
    assert (admits(text, {}) is True) is (bears(mark, text) is holds)


def test_where_texts_are_read_by_name_letter_case_makes_no_other_text() -> None:
    domain = domain_of(FeelType.STRING, None, ["Ab"], marks=[Mark("starts", "a")], named=True)
    assert [atom.representative for atom in domain.atoms] == ["Ab", "a", "…"]
    assert [domain.locate(text) for text in ("Ab", "ab", " AB ", "abc", "b")] == [0, 0, 0, 1, 2]
    to_the_letter = domain_of(FeelType.STRING, None, ["Ab"], marks=[Mark("starts", "a")])
    assert [to_the_letter.locate(text) for text in ("Ab", "ab", "AB")] == [0, 1, 2]
