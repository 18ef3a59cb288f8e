"""What a notebook shows of a determination: all that counts, as text that cannot be markup."""

from __future__ import annotations

from html.parser import HTMLParser

from attrs import evolve

import dmn_dli
from dmn_dli.evaluate.determination import Determination
from tests.docs.pages import ROOT

FACTS = {"service": "donor lymphocyte infusion", "transplant_type": "allogeneic"}


def determination() -> Determination:
    return dmn_dli.load_policy(ROOT / "tables" / "molina-2025-02-12.xlsx").evaluate(FACTS)


class Reader(HTMLParser):
    """The tags and the text of a page; everything that is opened is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "br":
            self._open.append(tag)
        assert not [name for name, _ in attrs if name not in ("scope", "style")]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_determination_its_reasons_and_what_is_missing_are_shown() -> None:
    said = determination()
    page = Reader(said._repr_html_())
    for text in (said.payer, said.determination, *said.missing_facts, *said.possible_determinations):
        assert any(text in each for each in page.texts), text
    whole = evolve(
        said, determination="a", payer_wording="b", reason="c", citation="d", unmet_criteria=("e",)
    )
    assert {*"abcde"} <= {*Reader(whole._repr_html_()).texts}
    assert page.tags.count("th") == said._repr_html_().count('scope="row"')


def test_what_a_workbook_says_is_no_markup_and_turns_no_letters_round() -> None:
    said = evolve(determination(), reason="<script>alert(1)</script>\u202e & \x1b", notes=('"<img src=x>"',))
    page = Reader(said._repr_html_())
    assert {*page.tags} <= {"table", "caption", "tbody", "tr", "th", "td", "strong", "ul", "li", "br"}
    assert "<script>alert(1)</script>\\u202e & \\x1b" in page.texts


def test_the_repr_is_a_line() -> None:
    said = determination()
    assert repr(said).startswith("<Determination molina: needs information; missing: ")
    assert repr(evolve(said, determination=None, missing_facts=())) == "<Determination molina: null>"
    assert "\n" not in repr(evolve(said, determination="a\nb"))
