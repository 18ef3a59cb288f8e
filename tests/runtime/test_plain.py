"""Text of others is shown, never obeyed."""

from __future__ import annotations

import io
import json
import re
from typing import TextIO, cast
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmn_dli.runtime.plain import BLANKS, Outlet, for_markup, for_people, for_programs, for_terminal, visible

_ANYTHING = st.text(st.characters() | st.sampled_from(":#[\n\x1b\x85\u2028\u202e \xa0a"), max_size=30)
_DOCUMENTS = st.recursive(
    _ANYTHING, lambda inner: st.lists(inner) | st.dictionaries(_ANYTHING, inner), max_leaves=5
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("a\u202eb", "a\\u202eb"),
        ("\x07\x9b\x7f\t\r", "\\x07\\x9b\\x7f\\x09\\x0d"),
        ("\U000e0041", "\\U000e0041"),
        ("Sjögren\xa0\u202f≥ 2 🩸", "Sjögren\xa0\u202f≥ 2 🩸"),
    ],
)
def test_what_shows_nothing_stands_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::stop-commands::x", "\\x3a:stop-commands::x"),
        ("a ::b", "a ::b"),
        ("a\n \u3000::b::c", "a\n \u3000\\x3a:b::c"),
        ("a ##[error]b", "a \\x23#[error]b"),
        ("##vso[task.complete]", "\\x23#vso[task.complete]"),
        ("###[a]", "#\\x23#[a]"),
        ("## Heading", "## Heading"),
    ],
)
def test_no_line_is_a_runner_s_command(text: str, shown: str) -> None:
    assert for_people(text) == shown


@given(_ANYTHING)
def test_whatever_the_text_its_lines_are_harmless(text: str) -> None:
    shown = for_people(text)
    assert all(each.isprintable() or each in BLANKS or each == "\n" for each in shown)
    assert not any(line.strip().startswith("::") for line in shown.split("\n"))
    assert not re.search(r"##\w*\[", shown)


@given(_DOCUMENTS)
def test_json_keeps_its_values(value: object) -> None:
    for indent in (None, 2):
        text = for_programs(json.dumps(value, ensure_ascii=False, indent=indent))
        assert json.loads(text) == value
        assert all(each.isprintable() or each in BLANKS or each == "\n" for each in text)
        assert not re.search(r"##\w*\[", text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n:#[&")))
def test_xml_keeps_its_values(text: str) -> None:
    element = Element("a")
    element.text = text
    written = for_markup(tostring(element, encoding="unicode"))
    assert fromstring(written).text == (text or None)  # noqa: S314 - written a line above
    shown = "".join(each for each in written if each != "\n" and each not in BLANKS)
    assert shown.isprintable()
    assert not re.search(r"(?m)^\s*::|##\w*\[", written)


def test_a_terminal_gets_our_colours_and_no_others() -> None:
    text = "\x1b[1;31mFAILED\x1b[0m \x1b[5mblinking\x1b[0;8m"
    assert for_terminal(text) == "\x1b[1;31mFAILED\x1b[0m \\x1b[5mblinking\\x1b[0;8m"


@given(st.lists(_ANYTHING.filter(lambda text: not re.search(r"[:#]$", text)), max_size=5))
def test_it_does_not_matter_in_how_many_pieces_text_is_written(pieces: list[str]) -> None:
    stream = io.StringIO()
    outlet = cast(TextIO, Outlet(stream, for_people))
    for piece in pieces:
        outlet.write(piece)
    assert stream.getvalue() == for_people("".join(pieces))
